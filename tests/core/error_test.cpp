// SPDX-License-Identifier: MIT
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

#include <doctest/doctest.h>

#include <footfall/core/error.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

TEST_CASE("text joins texts and numbers") {
  CHECK(ff::text() == "");
  CHECK(ff::text("a", std::string("b"), std::string_view("c"), 'd') == "abcd");
  CHECK(ff::text(1, '|', -2L, '|', std::uint64_t{18446744073709551615u}) == "1|-2|18446744073709551615");
  CHECK(ff::text(std::int8_t{65}, std::uint8_t{66}) == "6566");  // numbers, not letters
  CHECK(ff::text(true, ' ', false) == "true false");
}

TEST_CASE("text writes floating-point numbers so that they read back to the same value") {
  CHECK(ff::text(0.1, ' ', 0.1f, ' ', 1.0, ' ', -0.0) == "0.1 0.1 1 -0");
  CHECK(ff::text(1.0 / 3.0) == "0.3333333333333333");
  CHECK(ff::text(std::numeric_limits<double>::infinity(), ' ', std::numeric_limits<double>::quiet_NaN()) == "inf nan");
  for (const double value :
       {std::numeric_limits<double>::max(), std::numeric_limits<double>::denorm_min(), 1e22, -7.5e-5}) {
    CHECK(std::strtod(ff::text(value).c_str(), nullptr) == value);
  }
}

TEST_CASE("a failure says who, what and the value") {
  const auto failed =
      failure_of([] { ff::fail(ff::error_code::bad_option, "forest", "trees must be at least 1, got ", 0); });
  CHECK(failed.code == ff::error_code::bad_option);
  CHECK(failed.message == "forest: trees must be at least 1, got 0");
}

TEST_CASE("require throws only where its condition does not hold") {
  CHECK_NOTHROW(ff::require(true, ff::error_code::bad_value, "who", "what"));
  CHECK(failure_of([] { ff::require(false, ff::error_code::limit, "who", "what ", 2.5); }).message == "who: what 2.5");
  CHECK(failure_of([] { ff::require(false, ff::error_code::limit, "who", "what"); }).code == ff::error_code::limit);
}

TEST_CASE("an error is a runtime_error for those who do not know footfall") {
  static_assert(std::is_base_of_v<std::runtime_error, ff::error>);
  static_assert(std::is_nothrow_copy_constructible_v<ff::error>);
  CHECK_THROWS_AS(ff::fail(ff::error_code::file, "x", "y"), std::runtime_error);
}
