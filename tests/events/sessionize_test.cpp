// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/core/random.hpp>
#include <footfall/events/sessionize.hpp>

#include <tests/events/made_log.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using made::minute;

namespace {

std::vector<made::session> listed(const ff::session_list& sessions, const made::log& log, bool by_id) {
  std::vector<made::session> result;
  for (ff::index i = 0; i < sessions.size(); ++i) {
    const auto events = sessions.events(i);
    result.push_back({sessions.visitor(i), by_id ? log.session[events[0]] : 0, {events.begin(), events.end()}});
  }
  return result;
}

}  // namespace

TEST_CASE("a log in any order: whose sessions there are and which events they have") {
  made::log log;
  log.add(1, 40 * minute);           // 0
  log.add(0, 5 * minute);            // 1
  log.add(1, 0);                     // 2
  log.add(ff::no_code, 3 * minute);  // 3: nobody's
  log.add(1, 30 * minute);           // 4: a pause of exactly the limit
  log.add(1, 30 * minute);           // 5: at the same time
  log.add(1, 70 * minute + 1);       // 6: a longer one
  const auto sessions = ff::sessionize(log.columns());
  REQUIRE(sessions.size() == 3);
  CHECK(listed(sessions, log, false) == std::vector<made::session>{{0, 0, {1}}, {1, 0, {2, 4, 5, 0}}, {1, 0, {6}}});
  CHECK(sessions.ledger() == ff::session_ledger{.events = 7, .in_sessions = 6, .without_visitor = 1});
}

TEST_CASE("random logs: the sessions are those of the definitions, for every kind of rule") {
  int compared = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    // From one visitor to more than there are buckets; from a crowd of ties to hours of nothing.
    const auto log = made::random_log(seed, 40 + 13 * seed,
                                      seed % 3 == 0   ? 1
                                      : seed % 3 == 1 ? 20
                                                      : 5000,
                                      seed % 2 == 0 ? 300 : 6000);
    for (const auto& rules : made::all_rules()) {
      const auto sessions = ff::sessionize(log.columns(), rules, {.threads = 1});
      CAPTURE(seed);
      CHECK(listed(sessions, log, rules.by_source_id) == made::sessions_of(log, rules));
      CHECK(sessions.ledger().balanced());
      CHECK(sessions.ledger().events == static_cast<std::int64_t>(log.time.size()));
      CHECK(sessions.ledger().in_sessions == static_cast<std::int64_t>(sessions.order().size()));
      const auto again =
          std::apply([](const auto&... parts) { return ff::session_list::from_parts(parts...); }, sessions.parts());
      CHECK(again == sessions);
      compared += static_cast<int>(sessions.size());
    }
  }
  CHECK(compared > 10'000);
}

TEST_CASE("the same bytes for any number of threads and any executor") {
  const auto log = made::random_log(9, 300'000, 40'000, 3000);  // three blocks
  for (const auto& rules : made::all_rules()) {
    const auto one = ff::digest_of(ff::sessionize(log.columns(), rules, {.threads = 1}));
    for (const int threads : {2, 3, 7}) {
      CHECK(ff::digest_of(ff::sessionize(log.columns(), rules, {.threads = threads})) == one);
    }
    ff::serial_executor serial;
    CHECK(ff::digest_of(ff::sessionize(log.columns(), rules, {.executor = serial})) == one);
  }
}

