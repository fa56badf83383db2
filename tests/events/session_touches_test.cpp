// SPDX-License-Identifier: MIT
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/attribution/collect.hpp>
#include <footfall/events/ga4_channels.hpp>
#include <footfall/events/session_touches.hpp>
#include <footfall/events/sessionize.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

constexpr std::int64_t hour = 3'600'000'000;

void add(ff::event_log& log, const char* visitor, std::int64_t time, const char* name, const std::string& page,
         double revenue = std::numeric_limits<double>::quiet_NaN()) {
  log.append(ff::event{.visitor = visitor, .time = time, .name = name, .page = page, .revenue = revenue});
}

ff::event_log made_log() {
  ff::event_log log;
  add(log, "bob", 5 * hour, "page_view", "https://shop.com/");
  add(log, "ann", 0, "page_view", "https://shop.com/?gclid=1");
  add(log, "ann", 9 * hour, "page_view", "https://shop.com/?utm_source=crm&utm_medium=email");
  add(log, "ann", 9 * hour + 1, "purchase", "https://shop.com/", 0.1);
  add(log, "ann", 9 * hour + 2, "purchase", "https://shop.com/", 0.2);
  add(log, "ann", 9 * hour + 3, "purchase", "https://shop.com/");
  add(log, "ann", 9 * hour + 4, "refund", "https://shop.com/", 7);
  return log;
}

}  // namespace

TEST_CASE("a row a session, with all that journeys are made of") {
  const auto log = made_log();
  const auto sessions = ff::sessionize(log);
  const auto rules = ff::ga4_channels();
  const auto touches = ff::touches_of(log, sessions, ff::sources_of(log, sessions), rules);
  REQUIRE(touches.rows() == 3);
  CHECK(touches["visitor"].levels() == std::vector<std::string>{"bob", "ann"});
  CHECK(std::vector(touches["visitor"].codes().begin(), touches["visitor"].codes().end()) ==
        std::vector<std::int32_t>{0, 1, 1});
  const auto numbers = [&](const char* name) {
    const auto all = touches[name].numbers();
    return std::vector<double>(all.begin(), all.end());
  };
  CHECK(numbers("at") == std::vector<double>{5 * 3600.0, 0, 9 * 3600.0});
  CHECK(numbers("converted") == std::vector<double>{0, 0, 1});
  CHECK(numbers("revenue") == std::vector<double>{0, 0, 0.1 + 0.2});
  CHECK(rules.channels()[static_cast<std::size_t>(touches["channel"].codes()[1])] == "Paid Search");

  const auto collected = ff::collect_journeys(
      touches,
      {.visitor = "visitor", .time = "at", .channel = "channel", .converted = "converted", .revenue = "revenue"});
  REQUIRE(collected.paths.size() == 2);
  CHECK(collected.paths.conversions() == 1);
  CHECK(collected.ledger.rows == 3);
}

TEST_CASE("another event may be the conversion, and none at all") {
  const auto log = made_log();
  const auto sessions = ff::sessionize(log);
  const auto found = ff::sources_of(log, sessions);
  CHECK(ff::touches_of(log, sessions, found, ff::ga4_channels(), "refund")["revenue"].numbers()[2] == 7);
  CHECK(ff::touches_of(log, sessions, found, ff::ga4_channels(), "never")["converted"].numbers()[2] == 0);
  CHECK(ff::touches_of({}, {}, {}, ff::ga4_channels()).rows() == 0);
}

TEST_CASE("sessions and sources of another log are refused") {
  const auto log = made_log();
  const auto sessions = ff::sessionize(log);
  CHECK(thrown_by([&] { return ff::touches_of({}, sessions, {}, ff::ga4_channels()); }) ==
        "wrong_shape: touches_of: sessions of 7 events do not fit a log of 0");
  CHECK(thrown_by([&] { return ff::touches_of(log, sessions, {}, ff::ga4_channels()); }) ==
        "wrong_shape: touches_of: there must be a source for each of 3 sessions, got 0");
}
