// SPDX-License-Identifier: MIT
// Quantiles against numpy, and the rules for weights, ties and what cannot be used.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/statistics/quantile.hpp>

#include <tests/oracle/features.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using numbers = std::vector<double>;

numbers quantiles(const numbers& values, const numbers& shares, const numbers& weights = {}) {
  return ff::quantiles(values, ff::weights(weights), shares);
}

}  // namespace

TEST_CASE("quantiles are those of numpy's averaged_inverted_cdf") {
  const numbers forty(oracle::seconds.begin(), oracle::seconds.begin() + 40);
  CHECK(quantiles(forty, oracle::quantile_shares) == oracle::quantiles_of_40);
}

TEST_CASE("the median is the usual one") {
  CHECK(quantiles({3, 1, 2}, {0.5}) == numbers{2});
  CHECK(quantiles({4, 1, 2, 3}, {0.5}) == numbers{2.5});
  CHECK(quantiles({7}, {0, 0.5, 1}) == numbers{7, 7, 7});
  CHECK(quantiles({5e-324, 5e-324}, {0.5}) == numbers{5e-324});
  CHECK(quantiles({1.7e308, 1.6e308}, {0.5})[0] == doctest::Approx(1.65e308));
}

TEST_CASE("a share that lands on a step does so whatever the last bit of the product says") {
  numbers hundred;
  for (int i = 1; i <= 100; ++i) hundred.push_back(i);
  // 0.07 * 100 is 7.000000000000001 in double
  for (int i = 1; i < 100; ++i) {
    REQUIRE(quantiles(hundred, {i / 100.0})[0] == i + 0.5);
  }
}

TEST_CASE("a weight of two is the value twice, a weight of zero no value, and the unit of weights does not matter") {
  const numbers values{5, 1, 4, 2, 9};
  const numbers shares{0, 0.1, 0.25, 1.0 / 3, 0.5, 0.9, 1};
  const numbers repeated = quantiles({5, 5, 1, 4, 4, 4, 9}, shares);
  CHECK(quantiles(values, shares, {2, 1, 3, 0, 1}) == repeated);
  CHECK(quantiles(values, shares, {0.25, 0.125, 0.375, 0, 0.125}) == repeated);
  CHECK(quantiles(values, {0, 1}, {1, 0, 1, 1, 0}) == numbers{2, 5});
}

TEST_CASE("what cannot be used is refused") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto thrown = [](const numbers& values, const numbers& shares, const numbers& weights = {}) {
    return thrown_by([&] { return quantiles(values, shares, weights); });
  };
  CHECK(thrown({}, {0.5}) == "wrong_shape: quantiles: there must be at least one row, got 0");
  CHECK(thrown({1, 2}, {0.5}, {1}) == "wrong_shape: quantiles: there must be one weight for each of 2 rows, got 1");
  CHECK(thrown({1, nan}, {0.5}) == "missing_value: quantiles: a value is missing (NaN) in row 1");
  CHECK(thrown({1, -1 / 0.0}, {0.5}) == "not_finite: quantiles: a value is infinite in row 1");
  CHECK(thrown({1}, {1.5}) == "bad_option: quantiles: a share must be in [0, 1], got 1.5");
  CHECK(thrown({1}, {nan}).substr(0, 10) == "bad_option");
}
