// SPDX-License-Identifier: MIT
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/event_block.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

namespace {

const double no_number = std::numeric_limits<double>::quiet_NaN();

// Three events, and the block that holds them.
struct three {
  std::vector<std::int64_t> times{30, 10, 20};
  std::vector<std::int32_t> visitor{1, 0, 1}, session{0, -1, 1}, name{0, 0, 1}, page{-1, 1, 0}, coupon{0, -1, -1};
  std::vector<std::string> visitors{"anna", "ben"}, sessions{"7", ""}, names{"view", "buy"}, pages{"/a", "/b"},
      coupons{"X"};
  std::vector<double> value{no_number, 2, 3}, revenue{no_number, no_number, 3};

  ff::event_block block() const {
    return {.times = times,
            .visitors = {visitor, visitors},
            .sessions = {session, sessions},
            .names = {name, names},
            .pages = {page, pages},
            .numbers = {{"value", value}},
            .texts = {{"coupon", {coupon, coupons}}},
            .revenues = revenue};
  }
};

std::vector<ff::event> expected() {
  return {{.visitor = "ben", .session = "7", .time = 30, .name = "view", .texts = {{"coupon", "X"}}},
          {.visitor = "anna", .time = 10, .name = "view", .page = "/b", .numbers = {{"value", 2}}},
          {.visitor = "ben", .time = 20, .name = "buy", .page = "/a", .numbers = {{"value", 3}}, .revenue = 3}};
}

}  // namespace

TEST_CASE("a block is its events one by one, behind those that are there") {
  ff::event_log log, one_by_one;
  for (int time = 0; time < 2; ++time) {
    ff::append_block(log, three().block());
    for (const auto& each : expected()) one_by_one.append(each);
  }
  REQUIRE(log.size() == 6);
  for (ff::index i = 0; i < 6; ++i) {
    CHECK(log[i].copy() == expected()[static_cast<std::size_t>(i % 3)]);
    CHECK(log.visitor_codes()[static_cast<std::size_t>(i)] == one_by_one.visitor_codes()[static_cast<std::size_t>(i)]);
  }
  CHECK(log[2].number("value") == 3);
  CHECK(log[2].is("buy"));
  log.append(expected()[0]);
  CHECK(log[6].copy() == expected()[0]);
  ff::append_block(log, {});
  CHECK(log.size() == 7);
}

TEST_CASE("a block that is refused leaves the log as it was") {
  ff::event_log log;
  ff::append_block(log, three().block());
  const auto refused = [&](auto change) {
    three events;
    change(events);
    const auto failed = failure_of([&] { ff::append_block(log, events.block()); });
    CHECK(log.size() == 3);
    return failed.code;
  };
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(refused([](three& e) { e.visitor[1] = -1; }) == ff::error_code::missing_value);
  CHECK(refused([](three& e) { e.names[1] = ""; }) == ff::error_code::missing_value);
  CHECK(refused([](three& e) { e.visitor[1] = 2; }) == ff::error_code::bad_value);
  CHECK(refused([](three& e) { e.coupon[2] = 1; }) == ff::error_code::bad_value);
  CHECK(refused([](three& e) { e.times[2] = std::numeric_limits<std::int64_t>::max(); }) == ff::error_code::bad_value);
  CHECK(refused([](three& e) { e.session.pop_back(); }) == ff::error_code::wrong_shape);
  CHECK(refused([](three& e) { e.visitor.clear(); }) == ff::error_code::wrong_shape);
  CHECK(refused([](three& e) { e.value.pop_back(); }) == ff::error_code::wrong_shape);
  CHECK(refused([&](three& e) { e.value[0] = infinity; }) == ff::error_code::not_finite);
  CHECK(refused([&](three& e) { e.revenue[0] = -infinity; }) == ff::error_code::not_finite);
  const three events;
  auto block = events.block();
  block.numbers[0].key = "";
  CHECK(failure_of([&] { ff::append_block(log, block); }).code == ff::error_code::bad_value);
}
