// SPDX-License-Identifier: MIT
// What a comparison of two rates can see: its power, the sessions it needs, the smallest difference it would notice.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

#include <footfall/core/error.hpp>
#include <footfall/statistics/distributions.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What is asked of a comparison: to notice what is there with probability `power`, in a two-sided test that calls nothing
/// something with probability 1 - `confidence`.
struct power_options {
  double power = 0.8;        ///< in (0, 1)
  double confidence = 0.95;  ///< in (0, 1)
};

namespace detail {

inline void require_true_rates(double a, double b, std::string_view who) {
  require(a >= 0 && a <= 1, error_code::bad_value, who, "a rate must be in [0, 1], got ", a);
  require(b >= 0 && b <= 1, error_code::bad_value, who, "a rate must be in [0, 1], got ", b);
}

/// The power with real numbers of trials. The test divides by the standard error of the pooled rate, the difference
/// varies with that of the two true rates.
inline double power_of(double rate_a, double rate_b, double trials_a, double trials_b, double confidence) {
  const double pooled = (rate_a * trials_a + rate_b * trials_b) / (trials_a + trials_b);
  const double tested = std::sqrt(pooled * (1 - pooled) * (1 / trials_a + 1 / trials_b));
  const double actual = std::sqrt(rate_a * (1 - rate_a) / trials_a + rate_b * (1 - rate_b) / trials_b);
  const double beyond = std::fabs(rate_a - rate_b) - normal_quantile(0.5 + confidence / 2) * tested;
  if (actual == 0) return beyond > 0 ? 1 : 0;
  return normal_cdf(beyond / actual);
}

}  // namespace detail

/// The probability that `two_proportions` finds the difference of two true rates, in its direction, at that confidence
/// (large-sample approximation). Throws bad_value for rates outside [0, 1] or a side without trials, bad_option for the
/// confidence.
inline double difference_power(double rate_a, double rate_b, std::int64_t trials_a, std::int64_t trials_b,
                               double confidence = 0.95) {
  const auto who = "difference_power";
  detail::require_confidence(confidence, who);
  detail::require_true_rates(rate_a, rate_b, who);
  require(trials_a > 0 && trials_b > 0, error_code::bad_value, who, "both sides need trials, got ", trials_a, " and ",
          trials_b);
  return detail::power_of(rate_a, rate_b, static_cast<double>(trials_a), static_cast<double>(trials_b), confidence);
}

/// The fewest trials on each of two sides of equal size that find the difference of two true rates (Fleiss 1981, without
/// continuity correction). Throws bad_value for equal rates or rates outside [0, 1], bad_option for the options, limit above 10^15.
inline std::int64_t trials_needed(double rate_a, double rate_b, const power_options& options = {}) {
  const auto who = "trials_needed";
  detail::require_confidence(options.confidence, who);
  require(options.power > 0 && options.power < 1, error_code::bad_option, who, "power must be in (0, 1), got ",
          options.power);
  detail::require_true_rates(rate_a, rate_b, who);
  require(rate_a != rate_b, error_code::bad_value, who, "no number of trials tells ", rate_a, " from itself");
  const double pooled = (rate_a + rate_b) / 2;
  const double needed = normal_quantile(0.5 + options.confidence / 2) * std::sqrt(2 * pooled * (1 - pooled)) +
                        normal_quantile(options.power) * std::sqrt(rate_a * (1 - rate_a) + rate_b * (1 - rate_b));
  const double trials = std::max(0.0, needed) / (rate_a - rate_b) * (std::max(0.0, needed) / (rate_a - rate_b));
  require(trials <= 1e15, error_code::limit, who, "more than 10^15 trials are needed");
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(trials)));
}

/// The smallest difference above `base` that the given trials would find: they tell `base` from `base + difference`. Throws
/// bad_value when even `base` and 1 cannot be told apart, and as `difference_power` does.
inline double detectable_difference(double base, std::int64_t trials_a, std::int64_t trials_b,
                                    const power_options& options = {}) {
  const auto who = "detectable_difference";
  require(options.power > 0 && options.power < 1, error_code::bad_option, who, "power must be in (0, 1), got ",
          options.power);
  const auto found = [&](double difference) {
    return difference_power(base, std::min(1.0, base + difference), trials_a, trials_b, options.confidence) >=
           options.power;
  };
  detail::require_true_rates(base, base, who);
  require(base < 1 && found(1 - base), error_code::bad_value, who, "these trials cannot tell ", base, " from 1");
  return detail::first_that(0, 1 - base, found);
}

FOOTFALL_END_NAMESPACE
