// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/silhouette.hpp>
#include <footfall/core/digest.hpp>

#include <tests/cluster/sessions.hpp>
#include <tests/oracle/cluster.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

ff::segment_ids some_ids(ff::index rows, int segments) {
  ff::random_stream stream(3);
  ff::segment_ids ids;
  for (ff::index row = 0; row < rows; ++row) {
    ids.push_back(static_cast<std::int32_t>(stream.below(static_cast<std::uint64_t>(segments))));
  }
  return ids;
}

// By the definition, in double.
template <class Scalar>
std::vector<double> plain_silhouette(const ff::matrix<Scalar>& x, const ff::segment_ids& ids, int segments) {
  std::vector<double> result;
  for (ff::index row = 0; row < x.rows(); ++row) {
    const auto own = static_cast<std::size_t>(ids[static_cast<std::size_t>(row)]);
    std::vector<double> sums(static_cast<std::size_t>(segments), 0), counts(sums);
    for (ff::index other = 0; other < x.rows(); ++other) {
      const auto segment = static_cast<std::size_t>(ids[static_cast<std::size_t>(other)]);
      counts[segment] += 1;
      sums[segment] += std::sqrt(squared_distance(x.row(row), x.row(other)));
    }
    double b = std::numeric_limits<double>::infinity();
    for (std::size_t segment = 0; segment < sums.size(); ++segment) {
      if (segment != own && counts[segment] > 0) b = std::min(b, sums[segment] / counts[segment]);
    }
    const double a = sums[own] / (counts[own] - 1);
    result.push_back(counts[own] < 2 || (a == 0 && b == 0) ? 0 : (b - a) / std::max(a, b));
  }
  return result;
}

void check_near(const std::vector<double>& found, const std::vector<double>& expected, double tolerance) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) CHECK(std::abs(found[i] - expected[i]) <= tolerance);
}

}  // namespace

TEST_CASE_TEMPLATE("silhouettes are scikit-learn's", Scalar, float, double) {
  const auto found = ff::silhouette(rows_of<Scalar>(oracle::kmeans_x, 3), oracle::kmeans_labels);
  check_near(found.per_session, oracle::silhouette_samples, 1e-6);
  CHECK(std::abs(found.mean - oracle::silhouette_mean) < 1e-6);
  CHECK(found.per_segment.size() == 4);
}

TEST_CASE_TEMPLATE("lone sessions, repeated ones and numbers without sessions are as in scikit-learn", Scalar, float,
                   double) {
  const auto found = ff::silhouette(rows_of<Scalar>(oracle::odd_x, 2), oracle::odd_labels);
  check_near(found.per_session, oracle::odd_samples, 1e-6);
  CHECK(found.per_session[7] == 0);
  REQUIRE(found.per_segment.size() == 6);
  CHECK(found.per_segment[0] == 1);
  CHECK(std::isnan(found.per_segment[1]));
  CHECK(found.per_segment[2] == doctest::Approx(-0.5));
  CHECK(std::isnan(found.per_segment[3]));
  CHECK(found.per_segment[5] == 0);
}

TEST_CASE_TEMPLATE("silhouettes follow their definition", Scalar, float, double) {
  for (const ff::index rows : {3, 127, 128, 129, 700}) {
    for (const int segments : {2, 7}) {
      const auto x = grouped_sessions<Scalar>(rows, 3, 4);
      auto ids = some_ids(rows, segments);
      ids[0] = 0;
      ids[1] = 1;
      ids[2] = 1;
      const auto found = ff::silhouette(x, ids);
      const auto expected = plain_silhouette(x, ids, segments);
      check_near(found.per_session, expected, std::is_same_v<Scalar, float> ? 1e-6 : 1e-13);
      double mean = 0;
      std::vector<double> per_segment(found.per_segment.size(), 0), counts(per_segment);
      for (std::size_t row = 0; row < expected.size(); ++row) {
        mean += found.per_session[row] / static_cast<double>(rows);
        per_segment[static_cast<std::size_t>(ids[row])] += found.per_session[row];
        counts[static_cast<std::size_t>(ids[row])] += 1;
      }
      CHECK(found.mean == doctest::Approx(mean).epsilon(1e-12));
      for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] > 0) CHECK(found.per_segment[i] == doctest::Approx(per_segment[i] / counts[i]).epsilon(1e-12));
      }
    }
  }
}

