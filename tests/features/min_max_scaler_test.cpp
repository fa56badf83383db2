// SPDX-License-Identifier: MIT
// Columns from 0 to 1.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/features/min_max_scaler.hpp>

#include <tests/oracle/features.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

using oracle::missing;
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> listed(const ff::matrix<double>& values) { return {values.data(), values.data() + values.size()}; }

ff::matrix<double> side_by_side(const std::vector<double>& a, const std::vector<double>& b) {
  ff::matrix<double> values(static_cast<ff::index>(a.size()), 2);
  std::copy(a.begin(), a.end(), values.col(0).data());
  std::copy(b.begin(), b.end(), values.col(1).data());
  return values;
}

}  // namespace

TEST_CASE("values are those of scikit-learn's MinMaxScaler, and the ends are exactly 0 and 1") {
  const auto x = side_by_side(oracle::seconds, oracle::value);
  const auto scaled = ff::min_max_scaler{}.fit(x).transform(x);
  const auto found = listed(scaled.values().transpose());
  REQUIRE(found.size() == oracle::min_max.size());
  for (std::size_t i = 0; i < found.size(); ++i) CHECK(std::fabs(found[i] - oracle::min_max[i]) <= 1e-15);
  for (const ff::index column : {0, 1}) {
    CHECK(scaled.values().col(column).minCoeff() == 0);
    CHECK(scaled.values().col(column).maxCoeff() == 1);
  }
}

TEST_CASE("a constant column becomes 0, later values may lie outside, and the way back leads home") {
  const auto fitted = ff::min_max_scaler{}.fit(side_by_side({7, 7, 7}, {-0.0, 0, 10}));
  const auto x = side_by_side({7, 8}, {20, -10});
  CHECK(listed(fitted.transform(x).values()) == std::vector<double>{0, 1, 2, -1});
  CHECK(fitted.inverse(fitted.transform(x)).values() == x);
  CHECK_FALSE(std::signbit(fitted.origins()[1]));
}

TEST_CASE_TEMPLATE("offsets far from zero cost nothing", Scalar, float, double) {
  const auto offset = static_cast<Scalar>(std::is_same_v<Scalar, float> ? 1e5 : 1e9);
  ff::matrix<Scalar> x(4, 1);
  x << offset + 4, offset + 7, offset + 13, offset + 16;
  ff::matrix<Scalar> expected(4, 1);
  expected << 0, Scalar(0.25), Scalar(0.75), 1;
  CHECK(ff::min_max_scaler{}.fit(x).transform(x).values() == expected);
}

TEST_CASE("what cannot be used is refused by name") {
  const auto fit = [](const ff::matrix<double>& x) { return thrown_by([&] { return ff::min_max_scaler{}.fit(x); }); };
  CHECK(fit(side_by_side({1, missing}, {1, 1})) ==
        "missing_value: min_max_scaler: column 'x0' is missing (NaN) in row 1");
  CHECK(fit(side_by_side({1, 1}, {infinity, 1})) == "not_finite: min_max_scaler: column 'x1' is infinite in row 0");
  CHECK(fit(side_by_side({-1.7e308, 1.7e308}, {1, 1})) == "limit: min_max_scaler: column 'x0': its range is too large");
  CHECK(fit(ff::matrix<double>(0, 2)) == "wrong_shape: min_max_scaler: there must be at least one row, got 0");
}
