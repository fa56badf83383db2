// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/seeding.hpp>

#include <tests/cluster/sessions.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

template <class Scalar>
ff::row_set seeds(const ff::matrix<Scalar>& x, ff::index clusters, std::uint64_t seed, const ff::weights& w = {},
                  int threads = 1) {
  ff::workers team(on(threads));
  const ff::matrix_view<Scalar> view = x;
  return ff::kmeans_plus_plus(view, clusters, ff::random_stream(seed), w, team);
}

// Pearson's statistic of counts against shares.
double chi_square(const std::vector<int>& counts, const std::vector<double>& shares, int draws) {
  double total = 0;
  for (const double share : shares) total += share;
  double statistic = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = draws * shares[i] / total;
    if (shares[i] <= 0) {
      CHECK(counts[i] == 0);
    } else {
      statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
  }
  return statistic;
}

}  // namespace

TEST_CASE("rows are drawn as often as weight times potential says") {
  const std::vector<double> potentials = {4, 0, 1, 2.5, 0.5, 9, 0, 3};
  const ff::weights w({1.0, 5.0, 2.0, 0.0, 1.0, 0.5, 1.0, 1.0});
  std::vector<double> shares;
  double total = 0;
  for (std::size_t i = 0; i < potentials.size(); ++i) {
    shares.push_back(potentials[i] * w[static_cast<ff::index>(i)]);
    total += shares.back();
  }
  constexpr int draws = 100000;
  std::vector<int> counts(potentials.size(), 0);
  ff::random_stream stream(1);
  for (int i = 0; i < draws; ++i) {
    ++counts[static_cast<std::size_t>(ff::draw_row<double>(stream, potentials, std::vector<double>{total}, w))];
  }
  CHECK(chi_square(counts, shares, draws) < 18.5);  // 4 degrees of freedom: exceeded once in a thousand
}

TEST_CASE("rows of every chunk are drawn, and none without potential") {
  const ff::index rows = 3 * ff::simd::chunk_rows + 5;
  std::vector<float> potentials(static_cast<std::size_t>(rows), 0);
  const std::vector<ff::index> places = {0, ff::simd::chunk_rows - 1, ff::simd::chunk_rows, 3 * ff::simd::chunk_rows,
                                         rows - 1};
  std::vector<double> totals(4, 0), shares;
  for (const ff::index place : places) {
    const float share = static_cast<float>(1 + place % 7);
    potentials[static_cast<std::size_t>(place)] = share;
    totals[static_cast<std::size_t>(place / ff::simd::chunk_rows)] += share;
    shares.push_back(share);
  }
  std::vector<int> counts(places.size(), 0);
  ff::random_stream stream(2);
  constexpr int draws = 20000;
  for (int i = 0; i < draws; ++i) {
    const ff::index drawn = ff::draw_row<float>(stream, potentials, totals, ff::weights());
    const auto found = std::find(places.begin(), places.end(), drawn);
    REQUIRE(found != places.end());
    ++counts[static_cast<std::size_t>(found - places.begin())];
  }
  CHECK(chi_square(counts, shares, draws) < 18.5);
  CHECK(code_thrown_by([&] {
          return ff::draw_row<float>(stream, std::vector<float>{0, 0}, std::vector<double>{0}, ff::weights());
        }) == "bad_value");
}

TEST_CASE("the draw is the weighted draw of the stream") {
  const std::vector<double> potentials = {0.3, 0, 1.7, 2.5, 0.25, 4};
  double total = 0;
  for (const double potential : potentials) total += potential;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    ff::random_stream one(seed), two(seed);
    REQUIRE(ff::draw_row<double>(one, potentials, std::vector<double>{total}, ff::weights()) == two.pick(potentials));
  }
}

TEST_CASE_TEMPLATE("the second row is drawn by squared distance from the first", Scalar, float, double) {
  ff::matrix<Scalar> x(6, 2);
  x << 0, 0, 1, 0, 0, 2, 3, 0, 0, 0, 2, 2;
  const ff::weights w({1.0, 1.0, 0.5, 1.0, 1.0, 2.0});
  const std::vector<double> shares = {0, 1, 0.5 * 4, 9, 0, 2 * 8};
  ff::workers team(on(1));
  const ff::matrix_view<Scalar> view = x;
  ff::detail::seeding_distances<Scalar> distances(view, w, team);
  distances.add(0);
  CHECK(distances.potential() == 28);
  CHECK(distances.potentials_with({0, 1, 3}) == std::vector<double>{28, 16, 13});
  std::vector<int> counts(6, 0);
  ff::random_stream stream(3);
  constexpr int draws = 50000;
  for (int i = 0; i < draws; ++i) ++counts[static_cast<std::size_t>(distances.draw(stream))];
  CHECK(chi_square(counts, shares, draws) < 16.3);  // 3 degrees of freedom
}

