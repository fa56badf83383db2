// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/event_group.hpp>

#include <tests/events/made_events.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

namespace {

void check_same(const ff::event_log& a, const ff::event_log& b) {
  REQUIRE(a.size() == b.size());
  const auto same = [](auto x, auto y) { return std::equal(x.begin(), x.end(), y.begin(), y.end()); };
  for (ff::index i = 0; i < a.size(); ++i) {
    REQUIRE(a[i].copy() == b[i].copy());
    REQUIRE(same(a.text_codes(i), b.text_codes(i)));
    REQUIRE(same(a.number_keys(i), b.number_keys(i)));
  }
  CHECK(same(a.visitor_codes(), b.visitor_codes()));
  CHECK(same(a.session_codes(), b.session_codes()));
  CHECK(same(a.name_codes(), b.name_codes()));
  CHECK(same(a.page_codes(), b.page_codes()));
  CHECK(a.bytes() == b.bytes());
}

}  // namespace

TEST_CASE("a group's events are in the log as if they had been appended one by one") {
  for (const std::size_t count : {0U, 1U, 64U, 65U, 1000U}) {
    const auto events = made::random_events(7, static_cast<int>(count));
    ff::event_log log, one_by_one;
    ff::event_group group(log);
    for (const auto& each : events) group.append(each);
    group.finish();
    for (const auto& each : events) one_by_one.append(each);
    check_same(log, one_by_one);
    group.finish();  // nothing waits
    for (const auto& each : made::some_events()) group.append(each);
    CHECK(log.size() == static_cast<ff::index>(count));
    group.finish();
    for (const auto& each : made::some_events()) one_by_one.append(each);
    check_same(log, one_by_one);
  }
}

TEST_CASE("texts of fields are copied while they wait, and long ones do not pile up") {
  ff::event_log log, one_by_one;
  ff::event_group group(log);
  for (int i = 0; i < 40; ++i) {
    std::string text = "visitor " + std::string(static_cast<std::size_t>(i % 4) << 18, 'x') + std::to_string(i);
    ff::event_fields e;
    e.visitor = e.name = text;
    e.texts.push_back({"key", text});
    group.append(e);
    one_by_one.append(e);
    text.assign(text.size(), '?');
  }
  CHECK(log.size() > 30);
  group.finish();
  check_same(log, one_by_one);
}

TEST_CASE("an event that is refused costs no other") {
  ff::event_log log;
  ff::event_group group(log);
  const auto events = made::some_events();
  group.append(events[0]);
  auto bad = events[1];
  bad.numbers[2].value = std::numeric_limits<double>::quiet_NaN();
  CHECK(failure_of([&] { group.append(bad); }).message == "event_log: parameter 'value' is NaN");
  group.append(events[1]);
  group.finish();
  REQUIRE(log.size() == 2);
  CHECK(log[0].copy() == events[0]);
  CHECK(log[1].copy() == events[1]);
}
