// SPDX-License-Identifier: MIT
// From a log and its sessions to a table of features: at the end of each session, or as of a moment inside it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/table.hpp>
#include <footfall/events/as_of.hpp>
#include <footfall/events/event_log.hpp>
#include <footfall/events/feature_rows.hpp>
#include <footfall/events/session_features.hpp>
#include <footfall/events/session_list.hpp>
#include <footfall/events/session_state.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A table of features and what its rows are of.
struct session_rows {
  table features;              ///< one row a moment, sessions in the order of the list, moments in the order of time
  std::vector<index> session;  ///< of each row: the number of its session
  std::vector<index> events;   ///< of each row: how many events of the session it knows
  fold_counts counts;          ///< what became of the events
  index sessions_without_row = 0;
};

namespace detail {

inline bool is_one_of(const event_view& event, const std::vector<event_key>& names) {
  return std::any_of(names.begin(), names.end(), [&](const event_key& name) { return event.is(name); });
}

/// What one block of sessions gives.
struct session_block {
  feature_rows rows;
  std::vector<index> session;
  std::vector<index> events;
  fold_counts counts;
  index without = 0;
  session_state scratch;  // of one session after the other: its memory is used again

  explicit session_block(const session_features& features) : rows(features) {}
  void reserve(index size) {
    rows.reserve(size);
    session.reserve(static_cast<std::size_t>(size));
    events.reserve(static_cast<std::size_t>(size));
  }
  void add(const session_state& state, index of) {
    rows.add(state);
    session.push_back(of);
    events.push_back(state.events);
  }
};

/// Folds the sessions of a log, each with the history of its visitor.
class session_folder {
 public:
  session_folder(const event_log& log, const session_list& sessions, const session_features& features)
      : log_(log), sessions_(sessions), features_(features), names_(features.numbers_of_names(log)) {}

  /// Calls `each(block, session, history)` for the sessions of whole visitors that begin in [begin, end) of the list.
  /// The history is the visitor's as the session begins.
  template <class Each>
  void for_each_session(index begin, index end, const Each& each) const {
    const auto visitors = sessions_.visitors();
    const auto same_as_before = [&](index i) {
      return i > 0 && visitors[static_cast<std::size_t>(i)] == visitors[static_cast<std::size_t>(i - 1)];
    };
    while (begin < end && same_as_before(begin)) ++begin;
    for (index first = begin; first < end;) {
      index last = first + 1;
      while (last < sessions_.size() && same_as_before(last)) ++last;
      if (!features_.has_history()) {
        for (index s = first; s < last; ++s) {
          visitor_history nobody;
          each(s, nobody);
        }
      } else if (apart(first, last)) {
        visitor_history visitor;
        for (index s = first; s < last; ++s) each(s, visitor);
      } else {
        auto histories = histories_of(first, last);
        for (index s = first; s < last; ++s) each(s, histories[static_cast<std::size_t>(s - first)]);
      }
      first = last;
    }
  }

  /// Takes the events of a session in their order, `before(state, event)` ahead of each and `after(state, event)` behind it.
  template <class Before, class After>
  void fold(index session, session_state& state, visitor_history& visitor, fold_counts& counts, const Before& before,
            const After& after) const {
    ask_ahead_of_session(session);
    const auto order = sessions_.order();
    std::size_t place = sessions_.begin()[static_cast<std::size_t>(session)];
    for (const std::uint32_t at : sessions_.events(session)) {
      if (++place + 3 * apart_events < order.size()) ask_ahead(order.data() + place);
      const event_view event = log_[static_cast<index>(at)];
      before(state, event);
      features_.observe(state, visitor, counts, event, names_[log_.name_codes()[at]]);
      after(state, event);
    }
  }

 private:
  // Events of a session lie far apart in the log: the memory is asked ahead for those that come later in the list, and for their
  // parameters where these will be read. The first event of a session is asked for more than others.
  static constexpr std::size_t apart_events = 16;
  static constexpr std::size_t apart_sessions = 4;

  [[gnu::always_inline]] void ask_ahead(const std::uint32_t* next) const {
    log_.prefetch(static_cast<index>(next[3 * apart_events]));
    const std::uint32_t second = next[2 * apart_events], first = next[apart_events];
    if (reads(second)) log_.prefetch_form(static_cast<index>(second));
    if (reads(first)) log_.prefetch_parameters(static_cast<index>(first));
  }
  [[gnu::always_inline]] void ask_ahead_of_session(index session) const {
    const auto begin = sessions_.begin();
    const auto at = static_cast<std::size_t>(session);
    if (at + 2 * apart_sessions + 1 >= begin.size()) return;
    const auto order = sessions_.order();
    log_.prefetch_form(static_cast<index>(order[begin[at + 2 * apart_sessions]]));
    log_.prefetch_parameters(static_cast<index>(order[begin[at + apart_sessions]]));
  }
  bool reads(std::uint32_t at) const { return features_.reads_parameters(names_[log_.name_codes()[at]]); }

  /// Whether each session of [first, last) ends before the next begins.
  bool apart(index first, index last) const {
    for (index s = first + 1; s < last; ++s) {
      const auto end_of_one = sessions_.events(s - 1).back();
      const auto begin_of_next = sessions_.events(s).front();
      if (place(end_of_one) > place(begin_of_next)) return false;
    }
    return true;
  }
  std::pair<std::int64_t, std::uint32_t> place(std::uint32_t at) const { return {log_.times()[at], at}; }

