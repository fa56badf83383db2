// SPDX-License-Identifier: MIT
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/data/timestamp.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;

// The seconds are those of `date -u -d TEXT +%s`.
TEST_CASE("dates and times as ISO 8601 writes them") {
  CHECK(ff::parse_timestamp("1970-01-01") == 0);
  CHECK(ff::parse_timestamp("2024-02-29") == 1709164800);
  CHECK(ff::parse_timestamp("2024-03-01T12:30") == 1709296200);
  CHECK(ff::parse_timestamp("2024-03-01 12:30:05.25") == 1709296205.25);
  CHECK(ff::parse_timestamp("2024-03-01T12:30:05Z") == 1709296205);
  CHECK(ff::parse_timestamp("2024-03-01T12:30:05+01:30") == 1709296205 - 5400);
  CHECK(ff::parse_timestamp("2024-03-01T12:30-05:00") == 1709296200 + 18000);
  CHECK(ff::parse_timestamp("1969-12-31T23:59:59") == -1);
}

TEST_CASE("texts that are no time are refused, not guessed") {
  for (const char* text : {"",
                           "2024",
                           "2024-03",
                           "2024-3-1",
                           "01.03.2024",
                           "2023-02-29",
                           "2024-13-01",
                           "2024-00-10",
                           "2024-03-01T",
                           "2024-03-01T24:00",
                           "2024-03-01T12:60",
                           "2024-03-01T12",
                           "2024-03-01T12:30:60",
                           "2024-03-01T12:30:05.",
                           "2024-03-01T12:30:05.1234567890",
                           "2024-03-01T12:30Zx",
                           "2024-03-01T12:30+1",
                           "2024-03-01x12:30",
                           " 2024-03-01",
                           "2024-03-01T12:30+25:00"}) {
    INFO(text);
    CHECK(code_thrown_by([&] { return ff::parse_timestamp(text); }) == "bad_text");
  }
  CHECK(thrown_by([] { return ff::parse_timestamp("yesterday"); }) ==
        "bad_text: parse_timestamp: not a date or time as ISO 8601 writes them: 'yesterday'");
}

TEST_CASE("the times of a column") {
  using column = ff::column;
  CHECK(ff::times_of(column::numeric("t", {5, -1})) == std::vector<double>{5, -1});
  CHECK(ff::times_of(column::from_text("t", {"1970-01-02", "1970-01-01"})) == std::vector<double>{86400, 0});
  CHECK(thrown_by([] {
          return ff::times_of(column::numeric("t", {1, std::nan("")}));
        }) == "missing_value: column 't': the time is missing in row 1");
  CHECK(code_thrown_by([] { return ff::times_of(column::from_text("t", {"1970-01-01", ""})); }) == "missing_value");
  CHECK(code_thrown_by([] { return ff::times_of(column::numeric("t", {INFINITY})); }) == "not_finite");
  CHECK(code_thrown_by([] { return ff::times_of(column::from_text("t", {"soon"})); }) == "bad_text");
}
