// SPDX-License-Identifier: MIT
// Sessions while events still come: late ones join as they would have in the whole log, within a stated lateness and memory.
#pragma once

#include <algorithm>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <queue>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/text_hash.hpp>
#include <footfall/events/event_log.hpp>
#include <footfall/events/session_list.hpp>
#include <footfall/events/session_rules.hpp>

FOOTFALL_BEGIN_NAMESPACE

struct stream_options {
  /// How much earlier than the latest one so far an event may be, and still be taken; at least 0.
  std::chrono::microseconds lateness = std::chrono::hours(1);
  std::size_t most_events = 10'000'000;          ///< that wait in open sessions, at least 1
  std::size_t most_events_of_visitor = 100'000;  ///< of these, at least 1: one robot shall not drive out everybody
  std::size_t longest_text = 1024;               ///< bytes of a visitor, of an id, of a campaign
};

/// What of an event a stream needs. Empty texts: it has none.
struct streamed_event {
  std::string_view visitor;
  std::int64_t time = 0;
  std::uint64_t number =
      0;  ///< its place in the log, or another that is its own: it names the event, and orders equal times
  std::string_view session{};
  std::string_view campaign{};
};

/// What became of an event. All but the first are left out and counted: the caller still has the event.
enum class stream_fate { taken, without_visitor, outside_times, without_session_id, too_late, text_too_long };

struct closed_session {
  struct member {
    std::int64_t time = 0;
    std::uint64_t number = 0;
    auto operator<=>(const member&) const = default;
  };
  std::string visitor;
  std::string session;         ///< the source's id, where sessions are by id
  std::vector<member> events;  ///< in the order of time, then of numbers
  bool forced = false;         ///< closed for want of memory, and perhaps too early

  bool operator==(const closed_session&) const = default;
};

/// Where every event went.
struct stream_ledger {
  session_ledger events;             ///< as of a whole log; `in_sessions` are those of closed ones
  std::int64_t waiting = 0;          ///< in open sessions
  std::int64_t too_late = 0;         ///< earlier than the lateness allows
  std::int64_t text_too_long = 0;    ///< a visitor, id or campaign of more bytes than allowed
  std::int64_t forced_sessions = 0;  ///< closed for want of memory; while 0, sessions are those of the whole log

  bool balanced() const noexcept {
    return events.events == events.in_sessions + events.left_out() + waiting + too_late + text_too_long;
  }
  bool operator==(const stream_ledger&) const = default;
};

/// The sessions of a log that is never whole. An event is taken if it is at most `lateness` earlier than the latest one before
/// it; in every order of arrival in which all are, the sessions are those that `sessionize` finds in the whole log (equal times
/// in the order of their numbers). A session closes once no event that may still be taken could join it: so none that is closed
/// and none that is open ever overlap. Memory: some 100 bytes for each waiting event and its visitor's name; beyond the
/// limits the sessions that rested longest, or the visitor's own, close early and are marked. For one thread at a time; not to be
/// used further when memory ran out in a call.
class session_stream {
 public:
  /// Throws bad_option; also for rules without a time of inactivity, by which no session would ever close.
  explicit session_stream(session_rules rules = session_rules::ga4(), stream_options options = {})
      : rules_(std::move(rules)), options_(options), boundary_(rules_) {
    const std::string_view who = "session_stream";
    rules_.validate(who);
    require(rules_.inactivity.has_value(), error_code::bad_option, who, "a stream needs a time of inactivity");
    require(options_.lateness.count() >= 0, error_code::bad_option, who, "lateness must be at least 0, got ",
            options_.lateness.count(), " microseconds");
    require(options_.most_events >= 1 && options_.most_events_of_visitor >= 1, error_code::bad_option, who,
            "at least one event must be able to wait, got ", options_.most_events, " and ",
            options_.most_events_of_visitor);
  }
  session_stream(const session_stream&) = delete;
  session_stream& operator=(const session_stream&) = delete;

