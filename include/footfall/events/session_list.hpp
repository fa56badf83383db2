// SPDX-License-Identifier: MIT
// Sessions found in a log: whose each is and which events it has, and what became of every event.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {
class session_cutter;
}

/// Where every event went: `events` are `in_sessions` and those left out for one reason each, the first that holds.
struct session_ledger {
  std::int64_t events = 0;
  std::int64_t in_sessions = 0;
  std::int64_t without_visitor = 0;     ///< no visitor, as without consent
  std::int64_t outside_times = 0;       ///< before `earliest` or after `latest` of the rules
  std::int64_t without_session_id = 0;  ///< sessions are those of the source, and it gave none

  std::int64_t left_out() const noexcept { return without_visitor + outside_times + without_session_id; }
  /// Nothing was lost and nothing counted twice.
  bool balanced() const noexcept { return events == in_sessions + left_out(); }

  auto parts() const { return std::tie(events, in_sessions, without_visitor, outside_times, without_session_id); }
  static session_ledger from_parts(std::int64_t events, std::int64_t in_sessions, std::int64_t without_visitor,
                                   std::int64_t outside_times, std::int64_t without_session_id) {
    return {events, in_sessions, without_visitor, outside_times, without_session_id};
  }
  bool operator==(const session_ledger&) const = default;
};

/// Immutable. Sessions of a visitor stand together, visitors in the order of their numbers, a visitor's sessions in the order of
/// their first events. 4 bytes an event and 8 a session.
class session_list {
 public:
  session_list() = default;

  index size() const noexcept { return static_cast<index>(visitor_.size()); }
  /// The number that the log gave the visitor.
  std::uint32_t visitor(index session) const { return visitor_[static_cast<std::size_t>(session)]; }
  /// Positions in the log, at least one, in the order of time; those of the same time as they stand in the log.
  std::span<const std::uint32_t> events(index session) const {
    const auto at = static_cast<std::size_t>(session);
    return {order_.data() + begin_[at], begin_[at + 1] - begin_[at]};
  }

  /// All events that are in sessions, session after session: session i has [begin()[i], begin()[i + 1]) of them.
  std::span<const std::uint32_t> order() const noexcept { return order_; }
  std::span<const std::uint32_t> begin() const noexcept { return begin_; }
  std::span<const std::uint32_t> visitors() const noexcept { return visitor_; }
  const session_ledger& ledger() const noexcept { return ledger_; }

  auto parts() const { return std::tie(visitor_, begin_, order_, ledger_); }
  /// From the members; `begin` has one entry more than there are sessions. Throws bad_parts, and says what is wrong.
  static session_list from_parts(std::vector<std::uint32_t> visitor, std::vector<std::uint32_t> begin,
                                 std::vector<std::uint32_t> order, session_ledger ledger) {
    const auto check = [](bool sound, const char* what) {
      require(sound, error_code::bad_parts, "session_list", what);
    };
    check(begin.size() == visitor.size() + 1, "lengths do not fit together");
    check(begin.front() == 0 && begin.back() == order.size(), "events are left over");
    check(std::adjacent_find(begin.begin(), begin.end(), std::greater_equal<>()) == begin.end(),
          "a session has no events");
    check(std::is_sorted(visitor.begin(), visitor.end()), "visitors must come in the order of their numbers");
    for (const auto each : {ledger.events, ledger.without_visitor, ledger.outside_times, ledger.without_session_id}) {
      check(each >= 0 && each <= std::numeric_limits<std::uint32_t>::max(), "the ledger has a count out of its range");
    }
    check(ledger.in_sessions == static_cast<std::int64_t>(order.size()) && ledger.balanced(),
          "the ledger does not add up");
    std::vector<std::uint32_t> sorted(order);
    std::sort(sorted.begin(), sorted.end());
    check(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end(), "an event is in two sessions");
    check(sorted.empty() || sorted.back() < ledger.events, "there is no such event");
    return made(std::move(visitor), std::move(begin), std::move(order), ledger);
  }
  bool operator==(const session_list& other) const { return same_parts(*this, other); }

 private:
  friend class detail::session_cutter;  // what it makes is sound
  static session_list made(std::vector<std::uint32_t> visitor, std::vector<std::uint32_t> begin,
                           std::vector<std::uint32_t> order, const session_ledger& ledger) {
    session_list result;
    result.visitor_ = std::move(visitor);
    result.begin_ = std::move(begin);
    result.order_ = std::move(order);
    result.ledger_ = ledger;
    return result;
  }

  std::vector<std::uint32_t> visitor_;
  std::vector<std::uint32_t> begin_{0};
  std::vector<std::uint32_t> order_;
  session_ledger ledger_;
};

FOOTFALL_END_NAMESPACE
