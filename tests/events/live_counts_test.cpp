// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <footfall/events/live_counts.hpp>

namespace ff = footfall;

TEST_CASE("counts are balanced where each event went one way") {
  using count = std::uint64_t ff::live_counts::*;
  for (const count way :
       {&ff::live_counts::taken, &ff::live_counts::without_visitor, &ff::live_counts::outside_times,
        &ff::live_counts::without_session_id, &ff::live_counts::too_late, &ff::live_counts::too_large}) {
    ff::live_counts counts;
    CHECK(counts.balanced());
    ++(counts.*way);
    CHECK_FALSE(counts.balanced());
    ++counts.events;
    CHECK(counts.balanced());
  }
  CHECK(ff::live_counts{.events = 1, .taken = 1, .late = 1, .sessions = 1, .visitors = 1}.balanced());
}
