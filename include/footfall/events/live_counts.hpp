// SPDX-License-Identifier: MIT
// What becomes of events and visitors while a shop is watched: everything is counted, nothing is lost in silence.
#pragma once

#include <cstdint>

#include <footfall/events/session_state.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Where every event went: `events` are `taken` and those left out for one reason each.
struct live_counts {
  std::uint64_t events = 0;
  std::uint64_t taken = 0;
  std::uint64_t without_visitor = 0;
  std::uint64_t outside_times = 0;       ///< of the rules
  std::uint64_t without_session_id = 0;  ///< where sessions are those of the source
  std::uint64_t too_late = 0;            ///< of a session before the visitor's present one
  std::uint64_t too_large = 0;           ///< an id that alone is above the memory allowed

  std::uint64_t late = 0;      ///< of those taken: earlier than the session's latest event, and folded in as they came
  std::uint64_t sessions = 0;  ///< that began
  std::uint64_t visitors = 0;  ///< met for the first time, or again after they were forgotten
  std::uint64_t expired = 0;   ///< visitors forgotten after `expire_after`
  std::uint64_t evicted = 0;   ///< visitors forgotten because memory ran out
  fold_counts folds{};

  bool balanced() const noexcept {
    return events == taken + without_visitor + outside_times + without_session_id + too_late + too_large;
  }
  bool operator==(const live_counts&) const = default;
};

FOOTFALL_END_NAMESPACE
