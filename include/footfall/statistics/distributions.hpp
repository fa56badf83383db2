// SPDX-License-Identifier: MIT
// The distributions behind intervals and tests: the share below, the share above, and the value at a given share.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <string_view>

#include <unsupported/Eigen/SpecialFunctions>

#include <footfall/core/error.hpp>
#include <footfall/statistics/incomplete.hpp>

FOOTFALL_BEGIN_NAMESPACE

// `..._cdf(x)` is the probability of a value of at most x, `..._tail(x)` that of a value above x: small tails keep their
// digits, as 1 - cdf would not. Accuracy is that of incomplete.hpp; the normal tail keeps 12 digits down to 1e-300.
// All throw missing_value for an x that is NaN and bad_option for a parameter outside its range.

namespace detail {

inline void require_at(double x, std::string_view who) {
  require(!std::isnan(x), error_code::missing_value, who, "the value is missing");
}
inline void require_degrees(double degrees, std::string_view who) {
  require(degrees > 0 && std::isfinite(degrees), error_code::bad_option, who,
          "degrees of freedom must be finite and above 0, got ", degrees);
}
inline void require_probability(double p, std::string_view who) {
  require(p > 0 && p < 1, error_code::bad_option, who, "the probability must be in (0, 1), got ", p);
}
inline void require_confidence(double confidence, std::string_view who) {
  require(confidence > 0 && confidence < 1, error_code::bad_option, who, "confidence must be in (0, 1), got ",
          confidence);
}

/// The smallest double in (low, high] for which `reached` holds; it must hold at `high` and, once it holds, stay so.
/// 0 <= low < high. Doubles of one sign are ordered as their bits are, so halving the bits takes at most 64 steps.
template <class Reached>
double first_that(double low, double high, Reached reached) {
  auto before = std::bit_cast<std::uint64_t>(low);
  auto after = std::bit_cast<std::uint64_t>(high);
  while (after - before > 1) {
    const std::uint64_t middle = before + (after - before) / 2;
    (reached(std::bit_cast<double>(middle)) ? after : before) = middle;
  }
  return std::bit_cast<double>(after);
}

/// Where a continuous distribution over [0, high] has `p` below it: searched on the side whose share is small.
template <class Tails>
double quantile(double p, double high, Tails tails_at) {
  if (p <= 0.5) return first_that(0, high, [&](double x) { return tails_at(x).below >= p; });
  return first_that(0, high, [&](double x) { return tails_at(x).above <= 1 - p; });
}

}  // namespace detail

// ------------------------------------------------------------------------------------------------------------- normal

inline double normal_cdf(double z) {
  detail::require_at(z, "normal_cdf");
  return std::erfc(-z / std::numbers::sqrt2) / 2;
}
inline double normal_tail(double z) {
  detail::require_at(z, "normal_tail");
  return std::erfc(z / std::numbers::sqrt2) / 2;
}
/// The value that a standard normal variable stays below with probability `p`, in (0, 1). Throws bad_option.
inline double normal_quantile(double p) {
  detail::require_probability(p, "normal_quantile");
  return Eigen::numext::ndtri(p);
}

// ---------------------------------------------------------------------------------------------------------- Student t

namespace detail {

// Of |t|: the share within -|t| .. |t| is `below`, that outside is `above`.
inline tails student_t_sides(double t, double degrees) {
  const double ratio = t / std::sqrt(degrees) * (t / std::sqrt(degrees));
  return incomplete_beta(0.5, degrees / 2, 1 / (1 + 1 / ratio), 1 / (1 + ratio));
}

}  // namespace detail

/// The probability of a |t| above the given one: the two-sided p-value. `degrees` need not be whole.
inline double student_t_both_tails(double t, double degrees) {
  detail::require_at(t, "student_t");
  detail::require_degrees(degrees, "student_t");
  return detail::student_t_sides(t, degrees).above;
}
inline double student_t_tail(double t, double degrees) {
  const double outside = student_t_both_tails(t, degrees) / 2;
  return t > 0 ? outside : 1 - outside;
}
inline double student_t_cdf(double t, double degrees) { return student_t_tail(-t, degrees); }
inline double student_t_quantile(double p, double degrees) {
  detail::require_probability(p, "student_t_quantile");
  detail::require_degrees(degrees, "student_t_quantile");
  if (p == 0.5) return 0;
  const double outside = p < 0.5 ? 2 * p : 2 * (1 - p);
  const double size = detail::first_that(0, std::numeric_limits<double>::max(), [&](double t) {
    return detail::student_t_sides(t, degrees).above <= outside;
  });
  return p < 0.5 ? -size : size;
}

