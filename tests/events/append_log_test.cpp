// SPDX-License-Identifier: MIT
// Logs behind a log: whatever the parts and the threads, what it would be had all events come one by one.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/events/append_log.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

namespace {

// Events of few different texts, with and without sessions, pages, revenue and parameters of several forms.
std::vector<ff::event> random_events(std::uint64_t seed, int count) {
  ff::random_stream random(seed);
  std::vector<ff::event> events;
  const auto one_of = [&](const char* what, std::uint64_t many) { return what + std::to_string(random.below(many)); };
  for (int i = 0; i < count; ++i) {
    ff::event e{.visitor = one_of("visitor ", 40), .time = i, .name = one_of("name ", 5)};
    if (random.below(3) == 0) e.session = one_of("session ", 60);
    if (random.below(3) > 0) e.page = one_of("/a/page/with/a/longer/name/", 30);
    if (random.below(4) == 0) e.revenue = i;
    for (auto left = random.below(3); left-- > 0;) e.numbers.push_back({one_of("number ", 3), double(i)});
    for (auto left = random.below(3); left-- > 0;) e.texts.push_back({one_of("text ", 3), one_of("value ", 20)});
    events.push_back(std::move(e));
  }
  return events;
}

void check_same(const ff::event_log& log, const ff::event_log& expected) {
  REQUIRE(log.size() == expected.size());
  const auto same = [](auto a, auto b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); };
  CHECK(same(log.times(), expected.times()));
  CHECK(same(log.visitor_codes(), expected.visitor_codes()));
  CHECK(same(log.session_codes(), expected.session_codes()));
  CHECK(same(log.name_codes(), expected.name_codes()));
  CHECK(same(log.page_codes(), expected.page_codes()));
  int wrong = 0;
  for (ff::index i = 0; i < log.size(); ++i) {
    wrong += !(log[i].copy() == expected[i].copy());
    wrong += !same(log.number_keys(i), expected.number_keys(i)) || !same(log.text_keys(i), expected.text_keys(i));
    wrong += !same(log.text_codes(i), expected.text_codes(i));
    wrong += log[i].is("name 3") != expected[i].is("name 3");
  }
  CHECK(wrong == 0);
  CHECK(log.bytes() == expected.bytes());
}

}  // namespace

TEST_CASE("logs behind a log are the log of all") {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    const auto events = random_events(seed, 500);
    ff::event_log one_by_one;
    for (const auto& each : events) one_by_one.append(each);
    for (const int threads : {1, 3}) {
      ff::random_stream random(seed);
      ff::event_log log;
      std::vector<ff::event_log> others(4);
      std::size_t part = seed == 4 ? 1 : 0;  // nothing in the log itself, and perhaps in others
      for (const auto& each : events) {
        (part == 0 ? log : others[part - 1]).append(each);
        if (part < 4 && random.below(100) == 0) ++part;
      }
      ff::append_logs(log, std::move(others), {.threads = threads});
      check_same(log, one_by_one);
      log.append(events[0]);
      CHECK(log[500].copy() == events[0]);
    }
  }
}

TEST_CASE("a log behind a log, which stays as it was") {
  const auto events = random_events(7, 200);
  ff::event_log first, second, both, alone;
  for (std::size_t i = 0; i < events.size(); ++i) {
    (i < 90 ? first : second).append(events[i]);
    both.append(events[i]);
    if (i >= 90) alone.append(events[i]);
  }
  ff::append_log(first, second);
  ff::append_log(first, ff::event_log());
  check_same(first, both);
  check_same(second, alone);
  CHECK(failure_of([&] { ff::append_log(first, first); }).code == ff::error_code::bad_value);
}

TEST_CASE("no logs behind a log change nothing") {
  ff::event_log log;
  ff::append_logs(log, {});
  CHECK(log.empty());
}
