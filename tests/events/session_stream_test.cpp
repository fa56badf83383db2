// SPDX-License-Identifier: MIT
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/events/session_stream.hpp>

#include <tests/events/made_log.hpp>
#include <tests/fuzz/sessions_fuzz.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using made::minute;
using std::chrono::minutes;

namespace {

// `ann 0,3 | bob 1`: sessions by their visitors and the numbers of their events.
std::string taken(ff::session_stream& stream) {
  std::string result;
  for (const auto& each : stream.take()) {
    result += (result.empty() ? "" : " | ") + each.visitor + each.session + (each.forced ? "! " : " ");
    for (std::size_t i = 0; i < each.events.size(); ++i)
      result += (i == 0 ? "" : ",") + std::to_string(each.events[i].number);
  }
  return result;
}

}  // namespace

TEST_CASE("a session closes once nothing can join it") {
  ff::session_stream stream({}, {.lateness = minutes(10)});
  CHECK(stream.push({"ann", 0, 0}) == ff::stream_fate::taken);
  CHECK(stream.push({"bob", 40 * minute, 1}) == ff::stream_fate::taken);
  CHECK(taken(stream) == "");  // an event of minute 30 may still come, and would join
  CHECK(stream.watermark() == 30 * minute);
  stream.push({"cid", 40 * minute + 1, 2});
  CHECK(taken(stream) == "ann 0");
  CHECK(stream.ledger().waiting == 2);
  stream.advance_to(200 * minute);  // nobody comes any more
  CHECK(taken(stream) == "bob 1 | cid 2");
  CHECK(stream.push({"dan", 190 * minute, 3}) == ff::stream_fate::taken);
  CHECK(stream.push({"dan", 190 * minute - 1, 4}) == ff::stream_fate::too_late);
  stream.finish();
  CHECK(taken(stream) == "dan 3");
  CHECK(stream.push({"dan", std::numeric_limits<std::int64_t>::max(), 5}) == ff::stream_fate::too_late);
  const auto& ledger = stream.ledger();
  CHECK(ledger.balanced());
  CHECK(ledger.events.events == 6);
  CHECK(ledger.events.in_sessions == 4);
  CHECK(ledger.too_late == 2);
  CHECK(ledger.forced_sessions == 0);
}

TEST_CASE("a late event joins two sessions into one") {
  ff::session_stream stream({}, {.lateness = minutes(60)});
  stream.push({"ann", 0, 0});
  stream.push({"ann", 50 * minute, 1});
  stream.push({"ann", 25 * minute, 2});
  stream.finish();
  CHECK(taken(stream) == "ann 0,2,1");

  // Without lateness the event comes too late, and no session overlaps another that was closed.
  ff::session_stream strict({}, {.lateness = minutes(0)});
  strict.push({"ann", 0, 0});
  strict.push({"ann", 50 * minute, 1});
  CHECK(strict.push({"ann", 25 * minute, 2}) == ff::stream_fate::too_late);
  strict.finish();
  CHECK(taken(strict) == "ann 0 | ann 1");
}

TEST_CASE("random logs in every order within the lateness: the stream finds what the whole log has") {
  std::int64_t sessions = 0;
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    ff::random_stream random(seed);
    const auto log = made::random_log(seed, 5 + random.below(60), 1 + random.below(4), 30 + random.below(2000));
    const auto lateness = static_cast<std::int64_t>(random.below(40)) * 5 * minute;
    // Delays of at most the lateness give every order in which no event is too late.
    std::vector<std::pair<std::int64_t, std::uint32_t>> turn;
    for (std::uint32_t i = 0; i < log.time.size(); ++i) {
      const auto delay =
          static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(lateness / minute) + 1)) * minute;
      turn.emplace_back(log.time[i] + delay, i);
    }
    random.shuffle(std::span(turn));
    std::stable_sort(turn.begin(), turn.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<sessions_fuzz::arrival> arrivals;
    for (const auto& [at, i] : turn) {
      arrivals.push_back({log.visitor[i], log.session[i], log.campaign[i], log.time[i], i});
    }
    for (const auto& rules : made::all_rules()) {
      if (!rules.inactivity) continue;
      CAPTURE(seed);
      ff::stream_ledger ledger;
      REQUIRE_NOTHROW(ledger =
                          sessions_fuzz::check(arrivals, rules, {.lateness = std::chrono::microseconds(lateness)}));
      CHECK(ledger.too_late == 0);
      const auto wanted = made::sessions_of(log, rules);
      sessions += static_cast<std::int64_t>(wanted.size());
      std::size_t events = 0;
      for (const auto& each : wanted) events += each.events.size();
      CHECK(static_cast<std::int64_t>(events) == ledger.events.in_sessions);
    }
  }
  CHECK(sessions > 20'000);
}

