// SPDX-License-Identifier: MIT
#include <limits>

#include <doctest/doctest.h>

#include <footfall/core/finite.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;

TEST_CASE_TEMPLATE("the first value that is not finite is named: column first, then row", Scalar, float, double) {
  const std::vector<ff::feature_info> columns = {{"clicks", "clicks", {}}, {"time", "time", {}}};
  ff::matrix<Scalar> x = ff::matrix<Scalar>::Ones(4, 2);
  const auto thrown = [&] {
    return thrown_by([&] {
      ff::require_finite<Scalar>(x, columns, "scaler");
      return 0;
    });
  };
  CHECK(thrown() == "");
  x(0, 1) = -std::numeric_limits<Scalar>::infinity();
  CHECK(thrown() == "not_finite: scaler: column 'time' is infinite in row 0");
  x(3, 0) = std::numeric_limits<Scalar>::quiet_NaN();
  CHECK(thrown() == "missing_value: scaler: column 'clicks' is missing (NaN) in row 3");
  x(2, 0) = std::numeric_limits<Scalar>::infinity();
  CHECK(thrown() == "not_finite: scaler: column 'clicks' is infinite in row 2");
}