TEST_CASE("two pairs far apart") {
  ff::matrix<double> x(4, 1);
  x << 0, 1, 10, 11;
  const auto found = ff::silhouette(x, {0, 0, 1, 1});
  CHECK(found.per_session[0] == doctest::Approx(1 - 1 / 10.5));
  CHECK(found.per_session[1] == doctest::Approx(1 - 1 / 9.5));
  const auto crossed = ff::silhouette(x, {0, 1, 0, 1});
  CHECK(crossed.mean < 0);
}

TEST_CASE("all sessions equal: nothing speaks for any segment") {
  const auto found =
      ff::silhouette(ff::matrix<float>(ff::matrix<float>::Constant(9, 2, 4)), {0, 0, 0, 1, 1, 1, 2, 2, 2});
  CHECK(found.mean == 0);
  CHECK(found.per_session == std::vector<double>(9, 0.0));
}

TEST_CASE_TEMPLATE("far from zero silhouettes are those near zero", Scalar, float, double) {
  const double offset = std::is_same_v<Scalar, float> ? 1e4 : 1e8;
  ff::matrix<Scalar> x = grouped_sessions<Scalar>(500, 3, 4);
  x = (x.array() * 256).round() / 256;
  const ff::matrix<Scalar> far = x.array() + static_cast<Scalar>(offset);
  const auto ids = some_ids(500, 4);
  CHECK(ff::silhouette(far, ids) == ff::silhouette(x, ids));
}

TEST_CASE_TEMPLATE("threads and layouts change no bit", Scalar, float, double) {
  const auto x = grouped_sessions<Scalar>(2500, 4, 5);
  const auto ids = some_ids(2500, 5);
  const auto one = ff::silhouette(x, ids, on(1));
  for (const int threads : {2, 3, 7}) CHECK(ff::silhouette(x, ids, on(threads)) == one);
  const Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> by_row = x;
  CHECK(ff::silhouette(by_row, ids) == one);
}

TEST_CASE("the bytes are the same in every build without fused products and sums") {
  ff::random_stream stream(3);
  ff::matrix<float> x(1999, 5);
  for (ff::index i = 0; i < x.size(); ++i) x.data()[i] = static_cast<float>(stream.uniform() * 7);
  const auto ids = some_ids(1999, 4);
  CHECK(ff::digest_of(ff::silhouette(x, ids).per_session).hex() == "301dd5f792ac7a88");
  CHECK(ff::digest_of(ff::silhouette(ff::matrix<double>(x.cast<double>()), ids).per_session).hex() ==
        "ed5095dd9126bfcc");
}

TEST_CASE("the names of segments and the order of sessions only move results") {
  const auto x = grouped_sessions<double>(600, 3, 4);
  const auto ids = some_ids(600, 3);
  const auto plain = ff::silhouette(x, ids);
  ff::segment_ids renamed;
  for (const auto id : ids) renamed.push_back(2 - id);
  const auto other = ff::silhouette(x, renamed);
  for (std::size_t row = 0; row < 600; ++row) CHECK(other.per_session[row] == plain.per_session[row]);
  CHECK(other.per_segment[0] == plain.per_segment[2]);

  const ff::matrix<double> reversed = x.colwise().reverse();
  const auto backwards = ff::silhouette(reversed, ff::segment_ids(ids.rbegin(), ids.rend()));
  for (std::size_t row = 0; row < 600; ++row) {
    CHECK(std::abs(backwards.per_session[599 - row] - plain.per_session[row]) < 1e-13);
  }
}