  /// What is known of the visitor when each of his sessions begins, where they overlap.
  std::vector<visitor_history> histories_of(index first, index last) const {
    std::vector<std::tuple<std::int64_t, std::uint32_t, std::size_t>> events;
    for (index s = first; s < last; ++s) {
      for (const auto at : sessions_.events(s))
        events.emplace_back(log_.times()[at], at, static_cast<std::size_t>(s - first));
    }
    std::sort(events.begin(), events.end());
    std::vector<visitor_history> result(static_cast<std::size_t>(last - first));
    std::vector<session_state> states(result.size());
    visitor_history visitor;
    fold_counts uncounted;  // each session counts its events itself
    for (const auto& [time, at, session] : events) {
      if (states[session].events == 0) result[session] = visitor;
      features_.observe(states[session], visitor, uncounted, log_[static_cast<index>(at)],
                        names_[log_.name_codes()[at]]);
    }
    return result;
  }

  const event_log& log_;
  const session_list& sessions_;
  const session_features& features_;
  std::vector<std::uint32_t> names_;
};

/// The rows of all sessions; `fold_one(block, session, history)` adds those of one.
template <class FoldOne>
session_rows rows_of_sessions(const session_features& features, const session_list& sessions, const run_options& run,
                              const session_folder& folder, const FoldOne& fold_one) {
  constexpr index grain = 8192;
  std::vector<std::unique_ptr<session_block>> blocks(static_cast<std::size_t>((sessions.size() + grain - 1) / grain));
  workers team(run);
  team.for_each_block(sessions.size(), grain, [&](index begin, index end) {
    auto block = std::make_unique<session_block>(features);
    folder.for_each_session(begin, end, [&](index s, visitor_history& visitor) {
      const index before = block->rows.size();
      fold_one(*block, s, visitor);
      block->without += block->rows.size() == before;
    });
    blocks[static_cast<std::size_t>(begin / grain)] = std::move(block);
  });
  session_block all(features);
  index rows = 0;
  for (const auto& block : blocks) rows += block->rows.size();
  all.reserve(rows);
  for (auto& block : blocks) {
    all.rows.append(block->rows);
    all.session.insert(all.session.end(), block->session.begin(), block->session.end());
    all.events.insert(all.events.end(), block->events.begin(), block->events.end());
    all.counts += block->counts;
    all.without += block->without;
    block.reset();
  }
  return {std::move(all.rows).as_table(), std::move(all.session), std::move(all.events), all.counts, all.without};
}

/// One row a session that has an event of these names, of what was before it.
inline session_rows rows_before_first(const event_names& names, const event_log& log, const session_list& sessions,
                                      const session_features& features, const run_options& run) {
  const session_folder folder(log, sessions, features);
  const std::vector<event_key> keys(names.begin(), names.end());
  return rows_of_sessions(
      features, sessions, run, folder, [&](session_block& block, index s, visitor_history& visitor) {
        session_state state;
        bool done = false;
        const auto cut = [&](const session_state& now, const event_view& event) {
          if (done || !is_one_of(event, keys)) return;
          done = true;
          if (now.events > 0) block.add(now, s);
        };
        folder.fold(s, state, visitor, block.counts, cut, [](const session_state&, const event_view&) {});
      });
}

}  // namespace detail

/// The features of each session at the stated moment. Rows do not depend on the number of threads. The sessions are of that
/// log. Cost: one pass over the events; memory: the table, twice while it is put together. Throws bad_option for a moment that is
/// none, wrong_shape for sessions of a longer log.
inline session_rows features_of(const event_log& log, const session_list& sessions, const session_features& features,
                                const as_of& when = as_of::end(), const run_options& run = {}) {
  const std::string_view who = "features_of";
  when.validate(who);
  require(sessions.ledger().events <= log.size(), error_code::wrong_shape, who, "the sessions are of a log of ",
          sessions.ledger().events, " events, got ", log.size());
  const detail::session_folder folder(log, sessions, features);
  const std::vector<event_key> names(when.names.begin(), when.names.end());
  const auto wanted = [&](const event_view& event) { return names.empty() || detail::is_one_of(event, names); };
  const auto length = static_cast<std::int64_t>(when.after * 1e6);
  return detail::rows_of_sessions(
      features, sessions, run, folder, [&](detail::session_block& block, index s, visitor_history& visitor) {
        session_state& state = block.scratch;
        state.events = 0;
        bool done = false;
        folder.fold(
            s, state, visitor, block.counts,
            [&](const session_state& now, const event_view& event) {
              if (when.when != as_of::moment::seconds || done || now.events == 0) return;
              done = event.time() - now.start > length;
              if (done) block.add(now, s);
            },
            [&](const session_state& now, const event_view& event) {
              const bool here = (when.when == as_of::moment::event && now.events == when.number) ||
                                (when.when == as_of::moment::each && wanted(event));
              if (here) block.add(now, s);
            });
        const bool at_end = when.when == as_of::moment::end || (when.when == as_of::moment::seconds && !done);
        if (at_end) block.add(state, s);
      });
}

FOOTFALL_END_NAMESPACE
