// SPDX-License-Identifier: MIT
// How often sessions have the outcome, by level or by quantile of one column.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/data/table.hpp>
#include <footfall/statistics/quantile.hpp>
#include <footfall/statistics/rate.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The sessions of one level or of one stretch of numbers.
struct label_rate {
  std::string part;                                        ///< the level, `(missing)`, or the stretch in words
  double low = std::numeric_limits<double>::quiet_NaN();   ///< smallest number in it; NaN for a level
  double high = std::numeric_limits<double>::quiet_NaN();  ///< largest
  rate outcome{};                                          ///< sessions with the label, of its sessions
};

namespace detail {

inline void require_labels(const table& sessions, const labels& y, std::string_view who) {
  require(y.size() == sessions.rows(), error_code::wrong_shape, who, "there must be one label for each of ",
          sessions.rows(), " rows, got ", y.size());
}

}  // namespace detail

/// One rate with its Wilson interval for each level that occurs, in the order of the dictionary, the missing ones last.
/// Throws unknown_name, wrong_kind, wrong_shape for another number of labels. Cost: one pass.
inline std::vector<label_rate> rates_by_level(const table& sessions, std::string_view name, const labels& y,
                                              double confidence = 0.95) {
  detail::require_labels(sessions, y, "rates_by_level");
  const column& source = sessions[name];
  std::vector<std::int64_t> hits(source.levels().size() + 1), trials(hits);
  for (index row = 0; row < y.size(); ++row) {
    const auto code = source.codes()[static_cast<std::size_t>(row)];
    const std::size_t place = code == column::missing_code ? hits.size() - 1 : static_cast<std::size_t>(code);
    ++trials[place];
    hits[place] += y[row];
  }
  std::vector<label_rate> result;
  for (std::size_t place = 0; place < hits.size(); ++place) {
    if (trials[place] == 0) continue;
    result.push_back({.part = place + 1 < hits.size() ? source.levels()[place] : std::string("(missing)"),
                      .outcome = rate_of(hits[place], trials[place], confidence)});
  }
  return result;
}

/// The numbers of a column cut at its quantiles into at most `parts` stretches, and the rate in each; missing ones last. Equal
/// numbers are in one stretch, so there are fewer stretches where a number is frequent; a number on a cut lies above it.
/// Throws as `rates_by_level`, not_finite for infinity, bad_option for less than 1 part. Cost: one sort.
inline std::vector<label_rate> rates_by_quantile(const table& sessions, std::string_view name, const labels& y,
                                                 int parts = 10, double confidence = 0.95) {
  const auto who = "rates_by_quantile";
  detail::require_labels(sessions, y, who);
  require(parts >= 1, error_code::bad_option, who, "parts must be at least 1, got ", parts);
  const auto numbers = sessions[name].numbers();
  std::vector<double> present;
  for (const double number : numbers) {
    if (!std::isnan(number)) present.push_back(number);
  }
  std::vector<double> cuts;
  if (!present.empty()) {
    std::vector<double> shares{0};
    for (int i = 1; i < parts; ++i) shares.push_back(static_cast<double>(i) / parts);
    cuts = quantiles(present, {}, shares, who);
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    cuts.erase(cuts.begin());  // nothing lies below the smallest number
  }
  struct stretch {
    std::int64_t hits = 0, trials = 0;
    double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
  };
  std::vector<stretch> stretches(cuts.size() + 2);  // the last one: missing
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    const double number = numbers[row];
    const bool missing = std::isnan(number);
    stretch& to =
        stretches[missing
                      ? cuts.size() + 1
                      : static_cast<std::size_t>(std::upper_bound(cuts.begin(), cuts.end(), number) - cuts.begin())];
    ++to.trials;
    to.hits += y[static_cast<index>(row)];
    if (missing) continue;
    to.low = std::min(to.low, number);
    to.high = std::max(to.high, number);
  }
  std::vector<label_rate> result;
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    const stretch& each = stretches[i];
    if (each.trials == 0) continue;
    const rate outcome = rate_of(each.hits, each.trials, confidence);
    if (i == cuts.size() + 1) {
      result.push_back({.part = "(missing)", .outcome = outcome});
    } else {
      result.push_back(
          {each.low == each.high ? text(each.low) : text(each.low, " to ", each.high), each.low, each.high, outcome});
    }
  }
  return result;
}

FOOTFALL_END_NAMESPACE
