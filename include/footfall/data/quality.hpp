// SPDX-License-Identifier: MIT
// What is wrong with a table, as values: missing, repeated, constant, far out, and impossible by stated rules.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <tuple>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/condition.hpp>
#include <footfall/data/duplicates.hpp>
#include <footfall/data/table.hpp>
#include <footfall/statistics/quantile.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What is known of one column. Numbers that do not apply (the smallest of a category) are NaN.
struct column_quality {
  std::string name;
  bool numeric = false;
  index missing = 0;
  index infinite = 0;
  index distinct = 0;     ///< different values that occur, missing ones not counted
  bool constant = false;  ///< one value in every session that has one
  double smallest = std::numeric_limits<double>::quiet_NaN();  ///< of the finite numbers
  double largest = std::numeric_limits<double>::quiet_NaN();
  double low_fence = std::numeric_limits<double>::quiet_NaN();   ///< below it a number counts as far out
  double high_fence = std::numeric_limits<double>::quiet_NaN();  ///< above it too
  index far_out = 0;                                             ///< finite numbers outside the fences
};

/// How a rule fared.
struct rule_outcome {
  std::string rule;   ///< the condition's text
  index broken = 0;   ///< sessions in which it does not hold
  index unknown = 0;  ///< sessions in which something it asks for is missing
  row_set first{};    ///< the first sessions that break it, at most ten
};

struct quality_report {
  index sessions = 0;
  index repeated = 0;  ///< sessions that repeat an earlier one in every column
  double reach = 0;    ///< as it was asked for
  std::vector<column_quality> columns{};
  std::vector<rule_outcome> rules{};
};

struct quality_options {
  double reach = 1.5;  ///< fences lie so many quartile distances beyond the quartiles (Tukey 1977); at least 0
};

namespace detail {

inline column_quality quality_of(const column& source, double reach) {
  column_quality result{.name = source.name(), .numeric = source.is_numeric(), .missing = source.missing()};
  if (!source.is_numeric()) {
    std::vector<bool> occurs(source.levels().size(), false);
    for (const auto code : source.codes()) {
      if (code != column::missing_code) occurs[static_cast<std::size_t>(code)] = true;
    }
    result.distinct = std::count(occurs.begin(), occurs.end(), true);
    result.constant = result.distinct == 1;
    return result;
  }
  std::vector<double> finite;
  bool below = false, above = false;
  for (const double number : source.numbers()) {
    if (std::isfinite(number)) finite.push_back(number == 0 ? 0 : number);
    result.infinite += std::isinf(number);
    below = below || number == -std::numeric_limits<double>::infinity();
    above = above || number == std::numeric_limits<double>::infinity();
  }
  if (!finite.empty()) {
    const auto quartiles = quantiles(finite, {}, std::array{0.25, 0.75}, "quality");
    std::sort(finite.begin(), finite.end());
    result.smallest = finite.front();
    result.largest = finite.back();
    const double distance = quartiles[1] - quartiles[0];
    if (distance > 0 && std::isfinite(distance)) {
      result.low_fence = quartiles[0] - reach * distance;
      result.high_fence = quartiles[1] + reach * distance;
      result.far_out = (std::lower_bound(finite.begin(), finite.end(), result.low_fence) - finite.begin()) +
                       (finite.end() - std::upper_bound(finite.begin(), finite.end(), result.high_fence));
    }
    finite.erase(std::unique(finite.begin(), finite.end()), finite.end());
  }
  result.distinct = static_cast<index>(finite.size()) + (below ? 1 : 0) + (above ? 1 : 0);
  result.constant = result.distinct == 1;
  return result;
}

}  // namespace detail

/// Looks at every column and every rule; changes nothing. A column whose quartiles coincide has no fences, and nothing in it
/// is far out. Throws bad_option for a reach that is not finite and at least 0, and what a rule throws. Cost: one sort of
/// each numeric column.
inline quality_report check_quality(const table& sessions, const std::vector<condition>& rules = {},
                                    const quality_options& options = {}) {
  require(std::isfinite(options.reach) && options.reach >= 0, error_code::bad_option, "check_quality",
          "reach must be finite and at least 0, got ", options.reach);
  quality_report report{.sessions = sessions.rows(),
                        .repeated = sessions.rows() - static_cast<index>(first_occurrences(sessions).size()),
                        .reach = options.reach};
  for (const auto& each : sessions.columns()) report.columns.push_back(detail::quality_of(each, options.reach));
  for (const auto& rule : rules) {
    rule_outcome outcome{.rule = rule.text()};
    index row = 0;
    for (const truth answer : rule.of(sessions)) {
      outcome.unknown += answer == truth::unknown;
      if (answer == truth::no && ++outcome.broken <= 10) outcome.first.push_back(row);
      ++row;
    }
    report.rules.push_back(std::move(outcome));
  }
  return report;
}

FOOTFALL_END_NAMESPACE