TEST_CASE("any order at all: what is not too late is as in the log without the rest") {
  std::int64_t late = 0;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    ff::random_stream random(seed);
    const auto log = made::random_log(seed, 5 + random.below(60), 1 + random.below(3), 1000);
    std::vector<sessions_fuzz::arrival> arrivals;
    for (std::uint32_t i = 0; i < log.time.size(); ++i) {
      arrivals.push_back({log.visitor[i], log.session[i], log.campaign[i], log.time[i], i});
    }
    const ff::stream_options options{.lateness = minutes(5 * random.below(60))};
    for (const auto& rules : made::all_rules()) {
      if (!rules.inactivity) continue;
      CAPTURE(seed);
      ff::stream_ledger ledger;
      REQUIRE_NOTHROW(ledger = sessions_fuzz::check(arrivals, rules, options));
      late += ledger.too_late;
    }
  }
  CHECK(late > 1000);
}

TEST_CASE("memory has an end: the visitors who rested longest close first, and are marked") {
  ff::session_stream stream({}, {.lateness = minutes(0), .most_events = 3});
  stream.push({"ann", 0, 0});
  stream.push({"bob", 1, 1});
  stream.push({"ann", 2, 2});
  CHECK(taken(stream) == "");
  stream.push({"cid", 3, 3});
  CHECK(taken(stream) == "ann! 0,2");
  CHECK(stream.ledger().waiting == 2);
  CHECK(stream.ledger().forced_sessions == 1);
  stream.push({"ann", 4, 4});  // goes on in a session of its own
  stream.finish();
  CHECK(taken(stream) == "bob 1 | cid 3 | ann 4");
  CHECK(stream.ledger().balanced());
}

TEST_CASE("no limit at all is a limit too") {
  const auto most = std::numeric_limits<std::size_t>::max();
  ff::session_stream stream({}, {.most_events = most, .most_events_of_visitor = most, .longest_text = most});
  CHECK(stream.push({"ann", 0, 0}) == ff::stream_fate::taken);
  CHECK(taken(stream) == "");
}

TEST_CASE("one event from the far future makes the others late, unless the rules say when that is") {
  const std::int64_t far = std::int64_t{1} << 62;
  ff::session_stream open({}, {.lateness = minutes(60)});
  CHECK(open.push({"ann", far, 0}) == ff::stream_fate::taken);
  CHECK(open.push({"bob", 0, 1}) == ff::stream_fate::too_late);
  CHECK(open.ledger().too_late == 1);
  ff::session_rules rules;
  rules.latest = 1000 * minute;
  ff::session_stream guarded(rules, {.lateness = minutes(60)});
  CHECK(guarded.push({"ann", far, 0}) == ff::stream_fate::outside_times);
  CHECK(guarded.push({"bob", 0, 1}) == ff::stream_fate::taken);
}

TEST_CASE("a robot closes its own session, not those of others") {
  ff::session_stream stream({}, {.lateness = minutes(0), .most_events_of_visitor = 2});
  stream.push({"ann", 0, 0});
  for (std::uint64_t i = 1; i <= 7; ++i) stream.push({"bot", static_cast<std::int64_t>(i), i});
  CHECK(taken(stream) == "bot! 1,2,3 | bot! 4,5,6");
  stream.advance_to(60 * minute);
  CHECK(taken(stream) == "ann 0 | bot 7");
  CHECK(stream.ledger().forced_sessions == 2);
  // What can be closed in time is not marked even then.
  ff::session_stream two({}, {.lateness = minutes(0), .most_events_of_visitor = 2});
  two.push({"ann", 0, 0});
  two.push({"ann", 1, 1});
  two.push({"ann", 31 * minute, 2});
  CHECK(taken(two) == "ann! 0,1 | ann! 2");  // nothing is: time had not come when the third arrived
}

