// SPDX-License-Identifier: MIT
// The source of each session, the last one that was not direct, and channels as a column.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/column.hpp>
#include <footfall/events/channel_rules.hpp>
#include <footfall/events/event_log.hpp>
#include <footfall/events/session_list.hpp>
#include <footfall/events/traffic_source.hpp>
#include <footfall/events/visit_source.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The sources of sessions: each different one once.
struct session_sources {
  std::vector<traffic_source> sources;    ///< in the order in which sessions first have them
  std::vector<std::uint32_t> of_session;  ///< a position in `sources` for each session

  const traffic_source& operator[](index session) const {
    return sources[of_session[static_cast<std::size_t>(session)]];
  }
  bool operator==(const session_sources&) const = default;
};

/// The source of a session is that of its first event that names one; direct if none does. The same for any number of threads.
/// Throws wrong_shape where the sessions are not of this log, and what `visit_source_reader` throws.
inline session_sources sources_of(const event_log& log, const session_list& sessions,
                                  const visit_source_rules& rules = {}, const run_options& run = {}) {
  require(sessions.ledger().events == log.size(), error_code::wrong_shape, "sources_of", "sessions of ",
          sessions.ledger().events, " events do not fit a log of ", log.size());
  const visit_source_reader reader(rules);
  constexpr index grain = 4096;
  using numbered = std::map<traffic_source, std::uint32_t>;
  std::vector<std::vector<traffic_source>> of_block(static_cast<std::size_t>((sessions.size() + grain - 1) / grain));
  session_sources result;
  result.of_session.resize(static_cast<std::size_t>(sessions.size()));
  const auto number = [](numbered& known, std::vector<traffic_source>& all, traffic_source each) {
    const auto [place, is_new] = known.try_emplace(std::move(each), static_cast<std::uint32_t>(all.size()));
    if (is_new) all.push_back(place->first);
    return place->second;
  };
  workers(run).for_each_block(sessions.size(), grain, [&](index begin, index end) {
    numbered known;
    auto& all = of_block[static_cast<std::size_t>(begin / grain)];
    for (index session = begin; session < end; ++session) {
      traffic_source found = traffic_source::direct();
      for (const std::uint32_t event : sessions.events(session)) {
        traffic_source each = reader.of_event(log[static_cast<index>(event)]);
        if (each.is_direct()) continue;
        found = std::move(each);
        break;
      }
      result.of_session[static_cast<std::size_t>(session)] = number(known, all, std::move(found));
    }
  });
  numbered known;
  for (std::size_t block = 0; block < of_block.size(); ++block) {
    std::vector<std::uint32_t> renumbered;
    for (auto& each : of_block[block]) renumbered.push_back(number(known, result.sources, std::move(each)));
    const auto begin = block * static_cast<std::size_t>(grain);
    for (std::size_t i = begin; i < std::min(begin + static_cast<std::size_t>(grain), result.of_session.size()); ++i) {
      result.of_session[i] = renumbered[result.of_session[i]];
    }
  }
  return result;
}

/// A direct session takes the source of its visitor's last session that was not direct, if that began at most `look_back` before
/// it. `times` are those of the log's events. Throws wrong_shape, bad_option for a look-back that is not above 0.
inline session_sources with_last_non_direct(session_sources found, const session_list& sessions,
                                            std::span<const std::int64_t> times,
                                            std::chrono::microseconds look_back = std::chrono::hours(24 * 30)) {
  const std::string_view who = "with_last_non_direct";
  require(look_back.count() > 0, error_code::bad_option, who, "look_back must be above 0, got ", look_back.count(),
          " microseconds");
  require(found.of_session.size() == static_cast<std::size_t>(sessions.size()), error_code::wrong_shape, who,
          "there must be a source for each of ", sessions.size(), " sessions, got ", found.of_session.size());
  require(static_cast<std::int64_t>(times.size()) == sessions.ledger().events, error_code::wrong_shape, who,
          "there must be a time for each of ", sessions.ledger().events, " events, got ", times.size());
  std::vector<bool> direct;
  for (const auto& each : found.sources) direct.push_back(each.is_direct());
  std::size_t last = 0;  // one more than the visitor's last session that was not direct
  const auto begin_of = [&](std::size_t session) {
    return times[sessions.events(static_cast<index>(session)).front()];
  };
  for (std::size_t session = 0; session < found.of_session.size(); ++session) {
    if (session > 0 && sessions.visitors()[session] != sessions.visitors()[session - 1]) last = 0;
    auto& source = found.of_session[session];
    if (!direct[source]) {
      last = session + 1;
    } else if (last > 0) {
      const auto since = static_cast<std::uint64_t>(begin_of(session)) - static_cast<std::uint64_t>(begin_of(last - 1));
      if (since <= static_cast<std::uint64_t>(look_back.count())) source = found.of_session[last - 1];
    }
  }
  return found;
}

/// The channel of each session as a categorical column, as the tables of attribution/ take it. Its levels are all channels of the
/// rules; every session has one, be it "Unassigned".
inline column channel_column(const session_sources& found, const channel_rules& rules, std::string name = "channel") {
  std::vector<std::int32_t> channel;
  for (const auto& each : found.sources) channel.push_back(rules.channel_of(each));
  std::vector<std::int32_t> codes;
  codes.reserve(found.of_session.size());
  for (const std::uint32_t source : found.of_session) codes.push_back(channel[source]);
  return column::categorical(std::move(name), std::move(codes), rules.channels());
}

FOOTFALL_END_NAMESPACE
