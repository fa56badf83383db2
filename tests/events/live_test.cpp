// SPDX-License-Identifier: MIT
// Live and batch are one: the row after each event is the batch's row as of that event. And what a full or a late shop does.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/as_of.hpp>
#include <footfall/events/live.hpp>
#include <footfall/events/session_table.hpp>
#include <footfall/events/sessionize.hpp>
#include <footfall/events/studied_features.hpp>

#include <tests/events/made_events.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using made::at;

/// Every kind of fold, those that bite included.
ff::session_features all_folds() {
  using ff::fold;
  return ff::studied_features().with({
      {"events", fold::count({}), ff::stage::browse},
      {"value seen", fold::sum({}, "value", 0.1), ff::stage::browse},
      {"items", fold::sum("purchase", "revenue"), ff::stage::outcome},
      {"first value", fold::first({}, "value"), ff::stage::browse},
      {"last value", fold::last({"view_item", "page_view"}, "value"), ff::stage::browse},
      {"lowest is -100", fold::largest("scroll", "value"), ff::stage::browse},
      {"last page", fold::last_text({}, "page"), ff::stage::browse},
      {"pages", fold::distinct("page_view", "page", 3), ff::stage::browse},
      {"attention", fold::engaged_time(), ff::stage::browse},
      {"engaged", fold::engaged({"purchase"}), ff::stage::outcome},
      {"in order", fold::furthest({"view_item", "add_to_cart", "begin_checkout"}, true), ff::stage::checkout},
      {"since view", fold::seconds_since("view_item"), ff::stage::browse},
      {"weekday", fold::weekday(-90), ff::stage::context},
      {"days since", fold::days_since_last(), ff::stage::context},
      {"bought before", fold::events_before("purchase"), ff::stage::context},
      {"seen before", fold::events_before({}), ff::stage::context},
  });
}

/// The row `i` of a table, levels by name: what a table of one row has.
bool same_row(const ff::table& many, ff::index i, const ff::table& one) {
  const ff::table row = many.rows({i});
  for (const auto& each : row.columns()) {
    const ff::column& live = one[each.name()];
    if (each.is_numeric()) {
      if (!ff::same_parts(each, live)) return false;
      continue;
    }
    const auto level = [](const ff::column& of) {
      return of.codes()[0] < 0 ? std::string() : of.levels()[static_cast<std::size_t>(of.codes()[0])];
    };
    if (level(each) != level(live) || each.stage() != live.stage()) return false;
  }
  return row.cols() == one.cols();
}

int rows_that_differ(const std::vector<ff::event>& events, const ff::session_rules& rules) {
  const auto features = all_folds();
  const auto log = made::log_of(events);
  const auto sessions = ff::sessionize(log, rules);
  const auto batch = ff::features_of(log, sessions, features, ff::as_of::each_event());
  std::vector<ff::index> row_of(static_cast<std::size_t>(log.size()));
  for (std::size_t row = 0; row < batch.session.size(); ++row) {
    const auto event = sessions.events(batch.session[row])[static_cast<std::size_t>(batch.events[row] - 1)];
    row_of[event] = static_cast<ff::index>(row);
  }
  ff::live_visitors live(features, {.rules = rules});
  int differ = 0;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto update = live.observe(events[i]);
    differ += update.session == nullptr || !same_row(batch.features, row_of[i], live.row(*update.session));
    differ += update.began != (batch.events[static_cast<std::size_t>(row_of[i])] == 1);
  }
  CHECK(live.counts().folds == batch.counts);
  CHECK(live.counts().balanced());
  CHECK(static_cast<ff::index>(live.counts().sessions) == sessions.size());
  CHECK(live.counts().late == 0);
  return differ;
}

}  // namespace

TEST_CASE("replaying a log gives, event by event and to the last bit, the rows that the batch gives as of that event") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    INFO("seed ", seed);
    const auto events = made::random_events(seed, 150);
    CHECK(rows_that_differ(events, ff::session_rules::ga4()) == 0);
    CHECK(rows_that_differ(events, ff::session_rules::of_source()) == 0);  // sessions of a visitor overlap
    auto often = ff::session_rules::universal_analytics();
    often.inactivity = std::chrono::minutes(5);
    CHECK(rows_that_differ(events, often) == 0);
  }
}

