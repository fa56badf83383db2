// SPDX-License-Identifier: MIT
// Days of the week as every common way of counting writes them.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/features/weekday.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> listed(const ff::matrix<double>& values) { return {values.data(), values.data() + values.size()}; }

using days = std::vector<int>;

days numbered(std::vector<double> numbers, ff::weekday_numbers counting) {
  const ff::table sessions({ff::column::numeric("day", std::move(numbers))});
  return ff::weekdays_of(sessions, "day", ff::weekday_names(), counting, "test");
}
days named(std::vector<std::string> texts) {
  const ff::table sessions({ff::column::from_text("day", texts)});
  return ff::weekdays_of(sessions, "day", ff::weekday_names(), ff::weekday_numbers::monday_0, "test");
}

}  // namespace

TEST_CASE("Monday is 0 and Sunday 6, whatever the numbers are") {
  using enum ff::weekday_numbers;
  CHECK(numbered({0, 5, 6, missing}, monday_0) == days{0, 5, 6, -1});
  CHECK(numbered({1, 6, 7}, monday_1) == days{0, 5, 6});
  CHECK(numbered({1, 6, 0}, sunday_0) == days{0, 5, 6});
  CHECK(numbered({2, 7, 1}, sunday_1) == days{0, 5, 6});
  CHECK(named({"Sunday", "", "Monday", "Saturday"}) == days{6, -1, 0, 5});
}

TEST_CASE("what is no day is refused") {
  using enum ff::weekday_numbers;
  CHECK(thrown_by([] {
          return numbered({1, 7}, monday_0);
        }) == "bad_value: test: column 'day' must be a day from 0 to 6, got 7 in row 1");
  CHECK(code_thrown_by([] { return numbered({0}, monday_1); }) == "bad_value");
  CHECK(code_thrown_by([] { return numbered({8}, sunday_1); }) == "bad_value");
  CHECK(code_thrown_by([] { return numbered({1.5}, monday_0); }) == "bad_value");
  CHECK(code_thrown_by([] { return numbered({infinity}, monday_0); }) == "bad_value");
  CHECK(thrown_by([] {
          return named({"Monday", "sunday"});
        }) == "unseen_level: test: column 'day' had no level 'sunday' when fitted, row 1");
  CHECK(code_thrown_by([] {
          ff::require_weekday_names({"Mo", "Tu"}, "test");
          return 0;
        }) == "bad_option");
  CHECK(code_thrown_by([] {
          ff::require_weekday_names({"a", "b", "c", "d", "e", "f", "a"}, "test");
          return 0;
        }) == "bad_option");
  CHECK(listed({}).empty());
}
