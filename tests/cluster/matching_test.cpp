// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/matching.hpp>

#include <tests/cluster/sessions.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

TEST_CASE("no other assignment is cheaper") {
  ff::random_stream stream(2);
  for (const ff::index rows : {1, 2, 3, 5}) {
    for (const ff::index columns : {rows, rows + 2}) {
      for (int repeat = 0; repeat < 20; ++repeat) {
        ff::matrix<double> costs(rows, columns);
        for (ff::index i = 0; i < costs.size(); ++i) costs.data()[i] = static_cast<double>(stream.below(9)) - 4;
        const auto chosen = ff::cheapest_assignment(costs);
        double found = 0;
        for (ff::index row = 0; row < rows; ++row) found += costs(row, chosen[static_cast<std::size_t>(row)]);
        std::vector<ff::index> order(static_cast<std::size_t>(columns));
        std::iota(order.begin(), order.end(), ff::index{0});
        double least = std::numeric_limits<double>::infinity();
        do {
          double sum = 0;
          for (ff::index row = 0; row < rows; ++row) sum += costs(row, order[static_cast<std::size_t>(row)]);
          least = std::min(least, sum);
        } while (std::next_permutation(order.begin(), order.end()));
        REQUIRE(found == least);
        auto distinct = chosen;
        std::ranges::sort(distinct);
        REQUIRE(std::ranges::adjacent_find(distinct) == distinct.end());
      }
    }
  }
  CHECK(ff::cheapest_assignment(ff::matrix<double>(0, 3)).empty());
  CHECK(code_thrown_by([] { return ff::cheapest_assignment(ff::matrix<double>::Zero(2, 1)); }) == "wrong_shape");
  CHECK(code_thrown_by([] {
          return ff::cheapest_assignment(ff::matrix<double>::Constant(1, 1, std::numeric_limits<double>::infinity()));
        }) == "not_finite");
}

TEST_CASE("segments keep their numbers when their sizes change places") {
  ff::matrix<double> may(6, 1), june(7, 1);
  may << 0, 0, 0, 10, 10, 50;
  june << 1, 11, 11, 51, 51, 51, 90;
  const auto before = ff::kmeans{.clusters = 3}.fit(may);
  const auto after = ff::kmeans{.clusters = 4}.fit(june);
  CHECK(before.assign(may) == ff::segment_ids{0, 0, 0, 1, 1, 2});
  CHECK(after.assign(june) == ff::segment_ids{2, 1, 1, 0, 0, 0, 3});
  const auto stable = ff::numbered_as(before, after);
  CHECK(stable.assign(june) == ff::segment_ids{0, 1, 1, 2, 2, 2, 3});
  CHECK(stable.sizes() == std::vector<double>{1, 2, 3, 1});
  CHECK(stable.inertia() == after.inertia());
  CHECK(ff::numbered_as(before, before) == before);
  CHECK(ff::numbered_as(stable, stable) == stable);

  CHECK(code_thrown_by([&] { return ff::numbered_as(after, before); }) == "wrong_shape");
  const auto wider = ff::kmeans{.clusters = 3}.fit(grouped_sessions<double>(30, 2, 3));
  CHECK(code_thrown_by([&] { return ff::numbered_as(before, wider); }) == "wrong_shape");
  const auto named = ff::kmeans{.clusters = 3}.fit(ff::features<double>(may, {{"time", "time", {}}}));
  CHECK(code_thrown_by([&] { return ff::numbered_as(named, before); }) == "unknown_name");
}

TEST_CASE_TEMPLATE("distances to centres are those of their segments", Scalar, float, double) {
  const auto x = grouped_sessions<Scalar>(5000, 3, 4);
  const auto model = ff::kmeans{.clusters = 4, .restarts = 2}.fit(x, {}, on(1));
  const auto distances = model.distances(x, on(1));
  CHECK(distances == model.distances(x, on(3)));
  const auto ids = model.assign(x);
  for (ff::index row = 0; row < x.rows(); ++row) {
    for (ff::index center = 0; center < 4; ++center) {
      REQUIRE(static_cast<double>(distances(row, center)) ==
              doctest::Approx(std::sqrt(squared_distance(x.row(row), model.centers().row(center)))).epsilon(1e-5));
    }
    REQUIRE(distances(row, ids[static_cast<std::size_t>(row)]) == distances.row(row).minCoeff());
  }
  ff::matrix<Scalar> bad = x.topRows(3);
  bad(1, 2) = std::numeric_limits<Scalar>::quiet_NaN();
  CHECK(thrown_by([&] { return model.distances(bad); }) ==
        "missing_value: kmeans: column 'x2' is missing (NaN) in row 1");
  CHECK(model.distances(ff::matrix<Scalar>(0, 3)).rows() == 0);
}
