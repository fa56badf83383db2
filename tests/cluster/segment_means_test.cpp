// SPDX-License-Identifier: MIT
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/segment_means.hpp>

#include <tests/cluster/sessions.hpp>

namespace ff = footfall;

TEST_CASE_TEMPLATE("means, sizes and squared distances", Scalar, float, double) {
  ff::matrix<Scalar> x(5, 2);
  x << 1, 10, 3, 10, 5, 40, 7, 60, 9, 50;
  const ff::segment_ids ids = {0, 0, 2, 2, 2};
  ff::workers team(on(2));
  const auto found = ff::means_by_segment<Scalar>(x, ff::columns_of(x), ids, team, "test");
  CHECK(found.sizes == std::vector<ff::index>{2, 0, 3});
  CHECK(found.filled == 2);
  CHECK(found.origin == std::vector<double>{1, 10});
  CHECK(found.means == (ff::matrix<double>(3, 2) << 1, 0, 0, 0, 6, 40).finished());
  CHECK(found.mean == std::vector<double>{4, 24});
  CHECK(ff::squares_to_means<Scalar>(x, found, ids, team) == std::vector<double>{1, 1, 104, 100, 4});
}
