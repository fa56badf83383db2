// SPDX-License-Identifier: MIT
// Hours and days on a circle.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/features/cycle.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> listed(const ff::matrix<double>& values) { return {values.data(), values.data() + values.size()}; }

ff::table hours(std::vector<double> of) {
  return ff::table({ff::column::numeric("hour", std::move(of), ff::stage::context)});
}

}  // namespace

TEST_CASE("an hour is a point on a circle") {
  const auto fitted = ff::cycle{.of = "hour"}.fit(hours({0}));
  const auto x = fitted.transform(hours({0, 6, 12, 18, 3, 23.5, missing}));
  CHECK(x.columns()[0] == ff::feature_info{"sin(hour)", "hour", ff::stage::context});
  CHECK(x.columns()[1] == ff::feature_info{"cos(hour)", "hour", ff::stage::context});
  const double sines[] = {0, 1, 0, -1, std::sqrt(0.5), -0.13052619222005157};
  const double cosines[] = {1, 0, -1, 0, std::sqrt(0.5), 0.99144486137381038};  // of 352.5 degrees
  for (ff::index row = 0; row < 6; ++row) {
    CHECK(x.values()(row, 0) == doctest::Approx(sines[row]).epsilon(1e-14));
    CHECK(x.values()(row, 1) == doctest::Approx(cosines[row]).epsilon(1e-14));
  }
  CHECK(std::isnan(x.values()(6, 0)));
  CHECK(std::isnan(x.values()(6, 1)));
}

TEST_CASE("what lies outside the period is refused") {
  const auto fitted = ff::cycle{.of = "hour"}.fit(hours({0}));
  CHECK(thrown_by([&] {
          return fitted.transform(hours({3, 24}));
        }) == "bad_value: cycle: column 'hour' must be in [0, 24), got 24 in row 1");
  CHECK(code_thrown_by([&] { return fitted.transform(hours({-0.5})); }) == "bad_value");
  CHECK(code_thrown_by([&] { return fitted.transform(hours({infinity})); }) == "bad_value");
  CHECK(code_thrown_by([] { return ff::cycle{.of = "hour", .period = 0}.fit(hours({0})); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::cycle{.of = "hour", .period = missing}.fit(hours({0})); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::cycle{.of = "day"}.fit(hours({0})); }) == "unknown_name");
  CHECK(code_thrown_by([] { return ff::fitted_cycle::from_parts("hour", -1); }) == "bad_parts");
  CHECK(ff::fitted_cycle::from_parts("hour", 24) == fitted);
}

TEST_CASE("a day of the week is a seventh of a circle, Monday at its beginning") {
  const ff::table sessions({ff::column::from_text("day", {"Monday", "Sunday", ""})});
  const auto fitted = ff::weekday_cycle{.of = "day"}.fit(sessions);
  const auto x = fitted.transform(sessions);
  CHECK(x.values()(0, 0) == 0);
  CHECK(x.values()(0, 1) == 1);
  CHECK(x.values()(1, 0) == doctest::Approx(-0.78183148246802981).epsilon(1e-14));  // sin(12 pi / 7)
  CHECK(x.values()(1, 1) == doctest::Approx(0.62348980185873353).epsilon(1e-14));
  CHECK(std::isnan(x.values()(2, 1)));
  const ff::table numbers({ff::column::numeric("day", {1, 0})});
  const auto counted = ff::weekday_cycle{.of = "day", .counting = ff::weekday_numbers::sunday_0}.fit(numbers);
  CHECK(listed(counted.transform(numbers).values()) == listed(x.values().topRows(2)));
  CHECK_FALSE(counted == fitted);
  CHECK(code_thrown_by([&] { return ff::weekday_cycle{.of = "day", .names = {}}.fit(sessions); }) == "bad_option");
  CHECK(code_thrown_by([] {
          return ff::fitted_weekday_cycle::from_parts("day", ff::weekday_numbers::monday_0, {"a"});
        }) == "bad_parts");
}
