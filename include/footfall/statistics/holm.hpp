// SPDX-License-Identifier: MIT
// Many tests at once: p-values that still mean what they say when the smallest of several is looked at.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/tests.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The p-values after Holm (1979), in the order given: calling those below alpha significant is wrong anywhere with a
/// probability of at most alpha, however the tests hang together. Throws bad_value for a p-value outside [0, 1] or missing.
inline std::vector<double> holm(std::span<const double> p_values) {
  for (const double p : p_values) {
    require(p >= 0 && p <= 1, error_code::bad_value, "holm", "a p-value must be in [0, 1], got ", p);
  }
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  std::vector<double> adjusted(p_values.size());
  double largest = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    largest = std::max(largest, std::min(1.0, static_cast<double>(order.size() - i) * p_values[order[i]]));
    adjusted[order[i]] = largest;
  }
  return adjusted;
}

/// A test of the group `first` against the group `second`, and its p-value among those of all pairs.
struct pair_test {
  index first = 0;
  index second = 0;
  test_result test;
  double adjusted_p_value = 1;

  bool operator==(const pair_test&) const = default;
};

/// `test(i, j)` for all pairs i < j of groups in [0, groups), with Holm's adjustment over all of them.
template <class Test>
std::vector<pair_test> test_all_pairs(index groups, Test&& test) {
  std::vector<pair_test> pairs;
  std::vector<double> p_values;
  for (index first = 0; first < groups; ++first) {
    for (index second = first + 1; second < groups; ++second) {
      pairs.push_back({first, second, test(first, second), 1});
      p_values.push_back(pairs.back().test.p_value);
    }
  }
  const auto adjusted = holm(p_values);
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i].adjusted_p_value = adjusted[i];
  return pairs;
}

FOOTFALL_END_NAMESPACE