TEST_CASE("the order of the log changes nothing but positions") {
  const auto log = made::random_log(4, 3000, 50, 20'000);
  std::vector<std::uint32_t> turn(log.time.size());
  std::iota(turn.begin(), turn.end(), 0U);
  ff::random_stream(11).shuffle(std::span(turn));
  made::log shuffled;
  for (const auto i : turn) shuffled.add(log.visitor[i], log.time[i], log.session[i], log.campaign[i]);
  const auto rules = ff::session_rules::ga4();
  const auto times = [&](const made::log& of) {
    std::vector<std::vector<std::int64_t>> result;
    const auto sessions = ff::sessionize(of.columns(), rules);
    for (ff::index i = 0; i < sessions.size(); ++i) {
      result.push_back({sessions.visitor(i)});
      for (const auto event : sessions.events(i)) result.back().push_back(of.time[event]);
    }
    return result;
  };
  CHECK(times(log) == times(shuffled));
}

TEST_CASE("ids of the source: equal ids of two visitors are two sessions, and sessions run side by side") {
  made::log log;
  log.add(0, 10, 7);
  log.add(1, 11, 7);
  log.add(0, 12, 3);
  log.add(0, 13 + 500 * minute, 7);
  log.add(0, 14, ff::no_code);
  log.add(0, 9, 0);            // 0 is an id like any other
  log.add(0, 15, 4000000000);  // and so is a large one
  const auto sessions = ff::sessionize(log.columns(), ff::session_rules::of_source());
  CHECK(listed(sessions, log, true) ==
        std::vector<made::session>{{0, 0, {5}}, {0, 7, {0, 3}}, {0, 3, {2}}, {0, 4000000000, {6}}, {1, 7, {1}}});
  CHECK(sessions.ledger().without_session_id == 1);
}

TEST_CASE("hostile times and one visitor with everything") {
  made::log log;
  const auto low = std::numeric_limits<std::int64_t>::min(), high = std::numeric_limits<std::int64_t>::max();
  for (const auto time : {high, std::int64_t{0}, low, std::int64_t{1} << 62, low, high}) log.add(5, time);
  const auto sessions = ff::sessionize(log.columns(), ff::session_rules::universal_analytics());
  CHECK(listed(sessions, log, false) ==
        std::vector<made::session>{{5, 0, {2, 4}}, {5, 0, {1}}, {5, 0, {3}}, {5, 0, {0, 5}}});
  ff::session_rules within = ff::session_rules::ga4();
  within.earliest = 0;
  within.latest = std::int64_t{1} << 62;
  const auto kept = ff::sessionize(log.columns(), within);
  CHECK(kept.size() == 2);
  CHECK(kept.ledger() == ff::session_ledger{.events = 6, .in_sessions = 2, .outside_times = 4});

  made::log same;  // all at one moment: one session, in the order of the log
  for (int i = 0; i < 200'000; ++i) same.add(3, 42);
  const auto one = ff::sessionize(same.columns());
  REQUIRE(one.size() == 1);
  CHECK(std::is_sorted(one.order().begin(), one.order().end()));

  made::log backwards;
  for (int i = 0; i < 200'000; ++i) backwards.add(3, -i);
  const auto turned = ff::sessionize(backwards.columns());
  REQUIRE(turned.size() == 1);
  CHECK(std::is_sorted(turned.order().rbegin(), turned.order().rend()));
}

TEST_CASE("an event that is there twice stays twice, one that comes days late finds its session") {
  made::log log;
  log.add(0, 10 * minute);
  log.add(0, 10 * minute);
  log.add(0, 3 * 1440 * minute);
  log.add(0, 0);
  CHECK(listed(ff::sessionize(log.columns()), log, false) ==
        std::vector<made::session>{{0, 0, {3, 0, 1}}, {0, 0, {2}}});
}

TEST_CASE("a log in another unit is one session of everybody, unless the rules say when times begin") {
  made::log seconds;
  for (int day = 0; day < 30; ++day) seconds.add(0, 1'700'000'000 + 86'400 * day);  // seconds where microseconds belong
  CHECK(ff::sessionize(seconds.columns()).size() == 1);
  ff::session_rules rules;
  rules.earliest = 946'684'800'000'000;  // 2000
  const auto sessions = ff::sessionize(seconds.columns(), rules);
  CHECK(sessions.size() == 0);
  CHECK(sessions.ledger().outside_times == 30);
}

TEST_CASE("no events, nobody's events, visitors with far numbers") {
  CHECK(ff::sessionize(ff::event_columns()).size() == 0);
  CHECK(ff::sessionize(ff::event_columns()) == ff::session_list());
  made::log nobodys;
  nobodys.add(ff::no_code, 0);
  CHECK(ff::sessionize(nobodys.columns()).size() == 0);
  CHECK(ff::sessionize(nobodys.columns()).ledger() == ff::session_ledger{.events = 1, .without_visitor = 1});
  made::log far;
  far.add(std::uint32_t{0x7FFFFFFF}, 0);
  far.add(0, 0);
  CHECK(listed(ff::sessionize(far.columns()), far, false) ==
        std::vector<made::session>{{0, 0, {1}}, {std::uint32_t{0x7FFFFFFF}, 0, {0}}});
}

TEST_CASE("an event log: its visitors, its ids, and the text that names the campaign") {
  ff::event_log log;
  const auto add = [&](const char* visitor, const char* session, std::int64_t time, const char* campaign) {
    ff::event each{.visitor = visitor, .session = session, .time = time, .name = "page_view"};
    if (campaign != nullptr) each.texts = {{"source", "x"}, {"campaign", campaign}};
    log.append(each);
  };
  add("ann", "7", 3, "spring");
  add("bob", "7", 1, nullptr);
  add("ann", "8", 2, "spring");
  add("ann", "7", 4, "");
  add("ann", "", 5, "summer");
  const auto events_of = [&](const ff::session_rules& rules) {
    std::vector<std::vector<std::uint32_t>> result;
    const auto sessions = ff::sessionize(log, rules);
    for (ff::index i = 0; i < sessions.size(); ++i) {
      result.emplace_back(sessions.events(i).begin(), sessions.events(i).end());
      CHECK(log.visitors()[sessions.visitor(i)] == log[result.back()[0]].visitor());
    }
    return result;
  };
  using lists = std::vector<std::vector<std::uint32_t>>;
  CHECK(events_of(ff::session_rules::ga4()) == lists{{2, 0, 3, 4}, {1}});
  CHECK(events_of(ff::session_rules::universal_analytics()) == lists{{2, 0, 3}, {4}, {1}});
  CHECK(events_of(ff::session_rules::of_source()) == lists{{2}, {0, 3}, {1}});
  auto by_source = ff::session_rules::universal_analytics();
  by_source.campaign = "source";  // "x" follows none once
  CHECK(events_of(by_source) == lists{{2, 0, 3, 4}, {1}});
  by_source.campaign = "no such text";
  CHECK(events_of(by_source) == lists{{2, 0, 3, 4}, {1}});
  CHECK(ff::sessionize(ff::event_log()).size() == 0);
}

TEST_CASE("columns that do not fit the rules are refused") {
  const std::vector<std::uint32_t> visitor{0, 0};
  const std::vector<std::int64_t> time{1, 2}, three{1, 2, 3};
  CHECK(thrown_by([&] { return ff::sessionize({.visitor = visitor, .time = three}); }) ==
        "wrong_shape: sessionize: there must be a visitor for each of 3 events, got 2");
  CHECK(thrown_by([&] {
          return ff::sessionize({visitor, time}, ff::session_rules::of_source());
        }) == "wrong_shape: sessionize: sessions by id need an id for each of 2 events, got 0");
  CHECK(thrown_by([&] {
          return ff::sessionize({visitor, time}, ff::session_rules::universal_analytics());
        }) == "wrong_shape: sessionize: sessions by campaign need one for each of 2 events, got 0");
  CHECK(code_thrown_by([&] {
          return ff::sessionize({visitor, time}, {.inactivity = std::chrono::minutes(4)});
        }) == "bad_option");
  CHECK(code_thrown_by([&] { return ff::sessionize({visitor, time}, {}, {.threads = -1}); }) == "bad_option");
}