  /// An event that has arrived. Cost: a look into a table; sorting once a session closes.
  stream_fate push(const streamed_event& event) {
    const stream_fate fate = fate_of(event);
    if (fate == stream_fate::taken) {
      take_in(event);
    } else {
      ++ledger_.events.events;
      ++left_out(fate);
    }
    return fate;
  }
  /// The same of a whole event; the campaign is the text that the rules name.
  stream_fate push(event_view event, std::uint64_t number) {
    return push({event.visitor(), event.time(), number, event.session(),
                 rules_.at_new_campaign ? event.text(campaign_) : std::string_view()});
  }

  /// Time has come to `time`, be it without an event: for streams that fall silent.
  void advance_to(std::int64_t time) {
    const auto lateness = options_.lateness.count();
    const auto lowest = std::numeric_limits<std::int64_t>::min();
    const std::int64_t watermark = time < lowest + lateness ? lowest : time - lateness;
    if (watermark <= watermark_) return;
    watermark_ = watermark;
    while (!due_.empty() && due_.top().moment < watermark_) {
      entry& first = *due_.top().of;
      due_.pop();
      const std::size_t rest = close_ripe(first);
      if (rest == 0) {
        open_.erase(open_.find(first.first));
      } else {
        due_.push({after_pause(first.second[rest - 1].place.time), &first});
      }
    }
  }

  /// Closes what is open; every later event is too late.
  void finish() {
    watermark_ = std::numeric_limits<std::int64_t>::max();
    ended_ = true;
    for (; !due_.empty(); due_.pop()) close_ripe(*due_.top().of);
    open_.clear();
  }

  /// The sessions that have closed since the last call, in the order in which they did; until then they are kept.
  std::vector<closed_session> take() { return std::exchange(closed_, {}); }

  const stream_ledger& ledger() const noexcept { return ledger_; }
  /// Events earlier than this are too late.
  std::int64_t watermark() const noexcept { return watermark_; }

 private:
  struct key_view {
    std::string_view visitor, session;
  };
  struct key_text {
    std::string visitor, session;
    operator key_view() const noexcept { return {visitor, session}; }
  };
  struct key_hash {
    using is_transparent = void;
    text_hash hash;
    std::size_t operator()(const key_view& key) const noexcept {
      return hash(key.visitor) * 0x9E3779B97F4A7C15 + hash(key.session);
    }
  };
  struct key_equal {
    using is_transparent = void;
    bool operator()(const key_view& a, const key_view& b) const noexcept {
      return a.visitor == b.visitor && a.session == b.session;
    }
  };
  struct waiting_event {
    closed_session::member place;
    std::string campaign;
    bool operator<(const waiting_event& other) const noexcept { return place < other.place; }
  };
  using table = std::unordered_map<key_text, std::vector<waiting_event>, key_hash, key_equal>;
  using entry = table::value_type;
  // When to look at a visitor again: no later than the lateness after its first open session may close.
  struct due {
    std::int64_t moment;
    entry* of;
    bool operator>(const due& other) const noexcept { return moment > other.moment; }
  };

  stream_fate fate_of(const streamed_event& event) const noexcept {
    if (event.visitor.empty()) return stream_fate::without_visitor;
    if (event.time < rules_.earliest || event.time > rules_.latest) return stream_fate::outside_times;
    if (rules_.by_source_id && event.session.empty()) return stream_fate::without_session_id;
    if (event.time < watermark_ || ended_) return stream_fate::too_late;
    if (std::max({event.visitor.size(), event.session.size(), event.campaign.size()}) > options_.longest_text) {
      return stream_fate::text_too_long;
    }
    return stream_fate::taken;
  }

