// SPDX-License-Identifier: MIT
// The incomplete gamma and beta functions, both tails at once: what the chi-square, t, F and binomial distributions are.
#pragma once

#include <cmath>
#include <limits>
#include <numbers>

#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A probability and its complement. Each is worked out where it is small, so neither is 1 minus a rounded 1.
struct tails {
  double below = 0;
  double above = 0;
};

namespace detail {

/// log(n! / (sqrt(2 pi n) (n / e)^n)) for real n > 0: Stirling's series from 16 on, the recurrence towards it before.
inline double stirling_error(double n) {
  double error = 0;
  for (; n < 16; ++n) error += (n + 0.5) * std::log1p(1 / n) - 1;
  const double r = 1 / (n * n);
  return error + (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / n;
}

/// x log(x / mean) + mean - x without the cancellation near x = mean (Loader 2000).
inline double deviance(double x, double mean) {
  const double ratio = (x - mean) / (x + mean);
  if (!(std::fabs(ratio) < 0.1)) return x * std::log(x / mean) + mean - x;
  double sum = (x - mean) * ratio;
  double term = 2 * x * ratio;
  for (int k = 3;; k += 2) {
    term *= ratio * ratio;
    const double next = sum + term / k;
    if (next == sum) return sum;
    sum = next;
  }
}

/// b0 + a1 / (b1 + a2 / (b2 + ...)) by Lentz's method as Thompson and Barnett (1986) mend it; `next(k)` gives {a, b}.
template <class Next>
double continued_fraction(double b0, Next next) {
  constexpr double tiny = 1e-300;
  double value = b0 == 0 ? tiny : b0;
  double c = value;
  double d = 0;
  for (double k = 1;; ++k) {
    const auto [a, b] = next(k);
    d = b + a * d;
    if (d == 0) d = tiny;
    d = 1 / d;
    c = b + a / c;
    if (c == 0) c = tiny;
    const double factor = c * d;
    value *= factor;
    if (!(std::fabs(factor - 1) > std::numeric_limits<double>::epsilon()) || k > 1e7) return value;
  }
}

struct fraction_step {
  double a, b;
};

inline bool is_shape(double shape) { return shape > 0 && std::isfinite(shape); }

constexpr tails no_tails{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};

}  // namespace detail

/// The share of a gamma variable of that shape (scale 1) below and above x >= 0. For shapes from 0.5 to 1e9
/// the relative error was at most 1e-12 wherever the result exceeds 1e-290. Cost grows with the square root of the shape.
/// NaN for a shape that is not positive and finite, or a missing x.
inline tails incomplete_gamma(double shape, double x) {
  if (!detail::is_shape(shape) || std::isnan(x)) return detail::no_tails;
  if (x <= 0) return {0, 1};
  if (x > 1e300) return {1, 0};
  // x^shape e^-x / Gamma(shape + 1), as Loader (2000) writes the Poisson probability.
  const double front =
      std::exp(-detail::stirling_error(shape) - detail::deviance(shape, x)) / std::sqrt(2 * std::numbers::pi * shape);
  if (x < shape + 1) {
    double sum = 1;
    double term = 1;
    for (double k = 1; term > sum * 1e-17; ++k) {
      term *= x / (shape + k);
      sum += term;
    }
    return {front * sum, 1 - front * sum};
  }
  const double fraction = detail::continued_fraction(x + 1 - shape, [&](double k) {
    return detail::fraction_step{k * (shape - k), x + 2 * k + 1 - shape};
  });
  const double above = front * shape / fraction;
  return {1 - above, above};
}

/// The share of a beta variable below and above x in [0, 1]; `rest` is 1 - x, which the caller may know better than
/// rounding does. For a and b from 0.5 the relative error was at most 2e-12 up to a + b = 1e7 and 3e-11 up to 1e9, wherever
/// the result exceeds 1e-290. Cost grows with the square root of the smaller of a and b. NaN for shapes that are not
/// positive and finite, or a missing x.
inline tails incomplete_beta(double a, double b, double x, double rest) {
  if (!detail::is_shape(a) || !detail::is_shape(b) || std::isnan(x) || std::isnan(rest)) return detail::no_tails;
  if (x <= 0) return {0, 1};
  if (rest <= 0) return {1, 0};
  const double n = a + b;
  if (x > (a + 1) / (n + 2)) {
    const tails mirrored = incomplete_beta(b, a, rest, x);
    return {mirrored.above, mirrored.below};
  }
  // x^a rest^b / B(a, b), as Loader (2000) writes the binomial probability.
  const double front = std::exp(detail::stirling_error(n) - detail::stirling_error(a) - detail::stirling_error(b) -
                                detail::deviance(a, n * x) - detail::deviance(b, n * rest)) *
                       std::sqrt(a * b / (2 * std::numbers::pi * n));
  // DiDonato and Morris (1992), eq. 9: its terms are positive up to step b, unlike those of the textbook fraction.
  const auto partial = [&](double k) {
    return k + k * (b - k) * x / (a + 2 * k - 1) + (a + k) * (a * rest - b * x + 1 + k * (1 + rest)) / (a + 2 * k + 1);
  };
  const double below =
      front / detail::continued_fraction(a * (a * rest - b * x + 1) / (a + 1), [&](double k) {
        const double odd = a + 2 * k - 1;
        return detail::fraction_step{(a + k - 1) / odd * ((n + k - 1) / odd) * k * (b - k) * x * x, partial(k)};
      });
  return {below, 1 - below};
}

FOOTFALL_END_NAMESPACE
