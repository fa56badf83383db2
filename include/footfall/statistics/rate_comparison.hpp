// SPDX-License-Identifier: MIT
// How far apart two rates are: intervals for their difference and their ratio, made of the Wilson limits of each.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include <footfall/core/error.hpp>
#include <footfall/statistics/interval.hpp>
#include <footfall/statistics/rate.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

inline void require_two_rates(const rate& a, const rate& b, std::string_view who) {
  require(a.trials > 0 && b.trials > 0, error_code::bad_value, who, "both sides need trials, got ", a.trials, " and ",
          b.trials);
}

}  // namespace detail

/// Interval for `a.value - b.value` of independent rates (Newcombe 1998, method 10): within [-1, 1], and sound for rates
/// of 0 and 1. Throws bad_value if a side has no trials, bad_option unless confidence is in (0, 1).
inline interval difference_interval(const rate& a, const rate& b, double confidence = 0.95) {
  detail::require_two_rates(a, b, "difference_interval");
  const interval at_a = wilson_interval(a.hits, a.trials, confidence);
  const interval at_b = wilson_interval(b.hits, b.trials, confidence);
  const double difference = a.value - b.value;
  return {difference - std::hypot(a.value - at_a.low, at_b.high - b.value),
          difference + std::hypot(at_a.high - a.value, b.value - at_b.low), confidence};
}

/// Interval for `a.value / b.value` of independent rates: recovered from the Wilson limits as Newcombe's is (Donner and
/// Zou 2012). The usual log interval has no answer when a side has no hits; this one has: the low end is 0 without hits in
/// `a`, the high end is infinite without hits in `b`. Throws as `difference_interval` does.
inline interval ratio_interval(const rate& a, const rate& b, double confidence = 0.95) {
  detail::require_two_rates(a, b, "ratio_interval");
  const interval at_a = wilson_interval(a.hits, a.trials, confidence);
  const interval at_b = wilson_interval(b.hits, b.trials, confidence);
  // The ratio r is judged by a - r b, whose limits are quadratic in r; `bound` is v (2 p - v) for a limit v of p.
  const auto bound = [](double limit, double value) { return limit * (2 * value - limit); };
  const double product = a.value * b.value;
  const auto root = [&](double of_a, double of_b) { return std::sqrt(std::max(0.0, product * product - of_a * of_b)); };
  const double low_a = bound(at_a.low, a.value);
  const double high_a = bound(at_a.high, a.value);
  const double low_b = bound(at_b.low, b.value);
  const double high_b = bound(at_b.high, b.value);
  return {a.hits == 0 ? 0 : low_a / (product + root(low_a, high_b)),
          b.hits == 0 ? std::numeric_limits<double>::infinity() : (product + root(high_a, low_b)) / low_b, confidence};
}

FOOTFALL_END_NAMESPACE