TEST_CASE("a row depends on nothing later: rows as of events of a log are rows of the log cut off there") {
  const auto features = all_folds();
  const auto events = made::random_events(77, 60);
  for (std::size_t length = 1; length <= events.size(); length += 7) {
    const auto log = made::log_of({events.begin(), events.begin() + static_cast<std::ptrdiff_t>(length)});
    ff::live_visitors live(features);
    ff::live_update update;
    for (std::size_t i = 0; i < length; ++i) update = live.observe(events[i]);
    const auto sessions = ff::sessionize(log);
    const auto whole = ff::features_of(log, sessions, features);
    for (ff::index s = 0; s < sessions.size(); ++s) {
      if (sessions.events(s).back() + 1 == length) CHECK(same_row(whole.features, s, live.row(*update.session)));
    }
  }
}

TEST_CASE("late events: into their session as they come, left out when their session is over, counted both") {
  ff::live_visitors live(ff::session_features({{"pages", ff::fold::count("page_view"), ff::stage::browse},
                                               {"seconds", ff::fold::duration(), ff::stage::browse},
                                               {"hour", ff::fold::hour(), ff::stage::context}}));
  live.observe(at(0, "page_view"));
  live.observe(at(4000, "page_view"));
  CHECK(live.observe(at(3990, "page_view")).session != nullptr);
  CHECK(live.counts().late == 1);
  CHECK(live.counts().folds.backwards == 1);
  CHECK(live.row("v")["pages"].numbers()[0] == 2);
  CHECK(live.row("v")["seconds"].numbers()[0] == 10);  // never negative
  CHECK(live.observe(at(10, "page_view")).session == nullptr);
  CHECK(live.counts().too_late == 1);
  CHECK(live.observe(at(2190, "page_view")).session != nullptr);  // 1800 s before the earliest: no longer pause
  CHECK(live.row("v")["seconds"].numbers()[0] == 1810);
  CHECK(live.counts().sessions == 2);
  CHECK(live.counts().balanced());
}

TEST_CASE("events that belong to nobody, to no session or to other times are left out and counted") {
  auto rules = ff::session_rules::of_source();
  rules.earliest = 0;
  ff::live_visitors live(ff::studied_features(), {.rules = rules});
  auto event = at(0, "page_view");
  CHECK(live.observe(event).session == nullptr);
  event.session = "1";
  CHECK(live.observe(event).began);
  CHECK_FALSE(live.observe(event).began);
  event.time = -1;
  CHECK(live.observe(event).session == nullptr);
  event.visitor.clear();
  CHECK(live.observe(event).session == nullptr);
  CHECK(live.counts().without_session_id == 1);
  CHECK(live.counts().outside_times == 1);
  CHECK(live.counts().without_visitor == 1);
  CHECK(live.counts().taken == 2);
  CHECK(live.counts().balanced());
  CHECK(live.session_of("w") == nullptr);
  CHECK(thrown_by([&] { return live.row("w"); }) == "unknown_name: live_visitors: there is no visitor 'w'");
}

