// SPDX-License-Identifier: MIT
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/table_log.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

TEST_CASE("a table of times as texts") {
  const ff::table rows({ff::column::from_text("user_id", {"b", "", "a", "b"}),
                        ff::column::from_text("event", {"view", "view", "buy", ""}),
                        ff::column::from_text("timestamp", {"2024-03-01 00:00:01 UTC", "2024-03-01",
                                                            "2024-03-01T00:00:02", "2024-03-01"}),
                        ff::column::numeric("price", {1, 2, 3, 4})});
  const auto log = ff::events_of(rows, {.revenue = "price"});
  REQUIRE(log.events.size() == 2);
  CHECK(log.rows == 4);
  CHECK(log.without_visitor == 1);
  CHECK(log.bad == 1);
  CHECK(log.events[0].copy() ==
        ff::event{.visitor = "b", .time = 1'709'251'201 * ff::microseconds_per_second, .name = "view", .revenue = 1});
  CHECK(log.events[1].copy() ==
        ff::event{.visitor = "a", .time = 1'709'251'202 * ff::microseconds_per_second, .name = "buy", .revenue = 3});
}

TEST_CASE("a table with an infinite number, and columns that are not what they should be") {
  const auto rows = [](double value, bool numeric_visitor) {
    return ff::table({numeric_visitor ? ff::column::numeric("user_id", {1}) : ff::column::from_text("user_id", {"u"}),
                      ff::column::from_text("event", {"view"}), ff::column::numeric("timestamp", {1.7e9}),
                      ff::column::numeric("price", {value})});
  };
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(ff::events_of(rows(1, false), {.numbers = {"price"}}).events.size() == 1);
  CHECK(ff::events_of(rows(infinity, false), {.numbers = {"price"}}).bad_rows.at(0).reason ==
        "column 'price': the number is infinite");
  CHECK(ff::events_of(rows(infinity, false), {}).events.size() == 1);  // nobody asked for it
  const auto code_of = [&](const ff::table& t, const ff::log_columns& columns) {
    return failure_of([&] { (void)ff::events_of(t, columns); }).code;
  };
  CHECK(code_of(rows(1, true), {}) == ff::error_code::wrong_kind);
  CHECK(code_of(rows(1, false), {.page = "price"}) == ff::error_code::wrong_kind);
  CHECK(code_of(rows(1, false), {.numbers = {"event"}}) == ff::error_code::wrong_kind);
  CHECK(code_of(rows(1, false), {.session = "session"}) == ff::error_code::unknown_name);
  CHECK(code_of(rows(1, false), {.ticks_per_second = 60}) == ff::error_code::bad_option);
  CHECK(code_of(rows(1, false), {.earliest = 1, .latest = 0}) == ff::error_code::bad_option);
}