TEST_CASE("a stream that lasts holds what is open, and no more") {
  ff::session_stream stream({}, {.lateness = minutes(5)});
  std::int64_t most = 0;
  std::size_t sessions = 0;
  for (std::int64_t i = 0; i < 100'000; ++i) {
    const std::string visitor = "v" + std::to_string(i % 1000 + i / 10'000 * 1000);
    stream.push({visitor, i * minute / 100, static_cast<std::uint64_t>(i)});
    most = std::max(most, stream.ledger().waiting);
    sessions += stream.take().size();
  }
  // 40 minutes of events wait for what is late or pauses; a visitor who stays away 10 minutes does not end a session.
  CHECK(most > 3000);
  CHECK(most < 14'000);
  stream.finish();
  CHECK(sessions + stream.take().size() == 10'000);
}

TEST_CASE("what a stream does not take is named and counted") {
  ff::session_rules rules = ff::session_rules::of_source();
  rules.inactivity = minutes(30);
  rules.earliest = 0;
  rules.latest = 1'000;
  ff::session_stream stream(rules, {.longest_text = 4});
  CHECK(stream.push({"", 5, 0, "1"}) == ff::stream_fate::without_visitor);
  CHECK(stream.push({"ann", -1, 0, "1"}) == ff::stream_fate::outside_times);
  CHECK(stream.push({"ann", std::numeric_limits<std::int64_t>::max(), 0, "1"}) == ff::stream_fate::outside_times);
  CHECK(stream.push({"ann", 5, 0}) == ff::stream_fate::without_session_id);
  CHECK(stream.push({"annie", 5, 0, "1"}) == ff::stream_fate::text_too_long);
  CHECK(stream.push({"ann", 5, 0, "12345"}) == ff::stream_fate::text_too_long);
  CHECK(stream.push({"ann", 5, 0, "1", "spring"}) == ff::stream_fate::text_too_long);
  const std::string huge(10'000'000, 'x');
  CHECK(stream.push({huge, 5, 0, "1"}) == ff::stream_fate::text_too_long);
  CHECK(stream.push({"ann", 5, 0, "1"}) == ff::stream_fate::taken);
  CHECK(stream.push({"an", 6, 1, "n1"}) == ff::stream_fate::taken);  // no other visitor's "ann", "1"
  stream.finish();
  CHECK(taken(stream) == "ann1 0 | ann1 1");
  CHECK(stream.ledger().events ==
        ff::session_ledger{
            .events = 10, .in_sessions = 2, .without_visitor = 1, .outside_times = 2, .without_session_id = 1});
  CHECK(stream.ledger().text_too_long == 4);
  CHECK(stream.ledger().balanced());
}

TEST_CASE("whole events: the visitor, the id, and the text that names the campaign") {
  auto rules = ff::session_rules::universal_analytics();
  ff::session_stream stream(rules);
  ff::event event{.visitor = "ann", .session = "7", .time = 0, .name = "page_view"};
  stream.push(event, 0);
  event.texts = {{"campaign", "spring"}};
  event.time = 1;
  stream.push(event, 1);
  ff::event_log log;
  event.time = 2;
  log.append(event);
  stream.push(log[0], 2);
  stream.finish();
  CHECK(taken(stream) == "ann 0 | ann 1,2");
}

TEST_CASE("a stream that could not end a session or hold an event is refused") {
  CHECK(thrown_by([] { return ff::session_stream(ff::session_rules::of_source()).watermark(); }) ==
        "bad_option: session_stream: a stream needs a time of inactivity");
  CHECK(thrown_by([] { return ff::session_stream({}, {.lateness = std::chrono::microseconds(-1)}).watermark(); }) ==
        "bad_option: session_stream: lateness must be at least 0, got -1 microseconds");
  CHECK(thrown_by([] { return ff::session_stream({}, {.most_events = 0}).watermark(); }) ==
        "bad_option: session_stream: at least one event must be able to wait, got 0 and 100000");
  CHECK(code_thrown_by([] { return ff::session_stream({.inactivity = minutes(1)}).watermark(); }) == "bad_option");
}
