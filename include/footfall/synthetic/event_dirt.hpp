// SPDX-License-Identifier: MIT
// The order in which events arrive when delivery is not perfect: some twice, some late, or all mixed up.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What goes wrong on the way. The events themselves stay as they were.
struct event_dirt {
  double duplicated = 0;               ///< share of events that arrive a second time, up to `lateness` later; in [0, 1]
  double late = 0;                     ///< share of events that arrive up to `lateness` after their time; in [0, 1]
  std::int64_t lateness = 60'000'000;  ///< microseconds, at least 0
  bool shuffled = false;               ///< arrive in any order at all
};

/// Positions of the events in the order of their arrival, those that arrive twice twice: without dirt in the order of time, equal
/// times as they are given. Throws bad_option. Cost O(events x log events).
inline std::vector<std::size_t> arrival_order(std::span<const std::int64_t> times, const event_dirt& dirt,
                                              const random_stream& stream) {
  const std::string_view who = "event_dirt";
  require(dirt.duplicated >= 0 && dirt.duplicated <= 1, error_code::bad_option, who,
          "duplicated must be in [0, 1], got ", dirt.duplicated);
  require(dirt.late >= 0 && dirt.late <= 1, error_code::bad_option, who, "late must be in [0, 1], got ", dirt.late);
  require(dirt.lateness >= 0 && dirt.lateness <= std::int64_t{1} << 60, error_code::bad_option, who,
          "lateness must be in [0, 2^60], got ", dirt.lateness);
  std::vector<std::pair<std::int64_t, std::size_t>> arrivals;
  arrivals.reserve(times.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (dirt.late == 0 && dirt.duplicated == 0) {
      arrivals.emplace_back(times[i], i);
      continue;
    }
    auto own = stream.child(1).child(i);
    const auto delay = [&] { return static_cast<std::int64_t>(own.uniform() * static_cast<double>(dirt.lateness)); };
    arrivals.emplace_back(times[i] + (own.uniform() < dirt.late ? delay() : 0), i);
    if (own.uniform() < dirt.duplicated) arrivals.emplace_back(times[i] + delay(), i);
  }
  std::stable_sort(arrivals.begin(), arrivals.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::size_t> order;
  order.reserve(arrivals.size());
  for (const auto& [when, which] : arrivals) order.push_back(which);
  if (dirt.shuffled) stream.child(2).shuffle(std::span(order));
  return order;
}

FOOTFALL_END_NAMESPACE
