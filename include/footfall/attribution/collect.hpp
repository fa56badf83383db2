// SPDX-License-Identifier: MIT
// From a table of touches to journeys: sorted by visitor and time, cut after each conversion, looked back on for so long.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/attribution/journey.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/label.hpp>
#include <footfall/data/table.hpp>
#include <footfall/data/timestamp.hpp>
#include <footfall/statistics/exact_sum.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Which columns say what. A row is a session or a touch: with a channel it touches the visitor, with a conversion it ends
/// the journey, with both the touch is the journey's last. A row with a conversion and no channel is a purchase by itself.
struct journey_columns {
  std::string visitor;    ///< categorical
  std::string time;       ///< numbers in any unit, or ISO 8601 text, which counts in seconds
  std::string channel;    ///< categorical; missing: no touch
  std::string converted;  ///< numeric, 0 or 1
  std::string revenue{};  ///< numeric, at least 0, 0 without a conversion; empty: all 0
  /// How long before the conversion (before the last touch of an unconverted journey) a touch still counts, in the unit of
  /// `time`; above 0.
  double look_back = std::numeric_limits<double>::infinity();
};

/// Where every row went: `rows` are `touches` + `too_old` + `without_channel`, and all conversions are those of the journeys
/// and `conversions_without_touches`.
struct journey_ledger {
  std::int64_t rows = 0;
  std::int64_t touches = 0;                      ///< in journeys
  std::int64_t too_old = 0;                      ///< before the look-back window of their journey
  std::int64_t without_channel = 0;              ///< rows that are no touch
  std::int64_t conversions_without_touches = 0;  ///< no journey led to them
  double revenue_without_touches = 0;            ///< of these

  bool operator==(const journey_ledger&) const = default;
};

struct collected_journeys {
  journeys paths;
  journey_ledger ledger;
};

/// The journeys of all visitors, by visitor and time; the order of the rows changes nothing. Of rows of one visitor at the
/// same time, those without a conversion come first, then in the order of channels and revenue. What follows a visitor's last
/// conversion is an unconverted journey. Throws unknown_name, wrong_kind, missing_value for a row without visitor, time or
/// label, bad_text for times that do not parse, bad_value for a label that is not 0 or 1 or a revenue that is negative or
/// without a conversion, not_finite, bad_option for the look-back. Cost: one sort.
inline collected_journeys collect_journeys(const table& touches, const journey_columns& columns) {
  const std::string_view who = "collect_journeys";
  require(columns.look_back > 0, error_code::bad_option, who, "look_back must be above 0, got ", columns.look_back);
  const auto visitor = touches[columns.visitor].codes();
  const auto channel = touches[columns.channel].codes();
  const auto time = times_of(touches[columns.time]);
  const auto converted = label(touches, columns.converted);
  const auto revenue = columns.revenue.empty() ? std::span<const double>() : touches[columns.revenue].numbers();
  const auto revenue_of = [&](std::size_t row) { return revenue.empty() ? 0.0 : revenue[row]; };
  const std::size_t rows = time.size();
  for (std::size_t row = 0; row < rows; ++row) {
    require(visitor[row] >= 0, error_code::missing_value, who, "the visitor is missing in row ", row);
    const double each = revenue_of(row);
    require(!std::isnan(each), error_code::missing_value, who, "revenue is missing in row ", row);
    require(std::isfinite(each), error_code::not_finite, who, "revenue is infinite in row ", row);
    require(each >= 0 && (each == 0 || converted[static_cast<index>(row)]), error_code::bad_value, who,
            "revenue must be at least 0, and 0 without a conversion, got ", each, " in row ", row);
  }

  // Rows by visitor, then each visitor's in time.
  std::vector<std::size_t> begin(touches[columns.visitor].levels().size() + 1);
  for (const auto code : visitor) ++begin[static_cast<std::size_t>(code) + 1];
  for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
  std::vector<std::size_t> order(rows);
  auto free = begin;
  for (std::size_t row = 0; row < rows; ++row) order[free[static_cast<std::size_t>(visitor[row])]++] = row;
  const auto key = [&](std::size_t row) {
    return std::tuple(time[row], converted[static_cast<index>(row)], channel[row], revenue_of(row));
  };

  collected_journeys result;
  auto& ledger = result.ledger;
  ledger.rows = static_cast<std::int64_t>(rows);
  std::vector<std::int64_t> first{0};
  std::vector<std::int32_t> codes, number;
  std::vector<double> ages, amounts;
  std::vector<std::uint8_t> bought;
  exact_sum lost;
  std::int32_t visitors = 0;
  std::vector<std::size_t> open;  // rows that touch, of the journey that is going on
  const auto close = [&](double end, bool converts, double amount) {
    const auto before = codes.size();
    for (const std::size_t row : open) {
      if (end - time[row] > columns.look_back) {
        ++ledger.too_old;
        continue;
      }
      codes.push_back(channel[row]);
      ages.push_back(end - time[row]);
    }
    open.clear();
    if (codes.size() == before) {
      ledger.conversions_without_touches += converts ? 1 : 0;
      lost.add(amount);
      return;
    }
    ledger.touches += static_cast<std::int64_t>(codes.size() - before);
    first.push_back(static_cast<std::int64_t>(codes.size()));
    number.push_back(visitors);
    bought.push_back(converts ? 1 : 0);
    amounts.push_back(amount);
  };
  for (std::size_t i = 0; i + 1 < begin.size(); ++i) {
    const auto rows_of = std::span(order).subspan(begin[i], begin[i + 1] - begin[i]);
    std::sort(rows_of.begin(), rows_of.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    const std::size_t journeys_before = number.size();
    for (const std::size_t row : rows_of) {
      if (channel[row] >= 0) {
        open.push_back(row);
      } else {
        ++ledger.without_channel;
      }
      if (converted[static_cast<index>(row)]) close(time[row], true, revenue_of(row));
    }
    if (!open.empty()) close(time[open.back()], false, 0);
    if (number.size() > journeys_before) ++visitors;
  }
  ledger.revenue_without_touches = lost.value();
  result.paths = journeys::from_parts(touches[columns.channel].levels(), std::move(first), std::move(codes),
                                      std::move(ages), std::move(number), std::move(bought), std::move(amounts));
  return result;
}

FOOTFALL_END_NAMESPACE
