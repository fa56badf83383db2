// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/center_silhouette.hpp>

#include <tests/cluster/sessions.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

ff::segment_ids some_ids(ff::index rows, ff::index segments) {
  ff::segment_ids ids;
  for (ff::index row = 0; row < rows; ++row) ids.push_back(static_cast<std::int32_t>(row * row % 11 % segments * 2));
  return ids;
}

}  // namespace

TEST_CASE_TEMPLATE("with squares it is the silhouette of all pairs with squares", Scalar, float, double) {
  const auto x = grouped_sessions<Scalar>(300, 3, 4);
  auto ids = some_ids(300, 3);
  ids[7] = 6;  // alone
  const auto found = ff::squared_silhouette(x, ids);
  for (ff::index row = 0; row < 300; ++row) {
    std::vector<double> sums(7, 0), counts(7, 0);
    for (ff::index other = 0; other < 300; ++other) {
      const auto segment = static_cast<std::size_t>(ids[static_cast<std::size_t>(other)]);
      sums[segment] += squared_distance(x.row(row), x.row(other));
      counts[segment] += 1;
    }
    const auto own = static_cast<std::size_t>(ids[static_cast<std::size_t>(row)]);
    double b = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < 7; ++i) {
      if (i != own && counts[i] > 0) b = std::min(b, sums[i] / counts[i]);
    }
    const double a = sums[own] / (counts[own] - 1);
    const double expected = counts[own] < 2 ? 0 : (b - a) / std::max(a, b);
    CHECK(found.per_session[static_cast<std::size_t>(row)] == doctest::Approx(expected).epsilon(1e-10));
  }
  CHECK(std::isnan(found.per_segment[1]));
  CHECK(found.per_segment[6] == 0);
  CHECK(ff::squared_silhouette(x, ids, on(3)).per_session == found.per_session);
}

TEST_CASE("simplified it is that of the distances to means") {
  ff::matrix<double> x(5, 1);
  x << 0, 2, 10, 14, 30;
  const auto found = ff::simplified_silhouette(x, {0, 0, 1, 1, 2});
  CHECK(found.per_session[0] == doctest::Approx((12.0 - 1) / 12));
  CHECK(found.per_session[1] == doctest::Approx((10.0 - 1) / 10));
  CHECK(found.per_session[2] == doctest::Approx((9.0 - 2) / 9));
  CHECK(found.per_session[3] == doctest::Approx((13.0 - 2) / 13));
  CHECK(found.per_session[4] == 0);
  const ff::matrix<double> far = x.array() + 1e8;
  CHECK(ff::simplified_silhouette(far, {0, 0, 1, 1, 2}) == found);
  CHECK(ff::squared_silhouette(far, {0, 0, 1, 1, 2}) == ff::squared_silhouette(x, {0, 0, 1, 1, 2}));
  const ff::matrix<double> same = ff::matrix<double>::Constant(6, 2, 3);
  CHECK(ff::simplified_silhouette(same, {0, 0, 0, 1, 1, 1}).mean == 0);
  CHECK(ff::squared_silhouette(same, {0, 0, 0, 1, 1, 1}).mean == 0);
}

TEST_CASE("what cannot be scored is refused under the name that was called") {
  const auto x = grouped_sessions<double>(5, 2, 2);
  CHECK(thrown_by([&] {
          return ff::squared_silhouette(x, {0, 1});
        }) == "wrong_shape: squared_silhouette: there must be one segment number for each of 5 rows, got 2");
  CHECK(thrown_by([&] {
          return ff::simplified_silhouette(x, {1, 1, 1, 1, 1});
        }) == "bad_value: simplified_silhouette: there must be at least 2 segments and fewer than the 5 rows, got 1");
  auto bad = x;
  bad(3, 0) = std::nan("");
  CHECK(thrown_by([&] {
          return ff::squared_silhouette(bad, {0, 1, 0, 1, 0});
        }) == "missing_value: squared_silhouette: column 'x0' is missing (NaN) in row 3");
  bad(3, 0) = 1e200;
  CHECK(code_thrown_by([&] { return ff::simplified_silhouette(bad, {0, 1, 0, 1, 0}); }) == "limit");
}
