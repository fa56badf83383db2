// SPDX-License-Identifier: MIT
// Which touches of a journey count: all, one of each run, the first of each channel, none of a channel that had company.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/attribution/journey.hpp>
#include <footfall/core/error.hpp>

FOOTFALL_BEGIN_NAMESPACE

// Each returns new journeys with the same conversions, revenue and visitors, and leaves at least one touch in each. The
// names that Snowplow's models give to paths are in brackets; its `unique_path` is the journeys as they are.

/// Keeps the touches that `keep(touches, kept)` leaves as 1 in `kept`, which is all 1 before. Throws bad_value if it leaves
/// none of a journey.
template <class Keep>
journeys keep_touches(const journeys& paths, Keep&& keep) {
  std::vector<std::int64_t> begin{0};
  std::vector<std::int32_t> touches, visitor;
  std::vector<double> ages, revenue;
  std::vector<std::uint8_t> converted, kept;
  for (index i = 0; i < paths.size(); ++i) {
    const auto all = paths.touches(i);
    kept.assign(all.size(), 1);
    keep(all, std::span(kept));
    for (std::size_t at = 0; at < all.size(); ++at) {
      if (kept[at] == 0) continue;
      touches.push_back(all[at]);
      ages.push_back(paths.ages(i)[at]);
    }
    require(static_cast<std::int64_t>(touches.size()) > begin.back(), error_code::bad_value, "keep_touches", "journey ",
            i, " would be left without touches");
    begin.push_back(static_cast<std::int64_t>(touches.size()));
    visitor.push_back(paths.visitor(i));
    converted.push_back(paths.converted(i) ? 1 : 0);
    revenue.push_back(paths.revenue(i));
  }
  return journeys::from_parts(paths.channels(), std::move(begin), std::move(touches), std::move(ages),
                              std::move(visitor), std::move(converted), std::move(revenue));
}

/// Of touches of one channel in a row, the last (`exposure_path`): A A B A becomes A B A.
inline journeys collapse_repeats(const journeys& paths) {
  return keep_touches(paths, [](auto touches, auto kept) {
    for (std::size_t at = 0; at + 1 < touches.size(); ++at) kept[at] = touches[at] != touches[at + 1] ? 1 : 0;
  });
}

/// Of each channel its first touch (`first_path`): B A B A becomes B A.
inline journeys first_of_each(const journeys& paths) {
  return keep_touches(paths, [](auto touches, auto kept) {
    for (std::size_t at = 1; at < touches.size(); ++at) {
      const auto before = touches.begin() + static_cast<std::ptrdiff_t>(at);
      kept[at] = std::find(touches.begin(), before, touches[at]) == before ? 1 : 0;
    }
  });
}

/// No touches of that channel where another one is present (`remove_if_not_all`): "direct" should not take what others
/// brought. Throws unknown_name.
inline journeys drop_unless_alone(const journeys& paths, std::string_view channel) {
  const auto dropped = paths.channel(channel);
  return keep_touches(paths, [&](auto touches, auto kept) {
    if (std::all_of(touches.begin(), touches.end(), [&](auto touch) { return touch == dropped; })) return;
    for (std::size_t at = 0; at < touches.size(); ++at) kept[at] = touches[at] != dropped ? 1 : 0;
  });
}

/// No touches of that channel at the end where another one is present (`remove_if_last_and_not_all`). Throws unknown_name.
inline journeys drop_last_unless_alone(const journeys& paths, std::string_view channel) {
  const auto dropped = paths.channel(channel);
  return keep_touches(paths, [&](auto touches, auto kept) {
    if (std::all_of(touches.begin(), touches.end(), [&](auto touch) { return touch == dropped; })) return;
    for (std::size_t at = touches.size(); at > 0 && touches[at - 1] == dropped; --at) kept[at - 1] = 0;
  });
}

FOOTFALL_END_NAMESPACE
