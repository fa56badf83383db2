// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/center_sums.hpp>

#include <tests/cluster/sessions.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

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

TEST_CASE("a pass refuses a session that has no distance, wherever it stands") {
  auto data = own(grouped_sessions<float>(5000, 2, 3));
  const ff::matrix<double> centers = data.x.topRows(3).template cast<double>();
  ff::workers team(on(2));
  ff::segment_ids ids(5000, -1);
  data.x(4999, 1) = std::numeric_limits<float>::quiet_NaN();
  CHECK(thrown_by([&] { return ff::lloyd_pass(data.sessions(), centers, {}, ids, team); }) ==
        "missing_value: kmeans: column 'x1' is missing (NaN) in row 4999");
}
