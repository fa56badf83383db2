// SPDX-License-Identifier: MIT
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/events/session_sources.hpp>
#include <footfall/events/sessionize.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using source = ff::traffic_source;

namespace {

constexpr std::int64_t day = 86'400'000'000;

void add(ff::event_log& log, const char* visitor, std::int64_t time, const std::string& page,
         const std::string& referrer = "") {
  ff::event event{.visitor = visitor, .time = time, .name = "page_view", .page = page};
  if (!referrer.empty()) event.texts.push_back({"page_referrer", referrer});
  log.append(event);
}

// Ann: search, direct a day later, direct 40 days later, an ad, direct. Bob: direct.
ff::event_log made_log() {
  ff::event_log log;
  add(log, "ann", 0, "https://shop.com/", "https://www.google.com/");
  add(log, "ann", 1, "https://shop.com/a?gclid=1", "https://shop.com/");  // later than the first that says something
  add(log, "ann", day, "https://shop.com/");
  add(log, "bob", day, "https://shop.com/");
  add(log, "ann", 40 * day, "https://shop.com/");
  add(log, "ann", 41 * day, "https://shop.com/");
  add(log, "ann", 41 * day + 1, "https://shop.com/?utm_source=ad&utm_medium=cpc");
  add(log, "ann", 71 * day, "https://shop.com/");
  return log;
}

const source search{"google", "organic", "(organic)", ""}, ad{"ad", "cpc", "", ""};

std::vector<source> listed(const ff::session_sources& found) {
  std::vector<source> result;
  for (std::size_t i = 0; i < found.of_session.size(); ++i) result.push_back(found[static_cast<ff::index>(i)]);
  return result;
}

}  // namespace

TEST_CASE("a session's source is that of its first event that names one") {
  const auto log = made_log();
  const auto sessions = ff::sessionize(log);
  const auto found = ff::sources_of(log, sessions);
  const auto none = source::direct();
  CHECK(found.sources == std::vector<source>{search, none, ad});
  CHECK(listed(found) == std::vector<source>{search, none, none, ad, none, none});
}

TEST_CASE("last non-direct looks back so far and no further, and never at another visitor") {
  const auto log = made_log();
  const auto sessions = ff::sessionize(log);
  const auto found = ff::sources_of(log, sessions);
  const auto none = source::direct();
  // 30 days from the begin of the ad's session, at 41 days, to that at 71 days: exactly the limit.
  CHECK(listed(ff::with_last_non_direct(found, sessions, log.times())) ==
        std::vector<source>{search, search, none, ad, ad, none});
  using std::chrono::hours;
  CHECK(listed(ff::with_last_non_direct(found, sessions, log.times(), hours(24 * 90))) ==
        std::vector<source>{search, search, search, ad, ad, none});
  CHECK(listed(ff::with_last_non_direct(found, sessions, log.times(), hours(24 * 30) - std::chrono::microseconds(1))) ==
        std::vector<source>{search, search, none, ad, none, none});
}

TEST_CASE("channels as a column") {
  const auto log = made_log();
  const auto sessions = ff::sessionize(log);
  const auto rules = ff::ga4_channels();
  const auto column = ff::channel_column(ff::sources_of(log, sessions), rules);
  CHECK(column.name() == "channel");
  CHECK(column.levels() == rules.channels());
  std::vector<std::string> names;
  for (const auto code : column.codes()) names.push_back(rules.channels()[static_cast<std::size_t>(code)]);
  CHECK(names == std::vector<std::string>{"Organic Search", "Direct", "Direct", "Paid Other", "Direct", "Direct"});
}

TEST_CASE("the same for any number of threads") {
  ff::random_stream random(5);
  ff::event_log log;
  for (int i = 0; i < 20'000; ++i) {
    const auto visitor = std::to_string(random.below(9000));
    add(log, visitor.c_str(), static_cast<std::int64_t>(random.below(1000)) * day / 10,
        random.below(2) == 0 ? "https://shop.com/"
                             : "https://shop.com/?utm_source=s" + std::to_string(random.below(50)));
  }
  const auto sessions = ff::sessionize(log);
  REQUIRE(sessions.size() > 2 * 4096);
  const auto one = ff::sources_of(log, sessions, {}, {.threads = 1});
  CHECK(one.sources.size() == 51);
  CHECK(one.sources[one.of_session[0]] == one.sources[0]);
  CHECK(ff::sources_of(log, sessions, {}, {.threads = 3}) == one);
}

TEST_CASE("sessions of another log and other misuse are refused") {
  const auto log = made_log();
  const auto sessions = ff::sessionize(log);
  ff::event_log other;
  CHECK(thrown_by([&] { return ff::sources_of(other, sessions); }) ==
        "wrong_shape: sources_of: sessions of 8 events do not fit a log of 0");
  const auto found = ff::sources_of(log, sessions);
  CHECK(thrown_by([&] { return ff::with_last_non_direct({}, sessions, log.times()); }) ==
        "wrong_shape: with_last_non_direct: there must be a source for each of 6 sessions, got 0");
  CHECK(thrown_by([&] { return ff::with_last_non_direct(found, sessions, {}); }) ==
        "wrong_shape: with_last_non_direct: there must be a time for each of 8 events, got 0");
  CHECK(thrown_by([&] {
          return ff::with_last_non_direct(found, sessions, log.times(), std::chrono::microseconds(0));
        }) == "bad_option: with_last_non_direct: look_back must be above 0, got 0 microseconds");
}
