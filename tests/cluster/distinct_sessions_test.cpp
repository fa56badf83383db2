// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <footfall/cluster/distinct_sessions.hpp>

namespace ff = footfall;

TEST_CASE_TEMPLATE("different rows are counted, up to enough", Scalar, float, double) {
  ff::matrix<Scalar> x(6, 2);
  x << 1, 2, 1, 2, 1, 3, 0, 2, -0.0, 2, 1, 2;
  CHECK(ff::distinct_sessions<Scalar>(x, 10) == 3);
  CHECK(ff::distinct_sessions<Scalar>(x, 3) == 3);
  CHECK(ff::distinct_sessions<Scalar>(x, 2) == 2);
  CHECK(ff::distinct_sessions<Scalar>(x, 0) == 0);
  CHECK(ff::distinct_sessions<Scalar>(ff::matrix<Scalar>(0, 2), 4) == 0);
}
