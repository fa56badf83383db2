// SPDX-License-Identifier: MIT
// Effect sizes: how large a difference is, apart from how sure we are of it.
#pragma once

#include <cmath>
#include <limits>
#include <span>

#include <footfall/core/error.hpp>
#include <footfall/statistics/mean.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The distance of two rates on the arcsine scale, in [-pi, pi] (Cohen 1988): 0.2 is called small, 0.5 medium, 0.8 large.
/// Throws bad_value unless both are in [0, 1].
inline double cohens_h(double a, double b) {
  for (const double rate : {a, b}) {
    require(rate >= 0 && rate <= 1, error_code::bad_value, "cohens_h", "a rate must be in [0, 1], got ", rate);
  }
  return 2 * (std::asin(std::sqrt(a)) - std::asin(std::sqrt(b)));
}

/// The difference of two means in units of their pooled standard deviation (Cohen 1988). NaN where neither side varies.
/// Throws bad_value for fewer than two values on a side.
inline double cohens_d(const sample_summary& a, const sample_summary& b) {
  detail::require_summary(a, 2, "cohens_d");
  detail::require_summary(b, 2, "cohens_d");
  const auto free_a = static_cast<double>(a.count - 1);
  const auto free_b = static_cast<double>(b.count - 1);
  const double pooled = (free_a * a.variance + free_b * b.variance) / (free_a + free_b);
  return pooled > 0 ? (a.mean - b.mean) / std::sqrt(pooled) : std::numeric_limits<double>::quiet_NaN();
}

namespace detail {

struct sums_of_squares {
  double between = 0;
  double within = 0;
  double groups = 0;
  double values = 0;
};

inline sums_of_squares squares_of(std::span<const sample_summary> groups, const char* who) {
  sums_of_squares result;
  double mean = 0;
  for (const auto& group : groups) {
    require_summary(group, 0, who);
    if (group.count == 0) continue;
    result.values += static_cast<double>(group.count);
    mean += (group.mean - mean) * (static_cast<double>(group.count) / result.values);
    ++result.groups;
  }
  for (const auto& group : groups) {
    if (group.count == 0) continue;
    result.between += static_cast<double>(group.count) * (group.mean - mean) * (group.mean - mean);
    if (group.count > 1) result.within += static_cast<double>(group.count - 1) * group.variance;
  }
  return result;
}

}  // namespace detail

/// The share of all variance that lies between the groups, in [0, 1]; NaN where nothing varies. It is above 0 by chance
/// alone, more so in small samples. Throws bad_value for a summary that is none.
inline double eta_squared(std::span<const sample_summary> groups) {
  const auto squares = detail::squares_of(groups, "eta_squared");
  return squares.between + squares.within > 0 ? squares.between / (squares.between + squares.within)
                                              : std::numeric_limits<double>::quiet_NaN();
}

/// Eta squared less what chance puts there (Kelley 1935): around 0 where the groups are alike, and then also below it. NaN
/// where nothing varies or no value is left to judge by. Throws as `eta_squared` does.
inline double epsilon_squared(std::span<const sample_summary> groups) {
  const auto squares = detail::squares_of(groups, "epsilon_squared");
  const double free = squares.values - squares.groups;
  const double all = squares.between + squares.within;
  if (!(free > 0 && all > 0)) return std::numeric_limits<double>::quiet_NaN();
  return (squares.between - (squares.groups - 1) * squares.within / free) / all;
}

FOOTFALL_END_NAMESPACE
