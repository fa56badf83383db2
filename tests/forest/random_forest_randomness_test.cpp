// SPDX-License-Identifier: MIT
// Is the forest as random as it says? Silent mistakes here (equal trees, bags that leave nobody out, columns drawn
// unevenly, out-of-bag scores that have seen their session) give results that look right.
#include <cmath>
#include <limits>
#include <set>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/evaluate/ranking.hpp>
#include <footfall/forest/random_forest.hpp>

#include <tests/forest/made_sessions.hpp>

namespace {

namespace ff = footfall;

/// Which sessions the last tree of `more` did not see, and what it said about them: the difference of two forests that
/// differ by that tree.
struct left_out {
  std::vector<bool> session;
  std::vector<std::uint64_t> value;
};

left_out by_last_tree(const ff::fitted_forest<double>& fewer, const ff::fitted_forest<double>& more) {
  const auto sums = [](const auto& forest) { return std::get<5>(forest.parts()); };
  const auto trees = [](const auto& forest) { return std::get<6>(forest.parts()); };
  left_out result;
  for (std::size_t row = 0; row < sums(more).size(); ++row) {
    result.session.push_back(trees(more)[row] != trees(fewer)[row]);
    result.value.push_back(sums(more)[row] - sums(fewer)[row]);
  }
  return result;
}

double auc_where_known(const ff::scores& scores, const ff::labels& y) {
  ff::scores known;
  ff::row_set rows;
  for (std::size_t row = 0; row < scores.size(); ++row) {
    if (std::isnan(scores[row])) continue;
    known.push_back(scores[row]);
    rows.push_back(static_cast<ff::index>(row));
  }
  return ff::roc_auc(known, y.rows(rows)).value;
}

double chi_square(const std::vector<double>& counts) {
  double total = 0;
  for (const double count : counts) total += count;
  const double expected = total / static_cast<double>(counts.size());
  double result = 0;
  for (const double count : counts) result += (count - expected) * (count - expected) / expected;
  return result;
}

}  // namespace

TEST_CASE("a bag is what a tree learned by heart, the rest is its out-of-bag sessions") {
  const auto noise =
      made_noise(1000, 3, 1);  // all rows differ: a whole tree knows those it saw, and guesses the others
  double distinct = 0;
  std::vector<ff::fitted_forest<double>> forests;
  for (int trees = 1; trees <= 25; ++trees) {
    forests.push_back(ff::random_forest{.trees = trees, .seed = 5}.fit(noise.x, noise.y(), {}, {.threads = 1}));
  }
  std::vector<double> left_out_times(1000, 0);
  for (std::size_t last = 1; last < forests.size(); ++last) {
    CAPTURE(last);
    const auto out = by_last_tree(forests[last - 1], forests[last]);
    const auto tree = forests[last].tree(static_cast<ff::index>(last));
    int wrong_inside = 0;
    int wrong_outside = 0;
    int miscounted = 0;
    for (std::size_t row = 0; row < 1000; ++row) {
      std::vector<std::uint8_t> codes;
      for (ff::index column = 0; column < 3; ++column) {
        codes.push_back(forests[last].bins().code(column, noise.x(static_cast<ff::index>(row), column)));
      }
      const auto value = ff::leaf_value(tree.data(), codes.data());
      const bool wrong = value != (noise.bought[row] != 0 ? ff::tree_node::one : 0);
      (out.session[row] ? wrong_outside : wrong_inside) += wrong ? 1 : 0;
      miscounted += out.value[row] != (out.session[row] ? value : 0) ? 1 : 0;
      distinct += out.session[row] ? 0 : 1;
      left_out_times[row] += out.session[row] ? 1 : 0;
    }
    CHECK(miscounted == 0);
    CHECK(wrong_inside < 40);    // 1000 values in 255 bins: a few of them share every bin
    CHECK(wrong_outside > 120);  // about half of 368
  }
  const double bags = 24 * 1000;
  CHECK(std::fabs(distinct / bags - (1 - std::exp(-1.0))) < 0.01);
  // Left out by chance, not by place: binomial over bags, with mean 24 / e and variance 24 / e (1 - 1 / e).
  double spread = 0;
  const double expected = 24 * std::exp(-1.0);
  for (const double times : left_out_times) spread += (times - expected) * (times - expected);
  CHECK(spread / 1000 == doctest::Approx(expected * (1 - std::exp(-1.0))).epsilon(0.2));
}

