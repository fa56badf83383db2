// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/stability.hpp>

#include <tests/cluster/sessions.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

/// Three groups around 0, 100 and 200, `each` sessions in each.
ff::matrix<double> three_groups(ff::index each) {
  ff::random_stream stream(4);
  ff::matrix<double> x(3 * each, 2);
  for (ff::index row = 0; row < x.rows(); ++row) {
    x(row, 0) = 100.0 * static_cast<double>(row / each) + stream.normal();
    x(row, 1) = stream.normal();
  }
  return x;
}

}  // namespace

TEST_CASE("groups far apart come back whole") {
  const auto x = three_groups(40);
  const auto ids = ff::kmeans{.clusters = 3}.fit(x).assign(x);
  CHECK(ff::segment_stability(x, ids) == std::vector<double>{1, 1, 1});
}

TEST_CASE("a round crowd cut in two does not come back") {
  ff::random_stream stream(8);
  ff::matrix<double> x(400, 2);
  for (ff::index i = 0; i < x.size(); ++i) x.data()[i] = stream.normal();
  const auto ids = ff::kmeans{.clusters = 2}.fit(x).assign(x);
  for (const double each : ff::segment_stability(x, ids, {.restarts = 1})) CHECK(each < 0.9);
}

TEST_CASE("likeness is Jaccard's over the sessions drawn") {
  const auto x = grouped_sessions<double>(60, 2, 3, 3);
  ff::segment_ids ids;
  for (ff::index row = 0; row < 60; ++row) ids.push_back(static_cast<std::int32_t>(row % 3));
  const auto found = ff::segment_stability(x, ids, {.resamples = 3, .restarts = 2, .seed = 6});

  std::vector<double> expected(3, 0);
  for (std::uint64_t resample = 0; resample < 3; ++resample) {
    auto stream = ff::random_stream(6).child(resample);
    ff::row_set drawn;
    for (int i = 0; i < 60; ++i) drawn.push_back(static_cast<ff::index>(stream.below(60)));
    std::sort(drawn.begin(), drawn.end());
    const std::set<ff::index> distinct(drawn.begin(), drawn.end());
    std::vector<double> times;
    for (const auto row : distinct) times.push_back(static_cast<double>(std::count(drawn.begin(), drawn.end(), row)));
    const ff::matrix<double> sessions = x(std::vector<ff::index>(distinct.begin(), distinct.end()), Eigen::all);
    const auto there =
        ff::kmeans{.clusters = 3, .restarts = 2, .seed = 6}.fit(sessions, ff::weights(times)).assign(sessions);
    for (int segment = 0; segment < 3; ++segment) {
      double best = 0;
      for (int other = 0; other < 3; ++other) {
        int both = 0, either = 0;
        std::size_t i = 0;
        for (const auto row : distinct) {
          const bool here = ids[static_cast<std::size_t>(row)] == segment;
          const bool other_there = there[i++] == other;
          both += here && other_there;
          either += here || other_there;
        }
        best = std::max(best, static_cast<double>(both) / either);
      }
      expected[static_cast<std::size_t>(segment)] += best / 3;
    }
  }
  for (std::size_t i = 0; i < 3; ++i) CHECK(found[i] == doctest::Approx(expected[i]).epsilon(1e-12));
}

TEST_CASE_TEMPLATE("threads change no bit", Scalar, float, double) {
  const auto x = grouped_sessions<Scalar>(400, 3, 4);
  const auto ids = ff::kmeans{.clusters = 5, .restarts = 2}.fit(x).assign(x);
  const auto one = ff::segment_stability(x, ids, {.seed = 2}, on(1));
  CHECK(ff::segment_stability(x, ids, {.seed = 2}, on(3)) == one);
  CHECK_FALSE(ff::segment_stability(x, ids, {.seed = 3}, on(1)) == one);
}

TEST_CASE("resamples that cannot have so many segments are left out") {
  ff::matrix<double> x(4, 1);
  x << 1, 1, 1, 50;
  const auto found = ff::segment_stability(x, {0, 0, 0, 1}, {.resamples = 30});
  CHECK(found == std::vector<double>{1, 1});  // one resample in three has no 50 in it
  x << 1, 1, 1, 1;
  CHECK(std::isnan(ff::segment_stability(x, {0, 0, 0, 1}, {.resamples = 3})[0]));
  const auto wider = ff::segment_stability(three_groups(20), ff::segment_ids(60, 0), {.clusters = 3});
  REQUIRE(wider.size() == 3);
  CHECK(wider[0] < 0.6);
  CHECK(std::isnan(wider[2]));
}

TEST_CASE("what has no stability is refused") {
  const auto x = grouped_sessions<double>(5, 2, 2);
  const auto thrown = [&](const ff::segment_ids& ids, const ff::stability_options& options = {}) {
    return thrown_by([&] { return ff::segment_stability(x, ids, options); });
  };
  CHECK(thrown({0, 1}) == "wrong_shape: segment_stability: there must be one segment number for each of 5 rows, got 2");
  CHECK(thrown({0, 1, -1, 0, 0}) ==
        "bad_value: segment_stability: a segment number must be at least 0, got -1 in row 2");
  CHECK(thrown({0, 1, 5, 0, 0}) ==
        "bad_value: segment_stability: a segment number must be below the number of rows, got 5 for 5");
  CHECK(thrown({0, 0, 0, 0, 0}) ==
        "bad_option: segment_stability: clusters must be at least 2 and above every segment number, got 1");
  CHECK(thrown({0, 1, 2, 0, 0}, {.clusters = 2}) ==
        "bad_option: segment_stability: clusters must be at least 2 and above every segment number, got 2");
  CHECK(thrown({0, 1, 0, 1, 0}, {.resamples = 0}) ==
        "bad_option: segment_stability: resamples must be at least 1, got 0");
  CHECK(thrown({0, 1, 0, 1, 0}, {.restarts = 0}) ==
        "bad_option: segment_stability: restarts must be at least 1, got 0");
  CHECK(code_thrown_by([] { return ff::segment_stability(ff::matrix<double>(0, 2), {}); }) == "wrong_shape");
}
