// SPDX-License-Identifier: MIT
// The same figure as text in a table and as a pattern for a chart.
#include <cmath>

#include <doctest/doctest.h>

#include <footfall/report/number_format.hpp>

namespace ff = footfall;

TEST_CASE("figures are printed as they are meant") {
  CHECK(ff::as_count.printed(25'000) == "25,000");
  CHECK(ff::as_number(2).printed(1234.5) == "1,234.50");
  CHECK(ff::as_percent(2).printed(0.0739) == "7.39 %");
  CHECK(ff::as_money(0).printed(-2300) == "-$2,300");
  CHECK(ff::as_percent(1).printed(ff::interval{0.1, 0.25, 0.95}) == "10.0 % to 25.0 %");
  CHECK(ff::as_percent(1).printed(std::nan("")) == "–");
}

TEST_CASE("patterns are those of d3-format") {
  CHECK(ff::as_count.pattern() == ",.0f");
  CHECK(ff::as_number(3).pattern() == ",.3f");
  CHECK(ff::as_percent(2).pattern() == ".2%");
  CHECK(ff::as_money(0).pattern() == "$,.0f");
  CHECK(ff::as_percent(2).pattern(true) == ".2~%");
  CHECK(ff::as_number(1).step() == doctest::Approx(0.1));
  CHECK(ff::as_percent(1).step() == doctest::Approx(0.001));
  CHECK(ff::as_count.step() == 1);
}
