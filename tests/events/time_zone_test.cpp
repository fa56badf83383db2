// SPDX-License-Identifier: MIT
#include <chrono>
#include <cstdint>
#include <limits>

#include <doctest/doctest.h>

#include <footfall/events/time_zone.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using std::chrono::minutes;

namespace {
constexpr std::int64_t hour = 3'600'000'000;
constexpr std::int64_t day = 24 * hour;
}  // namespace

TEST_CASE("days of a fixed offset begin at its midnight") {
  const ff::time_zone utc{};
  CHECK(utc.day_of(0) == 0);
  CHECK(utc.day_of(day - 1) == 0);
  CHECK(utc.day_of(day) == 1);
  CHECK(utc.day_of(-1) == -1);
  CHECK(utc.day_of(-day) == -1);
  CHECK(utc.day_of(-day - 1) == -2);

  const ff::time_zone east{.offset = minutes(330)};  // India
  CHECK(east.day_of(day - 330 * 60'000'000LL - 1) == 0);
  CHECK(east.day_of(day - 330 * 60'000'000LL) == 1);
  const ff::time_zone west{.offset = minutes(-480)};
  CHECK(west.day_of(8 * hour - 1) == -1);
  CHECK(west.day_of(8 * hour) == 0);
}

TEST_CASE("summer time is a list of changes") {
  // Berlin 2024: clocks go forward on 31 March and back on 27 October, both at 01:00 UTC.
  const std::int64_t spring = 1'711'846'800'000'000, autumn = 1'729'990'800'000'000;
  const ff::time_zone berlin{.offset = minutes(60), .changes = {{spring, minutes(120)}, {autumn, minutes(60)}}};
  CHECK(berlin.offset_at(spring - 1) == minutes(60));
  CHECK(berlin.offset_at(spring) == minutes(120));
  CHECK(berlin.offset_at(autumn) == minutes(60));
  const std::int64_t midsummer = 1'719'784'800'000'000;  // 2024-06-30T22:00:00Z, midnight in Berlin
  CHECK(berlin.day_of(midsummer) == berlin.day_of(midsummer - 1) + 1);
  const std::int64_t new_year = 1'704'063'600'000'000;  // 2023-12-31T23:00:00Z
  CHECK(berlin.day_of(new_year) == berlin.day_of(new_year - 1) + 1);
}

TEST_CASE("a day exists for every 64-bit number") {
  const ff::time_zone zone{.offset = minutes(1439)};
  CHECK(zone.day_of(std::numeric_limits<std::int64_t>::max()) > 0);
  CHECK(zone.day_of(std::numeric_limits<std::int64_t>::min()) < 0);
}

TEST_CASE("offsets of a day and changes out of order are refused") {
  const auto refusal = [](const ff::time_zone& zone) {
    return thrown_by([&] {
      zone.validate("zone");
      return 0;
    });
  };
  CHECK(refusal({.offset = minutes(1439)}) == "");
  CHECK(refusal({.offset = minutes(1440)}) ==
        "bad_option: zone: the offset of a time zone must be less than 24 hours, got 1440 minutes");
  CHECK(refusal({.offset = minutes(-1440)}).find("got -1440 minutes") != std::string::npos);
  CHECK(refusal({.changes = {{5, minutes(0)}, {5, minutes(60)}}}) ==
        "bad_option: zone: the changes of a time zone must come in order, got 5 as number 1");
  CHECK(refusal({.changes = {{5, minutes(9999)}}}).find("got 9999 minutes") != std::string::npos);
}
