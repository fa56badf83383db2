// SPDX-License-Identifier: MIT
// Do channels differ? Together, pair by pair, and against what equal channels of these sizes would show by chance.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/holm.hpp>
#include <footfall/statistics/interval.hpp>
#include <footfall/statistics/kruskal_wallis.hpp>
#include <footfall/statistics/mean.hpp>
#include <footfall/statistics/mean_tests.hpp>
#include <footfall/statistics/power.hpp>
#include <footfall/statistics/rate.hpp>
#include <footfall/statistics/rate_comparison.hpp>
#include <footfall/statistics/rate_range.hpp>
#include <footfall/statistics/tests.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Two channels beside each other; `first` and `second` are positions in what was compared.
struct rate_pair {
  pair_test compared;   ///< two proportions; its adjusted p-value is Holm's over all pairs
  interval difference;  ///< first less second, Newcombe's
  std::optional<double>
      detectable;  ///< the smallest difference above their pooled rate that such sizes find; absent: none
};

/// The largest rate less the smallest, and how often equal channels of these sizes show as much.
struct range_of_equal {
  double observed = 0;
  double chance = 1;   ///< the probability of a range at least as large, were all rates the pooled one
  double median = 0;   ///< of the range of equal channels
  double highest = 0;  ///< exceeded by equal channels in one of twenty cases
};

struct rate_differences {
  test_result all;  ///< chi-square; the effect is Cramer's V
  std::vector<rate_pair> pairs;
  range_of_equal range;

  /// The pair of two positions, in either order. Throws unknown_name for a pair that was not tested.
  const rate_pair& between(index a, index b) const {
    for (const auto& each : pairs) {
      if (each.compared.first == std::min(a, b) && each.compared.second == std::max(a, b)) return each;
    }
    fail(error_code::unknown_name, "rate_differences", "there is no pair ", a, " and ", b);
  }
};

/// The conversion of several channels (or segments, or devices). Those without sessions take no part. Throws bad_value
/// when fewer than two have sessions, or when all or none of all sessions converted: then there is nothing to compare;
/// bad_option for the options.
inline rate_differences compare_rates(std::span<const rate> rates, const power_options& options = {}) {
  const std::string_view who = "compare_rates";
  require(options.power > 0 && options.power < 1, error_code::bad_option, who, "power must be in (0, 1), got ",
          options.power);
  std::vector<index> used;
  std::vector<std::int64_t> trials;
  std::int64_t hits = 0;
  std::int64_t all = 0;
  double lowest = 1;
  double largest = 0;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    if (rates[i].trials == 0) continue;
    used.push_back(static_cast<index>(i));
    trials.push_back(rates[i].trials);
    hits += rates[i].hits;
    all += rates[i].trials;
    lowest = std::min(lowest, rates[i].value);
    largest = std::max(largest, rates[i].value);
  }
  require(used.size() >= 2, error_code::bad_value, who, "at least two groups need sessions, got ", used.size());
  require(hits > 0 && hits < all, error_code::bad_value, who, "some sessions must have converted and some not, got ",
          hits, " of ", all);

  rate_differences result;
  matrix<double> counts(static_cast<index>(used.size()), 2);
  const auto at = [&](index i) -> const rate& {
    return rates[static_cast<std::size_t>(used[static_cast<std::size_t>(i)])];
  };
  for (index i = 0; i < counts.rows(); ++i) {
    counts(i, 0) = static_cast<double>(at(i).hits);
    counts(i, 1) = static_cast<double>(at(i).trials - at(i).hits);
  }
  result.all = chi_square(counts);
  const auto tests = test_all_pairs(counts.rows(), [&](index i, index j) { return two_proportions(at(i), at(j)); });
  for (const auto& test : tests) {
    const rate& a = at(test.first);
    const rate& b = at(test.second);
    rate_pair pair{test, difference_interval(a, b, options.confidence), {}};
    const double base = static_cast<double>(a.hits + b.hits) / static_cast<double>(a.trials + b.trials);
    if (base < 1 && difference_power(base, 1, a.trials, b.trials, options.confidence) >= options.power) {
      pair.detectable = detectable_difference(base, a.trials, b.trials, options);
    }
    pair.compared.first = used[static_cast<std::size_t>(test.first)];
    pair.compared.second = used[static_cast<std::size_t>(test.second)];
    result.pairs.push_back(pair);
  }
  const rate_range equal(trials, static_cast<double>(hits) / static_cast<double>(all));
  result.range = {largest - lowest, equal.at_least(largest - lowest), equal.quantile(0.5), equal.quantile(0.95)};
  return result;
}

/// What `compare_means` finds; the effect of `means` is eta squared, of `ranks` epsilon squared.
struct mean_differences {
  test_result means;             ///< Welch's test of all means
  test_result ranks;             ///< Kruskal and Wallis: for skewed values, such as revenue or time
  std::vector<pair_test> pairs;  ///< Welch's t, with Holm's adjustment
};

/// A behaviour (time, pages, revenue) of several channels: one value and one channel code a session; -1 is left out, and
/// channels without values take no part in pairs. Throws what `summaries_by_group`, `welch_anova`, `kruskal_wallis` and
/// `welch_t` throw: for missing values, fewer than two channels, a channel of one session.
inline mean_differences compare_means(std::span<const double> values, std::span<const std::int32_t> channel,
                                      std::int32_t channels) {
  const auto summaries = summaries_by_group(values, channel, channels);
  mean_differences result;
  result.means = welch_anova(summaries);
  result.ranks = kruskal_wallis(values, channel, channels);
  std::vector<index> used;
  for (std::size_t i = 0; i < summaries.size(); ++i) {
    if (summaries[i].count > 0) used.push_back(static_cast<index>(i));
  }
  const auto at = [&](index i) { return static_cast<std::size_t>(used[static_cast<std::size_t>(i)]); };
  result.pairs = test_all_pairs(static_cast<index>(used.size()),
                                [&](index i, index j) { return welch_t(summaries[at(i)], summaries[at(j)]); });
  for (auto& pair : result.pairs) {
    pair.first = used[static_cast<std::size_t>(pair.first)];
    pair.second = used[static_cast<std::size_t>(pair.second)];
  }
  return result;
}

FOOTFALL_END_NAMESPACE
