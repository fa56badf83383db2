// SPDX-License-Identifier: MIT
// The Gauss-Legendre rule against tabulated points and against integrals that are known.
#include <cmath>
#include <cstddef>

#include <doctest/doctest.h>

#include <footfall/statistics/quadrature.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

}  // namespace

TEST_CASE("few points are the tabulated ones") {
  // Abramowitz and Stegun 1964, table 25.4, moved from [-1, 1] to [0, 1].
  const auto two = ff::gauss_legendre(2);
  CHECK(two.points[0] == doctest::Approx((1 - 0.577350269189626) / 2).epsilon(1e-14));
  CHECK(two.points[1] == doctest::Approx((1 + 0.577350269189626) / 2).epsilon(1e-14));
  CHECK(two.weights[0] == doctest::Approx(0.5).epsilon(1e-14));
  const auto five = ff::gauss_legendre(5);
  CHECK(five.points[0] == doctest::Approx((1 - 0.906179845938664) / 2).epsilon(1e-14));
  CHECK(five.points[2] == 0.5);
  CHECK(five.weights[0] == doctest::Approx(0.236926885056189 / 2).epsilon(1e-14));
  CHECK(five.weights[2] == doctest::Approx(0.568888888888889 / 2).epsilon(1e-14));
  const auto one = ff::gauss_legendre(1);
  CHECK(one.points[0] == 0.5);
  CHECK(one.weights[0] == doctest::Approx(1).epsilon(1e-15));
}

TEST_CASE("n points integrate powers up to 2 n - 1, and not 2 n") {
  for (const int n : {1, 2, 3, 4, 7, 8, 9, 16, 33, 64}) {
    CAPTURE(n);
    const auto rule = ff::gauss_legendre(n);
    const auto integral = [&](int power) {
      double sum = 0;
      for (std::size_t i = 0; i < rule.points.size(); ++i) sum += rule.weights[i] * std::pow(rule.points[i], power);
      return sum;
    };
    for (int power = 0; power < 2 * n; ++power) {
      CAPTURE(power);
      CHECK(integral(power) * (power + 1) == doctest::Approx(1).epsilon(2e-14));
    }
    if (n <= 8) CHECK(std::fabs(integral(2 * n) * (2 * n + 1) - 1) > 1e-10);
    for (std::size_t i = 0; i < rule.points.size(); ++i) {
      CHECK(rule.points[i] > (i == 0 ? 0 : rule.points[i - 1]));
      CHECK(rule.points[i] < 1);
      CHECK(rule.weights[i] > 0);
    }
  }
}

TEST_CASE("a rule has at least one point") {
  CHECK(thrown_by([] { return ff::gauss_legendre(0); }) == "bad_option: gauss_legendre: n must be at least 1, got 0");
}
