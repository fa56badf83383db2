// SPDX-License-Identifier: MIT
// A rate that cannot be printed without the counts it comes from and the interval it lies in.
#pragma once

#include <cstdint>
#include <limits>

#include <footfall/statistics/interval.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// `hits` of `trials`, e.g. buying sessions of all sessions. Without trials the value is NaN: nothing is known.
struct rate {
  std::int64_t hits = 0;
  std::int64_t trials = 0;
  double value = std::numeric_limits<double>::quiet_NaN();
  interval wilson{0, 1, 0.95};

  bool operator==(const rate&) const = default;
};

/// The rate of `hits` in `trials` with its Wilson interval. Throws as `wilson_interval` does.
inline rate rate_of(std::int64_t hits, std::int64_t trials, double confidence = 0.95) {
  const interval wilson = wilson_interval(hits, trials, confidence);
  const double value =
      trials > 0 ? static_cast<double>(hits) / static_cast<double>(trials) : std::numeric_limits<double>::quiet_NaN();
  return {hits, trials, value, wilson};
}

FOOTFALL_END_NAMESPACE
