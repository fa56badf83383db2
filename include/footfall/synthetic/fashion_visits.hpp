// SPDX-License-Identifier: MIT
// When the sessions of a made-up fashion shop happened, and which of them belong to one visitor.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/events/event.hpp>
#include <footfall/synthetic/fashion_behaviour.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// One entry a session.
struct fashion_visits {
  std::vector<std::int64_t> start;     ///< of the first event: microseconds since 1970 UTC
  std::vector<std::int64_t> length;    ///< from the first event to the last: microseconds
  std::vector<std::uint32_t> visitor;  ///< numbered by their first sessions
};

/// Times that agree with hour and weekday of each session, spread over whole weeks from a Monday on, and visitors that agree with
/// `returning_visitor`: a session of a returning visitor belongs to somebody whose last one ended at least an hour before; all
/// others are somebody's first. A returning visitor whom nobody can be is one more first visit, which happens only in shops
/// of a few sessions. Sessions of a visitor do not overlap. Throws bad_option for less than two weeks or more than 500.
/// Cost O(sessions x log sessions).
inline fashion_visits draw_visits(const fashion_draws& d, const fashion_streams& streams, std::int64_t first_monday,
                                  int weeks) {
  const std::string_view who = "draw_visits";
  require(weeks >= 2 && weeks <= 500, error_code::bad_option, who, "weeks must be in [2, 500], got ", weeks);
  require(first_monday >= -100'000 && first_monday <= 100'000 && (first_monday + 3) % 7 == 0, error_code::bad_option,
          who, "first_monday must be a Monday in days since 1970, within 100000 of it, got ", first_monday);
  constexpr std::int64_t tenth = microseconds_per_second / 10, hour = 36'000 * tenth, day = 24 * hour;
  fashion_visits visits;
  for (std::size_t row = 0; row < d.rows(); ++row) {
    auto own = streams.of(fashion_variable::visit, row);
    // Nobody returns in the first week: there are visitors to be by then.
    const bool returning = d.returning[row] > 0;
    const auto week = static_cast<std::int64_t>(own.below(static_cast<std::uint64_t>(weeks - returning))) + returning;
    const std::int64_t length = std::llround(d.duration[row] * 10) * tenth;
    // No session begins in the last hour so late that it would cross midnight.
    const std::int64_t room = d.hour[row] == 23 ? hour - length : hour;
    const auto into = static_cast<std::int64_t>(own.uniform() * static_cast<double>(std::max(tenth, room) / tenth));
    visits.start.push_back((first_monday + 7 * week + d.weekday[row]) * day +
                           static_cast<std::int64_t>(d.hour[row]) * hour + into * tenth);
    visits.length.push_back(length);
  }

  std::vector<std::size_t> in_time(d.rows());
  std::iota(in_time.begin(), in_time.end(), std::size_t{0});
  std::sort(in_time.begin(), in_time.end(), [&](std::size_t a, std::size_t b) {
    return visits.start[a] != visits.start[b] ? visits.start[a] < visits.start[b] : a < b;
  });
  visits.visitor.resize(d.rows());
  std::vector<std::int64_t> last_end;  // of each visitor so far
  for (const std::size_t row : in_time) {
    auto who_is_it = last_end.size();
    if (d.returning[row] > 0) {
      // From a random visitor on, the first who has been away long enough.
      const std::size_t from = last_end.empty() ? 0 : streams.of(fashion_variable::visitor, row).below(last_end.size());
      for (std::size_t i = 0; i < last_end.size(); ++i) {
        const std::size_t candidate = (from + i) % last_end.size();
        if (last_end[candidate] + hour > visits.start[row]) continue;
        who_is_it = candidate;
        break;
      }
    }
    if (who_is_it == last_end.size()) last_end.push_back(0);
    last_end[who_is_it] = visits.start[row] + visits.length[row];
    visits.visitor[row] = static_cast<std::uint32_t>(who_is_it);
  }
  return visits;
}

FOOTFALL_END_NAMESPACE