TEST_CASE("the first row is drawn by weight") {
  const ff::weights w({1.0, 0.0, 3.0, 2.0});
  const ff::matrix<double> x = ff::matrix<double>::Identity(4, 4);
  std::vector<int> counts(4, 0);
  for (std::uint64_t seed = 0; seed < 20000; ++seed) ++counts[static_cast<std::size_t>(seeds(x, 1, seed, w).front())];
  CHECK(chi_square(counts, {1, 0, 3, 2}, 20000) < 13.9);  // 2 degrees of freedom
}

TEST_CASE("each row is the best of two plus the logarithm of clusters draws") {
  // Values are small whole numbers, so that every distance and every sum is exact.
  const ff::matrix<double> x = grouped_sessions<double>(5000, 2, 5).array().round();
  for (const ff::index clusters : {1, 2, 3, 7, 8, 20, 21}) {
    const auto drawn = seeds(x, clusters, 99);
    REQUIRE(static_cast<ff::index>(drawn.size()) == clusters);
    ff::random_stream stream(99);
    std::vector<double> nearest(5000, 1.0);
    const auto totals_of = [&](const std::vector<double>& values) {
      std::vector<double> totals(2, 0.0);
      for (std::size_t row = 0; row < values.size(); ++row) totals[row / 4096] += values[row];
      return totals;
    };
    const auto trials = static_cast<int>(2 + std::floor(std::log(static_cast<double>(clusters))));
    for (ff::index i = 0; i < clusters; ++i) {
      ff::index best = -1;
      double least = std::numeric_limits<double>::infinity();
      std::vector<double> kept;
      for (int trial = 0; trial < (i == 0 ? 1 : trials); ++trial) {
        const ff::index candidate = ff::draw_row<double>(stream, nearest, totals_of(nearest), ff::weights());
        std::vector<double> with(5000);
        double sum = 0;
        for (ff::index row = 0; row < 5000; ++row) {
          const double square = squared_distance(x.row(row), x.row(candidate));
          with[static_cast<std::size_t>(row)] =
              i == 0 ? square : std::min(square, nearest[static_cast<std::size_t>(row)]);
          sum += with[static_cast<std::size_t>(row)];
        }
        if (sum < least) {
          least = sum;
          best = candidate;
          kept = with;
        }
      }
      REQUIRE(drawn[static_cast<std::size_t>(i)] == best);
      nearest = kept;
    }
  }
}

TEST_CASE_TEMPLATE("threads change nothing", Scalar, float, double) {
  const auto x = grouped_sessions<Scalar>(20000, 3, 6);
  const auto drawn = seeds(x, 9, 4);
  for (const int threads : {2, 3, 7}) CHECK(seeds(x, 9, 4, {}, threads) == drawn);
  CHECK(seeds(x, 9, 5) != drawn);
}

TEST_CASE("a weight of two draws as two rows do") {
  const auto x = grouped_sessions<double>(3000, 2, 5);
  ff::row_set repeated;
  for (ff::index row = 0; row < x.rows(); ++row) repeated.insert(repeated.end(), 2, row);
  ff::matrix<double> twice(6000, 2);
  for (ff::index i = 0; i < 6000; ++i) twice.row(i) = x.row(repeated[static_cast<std::size_t>(i)]);
  const ff::weights w(std::vector<double>(3000, 2.0));
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto weighted = seeds(x, 6, seed, w);
    const auto whole = seeds(twice, 6, seed);
    for (std::size_t i = 0; i < 6; ++i) CHECK(weighted[i] == whole[i] / 2);
  }
}

TEST_CASE("too few distinct sessions are refused") {
  const ff::matrix<double> x = ff::matrix<double>::Ones(10, 2);
  CHECK(seeds(x, 1, 0).size() == 1);
  CHECK(thrown_by([&] { return seeds(x, 2, 0); }) ==
        "bad_option: kmeans: clusters must be at most the number of distinct sessions, got 2 where 1 sessions leave no "
        "distance to any other");
}
