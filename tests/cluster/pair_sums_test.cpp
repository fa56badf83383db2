// SPDX-License-Identifier: MIT
#include <cmath>
#include <set>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/pair_sums.hpp>

#include <tests/cluster/sessions.hpp>

namespace ff = footfall;

TEST_CASE_TEMPLATE("every session has the sum of its distances to every segment of every clustering", Scalar, float,
                   double) {
  for (const ff::index rows : {1, 16, 17, 511, 513, 1300}) {
    const auto x = grouped_sessions<Scalar>(rows, 3, 4);
    const ff::matrix_view<Scalar> view = x;
    std::vector<std::vector<ff::index>> slots(2);
    for (ff::index row = 0; row < rows; ++row) {
      slots[0].push_back(row * row % 7 % 3);
      slots[1].push_back(3 + row % 2);
    }
    const auto summed = [&](int threads) {
      ff::pair_sums<Scalar> sums(view, slots, 5);
      const auto run = on(threads);
      ff::workers team(run);
      ff::progress_meter meter(run.progress, "pairs", sums.rounds());
      sums.add(team, meter);
      return sums;
    };
    const auto sums = summed(1);
    const auto others = summed(3);
    std::set<ff::index> seen;
    for (std::size_t place = 0; place < sums.rows().size(); ++place) {
      const ff::index row = sums.rows()[place];
      if (row < 0) continue;
      seen.insert(row);
      for (ff::index slot = 0; slot < 5; ++slot) {
        REQUIRE(sums.at(static_cast<ff::index>(place), slot) == others.at(static_cast<ff::index>(place), slot));
        double expected = 0;
        for (ff::index other = 0; other < rows; ++other) {
          const auto at = static_cast<std::size_t>(other);
          if (slots[0][at] == slot || slots[1][at] == slot) {
            expected += std::sqrt(squared_distance(x.row(row), x.row(other)));
          }
        }
        REQUIRE(sums.at(static_cast<ff::index>(place), slot) ==
                doctest::Approx(expected).epsilon(std::is_same_v<Scalar, float> ? 1e-6 : 1e-13));
      }
    }
    CHECK(static_cast<ff::index>(seen.size()) == rows);
  }
}

TEST_CASE("atoms are the sessions that share all segments") {
  const auto x = grouped_sessions<double>(12, 2, 2);
  const ff::matrix_view<double> view = x;
  const std::vector<ff::index> halves = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
  const std::vector<ff::index> thirds = {2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4};
  CHECK(ff::pair_sums<double>(view, {halves}, 2).atoms() == 2);
  CHECK(ff::pair_sums<double>(view, {halves, thirds}, 5).atoms() == 4);
}
