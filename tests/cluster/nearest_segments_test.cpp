// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include <footfall/cluster/nearest_segments.hpp>

#include <tests/cluster/sessions.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

TEST_CASE_TEMPLATE("distances to centres are those of the definition, and the nearest is the least", Scalar, float,
                   double) {
  const auto data = own(grouped_sessions<Scalar>(5000, 3, 4));
  const ff::matrix<double> centers = data.x.topRows(5).template cast<double>();
  ff::workers team(on(1));
  const auto distances = ff::distances_to_centers(data.sessions(), centers, team);
  const auto ids = ff::nearest_segments(data.sessions(), centers, team);
  REQUIRE(distances.rows() == 5000);
  REQUIRE(distances.cols() == 5);
  for (ff::index row = 0; row < 5000; ++row) {
    for (ff::index center = 0; center < 5; ++center) {
      const double expected = std::sqrt(squared_distance(data.x.row(row), centers.row(center)));
      REQUIRE(static_cast<double>(distances(row, center)) ==
              doctest::Approx(expected).epsilon(std::is_same_v<Scalar, float> ? 1e-4 : 1e-12));
      REQUIRE(distances(row, ids[static_cast<std::size_t>(row)]) <= distances(row, center));
    }
  }
  for (const int threads : {2, 7}) {
    ff::workers others(on(threads));
    CHECK(ff::distances_to_centers(data.sessions(), centers, others) == distances);
    CHECK(ff::nearest_segments(data.sessions(), centers, others) == ids);
  }
}

TEST_CASE("of centres that are as near as each other the first is taken") {
  const auto data = own(grouped_sessions<double>(100, 2, 3));
  ff::matrix<double> centers(3, 2);
  centers << 1000, 1000, 2, 3, 2, 3;
  ff::workers team(on(1));
  for (const auto id : ff::nearest_segments(data.sessions(), centers, team)) CHECK(id == 1);
}

TEST_CASE_TEMPLATE("a session that has no distance is refused by name", Scalar, float, double) {
  auto data = own(grouped_sessions<Scalar>(5000, 2, 3));
  const ff::matrix<double> centers = data.x.topRows(3).template cast<double>();
  ff::workers team(on(2));
  const auto thrown = [&](Scalar value) {
    data.x(4999, 1) = value;
    const auto by_assigning = thrown_by([&] { return ff::nearest_segments(data.sessions(), centers, team); });
    const auto by_measuring = thrown_by([&] { return ff::distances_to_centers(data.sessions(), centers, team); });
    CHECK(by_assigning == by_measuring);
    return by_assigning;
  };
  CHECK(thrown(Scalar{1}) == "");
  CHECK(thrown(std::numeric_limits<Scalar>::quiet_NaN()) ==
        "missing_value: kmeans: column 'x1' is missing (NaN) in row 4999");
  CHECK(thrown(std::numeric_limits<Scalar>::infinity()) == "not_finite: kmeans: column 'x1' is infinite in row 4999");
  CHECK(thrown(std::numeric_limits<Scalar>::max()) ==
        "limit: kmeans: a session lies too far from every centre: the squared distance is too large");
}
