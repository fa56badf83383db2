// SPDX-License-Identifier: MIT
// Rates by level and by quantile, counted by hand.
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/explore/label_rates.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

const ff::table sessions({ff::column::from_text("device", {"phone", "tv", "", "phone", "phone", "tv"}),
                          ff::column::numeric("pages", {1, 1, 2, 5, missing, 9})});
const ff::labels y(std::vector{1, 0, 1, 0, 1, 0});

}  // namespace

TEST_CASE("a rate for each level, missing ones last") {
  const auto rates = ff::rates_by_level(sessions, "device", y);
  REQUIRE(rates.size() == 3);
  CHECK(rates[0].part == "phone");
  CHECK(rates[0].outcome == ff::rate_of(2, 3));
  CHECK(rates[1].outcome == ff::rate_of(0, 2));
  CHECK(rates[2].part == "(missing)");
  CHECK(rates[2].outcome == ff::rate_of(1, 1));
  CHECK(ff::rates_by_level(sessions.rows({0}), "device", ff::labels(std::vector{1})).size() == 1);
  CHECK(ff::rates_by_level(sessions, "device", y, 0.9)[0].outcome == ff::rate_of(2, 3, 0.9));
}

TEST_CASE("a rate for each stretch of numbers, equal numbers together") {
  const auto rates = ff::rates_by_quantile(sessions, "pages", y, 2);  // the median of 1, 1, 2, 5, 9 is 2
  REQUIRE(rates.size() == 3);
  CHECK(rates[0].part == "1");
  CHECK(rates[0].outcome == ff::rate_of(1, 2));
  CHECK(rates[1].part == "2 to 9");
  CHECK(rates[1].low == 2);
  CHECK(rates[1].high == 9);
  CHECK(rates[1].outcome == ff::rate_of(1, 3));
  CHECK(rates[2].part == "(missing)");
  CHECK(rates[2].outcome == ff::rate_of(1, 1));
  CHECK(ff::rates_by_quantile(sessions, "pages", y, 10).size() == 5);  // 1, 2, 5, 9, missing
  CHECK(ff::rates_by_quantile(sessions, "pages", y, 1).size() == 2);
}

TEST_CASE("what cannot be counted is refused") {
  CHECK(code_thrown_by([] { return ff::rates_by_level(sessions, "pages", y); }) == "wrong_kind");
  CHECK(code_thrown_by([] { return ff::rates_by_level(sessions, "views", y); }) == "unknown_name");
  CHECK(code_thrown_by([] { return ff::rates_by_quantile(sessions, "device", y); }) == "wrong_kind");
  CHECK(code_thrown_by([] { return ff::rates_by_quantile(sessions, "pages", y, 0); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::rates_by_level(sessions, "device", ff::labels(std::vector{1})); }) ==
        "wrong_shape");
  const ff::table far({ff::column::numeric("n", {1, infinity})});
  CHECK(code_thrown_by([&] { return ff::rates_by_quantile(far, "n", ff::labels(std::vector{1, 0})); }) == "not_finite");
}
