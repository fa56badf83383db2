// SPDX-License-Identifier: MIT
// The forest beside scikit-learn's, on the same sessions: forests by what they are worth, single trees leaf by leaf.
#include <cmath>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/evaluate/ranking.hpp>
#include <footfall/forest/random_forest.hpp>

#include <tests/oracle/forest.hpp>

namespace {

namespace ff = footfall;

struct oracle_sessions {
  ff::matrix<double> x;
  std::vector<int> bought;

  /// The formula of make_forest.py, draw by draw.
  oracle_sessions(int rows, unsigned seed) : x(rows, 8) {
    std::uint32_t state = seed;
    const auto draw = [&](std::uint32_t below) {
      state = (state * 1103515245U + 12345U) & 0x7FFFFFFFU;
      return static_cast<int>((state >> 8) % below);
    };
    for (ff::index row = 0; row < rows; ++row) {
      const int drawn[8] = {draw(1000), draw(1000), draw(200), draw(10), draw(2), draw(1000), draw(100), draw(5)};
      for (ff::index column = 0; column < 8; ++column) x(row, column) = drawn[column];
      const int strength = drawn[0] + drawn[1] * drawn[3] / 8 + 3 * drawn[2] * drawn[4] + draw(600);
      bought.push_back(strength > 1500 ? 1 : 0);
    }
  }
};

}  // namespace

TEST_CASE("forests rank as well as scikit-learn's") {
  double difference = 0;  // mean over all sets of sessions
  for (const auto& expected : oracle::forest_cases) {
    const oracle_sessions data(1000, expected.data);
    const ff::matrix<double> train = data.x.topRows(500);
    const ff::matrix<double> test = data.x.bottomRows(500);
    const ff::labels y_train(std::vector<int>(data.bought.begin(), data.bought.begin() + 500));
    const ff::labels y_test(std::vector<int>(data.bought.begin() + 500, data.bought.end()));
    CAPTURE(expected.data);
    CAPTURE(expected.min_leaf);
    double mean = 0;
    for (int seed = 0; seed < expected.seeds; ++seed) {
      const ff::random_forest recipe{
          .trees = expected.trees, .min_leaf = expected.min_leaf, .seed = static_cast<std::uint64_t>(seed)};
      mean += ff::roc_auc(recipe.fit(train, y_train).score(test), y_test).value / expected.seeds;
    }
    CHECK(std::fabs(mean - expected.auc) < 0.01);
    difference += (mean - expected.auc) / static_cast<double>(oracle::forest_cases.size());
  }
  CAPTURE(difference);
  CHECK(std::fabs(difference) < 0.003);
}

TEST_CASE("a single tree makes scikit-learn's leaves where no two splits are equally good") {
  for (const auto& expected : oracle::tree_cases) {
    CAPTURE(expected.rows);
    const oracle_sessions data(expected.rows, expected.seed);
    const ff::random_forest recipe{.trees = 1,
                                   .features_per_split = 8,
                                   .max_depth = expected.max_depth,
                                   .min_leaf = expected.min_leaf,
                                   .bootstrap = false};
    const auto tree = recipe.fit(data.x, ff::labels(data.bought));
    CHECK(tree.nodes() == expected.nodes);
    const auto scores = tree.score(data.x);
    REQUIRE(scores.size() == expected.share.size());
    for (std::size_t row = 0; row < scores.size(); ++row)
      CHECK(std::fabs(scores[row] - expected.share[row]) <= 0x1p-32);
  }
}
