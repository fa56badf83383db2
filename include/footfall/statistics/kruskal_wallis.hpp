// SPDX-License-Identifier: MIT
// The test of several samples by ranks: for values so skewed that a mean says little, such as revenue or time on site.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/statistics/distributions.hpp>
#include <footfall/statistics/tests.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Do values of some groups tend to be larger than those of others (Kruskal and Wallis 1952)? Equal values share their mean
/// rank and H is divided by 1 - sum(t^3 - t) / (n^3 - n) for ties of t values each. The p-value is the chi-square one, for
/// groups of at least about five. The effect is epsilon squared, H / (n - 1), in [0, 1]. Groups are 0, 1, ... < `groups`; -1
/// belongs to none and is left out, groups without values are too. If all values are equal, H = 0 and p = 1. Infinite
/// values are welcome: they have a rank. Rank sums are whole numbers, so the order of the rows does not matter. Throws
/// wrong_shape if values and groups are not as many, bad_value for another group or fewer than two groups with values,
/// missing_value for a value, limit for more than 10^9 values. Cost: one sort.
inline test_result kruskal_wallis(std::span<const double> values, std::span<const std::int32_t> group,
                                  std::int32_t groups) {
  const std::string_view who = "kruskal_wallis";
  require(values.size() == group.size(), error_code::wrong_shape, who, "there must be one group for each value, got ",
          values.size(), " values and ", group.size(), " groups");
  require(groups >= 2, error_code::bad_option, who, "at least two groups are needed, got ", groups);
  require(values.size() <= 1'000'000'000, error_code::limit, who, "at most 10^9 values, got ", values.size());
  std::vector<std::pair<double, std::int32_t>> ranked;
  ranked.reserve(values.size());
  for (std::size_t row = 0; row < values.size(); ++row) {
    require(!std::isnan(values[row]), error_code::missing_value, who, "the value is missing in row ", row);
    require(group[row] >= -1 && group[row] < groups, error_code::bad_value, who, "a group must be in [-1, ", groups,
            "), got ", group[row], " in row ", row);
    if (group[row] >= 0) ranked.emplace_back(values[row], group[row]);
  }
  std::sort(ranked.begin(), ranked.end());

  // Twice the ranks, which are whole: those of equal values from first to last (counted from 1) sum to first + last.
  std::vector<std::int64_t> counts(static_cast<std::size_t>(groups)), sums(counts.size());
  double tied = 0;
  for (std::size_t begin = 0; begin < ranked.size();) {
    std::size_t end = begin;
    while (end < ranked.size() && ranked[end].first == ranked[begin].first) ++end;
    for (std::size_t at = begin; at < end; ++at) {
      const auto of = static_cast<std::size_t>(ranked[at].second);
      ++counts[of];
      sums[of] += static_cast<std::int64_t>(begin + 1 + end);
    }
    const auto ties = static_cast<double>(end - begin);
    tied += ties * (ties * ties - 1);
    begin = end;
  }
  const auto n = static_cast<std::int64_t>(ranked.size());
  const auto many = static_cast<double>(n);
  double used = 0;
  double squares = 0;
  for (std::size_t at = 0; at < counts.size(); ++at) {
    if (counts[at] == 0) continue;
    ++used;
    const auto away = static_cast<double>(sums[at] - counts[at] * (n + 1));  // twice the distance from the mean rank
    squares += away / static_cast<double>(counts[at]) * away;
  }
  require(used >= 2, error_code::bad_value, who, "at least two groups need values, got ", used);
  const double untied = 1 - tied / (many * (many * many - 1));
  const double h = untied > 0 ? 3 * squares / (many * (many + 1)) / untied : 0;
  return {"Kruskal-Wallis", h, used - 1, chi_square_tail(h, used - 1), "epsilon squared", h / (many - 1)};
}

FOOTFALL_END_NAMESPACE
