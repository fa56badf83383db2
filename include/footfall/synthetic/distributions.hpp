// SPDX-License-Identifier: MIT
// Distributions that the synthetic worlds draw from, on a random stream and the same under every standard library.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <footfall/core/error.hpp>
#include <footfall/core/random.hpp>

FOOTFALL_BEGIN_NAMESPACE

// All of them use libm (exp, log, pow, cos), whose last bit may differ between processors; worlds round what they draw.

/// A count with the given mean: uniform numbers are multiplied until the product is below exp(-mean) (Knuth 1969). A
/// large mean is drawn in pieces, whose sum is Poisson too. Throws bad_option unless the mean is in [0, 1e6]. Cost O(1
/// + mean).
inline std::int64_t draw_poisson(random_stream& stream, double mean) {
  require(mean >= 0 && mean <= 1e6, error_code::bad_option, "draw_poisson", "the mean must be in [0, 1e6], got ", mean);
  constexpr double largest_piece = 16;
  std::int64_t count = 0;
  for (double rest = mean; rest > 0; rest -= largest_piece) {
    const double end = std::exp(-std::min(rest, largest_piece));
    for (double product = stream.uniform(); product > end; product *= stream.uniform()) ++count;
  }
  return count;
}

/// Gamma with the given shape and scale 1, so that the mean is the shape: a transformed normal, accepted or drawn again
/// (Marsaglia and Tsang 2000). Throws bad_option unless the shape is above 0 and finite.
inline double draw_gamma(random_stream& stream, double shape) {
  require(shape > 0 && std::isfinite(shape), error_code::bad_option, "draw_gamma",
          "the shape must be above 0 and finite, got ", shape);
  // Below 1 the method does not hold: draw with shape + 1 and shrink.
  const double shrunk = shape < 1 ? std::pow(1 - stream.uniform(), 1 / shape) : 1;
  const double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  while (true) {
    const double x = stream.normal();
    const double root = 1 + c * x;
    const double u = stream.uniform();
    if (root <= 0) continue;
    const double v = root * root * root;
    if (std::log1p(-u) < x * x / 2 + d * (1 - v + std::log(v))) return d * v * shrunk;
  }
}

/// Beta with shapes `a` and `b`, in [0, 1] with mean a / (a + b): from two gamma numbers. Throws bad_option as
/// `draw_gamma`.
inline double draw_beta(random_stream& stream, double a, double b) {
  const double first = draw_gamma(stream, a);
  const double second = draw_gamma(stream, b);
  return first + second > 0 ? first / (first + second) : 0.5;  // both below the smallest double
}

/// Lognormal with the given mean; `log_sd` is the standard deviation of its logarithm. Throws bad_option unless the
/// mean is above 0, log_sd at least 0, and both finite.
inline double draw_lognormal(random_stream& stream, double mean, double log_sd) {
  require(mean > 0 && std::isfinite(mean) && log_sd >= 0 && std::isfinite(log_sd), error_code::bad_option,
          "draw_lognormal", "the mean must be above 0, log_sd at least 0 and both finite, got ", mean, " and ", log_sd);
  return mean * std::exp(log_sd * stream.normal() - log_sd * log_sd / 2);
}

FOOTFALL_END_NAMESPACE
