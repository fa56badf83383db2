// SPDX-License-Identifier: MIT
#include <cmath>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/features/principal_axes.hpp>

namespace ff = footfall;

TEST_CASE("axes make the matrix diagonal") {
  ff::random_stream stream(5);
  for (const ff::index size : {1, 2, 3, 8, 25}) {
    ff::matrix<double> half(size, size + 2);
    for (ff::index i = 0; i < half.size(); ++i) half.data()[i] = stream.normal();
    const ff::matrix<double> symmetric = half * half.transpose();
    const auto found = ff::principal_axes_of(symmetric);
    Eigen::VectorXd values(size);
    for (ff::index i = 0; i < size; ++i) values[i] = found.values[static_cast<std::size_t>(i)];
    for (ff::index i = 1; i < size; ++i) CHECK(values[i] <= values[i - 1]);
    CHECK((found.axes * values.asDiagonal() * found.axes.transpose() - symmetric).cwiseAbs().maxCoeff() <
          1e-12 * symmetric.cwiseAbs().maxCoeff());
    CHECK((found.axes.transpose() * found.axes - ff::matrix<double>::Identity(size, size)).cwiseAbs().maxCoeff() <
          1e-13);
  }
}

TEST_CASE("known axes, signs and orders") {
  ff::matrix<double> symmetric(2, 2);
  symmetric << 2, -1, -1, 2;
  const auto found = ff::principal_axes_of(symmetric);
  CHECK(found.values[0] == doctest::Approx(3).epsilon(1e-15));
  CHECK(found.values[1] == doctest::Approx(1).epsilon(1e-15));
  CHECK(std::abs(found.axes(0, 0)) == doctest::Approx(std::sqrt(0.5)).epsilon(1e-15));
  CHECK(found.axes(0, 0) * found.axes(1, 0) < 0);
  CHECK(found.axes.col(1).minCoeff() > 0);
  // Values that are far apart keep their digits; equal values keep their order.
  const ff::matrix<double> tiny = Eigen::Vector3d(1e-30, 1, 1e-30).asDiagonal();
  const auto apart = ff::principal_axes_of(tiny);
  CHECK(apart.values == std::vector<double>{1, 1e-30, 1e-30});
  CHECK(apart.axes(1, 0) == 1);
  CHECK(apart.axes(0, 1) == 1);
  CHECK(apart.axes(2, 2) == 1);
}
