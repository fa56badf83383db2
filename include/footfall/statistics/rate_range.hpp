// SPDX-License-Identifier: MIT
// The spread that equal rates show by chance: best channel minus worst channel, when no channel is better.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/statistics/distributions.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The distribution of the largest minus the smallest observed rate of several groups that all have the same true rate.
/// No simulation and no normal approximation: hits are binomial, and the sum runs over which group is lowest and at how
/// many hits; what is more than 9 standard deviations off (probability below 1e-18) is left out. Equal true rates are
/// the supposition; the pooled rate stands for the true one.
class rate_range {
 public:
  /// Of groups of these numbers of trials. Throws bad_value for fewer than two groups, a group without trials or a rate
  /// outside [0, 1], limit for more than 10^12 trials.
  rate_range(std::span<const std::int64_t> trials, double rate) {
    const std::string_view who = "rate_range";
    require(trials.size() >= 2, error_code::bad_value, who, "at least two groups are needed, got ", trials.size());
    require(rate >= 0 && rate <= 1, error_code::bad_value, who, "the rate must be in [0, 1], got ", rate);
    for (const std::int64_t each : trials) {
      require(each > 0, error_code::bad_value, who, "each group needs trials, got ", each);
      require(each <= 1'000'000'000'000, error_code::limit, who, "a group may have 10^12 trials, got ", each);
      groups_.push_back(group_of(each, rate));
    }
  }

  /// The probability of a range of at least `range` (a difference of two rates, not percentage points). Ranges within
  /// 1e-12 of it count as equal. Throws missing_value. Cost: groups^2 x 18 standard deviations of the hits.
  double at_least(double range) const {
    detail::require_at(range, "rate_range");
    if (range <= 0) return 1;
    double narrower = 0;
    for (std::size_t lowest = 0; lowest < groups_.size(); ++lowest) {
      const auto& low = groups_[lowest];
      for (std::size_t i = 0; i + 1 < low.at_most.size(); ++i) {
        const double hits = low.first + static_cast<double>(i);
        double all = low.at_most[i + 1] - low.at_most[i];
        for (std::size_t other = 0; other < groups_.size() && all > 0; ++other) {
          if (other == lowest) continue;
          // Of groups that are lowest together the first counts, so that each outcome is counted once.
          const auto& of = groups_[other];
          const double least = hits * of.trials / low.trials;
          const double below = of.share_up_to(other < lowest ? std::floor(least) : std::ceil(least) - 1);
          const double top = (hits / low.trials + range - 1e-12) * of.trials;
          all *= std::max(0.0, of.share_up_to(std::ceil(top) - 1) - below);
        }
        narrower += all;
      }
    }
    return std::clamp(1 - narrower, 0.0, 1.0);
  }

  /// The range that is exceeded with probability 1 - p, to 1e-9. p in (0, 1); throws bad_option.
  double quantile(double p) const {
    detail::require_probability(p, "rate_range");
    double low = 0;
    double high = 1;
    while (high - low > 1e-9) {
      const double middle = (low + high) / 2;
      (at_least(middle) <= 1 - p ? high : low) = middle;
    }
    return high;
  }

 private:
  struct group {
    double trials = 0;
    double first = 0;             // the fewest hits in the table
    std::vector<double> at_most;  // share of fewer than first + i hits: one more than there are hits

    double share_up_to(double hits) const {
      const double at = hits - first + 1;
      if (at < 0) return 0;
      return at_most[static_cast<std::size_t>(std::min(at, static_cast<double>(at_most.size() - 1)))];
    }
  };

  static group group_of(std::int64_t trials, double rate) {
    const auto n = static_cast<double>(trials);
    // 9 standard deviations, and what a rare event needs beyond them.
    const double reach = 9 * std::sqrt(n * rate * (1 - rate)) + 30;
    group result{n, std::max(0.0, std::floor(n * rate - reach)), {0}};
    const double last = std::min(n, std::ceil(n * rate + reach));
    const auto mode = std::clamp(std::floor((n + 1) * rate), result.first, last);
    std::vector<double> share(static_cast<std::size_t>(last - result.first) + 1);
    const auto at = [&](double hits) -> double& { return share[static_cast<std::size_t>(hits - result.first)]; };
    at(mode) = 1;
    const double odds = rate / (1 - rate);
    for (double hits = mode; hits > result.first; --hits) at(hits - 1) = at(hits) * hits / ((n - hits + 1) * odds);
    for (double hits = mode; hits < last; ++hits) at(hits + 1) = at(hits) * (n - hits) * odds / (hits + 1);
    double total = 0;
    for (const double each : share) total += each;
    double sum = 0;
    for (const double each : share) result.at_most.push_back((sum += each) / total);
    return result;
  }

  std::vector<group> groups_;
};

FOOTFALL_END_NAMESPACE
