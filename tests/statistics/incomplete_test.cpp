// SPDX-License-Identifier: MIT
#include <cmath>

#include <doctest/doctest.h>

#include <footfall/statistics/incomplete.hpp>

#include <tests/oracle/statistics.hpp>
#include <tests/statistics/close.hpp>

namespace ff = footfall;

TEST_CASE("the incomplete gamma function is R's pgamma in both tails") {
  for (const auto& known : oracle::gamma_cases) {
    CAPTURE(known.shape);
    CAPTURE(known.x);
    const auto found = ff::incomplete_gamma(known.shape, known.x);
    CHECK(close(found.below, known.below, 1e-12));
    CHECK(close(found.above, known.above, 1e-12));
  }
}

TEST_CASE("the incomplete beta function is R's pbeta in both tails") {
  for (const auto& known : oracle::beta_cases) {
    CAPTURE(known.a);
    CAPTURE(known.b);
    CAPTURE(known.x);
    const double accuracy = known.a + known.b <= 1e7 ? 2e-12 : 3e-11;
    const auto found = ff::incomplete_beta(known.a, known.b, known.x, 1 - known.x);
    CHECK(close(found.below, known.below, accuracy));
    CHECK(close(found.above, known.above, accuracy));
    const auto mirrored = ff::incomplete_beta(known.b, known.a, 1 - known.x, known.x);
    CHECK(close(mirrored.above, known.below, accuracy));
  }
}

TEST_CASE("closed forms far out in the tails") {
  // A gamma variable of shape 1 is exponential; beta(1, b) has (1 - x)^b above x.
  for (const double x : {1e-300, 1e-12, 0.5, 3.0, 100.0, 650.0}) {
    CHECK(close(ff::incomplete_gamma(1, x).above, std::exp(-x), 1e-12));
    CHECK(close(ff::incomplete_gamma(1, x).below, -std::expm1(-x), 1e-12));
  }
  for (const double x : {1e-300, 1e-9, 0.01, 0.5, 0.75}) {
    CHECK(close(ff::incomplete_beta(1, 400, x, 1 - x).above, std::exp(400 * std::log1p(-x)), 1e-12));
    CHECK(close(ff::incomplete_beta(1, 400, x, 1 - x).below, -std::expm1(400 * std::log1p(-x)), 1e-12));
    CHECK(close(ff::incomplete_beta(400, 1, x, 1 - x).below, std::exp(400 * std::log(x)), 1e-12));
  }
}

TEST_CASE("the ends, and beyond them") {
  for (const double x : {-1.0, 0.0}) CHECK(ff::incomplete_gamma(2, x).above == 1);
  CHECK(ff::incomplete_gamma(2, HUGE_VAL).below == 1);
  CHECK(ff::incomplete_gamma(2, HUGE_VAL).above == 0);
  CHECK(ff::incomplete_gamma(2, 1.7e308).above == 0);
  CHECK(ff::incomplete_beta(2, 3, 0, 1).below == 0);
  CHECK(ff::incomplete_beta(2, 3, 1, 0).above == 0);
  CHECK(ff::incomplete_beta(2, 3, 1, 0).below == 1);
}

TEST_CASE("what is no shape or no number gives none") {
  for (const double bad : {std::nan(""), 0.0, -1.0, -HUGE_VAL, HUGE_VAL}) {
    CHECK(std::isnan(ff::incomplete_gamma(bad, 2).below));
    CHECK(std::isnan(ff::incomplete_beta(bad, 2, 0.25, 0.75).above));
    CHECK(std::isnan(ff::incomplete_beta(2, bad, 0.25, 0.75).below));
  }
  CHECK(std::isnan(ff::incomplete_gamma(2, std::nan("")).above));
  CHECK(std::isnan(ff::incomplete_beta(2, 3, std::nan(""), 0.5).above));
  CHECK(std::isnan(ff::incomplete_beta(2, 3, 0.5, std::nan("")).above));
}
