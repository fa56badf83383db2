// SPDX-License-Identifier: MIT
// Printed numbers stand for what rounds to them, and whole numbers are found behind them.
#include <string>

#include <doctest/doctest.h>

#include <footfall/evaluate/figure.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;

TEST_CASE("a printed number is read with the digits it has") {
  CHECK(ff::printed("3.27") == ff::figure{3.27, 2});
  CHECK(ff::printed("25,000") == ff::figure{25'000, 0});
  CHECK(ff::printed("1,234,567.80") == ff::figure{1'234'567.8, 2});
  CHECK(ff::printed("24.16 %") == ff::figure{24.16 / 100, 4});
  CHECK(ff::printed("20%") == ff::figure{0.2, 2});
  CHECK(ff::printed("-0.37 %") == ff::figure{-0.37 / 100, 4});
  CHECK(ff::printed("-100,000") == ff::figure{-100'000, 0});
  CHECK(ff::printed("0.0998") == ff::figure{0.0998, 4});
}

TEST_CASE("what is not a number is refused") {
  for (const std::string wrong :
       {"",     "%",    " 3",       "3 ",     "~16",      "$2,300",  "46k", "1e3", "0x10",    "3.", "3.2.7",
        "1,00", ",100", "1000,000", "1,0000", "1,00,000", "3.1,415", "inf", "nan", "3.27 %%", "+3", "12,"}) {
    CAPTURE(wrong);
    CHECK(thrown_by([&] { return ff::printed(wrong); }) ==
          ff::text("bad_text: printed: expected a number such as '25,000' or '24.16 %', got '", wrong, "'"));
  }
}

TEST_CASE("a figure stands for all that rounds to it") {
  const auto lift = ff::printed("3.27").covers();
  CHECK(lift.contains(3.265));
  CHECK(lift.contains(3.275));
  CHECK_FALSE(lift.contains(3.2649999));
  CHECK_FALSE(lift.contains(3.2750001));
  const auto thousands = ff::figure{46'000, -3}.covers();
  CHECK(thousands.contains(45'500));
  CHECK(thousands.contains(46'500));
  CHECK_FALSE(thousands.contains(46'501));
  CHECK_FALSE(ff::figure{}.given());
  CHECK(ff::figure{} == ff::figure{});
  CHECK_FALSE(ff::figure{} == ff::printed("0"));
}

TEST_CASE("the counts behind a share") {
  CHECK(ff::counts_behind(ff::printed("24.16 %"), 625) == ff::count_range{151, 151});
  CHECK(ff::counts_behind(ff::printed("7.39 %"), 25'000) == ff::count_range{1847, 1848});
  CHECK(ff::counts_behind(ff::printed("0.01"), 2614) == ff::count_range{14, 39});
  CHECK(ff::counts_behind(ff::printed("50 %"), 3).empty());  // no third rounds to it
  CHECK(ff::counts_behind(ff::printed("0.5"), 1).low == 1);  // 0.45 to 0.55 of 1: none, so low passes high
  CHECK(ff::counts_behind(ff::printed("0.5"), 1).empty());
  CHECK((ff::count_range{2, 9} & ff::count_range{5, 12}) == ff::count_range{5, 9});
  CHECK((ff::count_range{2, 4} & ff::count_range{5, 12}).empty());
  CHECK((ff::count_range{2, 4}).contains(2));
  CHECK((ff::count_range{2, 4}).contains(4));
  CHECK_FALSE((ff::count_range{2, 4}).contains(5));
  CHECK_FALSE((ff::count_range{2, 4}).contains(1));
  CHECK(code_thrown_by([] { return ff::counts_behind({}, 10); }) == "bad_value");
  CHECK(code_thrown_by([] { return ff::counts_behind(ff::printed("0.5"), 0); }) == "bad_value");
}
