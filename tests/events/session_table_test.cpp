// SPDX-License-Identifier: MIT
// Tables as of each kind of moment, by hand; threads, overlapping sessions, and logs that do not fit. (That batch and live agree is
// in live_test.cpp.)
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/session_table.hpp>
#include <footfall/events/sessionize.hpp>
#include <footfall/events/studied_features.hpp>

#include <tests/events/made_events.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using made::at;
using numbers = std::vector<double>;
using rows = std::vector<ff::index>;

const ff::session_features features({{"events", ff::fold::count({}), ff::stage::browse},
                                     {"seconds", ff::fold::duration(), ff::stage::browse},
                                     {"before", ff::fold::sessions_before(), ff::stage::context},
                                     {"bought before", ff::fold::events_before("purchase"), ff::stage::context}});

/// Two sessions: one of four events in 30 seconds, one of one event a day later.
ff::event_log two_sessions() {
  return made::log_of(
      {at(0, "page_view"), at(10, "scroll"), at(10, "page_view"), at(30, "purchase"), at(86'400, "page_view")});
}

numbers column(const ff::session_rows& of, const char* name) {
  const auto values = of.features[name].numbers();
  return {values.begin(), values.end()};
}

}  // namespace

TEST_CASE("at the end of each session") {
  const auto log = two_sessions();
  const auto result = ff::features_of(log, ff::sessionize(log), features);
  CHECK(result.session == rows{0, 1});
  CHECK(result.events == rows{4, 1});
  CHECK(column(result, "seconds") == numbers{30, 0});
  CHECK(column(result, "before") == numbers{0, 1});
  CHECK(column(result, "bought before") == numbers{0, 1});
  CHECK(result.sessions_without_row == 0);
  CHECK(result.counts.events == 5);
}

TEST_CASE("as of the k-th event, of so many seconds, of each page view") {
  const auto log = two_sessions();
  const auto sessions = ff::sessionize(log);
  const auto second = ff::features_of(log, sessions, features, ff::as_of::event(2));
  CHECK(second.session == rows{0});
  CHECK(column(second, "events") == numbers{2});  // and not its neighbour of the same moment
  CHECK(second.sessions_without_row == 1);
  const auto ten = ff::features_of(log, sessions, features, ff::as_of::seconds(10));
  CHECK(ten.session == rows{0, 1});
  CHECK(column(ten, "events") == numbers{3, 1});
  CHECK(column(ff::features_of(log, sessions, features, ff::as_of::seconds(9.999999)), "events") == numbers{1, 1});
  CHECK(column(ff::features_of(log, sessions, features, ff::as_of::seconds(1e6)), "events") == numbers{4, 1});
  const auto views = ff::features_of(log, sessions, features, ff::as_of::each("page_view"));
  CHECK(views.session == rows{0, 0, 1});
  CHECK(views.events == rows{1, 3, 1});
  CHECK(column(views, "bought before") == numbers{0, 0, 1});
  CHECK(ff::features_of(log, sessions, features, ff::as_of::each({"none"})).features.rows() == 0);
}

TEST_CASE("the order of the log does not matter, nor do threads") {
  std::vector<ff::event> events;
  for (int visitor = 0; visitor < 9000; ++visitor) {
    for (auto each : made::random_events(static_cast<std::uint64_t>(visitor % 7), 3)) {
      each.visitor = "visitor " + std::to_string(visitor);
      events.push_back(each);
    }
  }
  const auto studied = ff::studied_features();
  const auto log = made::log_of(events);
  const auto sessions = ff::sessionize(log);
  CHECK(sessions.size() > 9000);  // more than one block
  const auto one = ff::features_of(log, sessions, studied, ff::as_of::each_event(), {.threads = 1});
  const auto many = ff::features_of(log, sessions, studied, ff::as_of::each_event(), {.threads = 5});
  CHECK(one.features == many.features);
  CHECK(one.session == many.session);
  CHECK(one.events == many.events);
  CHECK(one.counts == many.counts);
  CHECK(one.features.rows() == static_cast<ff::index>(events.size()));
}

TEST_CASE("sessions of a visitor that overlap know what came before each of them") {
  auto a = at(0, "purchase"), b = at(1, "page_view"), c = at(2, "purchase"), d = at(3, "page_view");
  a.session = c.session = "1";
  b.session = d.session = "2";
  const auto log = made::log_of({a, b, c, d});
  const auto sessions = ff::sessionize(log, ff::session_rules::of_source());
  const auto result = ff::features_of(log, sessions, features);
  CHECK(column(result, "before") == numbers{0, 1});
  CHECK(column(result, "bought before") == numbers{0, 1});  // the second purchase came after session 2 had begun
}

TEST_CASE("no sessions, wrong moments, another log") {
  const auto log = two_sessions();
  const ff::event_log nothing;
  CHECK(ff::features_of(nothing, ff::sessionize(nothing), features).features.rows() == 0);
  CHECK(code_thrown_by([&] { return ff::features_of(log, ff::sessionize(log), features, ff::as_of::event(0)); }) ==
        "bad_option");
  CHECK(thrown_by([&] { return ff::features_of(nothing, ff::sessionize(log), features); }) ==
        "wrong_shape: features_of: the sessions are of a log of 5 events, got 0");
}
