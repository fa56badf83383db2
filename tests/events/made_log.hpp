// SPDX-License-Identifier: MIT
// Small random logs, and their sessions by a few lines that cannot be fast: what the tests of sessions compare with.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/random.hpp>
#include <footfall/events/session_rules.hpp>
#include <footfall/events/sessionize.hpp>

namespace made {

namespace ff = footfall;

constexpr std::int64_t minute = 60'000'000;

struct log {
  std::vector<std::uint32_t> visitor;
  std::vector<std::int64_t> time;
  std::vector<std::uint32_t> session;
  std::vector<std::uint32_t> campaign;

  ff::event_columns columns() const { return {visitor, time, session, campaign}; }
  void add(std::uint32_t of, std::int64_t at, std::uint32_t id = 1, std::uint32_t from = ff::no_code) {
    visitor.push_back(of);
    time.push_back(at);
    session.push_back(id);
    campaign.push_back(from);
  }
};

/// Events of up to `visitors` visitors over `span` minutes, on whole multiples of five minutes so that ties and pauses of
/// exactly the limit happen; one in ten without a visitor, an id or a campaign.
inline log random_log(std::uint64_t seed, std::size_t events, std::uint64_t visitors, std::uint64_t span) {
  ff::random_stream random(seed);
  log result;
  for (std::size_t i = 0; i < events; ++i) {
    const auto or_none = [&](std::uint64_t bound) {
      return random.below(10) == 0 ? ff::no_code : static_cast<std::uint32_t>(random.below(bound));
    };
    const auto visitor = or_none(visitors);
    const auto time =
        (static_cast<std::int64_t>(random.below(span / 5)) * 5 - static_cast<std::int64_t>(span) / 2) * minute;
    const auto id = or_none(3);
    result.add(visitor, time, id, or_none(3));
  }
  return result;
}

struct session {
  std::uint32_t visitor;
  std::uint32_t id;  // 0 where sessions are not by id
  std::vector<std::uint32_t> events;
  bool operator==(const session&) const = default;
};

/// Straight from the definitions, with nothing shared with the library but the rules themselves.
inline std::vector<session> sessions_of(const log& of, const ff::session_rules& rules) {
  using key = std::pair<std::uint32_t, std::uint32_t>;
  std::map<key, std::vector<std::uint32_t>> events;
  for (std::uint32_t i = 0; i < of.time.size(); ++i) {
    if (of.visitor[i] == ff::no_code || of.time[i] < rules.earliest || of.time[i] > rules.latest) continue;
    if (rules.by_source_id && of.session[i] == ff::no_code) continue;
    events[{of.visitor[i], rules.by_source_id ? of.session[i] : 0}].push_back(i);
  }
  const auto local_day = [&](std::int64_t time) {
    const auto local = time + rules.time_zone.offset.count() * minute;
    return (local - ((local % (1440 * minute)) + 1440 * minute) % (1440 * minute)) / (1440 * minute);
  };
  std::vector<session> result;
  for (auto& [of_key, places] : events) {
    std::stable_sort(places.begin(), places.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return of.time[a] < of.time[b]; });
    std::uint32_t known = ff::no_code;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const std::uint32_t here = places[i], before = i == 0 ? here : places[i - 1];
      const bool pause = i == 0 || (rules.inactivity && of.time[here] - of.time[before] > rules.inactivity->count());
      if (pause) known = ff::no_code;
      const bool midnight = rules.at_midnight && local_day(of.time[here]) != local_day(of.time[before]);
      const bool campaign = rules.at_new_campaign && of.campaign[here] != ff::no_code && of.campaign[here] != known;
      if (of.campaign[here] != ff::no_code) known = of.campaign[here];
      if (pause || midnight || campaign) result.push_back({of_key.first, of_key.second, {}});
      result.back().events.push_back(here);
    }
  }
  std::stable_sort(result.begin(), result.end(), [&](const session& a, const session& b) {
    const auto rank = [&](const session& s) { return std::tuple(s.visitor, of.time[s.events[0]], s.events[0]); };
    return rank(a) < rank(b);
  });
  return result;
}

/// Every kind of rule that the library knows.
inline std::vector<ff::session_rules> all_rules() {
  ff::session_rules ids_with_pauses = ff::session_rules::of_source();
  ids_with_pauses.inactivity = std::chrono::minutes(60);
  ids_with_pauses.at_midnight = true;
  ff::session_rules within = ff::session_rules::ga4();
  within.earliest = -100 * minute;
  within.latest = 200 * minute;
  return {ff::session_rules::ga4(), ff::session_rules::universal_analytics({.offset = std::chrono::minutes(-90)}),
          ff::session_rules::of_source(), ids_with_pauses, within};
}

}  // namespace made