  std::int64_t& left_out(stream_fate fate) noexcept {
    switch (fate) {
      case stream_fate::without_visitor: return ledger_.events.without_visitor;
      case stream_fate::outside_times: return ledger_.events.outside_times;
      case stream_fate::without_session_id: return ledger_.events.without_session_id;
      case stream_fate::too_late: return ledger_.too_late;
      default: return ledger_.text_too_long;
    }
  }

  void take_in(const streamed_event& event) {
    const key_view key{event.visitor, rules_.by_source_id ? event.session : std::string_view()};
    auto found = open_.find(key);
    if (found == open_.end()) {
      found = open_.try_emplace(key_text{std::string(key.visitor), std::string(key.session)}).first;
      due_.push({after_pause(event.time), &*found});
    }
    auto& waiting = found->second;
    waiting.push_back({{event.time, event.number}, std::string(rules_.at_new_campaign ? event.campaign : "")});
    ++ledger_.waiting;
    ++ledger_.events.events;
    if (waiting.size() > options_.most_events_of_visitor) close(*found);
    advance_to(event.time);
    while (static_cast<std::size_t>(ledger_.waiting) > options_.most_events) close_first();
  }

  std::int64_t after_pause(std::int64_t time) const noexcept {
    const auto pause = rules_.inactivity->count();
    const auto highest = std::numeric_limits<std::int64_t>::max();
    return time > highest - pause ? highest : time + pause;
  }

  // Closes what no event can join any more. What is left of the first run that still waits: so many events, 0 if none is.
  std::size_t close_ripe(entry& of) {
    auto& events = of.second;
    if (!std::is_sorted(events.begin(), events.end())) std::sort(events.begin(), events.end());
    std::size_t ripe = 0, end = 0;
    while (end < events.size()) {
      for (++end; end < events.size(); ++end) {
        if (boundary_.longer_than_pause(events[end - 1].place.time, events[end].place.time)) break;
      }
      const std::int64_t last = events[end - 1].place.time;
      if (!ended_ && (last >= watermark_ || !boundary_.longer_than_pause(last, watermark_))) break;
      ripe = end;
    }
    emit(of, ripe, false);
    events.erase(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(ripe));
    return events.empty() ? 0 : end - ripe;
  }

  // Closes all of a visitor; what was not ripe is marked.
  void close(entry& of) {
    close_ripe(of);
    emit(of, of.second.size(), true);
    of.second.clear();
    of.second.shrink_to_fit();
  }

  // The visitor that has rested longest.
  void close_first() {
    entry& first = *due_.top().of;
    due_.pop();
    close(first);
    open_.erase(open_.find(first.first));
  }

  // Sessions of the first `count` events of a visitor, which are in order.
  void emit(const entry& of, std::size_t count, bool forced) {
    std::map<std::string_view, std::uint32_t> campaigns;
    boundary_.restart();
    for (std::size_t i = 0; i < count; ++i) {
      const auto& each = of.second[i];
      std::uint32_t campaign = no_code;
      if (!each.campaign.empty()) {
        campaign = campaigns.try_emplace(each.campaign, static_cast<std::uint32_t>(campaigns.size())).first->second;
      }
      if (boundary_.begins_session(each.place.time, campaign)) {
        closed_.push_back({of.first.visitor, of.first.session, {}, forced});
        ledger_.forced_sessions += forced ? 1 : 0;
      }
      closed_.back().events.push_back(each.place);
    }
    ledger_.events.in_sessions += static_cast<std::int64_t>(count);
    ledger_.waiting -= static_cast<std::int64_t>(count);
  }

  session_rules rules_;
  stream_options options_;
  session_boundary boundary_;
  event_key campaign_{rules_.campaign};
  table open_;
  std::priority_queue<due, std::vector<due>, std::greater<>> due_;  // each open visitor once
  std::vector<closed_session> closed_;
  std::int64_t watermark_ = std::numeric_limits<std::int64_t>::min();
  bool ended_ = false;
  stream_ledger ledger_;
};

FOOTFALL_END_NAMESPACE