TEST_CASE_TEMPLATE("several clusterings at once are each of them", Scalar, float, double) {
  const double tolerance = std::is_same_v<Scalar, float> ? 1e-6 : 1e-13;
  const auto check = [&](ff::index rows, const std::vector<ff::segment_ids>& clusterings) {
    const auto x = grouped_sessions<Scalar>(rows, 3, 4);
    const auto all = ff::silhouettes(x, std::span<const ff::segment_ids>(clusterings), on(1));
    REQUIRE(all.size() == clusterings.size());
    for (std::size_t c = 0; c < all.size(); ++c) {
      const auto one = ff::silhouette(x, clusterings[c]);
      check_near(all[c].per_session, one.per_session, tolerance);
      CHECK(all[c].mean == doctest::Approx(one.mean).epsilon(1e-6));
      CHECK(all[c].per_segment.size() == one.per_segment.size());
    }
    CHECK(ff::silhouettes(x, std::span<const ff::segment_ids>(clusterings), on(3)) == all);
  };
  std::vector<ff::segment_ids> nested;  // few atoms: one pass
  for (int k = 2; k <= 6; ++k) {
    auto& ids = nested.emplace_back();
    for (int row = 0; row < 1500; ++row) ids.push_back(row * k / 1500);
  }
  check(1500, nested);
  std::vector<ff::segment_ids> unrelated;  // as many atoms as sessions: in halves
  for (const int k : {2, 3, 5, 7, 9}) {
    unrelated.push_back(some_ids(900, k));
    std::rotate(unrelated.back().begin(), unrelated.back().begin() + k, unrelated.back().end());
  }
  check(900, unrelated);
  CHECK(ff::silhouettes(grouped_sessions<Scalar>(9, 2, 2), std::span<const ff::segment_ids>()).empty());
}

TEST_CASE_TEMPLATE("hundreds of segments are held one by one", Scalar, float, double) {
  const auto x = grouped_sessions<Scalar>(1200, 3, 4);
  ff::segment_ids ids = some_ids(1200, 400);
  check_near(ff::silhouette(x, ids).per_session, plain_silhouette(x, ids, 400),
             std::is_same_v<Scalar, float> ? 1e-6 : 1e-13);
  CHECK(ff::silhouette(x, ids, on(3)).per_session == ff::silhouette(x, ids, on(1)).per_session);
}

TEST_CASE("progress counts rounds and may cancel") {
  const auto x = grouped_sessions<double>(2000, 2, 3);
  auto run = on(2);
  ff::index last = 0;
  run.progress = [&](std::string_view, ff::index done, ff::index total) {
    CHECK(done == last + 1);
    CHECK(total == 4);
    last = done;
    return true;
  };
  ff::silhouette(x, some_ids(2000, 3), run);
  CHECK(last == 4);
  run.progress = [](std::string_view, ff::index, ff::index) { return false; };
  CHECK(code_thrown_by([&] { return ff::silhouette(x, some_ids(2000, 3), run); }) == "cancelled");
}

TEST_CASE("what cannot be scored is refused") {
  const auto x = grouped_sessions<double>(5, 2, 2);
  const auto thrown = [&](const ff::segment_ids& ids) { return thrown_by([&] { return ff::silhouette(x, ids); }); };
  CHECK(thrown({0, 1, 0}) == "wrong_shape: silhouette: there must be one segment number for each of 5 rows, got 3");
  CHECK(thrown({0, 1, 0, -1, 0}) == "bad_value: silhouette: a segment number must be at least 0, got -1 in row 3");
  CHECK(thrown({1, 1, 1, 1, 1}) ==
        "bad_value: silhouette: there must be at least 2 segments and fewer than the 5 rows, got 1");
  CHECK(thrown({0, 1, 2, 3, 4}) ==
        "bad_value: silhouette: there must be at least 2 segments and fewer than the 5 rows, got 5");
  CHECK(thrown({0, 1, 2, 3, 2000000000}).substr(0, 20) == "limit: silhouette: a");
  CHECK(thrown({0, 1, 2, 3, 3}) == "");
  CHECK(code_thrown_by([] { return ff::silhouette(ff::matrix<double>(0, 2), {}); }) == "bad_value");
  CHECK(code_thrown_by([] { return ff::silhouette(ff::matrix<double>(3, 0), {0, 1, 1}); }) == "wrong_shape");

  const auto with = [](double value) {
    auto bad = grouped_sessions<double>(5, 2, 2);
    bad(2, 1) = value;
    return thrown_by([&] { return ff::silhouette(bad, {0, 1, 0, 1, 0}); });
  };
  CHECK(with(std::nan("")) == "missing_value: silhouette: column 'x1' is missing (NaN) in row 2");
  CHECK(with(-std::numeric_limits<double>::infinity()) == "not_finite: silhouette: column 'x1' is infinite in row 2");
  CHECK(with(1e300) == "limit: silhouette: distances are too large for their squares");
}