TEST_CASE("visitors without events are forgotten, and come back without history") {
  const ff::session_features features({{"before", ff::fold::sessions_before(), ff::stage::context}});
  ff::live_visitors live(features, {.expire_after = std::chrono::hours(2)});
  auto event = at(0, "page_view");
  live.observe(event);
  event.visitor = "w";
  event.time += 3'600'000'000;
  live.observe(event);
  live.expire(event.time + 3'599'999'999);
  CHECK(live.size() == 2);
  live.expire(event.time + 3'600'000'000);
  CHECK(live.size() == 1);
  CHECK(live.counts().expired == 1);
  live.observe(at(8000, "page_view"));
  CHECK(live.row("v")["before"].numbers()[0] == 0);
  event.time += 3'600'000'000;
  live.observe(event);
  CHECK(live.row("w")["before"].numbers()[0] == 1);
  live.expire(event.time + 86'400'000'000);
  CHECK(live.size() == 0);
  CHECK(live.counts().visitors == 3);
}

TEST_CASE("a late event does not let its visitor be forgotten earlier") {
  const ff::session_features features({{"views", ff::fold::count("page_view"), ff::stage::browse}});
  ff::live_visitors live(features, {.expire_after = std::chrono::hours(2)});
  const auto latest = at(600, "page_view");
  live.observe(latest);
  live.observe(at(0, "page_view"));
  CHECK(live.counts().late == 1);
  live.expire(latest.time + 7'199'999'999);
  CHECK(live.size() == 1);
  live.expire(latest.time + 7'200'000'000);
  CHECK(live.size() == 0);
}

TEST_CASE("who keeps coming is not pushed out, though nobody came earlier") {
  ff::live_visitors live(ff::studied_features(), {.most_bytes = 128 << 10});
  auto event = at(0, "page_view");
  for (int i = 0; i < 5000; ++i) {
    event.visitor = i % 10 == 0 ? "regular" : "visitor " + std::to_string(i);
    event.time += 1'000;
    live.observe(event);
  }
  REQUIRE(live.counts().evicted > 1000);
  CHECK(live.counts().visitors == 4501);  // the regular one was met once
  REQUIRE(live.session_of("regular") != nullptr);
  CHECK(live.session_of("regular")->events == 500);
}

TEST_CASE("memory has a limit: a flood of visitors pushes out those of longest ago, and is counted") {
  const std::size_t most = 1 << 20;
  ff::live_visitors live(ff::studied_features(), {.most_bytes = most});
  auto event = at(0, "page_view", {}, {{"source", std::string(100, 's')}});
  std::size_t largest = 0;
  for (int i = 0; i < 20'000; ++i) {
    event.visitor = "visitor " + std::to_string(i);
    event.time += 1'000;
    CHECK(live.observe(event).session != nullptr);
    largest = std::max(largest, live.bytes());
  }
  CHECK(largest <= most);
  CHECK(largest > most / 2);
  CHECK(live.size() > 500);
  CHECK(live.counts().evicted == 20'000 - static_cast<std::uint64_t>(live.size()));
  CHECK(live.session_of("visitor 0") == nullptr);
  CHECK(live.session_of("visitor 19999") != nullptr);

  event.visitor = std::string(most, 'x');  // an id that alone is too large
  CHECK(live.observe(event).session == nullptr);
  CHECK(live.counts().too_large == 1);
  event.visitor = "large";  // a text that alone is too large: the visitor goes at once
  event.texts[0].value = std::string(2 * most, 's');
  CHECK(live.observe(event).session == nullptr);
  CHECK(live.session_of("large") == nullptr);
  CHECK(live.bytes() <= most);
  CHECK(live.counts().balanced());
}

TEST_CASE("a session of very many events takes no more memory than one of few") {
  ff::live_visitors live(
      ff::studied_features().with({{"pages", ff::fold::distinct({}, "page", 50), ff::stage::browse}}));
  auto event = at(0, "page_view");
  std::size_t early = 0;
  for (int i = 0; i < 100'000; ++i) {
    event.time += 1'000'000;
    event.page = "/" + std::to_string(i);
    live.observe(event);
    if (i == 100) early = live.bytes();
  }
  CHECK(live.bytes() == early);
  CHECK(live.row("v")["pages_viewed"].numbers()[0] == 100'000);
  CHECK(live.row("v")["pages"].numbers()[0] == 50);
  CHECK(live.counts().folds.beyond_most == 100'000 - 50);
}

TEST_CASE("more ids of one visitor at once than are kept: the one of longest ago begins anew") {
  ff::live_visitors live(ff::session_features({{"events", ff::fold::count({}), ff::stage::browse}}),
                         {.rules = ff::session_rules::of_source()});
  auto event = at(0, "page_view");
  for (int i = 0; i < 17; ++i) {
    event.session = std::to_string(i);
    event.time += 1;
    CHECK(live.observe(event).began);
  }
  event.session = "16";
  CHECK_FALSE(live.observe(event).began);
  event.session = "0";
  CHECK(live.observe(event).began);
  CHECK(live.counts().sessions == 18);
}

TEST_CASE("events in any order, little memory and a restless clock: every event counted, memory within its limit") {
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    auto events = made::random_events(seed, 3'000);
    ff::random_stream random(seed);
    for (std::size_t i = 0; i < events.size(); ++i) {
      events[i].visitor += std::to_string(random.below(400));
      if (random.below(50) == 0) events[i].visitor.clear();
      if (random.below(50) == 0) events[i].session.clear();
      if (random.below(300) == 0) events[i].visitor.append(70'000, 'x');
    }
    random.shuffle(std::span(events));
    ff::live_visitors live(all_folds(), {.rules = seed % 2 == 0 ? ff::session_rules::universal_analytics()
                                                                : ff::session_rules::of_source(),
                                         .most_bytes = 128 << 10});
    std::uint64_t held = 0, began = 0;
    for (const auto& each : events) {
      const auto update = live.observe(each);
      held += update.session != nullptr;
      began += update.began;
      CHECK(live.bytes() <= 128 << 10);
      if (random.below(100) == 0) live.expire(events[random.below(events.size())].time);
      if (update.session != nullptr && live.session_of(each.visitor) != nullptr) (void)live.row(each.visitor);
    }
    const auto& counts = live.counts();
    CHECK(counts.balanced());
    CHECK(counts.events == events.size());
    CHECK(counts.taken >= held);
    CHECK(counts.folds.events == counts.taken);
    CHECK(counts.sessions == began);
    CHECK(counts.visitors == counts.expired + counts.evicted + static_cast<std::uint64_t>(live.size()));
    CHECK(counts.evicted > 0);
    CHECK(counts.expired > 0);
    CHECK(counts.too_large > 0);
    CHECK(counts.without_visitor > 0);
    CHECK((counts.without_session_id > 0) == (seed % 2 == 1));
  }
}

TEST_CASE("a fitted value scores the row of a visitor") {
  struct pages_over_ten {
    ff::scores score(const ff::table& rows) const { return {rows["pages"].numbers()[0] / 10}; }
  };
  ff::live_visitors live(ff::session_features({{"pages", ff::fold::count("page_view"), ff::stage::browse}}));
  live.observe(at(0, "page_view"));
  const auto update = live.observe(at(1, "page_view"));
  CHECK(live.score("v", pages_over_ten{}) == 0.2);
  CHECK(live.score(*update.session, pages_over_ten{}) == 0.2);
}

TEST_CASE("a caller's number stays with the session, and ends with it") {
  ff::live_visitors live(ff::session_features({{"pages", ff::fold::count("page_view"), ff::stage::browse}}));
  auto update = live.observe(at(0, "page_view"));
  CHECK(*update.note == 0);
  *update.note = 0.5;
  update = live.observe(at(1000, "page_view"));
  CHECK(*update.note == 0.5);
  update = live.observe(at(4000, "page_view"));
  CHECK(update.began);
  CHECK(*update.note == 0);
}

TEST_CASE("options out of range are refused") {
  const auto features = ff::studied_features();
  CHECK(thrown_by([&] { return ff::live_visitors(features, {.expire_after = std::chrono::minutes(30)}).size(); }) ==
        "bad_option: live_visitors: expire_after must be longer than the pause that ends a session, got 1800000000 "
        "microseconds");
  CHECK(code_thrown_by([&] { return ff::live_visitors(features, {.most_bytes = 1000}).size(); }) == "bad_option");
  ff::session_rules rules;
  rules.inactivity.reset();
  CHECK(code_thrown_by([&] { return ff::live_visitors(features, {.rules = rules}).size(); }) == "bad_option");
}
