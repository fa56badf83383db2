// SPDX-License-Identifier: MIT
// What folds remember: of a session, of the visitor's sessions before it, and how many events they could not use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <footfall/core/types.hpp>
#include <footfall/events/bounded_set.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What a declaration of features remembers of one session: a few numbers a feature, never the events.
struct session_state {
  std::int64_t start = 0;     ///< time of the event that was observed first, microseconds since 1970
  std::int64_t earliest = 0;  ///< the smallest time; smaller than `start` only where events came late
  std::int64_t latest = 0;    ///< the largest
  index events = 0;           ///< observed so far; 0: the session has not begun
  std::vector<double> cells{};
  std::vector<std::string> texts{};
  std::vector<bounded_set> sets{};

  /// What it holds on the heap.
  std::size_t bytes() const noexcept {
    std::size_t sum = cells.capacity() * sizeof(double) + texts.capacity() * sizeof(std::string) +
                      sets.capacity() * sizeof(bounded_set);
    for (const auto& each : texts) sum += each.capacity() > 15 ? each.capacity() + 1 : 0;  // 15 fit inside a string
    for (const auto& each : sets) sum += each.bytes();
    return sum;
  }
};

/// What it remembers of a visitor: enough for `sessions_before`, `days_since_last` and `events_before`.
struct visitor_history {
  index sessions = 0;            ///< that began so far
  std::int64_t latest = 0;       ///< largest time of an event so far
  std::vector<double> counts{};  ///< of the events that some fold asks for, so far

  std::size_t bytes() const noexcept { return counts.capacity() * sizeof(double); }
};

/// What became of the events that folds were given: nothing goes by uncounted.
struct fold_counts {
  std::uint64_t events = 0;             ///< observed
  std::uint64_t unnamed = 0;            ///< whose name no fold asks for: they count for time only
  std::uint64_t without_parameter = 0;  ///< readings of a parameter that was absent or of the other type
  std::uint64_t backwards = 0;          ///< earlier than an event of their session before them: taken as they came
  std::uint64_t beyond_most = 0;        ///< readings that a `distinct` which had reached its `most` left out

  fold_counts& operator+=(const fold_counts& other) noexcept {
    events += other.events;
    unnamed += other.unnamed;
    without_parameter += other.without_parameter;
    backwards += other.backwards;
    beyond_most += other.beyond_most;
    return *this;
  }
  bool operator==(const fold_counts&) const = default;
};

FOOTFALL_END_NAMESPACE