TEST_CASE("out-of-bag scores are sums over the trees that left a session out") {
  const auto shop = made_shop(300, 2);
  const auto forest = ff::random_forest{.trees = 30, .seed = 1}.fit(shop.x, shop.y());
  const auto scores = forest.out_of_bag();
  const auto parts = forest.parts();
  const auto& sums = std::get<5>(parts);
  const auto& trees = std::get<6>(parts);
  REQUIRE(scores.size() == 300);
  for (std::size_t row = 0; row < 300; ++row) {
    REQUIRE(trees[row] > 0);
    CHECK(scores[row] == doctest::Approx(static_cast<double>(sums[row]) / 0x1p31 / trees[row]).epsilon(1e-15));
  }
  CHECK(ff::roc_auc(scores, shop.y()).value >
        0.85);  // there is a signal, and it is found without having seen the label

  const auto one = ff::random_forest{.trees = 1, .seed = 1}.fit(shop.x, shop.y());
  const auto in_all = one.score(shop.x);
  int unseen = 0;
  for (std::size_t row = 0; row < 300; ++row) {
    if (std::isnan(one.out_of_bag()[row])) continue;
    CHECK(one.out_of_bag()[row] == in_all[row]);
    ++unseen;
  }
  CHECK(unseen > 80);
  CHECK(unseen < 140);
  CHECK(ff::random_forest{.trees = 2, .out_of_bag = false}.fit(shop.x, shop.y()).out_of_bag().empty());
  CHECK(ff::random_forest{.trees = 2, .bootstrap = false}.fit(shop.x, shop.y()).out_of_bag().empty());
}

TEST_CASE("nothing is found where there is nothing") {
  constexpr ff::index rows = 600;
  std::vector<double> sum(5, 0);
  double mean = 0;
  constexpr int repeats = 12;
  // Standard deviation of the AUC of scores that know nothing (Mann and Whitney 1947).
  const double sigma = std::sqrt((rows + 1) / (12.0 * rows / 2 * rows / 2));
  for (std::uint64_t seed = 0; seed < repeats; ++seed) {
    CAPTURE(seed);
    const auto noise = made_noise(rows, 5, seed + 100);
    const auto forest = ff::random_forest{.trees = 40, .min_leaf = 5, .seed = seed}.fit(noise.x, noise.y());
    const double auc = auc_where_known(forest.out_of_bag(), noise.y());
    CHECK(std::fabs(auc - 0.5) < 3 * sigma);
    mean += auc / repeats;
    for (const auto& each : forest.importances())
      sum[static_cast<std::size_t>(each.name[1] - '0')] += each.share / repeats;
  }
  CHECK(std::fabs(mean - 0.5) < 3 * sigma / std::sqrt(double(repeats)));
  for (const double share : sum) CHECK(std::fabs(share - 0.2) < 0.02);
}

TEST_CASE("all trees differ") {
  const auto shop = made_shop(200, 3);
  const auto forest = ff::random_forest{.trees = 100, .seed = 2}.fit(shop.x, shop.y());
  std::set<std::uint64_t> digests;
  for (ff::index tree = 0; tree < 100; ++tree) {
    const auto nodes = forest.tree(tree);
    digests.insert(ff::digest_of(std::vector<ff::tree_node>(nodes.begin(), nodes.end())).value);
  }
  CHECK(digests.size() == 100);
  // Without bags only the draws of columns differ; that is enough.
  const auto whole = ff::random_forest{.trees = 50, .features_per_split = 2, .bootstrap = false}.fit(shop.x, shop.y());
  digests.clear();
  for (ff::index tree = 0; tree < 50; ++tree) {
    const auto nodes = whole.tree(tree);
    digests.insert(ff::digest_of(std::vector<ff::tree_node>(nodes.begin(), nodes.end())).value);
  }
  CHECK(digests.size() == 50);
}

TEST_CASE("columns are drawn evenly at the root and below it") {
  // With one column a node the column drawn is the column asked, whatever the label says.
  const auto noise = made_noise(100, 8, 4);
  const auto forest =
      ff::random_forest{.trees = 2000, .features_per_split = 1, .max_depth = 3, .seed = 3}.fit(noise.x, noise.y());
  std::vector<double> root(8, 0), below(8, 0), pairs(64, 0);
  for (ff::index t = 0; t < forest.trees(); ++t) {
    const auto tree = forest.tree(t);
    REQUIRE_FALSE(tree[0].leaf);
    root[tree[0].feature] += 1;
    for (const std::uint32_t child : {tree[0].next, tree[0].next + 1}) {
      if (tree[child].leaf) continue;
      below[tree[child].feature] += 1;
      pairs[8U * tree[0].feature + tree[child].feature] += 1;
    }
  }
  CHECK(chi_square(root) < 24.3);  // 7 degrees of freedom: once in a thousand
  CHECK(chi_square(below) < 24.3);
  CHECK(chi_square(pairs) < 103.4);  // 63: a child draws on its own, not as its parent did
}

TEST_CASE("more trees are steadier, as one over their number") {
  const auto shop = made_shop(200, 5);
  const std::vector<double> session{500, 50, 2, 500, 512, 3};
  const auto variance = [&](int trees) {
    double sum = 0;
    double squares = 0;
    constexpr int seeds = 150;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
      const ff::random_forest recipe{.trees = trees, .min_leaf = 5, .out_of_bag = false, .seed = seed};
      const double score = recipe.fit(shop.x, shop.y(), {}, {.threads = 1}).score_one(session);
      sum += score;
      squares += score * score;
    }
    return squares / seeds - sum / seeds * (sum / seeds);
  };
  const double ratio = variance(4) / variance(16);
  CHECK(ratio > 2.5);
  CHECK(ratio < 6);
}
