// SPDX-License-Identifier: MIT
#include <cmath>

#include <doctest/doctest.h>

#include <footfall/statistics/rate.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

TEST_CASE("a rate carries its counts and its interval") {
  const ff::rate found = ff::rate_of(151, 625);
  CHECK(found.hits == 151);
  CHECK(found.trials == 625);
  CHECK(found.value == 0.2416);
  CHECK(found.wilson == ff::wilson_interval(151, 625));
  CHECK(ff::rate_of(1, 2, 0.8).wilson.confidence == 0.8);
  CHECK(found == ff::rate_of(151, 625));
  CHECK_FALSE(found == ff::rate_of(302, 1250));
}

TEST_CASE("without trials nothing is known") {
  const ff::rate found = ff::rate_of(0, 0);
  CHECK(std::isnan(found.value));
  CHECK(found.wilson == ff::interval{0, 1, 0.95});
  CHECK(std::isnan(ff::rate().value));
}

TEST_CASE("a rate refuses what its interval refuses") {
  CHECK(failure_of([] { (void)ff::rate_of(3, 2); }).code == ff::error_code::bad_value);
  CHECK(failure_of([] { (void)ff::rate_of(1, 2, 2); }).code == ff::error_code::bad_option);
}
