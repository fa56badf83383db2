// SPDX-License-Identifier: MIT
// How far apart two rates are: intervals for their difference and their ratio, of different sessions and of the same ones.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
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

/// Interval for the difference of two rates of the same sessions, when `only_a` of the `pairs` have the first alone and
/// `only_b` the second alone, as for `mcnemar`: two sessions that disagree either way are added, and the large-sample form
/// is sound from then on (Bonett and Price 2012). Its middle is therefore a little nearer to 0 than the difference. Within
/// [-1, 1]. Throws bad_value for counts that are none or no pairs, bad_option unless confidence is in (0, 1).
inline interval paired_difference_interval(std::int64_t only_a, std::int64_t only_b, std::int64_t pairs,
                                           double confidence = 0.95) {
  const auto who = "paired_difference_interval";
  detail::require_confidence(confidence, who);
  require(only_a >= 0 && only_b >= 0 && pairs > 0 && only_a <= pairs - only_b, error_code::bad_value, who,
          "disagreements must be at least 0 and at most the pairs, got ", only_a, " and ", only_b, " of ", pairs);
  const double n = static_cast<double>(pairs) + 2;
  const double a = (static_cast<double>(only_a) + 1) / n;
  const double b = (static_cast<double>(only_b) + 1) / n;
  const double half = normal_quantile(0.5 + confidence / 2) * std::sqrt((a + b - (a - b) * (a - b)) / n);
  return {std::max(-1.0, a - b - half), std::min(1.0, a - b + half), confidence};
}

FOOTFALL_END_NAMESPACE
