// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/lloyd.hpp>

#include <tests/cluster/sessions.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

TEST_CASE("inertia never rises from pass to pass") {
  const auto data = own(grouped_sessions<double>(4000, 3, 6, 3));
  ff::workers team(on(1));
  double before = std::numeric_limits<double>::infinity();
  const int settled = ff::lloyd(data.sessions(), ff::matrix<double>(data.x.topRows(6)), {}, 1000, 0, team).passes;
  REQUIRE(settled > 5);
  for (int passes = 1; passes < 30; ++passes) {
    const auto end = ff::lloyd(data.sessions(), ff::matrix<double>(data.x.topRows(6)), {}, passes, 0, team);
    CHECK(end.inertia <= before * (1 + 1e-12));
    CHECK(end.passes == std::min(passes, settled));
    before = end.inertia;
  }
}

TEST_CASE("passes end when no session moves, and centres are then the means of their sessions") {
  const auto data = own(grouped_sessions<double>(4000, 2, 4));
  ff::workers team(on(1));
  const auto end = ff::lloyd(data.sessions(), ff::matrix<double>(data.x.topRows(4)), {}, 1000, 0, team);
  CHECK(end.passes < 1000);
  const auto ids = ff::nearest_segments(data.sessions(), end.centers, team);
  double inertia = 0;
  for (int segment = 0; segment < 4; ++segment) {
    Eigen::RowVectorXd mean = Eigen::RowVectorXd::Zero(2);
    double count = 0;
    for (ff::index row = 0; row < 4000; ++row) {
      if (ids[static_cast<std::size_t>(row)] != segment) continue;
      mean += data.x.row(row);
      count += 1;
      inertia += squared_distance(data.x.row(row), end.centers.row(segment));
    }
    CHECK(end.weight[static_cast<std::size_t>(segment)] == count);
    CHECK((end.centers.row(segment) - mean / count).cwiseAbs().maxCoeff() < 1e-12);
  }
  CHECK(end.inertia == doctest::Approx(inertia).epsilon(1e-12));
}

TEST_CASE("passes end at the tolerance") {
  const auto data = own(grouped_sessions<double>(4000, 3, 6, 3));
  ff::workers team(on(1));
  const auto end_at = [&](double tolerance) {
    return ff::lloyd(data.sessions(), ff::matrix<double>(data.x.topRows(6)), {}, 1000, tolerance, team);
  };
  CHECK(end_at(1e9).passes == 1);
  CHECK(end_at(1e-3).passes > 1);
  CHECK(end_at(1e-3).passes < end_at(0).passes);
}

TEST_CASE("an empty segment gets the farthest session, the first of equals, from a segment that keeps one") {
  // Segment 0: rows 0 to 3, of which 1 and 3 lie equally far; segment 1: row 4 alone, farther still; 2 and 3: nobody.
  ff::matrix<double> x(5, 1);
  x << 0, 2, 0, -2, 30;
  const auto data = own(x);
  ff::matrix<double> centers(4, 1);
  centers << 0, 20, 1000, -1000;
  ff::workers team(on(1));
  ff::segment_ids ids(5, -1);
  auto sums = ff::lloyd_pass(data.sessions(), centers, {}, ids, team);
  CHECK(sums.weight == std::vector<double>{4, 1, 0, 0});
  CHECK(ff::detail::relocate_empty(data.sessions(), centers, {}, ids, sums, team));
  CHECK(sums.weight == std::vector<double>{2, 1, 1, 1});
  CHECK(sums.sums(0, 2) == 2 - 3);
  CHECK(sums.sums(0, 3) == -2 - 3);
  CHECK(sums.sums(0, 0) == 2 * (0 - 3));
  CHECK(!ff::detail::relocate_empty(data.sessions(), centers, {}, ids, sums, team));

  const auto end = ff::lloyd(data.sessions(), centers, {}, 100, 0, team);
  CHECK(end.weight == std::vector<double>{2, 1, 1, 1});
  CHECK(end.inertia == 0);
}

TEST_CASE("a segment is not emptied to fill another, even when weights do not add up exactly") {
  // Segment 0: 10 and 9, of which the first is taken, and 20 without weight; 0.1 + 0.2 - 0.1 is more than 0.2.
  ff::matrix<double> x(5, 1);
  x << 10, 9, 20, 102, 98;
  const ff::weights w({0.1, 0.2, 0.0, 1.0, 1.0});
  const auto data = own(x);
  ff::matrix<double> centers(4, 1);
  centers << 0, 100, 1e6, -1e6;
  ff::workers team(on(1));
  ff::segment_ids ids(5, -1);
  auto sums = ff::lloyd_pass(data.sessions(), centers, w, ids, team);
  CHECK(ids == ff::segment_ids{0, 0, 0, 1, 1});
  CHECK(ff::detail::relocate_empty(data.sessions(), centers, w, ids, sums, team));
  CHECK(sums.weight[0] == doctest::Approx(0.2));
  CHECK(sums.weight[1] == 1);
  CHECK(sums.weight[2] == 0.1);
  CHECK(sums.weight[3] == 1);
  CHECK(sums.sums(0, 2) == 0.1 * (10 - 3));
  CHECK(sums.sums(0, 3) == 102 - 3);
}

TEST_CASE("a session without weight does not fill a segment") {
  ff::matrix<double> x(4, 1);
  x << 0, 1, 2, 500;
  const auto data = own(x);
  ff::matrix<double> centers(2, 1);
  centers << 1, 400;
  ff::workers team(on(1));
  const auto end = ff::lloyd(data.sessions(), centers, ff::weights({1.0, 2.0, 1.0, 0.0}), 100, 0, team);
  CHECK(end.weight[0] + end.weight[1] == 4);
  CHECK(end.weight[0] > 0);
  CHECK(end.weight[1] > 0);
  CHECK(end.centers.maxCoeff() <= 2);
}
