// SPDX-License-Identifier: MIT
// What must hold for any events in any order of arrival: the stream's sessions are those of the whole log, and every event is
// in one session or counted.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include <footfall/events/session_stream.hpp>
#include <footfall/events/sessionize.hpp>

namespace sessions_fuzz {

namespace ff = footfall;

struct arrival {
  std::uint32_t visitor = 0, session = 0, campaign = 0;  // no_code: none
  std::int64_t time = 0;
  std::uint64_t number = 0;  // its place in the log, below the number of arrivals, no two the same
};

inline std::string text_of(std::uint32_t code) { return code == ff::no_code ? "" : std::to_string(code); }
inline void demand(bool holds, const char* what) {
  if (!holds) throw std::logic_error(what);
}

/// Throws std::logic_error where one of them does not hold; the ledger of the stream at its end.
inline ff::stream_ledger check(const std::vector<arrival>& arrivals, const ff::session_rules& rules,
                               const ff::stream_options& options) {
  ff::session_stream stream(rules, options);
  std::vector<std::uint32_t> visitor(arrivals.size(), ff::no_code), session(visitor), campaign(visitor);
  std::vector<std::int64_t> time(arrivals.size());
  std::vector<ff::closed_session> closed;
  const auto collect = [&] {
    for (auto& each : stream.take()) closed.push_back(std::move(each));
    demand(stream.ledger().balanced(), "the ledger does not add up");
    demand(stream.ledger().waiting <= static_cast<std::int64_t>(options.most_events), "too many events wait");
  };
  for (const auto& each : arrivals) {
    const std::string of_visitor = text_of(each.visitor), of_session = text_of(each.session),
                      of_campaign = text_of(each.campaign);
    const auto fate = stream.push({of_visitor, each.time, each.number, of_session, of_campaign});
    collect();
    if (fate != ff::stream_fate::taken) continue;
    visitor[each.number] = each.visitor;
    session[each.number] = each.session;
    campaign[each.number] = each.campaign;
    time[each.number] = each.time;
  }
  stream.finish();
  collect();
  const auto ledger = stream.ledger();
  demand(ledger.waiting == 0, "events wait after the end");
  demand(ledger.events.events == static_cast<std::int64_t>(arrivals.size()), "not every event is counted");

  std::vector<std::vector<std::uint64_t>> found, wanted;
  std::vector<std::uint8_t> seen(arrivals.size());
  for (const auto& each : closed) {
    demand(!each.events.empty() && std::is_sorted(each.events.begin(), each.events.end()), "events out of order");
    found.emplace_back();
    for (const auto& member : each.events) {
      demand(seen[member.number]++ == 0, "an event is in two sessions");
      demand(time[member.number] == member.time && text_of(visitor[member.number]) == each.visitor,
             "an event is in a session of somebody else");
      demand(!rules.by_source_id || text_of(session[member.number]) == each.session, "an event has another id");
      found.back().push_back(member.number);
    }
  }
  demand(std::count(seen.begin(), seen.end(), 1) == ledger.events.in_sessions, "an event was lost");
  if (ledger.forced_sessions != 0) return ledger;
  const auto whole = ff::sessionize({visitor, time, session, campaign}, rules, {.threads = 1});
  for (ff::index i = 0; i < whole.size(); ++i) wanted.emplace_back(whole.events(i).begin(), whole.events(i).end());
  std::sort(found.begin(), found.end());
  std::sort(wanted.begin(), wanted.end());
  demand(found == wanted, "the stream's sessions are not those of the whole log");
  return ledger;
}

/// Rules and limits from four bytes, then events of three.
inline ff::stream_ledger check_bytes(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < 4) return {};
  constexpr std::int64_t minute = 60'000'000;
  ff::session_rules rules;
  rules.by_source_id = (bytes[0] & 1) != 0;
  rules.at_midnight = (bytes[0] & 2) != 0;
  rules.at_new_campaign = (bytes[0] & 4) != 0;
  rules.inactivity = std::chrono::minutes(5 + bytes[0] / 8 * 15);
  rules.time_zone.offset = std::chrono::minutes(15 * (bytes[1] % 192 - 96) / 2);
  if (bytes[1] >= 192) rules.earliest = -100 * minute;
  ff::stream_options options;
  options.lateness = std::chrono::minutes(bytes[2] * 5);
  options.most_events = bytes[3] % 16 == 0 ? 1 + bytes[3] / 16U : 100'000;
  options.most_events_of_visitor = bytes[3] % 16 == 1 ? 1 + bytes[3] / 16U : 100'000;
  const bool numbers_fall = bytes[3] % 2 == 0;
  bytes = bytes.subspan(4);
  std::vector<arrival> arrivals;
  std::int64_t now = 0;
  for (std::size_t count = bytes.size() / 3, i = 0; i < count; ++i) {
    const std::uint8_t who = bytes[3 * i], what = bytes[3 * i + 1];
    const std::int64_t step = static_cast<std::int8_t>(bytes[3 * i + 2]);
    arrival each{who % 4U, who / 4U % 4U, who / 16U % 4U, now + step * 5 * minute, numbers_fall ? count - 1 - i : i};
    if (who >= 240) each.visitor = ff::no_code;
    if (each.session == 3) each.session = ff::no_code;
    if (each.campaign == 3) each.campaign = ff::no_code;
    if (what < 128) now = each.time;
    if (what == 255) each.time = std::numeric_limits<std::int64_t>::max() - step * step;
    if (what == 254) each.time = std::numeric_limits<std::int64_t>::min() + step * step;
    arrivals.push_back(each);
  }
  return check(arrivals, rules, options);
}

}  // namespace sessions_fuzz
