// SPDX-License-Identifier: MIT
#include <cmath>
#include <initializer_list>

#include <doctest/doctest.h>

#include <footfall/statistics/long_sum.hpp>

namespace ff = footfall;

TEST_CASE("a long sum keeps what a plain one loses") {
  ff::long_sum tenths;
  double plain = 0;
  for (int i = 0; i < 10'000'000; ++i) {
    tenths.add(0.1);
    plain += 0.1;
  }
  CHECK(std::fabs(tenths.value() - 1e6) <= 1e-9);
  CHECK(std::fabs(plain - 1e6) > 1e-5);
}

TEST_CASE("whichever is larger, the sum or the value") {
  ff::long_sum sum;
  for (const double value : {1.0, 1e100, 1.0, -1e100}) sum.add(value);
  CHECK(sum.value() == 2);
  CHECK(ff::long_sum().value() == 0);
}
