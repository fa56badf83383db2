// SPDX-License-Identifier: MIT
// The channel table: what came through each channel, how it behaved and bought, and what it cost where that is known.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/attribution/channel_totals.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/label.hpp>
#include <footfall/data/table.hpp>
#include <footfall/statistics/exact_sum.hpp>
#include <footfall/statistics/interval.hpp>
#include <footfall/statistics/mean.hpp>
#include <footfall/statistics/rate.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Which columns say what. Each session counts for the one channel it came through; see journeys for more than one.
struct channel_columns {
  std::string channel;                   ///< categorical; a missing level counts in the row of those without a channel
  std::string converted;                 ///< numeric, 0 or 1
  std::string revenue{};                 ///< numeric, at least 0; empty: revenue is not known, and then absent
  std::vector<std::string> behaviour{};  ///< numeric columns to average; a missing value is left out of its mean
  std::map<std::string, double>
      cost{};                ///< of all sessions of a channel; a channel that is not named has no known cost
  double confidence = 0.95;  ///< of all intervals, in (0, 1)
};

/// A column's mean over the sessions that have a value; `values.count` says how many these are.
struct behaviour_mean {
  std::string column;
  sample_summary values;
  footfall::interval interval;
};

/// A row of the table. What needs an input that was not given is absent, never zero.
struct channel_row {
  std::string name;
  std::int64_t sessions = 0;
  double share = 0;                           ///< of all sessions, those without a channel included
  rate conversion;                            ///< with Wilson's interval
  std::optional<double> revenue;              ///< needs a revenue column
  std::optional<double> revenue_per_session;  ///< needs that and a session
  std::vector<behaviour_mean> behaviour;      ///< in the order asked for
  std::optional<double> cost;                 ///< needs a stated cost
  std::optional<double> cost_per_conversion;  ///< CPA: needs a cost and a conversion
  std::optional<double> return_on_ad_spend;   ///< ROAS, revenue by cost: needs both and a cost above 0

  /// The mean of a column. Throws unknown_name for one that was not asked for.
  const behaviour_mean& operator[](std::string_view column) const {
    for (const auto& each : behaviour) {
      if (each.column == column) return each;
    }
    fail(error_code::unknown_name, "channel_row", "there is no mean of '", column, "'");
  }
};

/// All channels in the order of the column's levels, all sessions together, and those that have no channel.
struct channel_table {
  std::vector<channel_row> channels;
  channel_row all;
  channel_row without_channel;

  /// The row of a channel. Throws unknown_name.
  const channel_row& operator[](std::string_view name) const {
    for (const auto& each : channels) {
      if (each.name == name) return each;
    }
    fail(error_code::unknown_name, "channel_table", "there is no channel '", name, "'");
  }

  /// The conversion of each channel, for `compare_rates`.
  std::vector<rate> conversions() const {
    std::vector<rate> rates;
    for (const auto& each : channels) rates.push_back(each.conversion);
    return rates;
  }
};

namespace detail {

inline channel_row channel_row_of(std::string name, const group_totals& totals, std::int64_t all_sessions,
                                  const channel_columns& columns) {
  channel_row row;
  row.sessions = totals.sessions;
  row.share = all_sessions > 0 ? static_cast<double>(totals.sessions) / static_cast<double>(all_sessions) : 0;
  row.conversion = rate_of(totals.conversions, totals.sessions, columns.confidence);
  if (!columns.revenue.empty()) {
    row.revenue = totals.revenue;
    if (totals.sessions > 0) row.revenue_per_session = totals.revenue / static_cast<double>(totals.sessions);
  }
  if (const auto found = columns.cost.find(name); found != columns.cost.end()) {
    row.cost = found->second;
    if (totals.conversions > 0) row.cost_per_conversion = *row.cost / static_cast<double>(totals.conversions);
    if (row.revenue && *row.cost > 0) row.return_on_ad_spend = *row.revenue / *row.cost;
  }
  row.name = std::move(name);
  return row;
}

}  // namespace detail

/// The table of these sessions. Throws unknown_name for a column that is not there or a cost of a channel that is no level,
/// wrong_kind for a column of the other kind, wrong_shape without sessions, missing_value, not_finite or bad_value for a
/// missing label, a label that is not 0 or 1, a revenue or cost that is negative or no number, bad_option for the
/// confidence. The order of the rows changes nothing.
inline channel_table tabulate_channels(const table& sessions, const channel_columns& columns) {
  const std::string_view who = "tabulate_channels";
  detail::require_confidence(columns.confidence, who);
  const auto& source = sessions[columns.channel];
  const auto& levels = source.levels();
  require(sessions.rows() > 0 && !levels.empty(), error_code::wrong_shape, who, "there must be sessions and channels");
  for (const auto& [name, cost] : columns.cost) {
    require(std::find(levels.begin(), levels.end(), name) != levels.end(), error_code::unknown_name, who,
            "a cost is given for '", name, "', which is no channel");
    require(!std::isnan(cost), error_code::missing_value, who, "the cost of '", name, "' is missing (NaN)");
    require(cost >= 0 && std::isfinite(cost), error_code::bad_value, who, "a cost must be finite and at least 0, got ",
            cost, " for '", name, "'");
  }
  const auto converted = label(sessions, columns.converted);
  const auto revenue = columns.revenue.empty() ? std::span<const double>() : sessions[columns.revenue].numbers();
  channel_totals totals(static_cast<index>(levels.size()));
  totals.add(source.codes(), converted, revenue);

  channel_table result;
  const auto all = totals.of_all();
  const auto row_of = [&](std::string name, const group_totals& of) {
    return detail::channel_row_of(std::move(name), of, all.sessions, columns);
  };
  result.all = row_of("", all);
  result.without_channel = row_of("", totals.of_channel(-1));
  for (std::size_t i = 0; i < levels.size(); ++i) {
    result.channels.push_back(row_of(levels[i], totals.of_channel(static_cast<std::int32_t>(i))));
  }
  for (const auto& name : columns.behaviour) {
    const auto numbers = sessions[name].numbers();
    std::vector<exact_moments> of_channel(levels.size() + 1);  // the first: without a channel
    for (std::size_t row = 0; row < numbers.size(); ++row) {
      if (std::isnan(numbers[row])) continue;
      require(std::isfinite(numbers[row]), error_code::not_finite, who, "column '", name, "' is infinite in row ", row);
      of_channel[static_cast<std::size_t>(source.codes()[row] + 1)].add(numbers[row]);
    }
    const auto mean_of = [&](const exact_moments& moments) {
      const auto summary = moments.summary();
      return behaviour_mean{name, summary, mean_interval(summary, columns.confidence)};
    };
    exact_moments of_all;
    for (const auto& each : of_channel) of_all.merge(each);
    result.all.behaviour.push_back(mean_of(of_all));
    result.without_channel.behaviour.push_back(mean_of(of_channel.front()));
    for (std::size_t i = 0; i < levels.size(); ++i) result.channels[i].behaviour.push_back(mean_of(of_channel[i + 1]));
  }
  return result;
}

FOOTFALL_END_NAMESPACE
