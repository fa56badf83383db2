// SPDX-License-Identifier: MIT
// Intervals: between which two values a figure lies, at a stated confidence.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <footfall/core/error.hpp>
#include <footfall/statistics/distributions.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// From `low` to `high`, both included, meant to hold the true value with probability `confidence`.
struct interval {
  double low = 0;
  double high = 0;
  double confidence = 0.95;

  bool contains(double value) const noexcept { return low <= value && value <= high; }
  bool operator==(const interval&) const = default;
};

/// Interval for a share of `trials` (Wilson 1927): unlike the textbook interval it stays within [0, 1] and holds its
/// confidence for rare events and few trials. `share * trials` need not be whole, as when ties were shared out. No trials:
/// everything from 0 to 1. Throws bad_value unless share is in [0, 1] and trials at least 0, bad_option unless confidence
/// is in (0, 1).
inline interval wilson_interval_of_share(double share, double trials, double confidence = 0.95) {
  const auto who = "wilson_interval";
  detail::require_confidence(confidence, who);
  require(trials >= 0, error_code::bad_value, who, "trials must be at least 0, got ", trials);
  if (trials == 0) return {0, 1, confidence};
  require(share >= 0 && share <= 1, error_code::bad_value, who, "the share must be in [0, 1], got ", share);
  const double z = normal_quantile(0.5 + confidence / 2);
  const double middle = (share + z * z / (2 * trials)) / (1 + z * z / trials);
  const double half =
      z / (1 + z * z / trials) * std::sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials));
  // At the ends the bound is exactly 0 or 1; rounding must not move it.
  return {share == 0 ? 0 : std::max(0.0, middle - half), share == 1 ? 1 : std::min(1.0, middle + half), confidence};
}

/// The same for `hits` out of `trials`. Throws bad_value unless 0 <= hits <= trials.
inline interval wilson_interval(std::int64_t hits, std::int64_t trials, double confidence = 0.95) {
  require(hits >= 0 && hits <= trials, error_code::bad_value, "wilson_interval", "hits must be in [0, ", trials,
          "], got ", hits);
  const auto n = static_cast<double>(trials);
  return wilson_interval_of_share(trials > 0 ? static_cast<double>(hits) / n : 0, n, confidence);
}

/// The exact interval (Clopper and Pearson 1934): holds at least its confidence whatever the true share, and is wider than
/// Wilson's for it. Use it where the promise "at least" matters. No trials: everything from 0 to 1. Throws as
/// `wilson_interval` does. Cost: some 120 incomplete beta functions.
inline interval exact_interval(std::int64_t hits, std::int64_t trials, double confidence = 0.95) {
  const auto who = "exact_interval";
  detail::require_confidence(confidence, who);
  require(hits >= 0 && hits <= trials, error_code::bad_value, who, "hits must be in [0, ", trials, "], got ", hits);
  const auto k = static_cast<double>(hits);
  const auto misses = static_cast<double>(trials - hits);
  const double outside = (1 - confidence) / 2;
  return {hits == 0 ? 0 : beta_quantile(outside, k, misses + 1),
          hits == trials ? 1 : beta_quantile(1 - outside, k + 1, misses), confidence};
}

FOOTFALL_END_NAMESPACE
