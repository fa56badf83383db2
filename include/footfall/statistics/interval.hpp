// SPDX-License-Identifier: MIT
// Intervals: between which two values a figure lies, at a stated confidence.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <unsupported/Eigen/SpecialFunctions>

#include <footfall/core/error.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// From `low` to `high`, both included, meant to hold the true value with probability `confidence`.
struct interval {
  double low = 0;
  double high = 0;
  double confidence = 0.95;

  bool contains(double value) const noexcept { return low <= value && value <= high; }
  bool operator==(const interval&) const = default;
};

/// The value that a standard normal variable stays below with probability `p`, in (0, 1). Throws bad_option.
inline double normal_quantile(double p) {
  require(p > 0 && p < 1, error_code::bad_option, "normal_quantile", "the probability must be in (0, 1), got ", p);
  return Eigen::numext::ndtri(p);
}

/// Interval for a share of `hits` out of `trials` (Wilson 1927): unlike the textbook interval it stays within [0, 1] and
/// holds its confidence for rare events and few trials. No trials: everything from 0 to 1.
/// Throws bad_value unless 0 <= hits <= trials, bad_option unless confidence is in (0, 1).
inline interval wilson_interval(std::int64_t hits, std::int64_t trials, double confidence = 0.95) {
  require(hits >= 0 && hits <= trials, error_code::bad_value, "wilson_interval", "hits must be in [0, ", trials,
          "], got ", hits);
  require(confidence > 0 && confidence < 1, error_code::bad_option, "wilson_interval",
          "confidence must be in (0, 1), got ", confidence);
  if (trials == 0) return {0, 1, confidence};
  const double z = normal_quantile(0.5 + confidence / 2);
  const auto n = static_cast<double>(trials);
  const double share = static_cast<double>(hits) / n;
  const double middle = (share + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  // At the ends the bound is exactly 0 or 1; rounding must not move it.
  return {hits == 0 ? 0 : std::max(0.0, middle - half), hits == trials ? 1 : std::min(1.0, middle + half), confidence};
}

FOOTFALL_END_NAMESPACE
