// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <string>

#include <doctest/doctest.h>

#include <footfall/events/event.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

namespace {

const double no_number = std::numeric_limits<double>::quiet_NaN();
const double infinity = std::numeric_limits<double>::infinity();

ff::event purchase() {
  return {.visitor = "v",
          .session = "1",
          .time = 5,
          .name = "purchase",
          .page = "/",
          .numbers = {{"value", 2}},
          .texts = {{"coupon", "X"}},
          .revenue = 2};
}

}  // namespace

TEST_CASE("events are equal in everything or not at all") {
  CHECK(purchase() == purchase());
  CHECK(ff::event{} == ff::event{});  // two revenues that are missing
  const auto differs = [](auto change) {
    auto other = purchase();
    change(other);
    return !(other == purchase());
  };
  CHECK(differs([](ff::event& e) { e.visitor = "w"; }));
  CHECK(differs([](ff::event& e) { e.session = ""; }));
  CHECK(differs([](ff::event& e) { e.time = 6; }));
  CHECK(differs([](ff::event& e) { e.name = "view"; }));
  CHECK(differs([](ff::event& e) { e.page = ""; }));
  CHECK(differs([](ff::event& e) { e.numbers[0].value = 3; }));
  CHECK(differs([](ff::event& e) { e.numbers[0].key = "other"; }));
  CHECK(differs([](ff::event& e) { e.numbers.clear(); }));
  CHECK(differs([](ff::event& e) { e.texts[0].value = "Y"; }));
  CHECK(differs([](ff::event& e) { e.texts.push_back({"a", "b"}); }));
  CHECK(differs([](ff::event& e) { e.revenue = no_number; }));
}

TEST_CASE("a key knows its name and a number for it") {
  // Published with the function: FNV-1a of 64 bits of "" and "foobar".
  CHECK(ff::event_key("").mark() == 0xCBF29CE484222325);
  CHECK(ff::event_key("foobar").mark() == 0x85944171F73967E8);
  CHECK(ff::event_key("foobar").name() == "foobar");
  CHECK(ff::event_key(std::string("value")).mark() == ff::event_key(std::string_view("value")).mark());
}

TEST_CASE("an event that no log takes is refused with the reason") {
  const auto refused = [](auto change) {
    auto e = purchase();
    change(e);
    return failure_of([&] { ff::require_event(e, "test"); });
  };
  CHECK_NOTHROW(ff::require_event(purchase(), "test"));
  CHECK(refused([](ff::event& e) { e.visitor = ""; }).message == "test: an event has no visitor");
  CHECK(refused([](ff::event& e) { e.visitor = ""; }).code == ff::error_code::missing_value);
  CHECK(refused([](ff::event& e) { e.name = ""; }).message == "test: an event has no name");
  for (const auto time : {std::numeric_limits<std::int64_t>::min(), -(std::int64_t{1} << 61) - 1,
                          (std::int64_t{1} << 61) + 1, std::numeric_limits<std::int64_t>::max()}) {
    CHECK(refused([&](ff::event& e) { e.time = time; }).code == ff::error_code::bad_value);
  }
  for (const auto time : {-(std::int64_t{1} << 61), std::int64_t{0}, std::int64_t{1} << 61}) {
    auto e = purchase();
    e.time = time;
    CHECK_NOTHROW(ff::require_event(e, "test"));
  }
  CHECK(refused([](ff::event& e) { e.numbers[0].key = ""; }).code == ff::error_code::bad_value);
  CHECK(refused([](ff::event& e) { e.texts[0].key = ""; }).code == ff::error_code::bad_value);
  CHECK(refused([](ff::event& e) { e.numbers[0].value = no_number; }).message == "test: parameter 'value' is NaN");
  CHECK(refused([](ff::event& e) { e.numbers[0].value = -infinity; }).code == ff::error_code::not_finite);
  CHECK(refused([](ff::event& e) { e.revenue = infinity; }).code == ff::error_code::not_finite);
}