// -------------------------------------------------------------------------------------------------- chi-square and F

namespace detail {

inline tails chi_square_tails(double x, double degrees) { return incomplete_gamma(degrees / 2, x / 2); }

inline tails f_tails(double f, double degrees, double denominator_degrees) {
  const double ratio = f * (degrees / denominator_degrees);
  return incomplete_beta(degrees / 2, denominator_degrees / 2, 1 / (1 + 1 / ratio), 1 / (1 + ratio));
}

}  // namespace detail

inline double chi_square_cdf(double x, double degrees) {
  detail::require_at(x, "chi_square_cdf");
  detail::require_degrees(degrees, "chi_square_cdf");
  return x > 0 ? detail::chi_square_tails(x, degrees).below : 0;
}
inline double chi_square_tail(double x, double degrees) {
  detail::require_at(x, "chi_square_tail");
  detail::require_degrees(degrees, "chi_square_tail");
  return x > 0 ? detail::chi_square_tails(x, degrees).above : 1;
}
inline double chi_square_quantile(double p, double degrees) {
  detail::require_probability(p, "chi_square_quantile");
  detail::require_degrees(degrees, "chi_square_quantile");
  return detail::quantile(p, std::numeric_limits<double>::max(),
                          [&](double x) { return detail::chi_square_tails(x, degrees); });
}

/// F of a mean square with `degrees` over one with `denominator_degrees`.
inline double f_cdf(double f, double degrees, double denominator_degrees) {
  detail::require_at(f, "f_cdf");
  detail::require_degrees(degrees, "f_cdf");
  detail::require_degrees(denominator_degrees, "f_cdf");
  return f > 0 ? detail::f_tails(f, degrees, denominator_degrees).below : 0;
}
inline double f_tail(double f, double degrees, double denominator_degrees) {
  detail::require_at(f, "f_tail");
  detail::require_degrees(degrees, "f_tail");
  detail::require_degrees(denominator_degrees, "f_tail");
  return f > 0 ? detail::f_tails(f, degrees, denominator_degrees).above : 1;
}

// ----------------------------------------------------------------------------------------------------- beta, binomial

/// Where a beta variable has `p` below it; a and b finite and above 0.
inline double beta_quantile(double p, double a, double b) {
  detail::require_probability(p, "beta_quantile");
  require(a > 0 && b > 0 && std::isfinite(a + b), error_code::bad_option, "beta_quantile",
          "both shapes must be finite and above 0, got ", a, " and ", b);
  return detail::quantile(p, 1, [&](double x) { return incomplete_beta(a, b, x, 1 - x); });
}

namespace detail {

inline tails binomial_tails(std::int64_t hits, std::int64_t trials, double share) {
  require(trials >= 0, error_code::bad_option, "binomial", "trials must be at least 0, got ", trials);
  require(share >= 0 && share <= 1, error_code::bad_option, "binomial", "the share must be in [0, 1], got ", share);
  if (hits < 0) return {0, 1};
  if (hits >= trials) return {1, 0};
  const auto k = static_cast<double>(hits);
  return incomplete_beta(static_cast<double>(trials) - k, k + 1, 1 - share, share);
}

}  // namespace detail

/// The probability of at most `hits`, and of more than `hits`, in `trials` that each hit with probability `share`.
inline double binomial_cdf(std::int64_t hits, std::int64_t trials, double share) {
  return detail::binomial_tails(hits, trials, share).below;
}
inline double binomial_tail(std::int64_t hits, std::int64_t trials, double share) {
  return detail::binomial_tails(hits, trials, share).above;
}

FOOTFALL_END_NAMESPACE
