// SPDX-License-Identifier: MIT
// Sessions as touches: one row a session with its visitor, its time, its channel and what it bought, as attribution/ reads them.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/column.hpp>
#include <footfall/data/table.hpp>
#include <footfall/events/channel_rules.hpp>
#include <footfall/events/event_log.hpp>
#include <footfall/events/session_list.hpp>
#include <footfall/events/session_sources.hpp>
#include <footfall/statistics/exact_sum.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A table of the columns visitor, at (seconds since 1970 of the first event), channel, converted (1 with an event named
/// `conversion`) and revenue (of these events, in the order of sums that are exact), in the order of the sessions. Without a
/// revenue stated a conversion counts 0. Throws wrong_shape where sessions or sources are not of this log.
inline table touches_of(const event_log& log, const session_list& sessions, const session_sources& found,
                        const channel_rules& rules, const event_key& conversion = "purchase") {
  const std::string_view who = "touches_of";
  require(sessions.ledger().events == log.size(), error_code::wrong_shape, who, "sessions of ",
          sessions.ledger().events, " events do not fit a log of ", log.size());
  require(found.of_session.size() == static_cast<std::size_t>(sessions.size()), error_code::wrong_shape, who,
          "there must be a source for each of ", sessions.size(), " sessions, got ", found.of_session.size());
  std::vector<std::string> names;
  std::vector<std::int32_t> visitor;
  std::vector<double> at, converted, revenue;
  for (index session = 0; session < sessions.size(); ++session) {
    // Visitors ascend, so each new one is the next level.
    if (session == 0 || sessions.visitor(session) != sessions.visitor(session - 1)) {
      names.emplace_back(log.visitors()[sessions.visitor(session)]);
    }
    visitor.push_back(static_cast<std::int32_t>(names.size()) - 1);
    const auto events = sessions.events(session);
    at.push_back(static_cast<double>(log.times()[events.front()]) / microseconds_per_second);
    exact_sum sum;
    bool bought = false;
    for (const std::uint32_t event : events) {
      const auto each = log[static_cast<index>(event)];
      if (!each.is(conversion)) continue;
      bought = true;
      if (!std::isnan(each.revenue())) sum.add(each.revenue());
    }
    converted.push_back(bought ? 1 : 0);
    revenue.push_back(sum.value());
  }
  return table({column::categorical("visitor", std::move(visitor), std::move(names)),
                column::numeric("at", std::move(at)), channel_column(found, rules),
                column::numeric("converted", std::move(converted)), column::numeric("revenue", std::move(revenue))});
}

FOOTFALL_END_NAMESPACE
