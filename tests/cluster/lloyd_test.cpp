// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/lloyd.hpp>

#include <tests/cluster/sessions.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

// Sessions with what `kmeans_sessions` refers to. The origin is not the mean: any near the sessions will do.
template <class Scalar>
struct owned {
  ff::matrix<Scalar> x;
  std::vector<ff::feature_info> columns;
  std::vector<Scalar> origin;

  ff::kmeans_sessions<Scalar> sessions() const { return {x, columns, origin}; }
};

template <class Scalar>
owned<Scalar> own(const ff::matrix<Scalar>& x) {
  return {x, ff::columns_of(x), std::vector<Scalar>(static_cast<std::size_t>(x.cols()), Scalar{3})};
}

ff::weights some_weights(ff::index rows) {
  std::vector<double> values;
  for (ff::index row = 0; row < rows; ++row) values.push_back(static_cast<double>(row % 5) / 2);
  return ff::weights(values);
}

}  // namespace

TEST_CASE_TEMPLATE("a pass finds the nearest centres and sums what belongs to them", Scalar, float, double) {
  const auto data = own(grouped_sessions<Scalar>(9001, 3, 4));
  const ff::matrix<double> centers = data.x.topRows(5).template cast<double>();
  ff::workers team(on(1));
  for (const auto& w : {ff::weights(), some_weights(9001)}) {
    ff::segment_ids ids(9001, -1);
    const auto found = ff::lloyd_pass(data.sessions(), centers, w, ids, team);
    ff::center_sums expected(3, 5);
    for (ff::index row = 0; row < 9001; ++row) {
      ff::index best = 0;
      for (ff::index center = 1; center < 5; ++center) {
        if (squared_distance(data.x.row(row), centers.row(center)) <
            squared_distance(data.x.row(row), centers.row(best))) {
          best = center;
        }
      }
      REQUIRE(ids[static_cast<std::size_t>(row)] == best);
      expected.weight[static_cast<std::size_t>(best)] += w[row];
      expected.sums.col(best) += w[row] * (data.x.row(row).template cast<double>().array() - 3).matrix().transpose();
      expected.inertia += w[row] * squared_distance(data.x.row(row), centers.row(best));
    }
    CHECK(found.moved == 9001);
    CHECK(found.inertia == doctest::Approx(expected.inertia).epsilon(1e-6));
    for (std::size_t i = 0; i < 5; ++i) CHECK(found.weight[i] == doctest::Approx(expected.weight[i]).epsilon(1e-13));
    CHECK((found.sums - expected.sums).cwiseAbs().maxCoeff() < (std::is_same_v<Scalar, float> ? 1e-2 : 1e-8));
    CHECK(ids == ff::nearest_segments(data.sessions(), centers, team));

    ids[17] = 4 - ids[17] / 4;  // another one
    CHECK(ff::lloyd_pass(data.sessions(), centers, w, ids, team).moved == 1);
  }
}

TEST_CASE("sums of shards merge to those of the whole") {
  const auto data = own(grouped_sessions<double>(2 * ff::simd::chunk_rows, 2, 3));
  const ff::matrix<double> centers = data.x.topRows(3);
  ff::workers team(on(1));
  ff::segment_ids ids(static_cast<std::size_t>(data.x.rows()), -1);
  const auto whole = ff::lloyd_pass(data.sessions(), centers, {}, ids, team);
  ff::center_sums merged(2, 3);
  for (const ff::index half : {0, 1}) {
    const auto shard = own(ff::matrix<double>(data.x.middleRows(half * ff::simd::chunk_rows, ff::simd::chunk_rows)));
    ff::segment_ids shard_ids(static_cast<std::size_t>(ff::simd::chunk_rows), -1);
    merged.merge(ff::lloyd_pass(shard.sessions(), centers, {}, shard_ids, team));
  }
  CHECK(merged.sums == whole.sums);
  CHECK(merged.weight == whole.weight);
  CHECK(merged.inertia == whole.inertia);
  CHECK(merged.moved == whole.moved);
}

TEST_CASE_TEMPLATE("threads change no bit of a pass", Scalar, float, double) {
  const auto data = own(grouped_sessions<Scalar>(30000, 3, 4));
  const ff::matrix<double> centers = data.x.topRows(4).template cast<double>();
  const auto w = some_weights(30000);
  const auto pass = [&](int threads) {
    ff::workers team(on(threads));
    ff::segment_ids ids(30000, -1);
    return ff::lloyd_pass(data.sessions(), centers, w, ids, team);
  };
  const auto one = pass(1);
  for (const int threads : {2, 3, 7}) {
    const auto other = pass(threads);
    CHECK(other.sums == one.sums);
    CHECK(other.weight == one.weight);
    CHECK(other.inertia == one.inertia);
  }
}

TEST_CASE("inertia never rises from pass to pass") {
  const auto data = own(grouped_sessions<double>(4000, 3, 6, 3));
  ff::workers team(on(1));
  double before = std::numeric_limits<double>::infinity();
  for (int passes = 1; passes < 30; ++passes) {
    const auto end = ff::lloyd(data.sessions(), ff::matrix<double>(data.x.topRows(6)), {}, passes, 0, team);
    CHECK(end.inertia <= before * (1 + 1e-12));
    CHECK(end.passes <= passes);
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

TEST_CASE_TEMPLATE("a session that has no distance is refused by name", Scalar, float, double) {
  auto data = own(grouped_sessions<Scalar>(5000, 2, 3));
  const ff::matrix<double> centers = data.x.topRows(3).template cast<double>();
  ff::workers team(on(2));
  const auto thrown = [&](Scalar value) {
    data.x(4999, 1) = value;
    const auto by_assigning = thrown_by([&] { return ff::nearest_segments(data.sessions(), centers, team); });
    ff::segment_ids ids(5000, -1);
    const auto by_passing = thrown_by([&] { return ff::lloyd_pass(data.sessions(), centers, {}, ids, team); });
    CHECK(by_assigning == by_passing);
    return by_assigning;
  };
  CHECK(thrown(Scalar{1}) == "");
  CHECK(thrown(std::numeric_limits<Scalar>::quiet_NaN()) ==
        "missing_value: kmeans: column 'x1' is missing (NaN) in row 4999");
  CHECK(thrown(std::numeric_limits<Scalar>::infinity()) == "not_finite: kmeans: column 'x1' is infinite in row 4999");
  CHECK(thrown(std::numeric_limits<Scalar>::max()) ==
        "limit: kmeans: a session lies too far from every centre: the squared distance is too large");
}
