// SPDX-License-Identifier: MIT
// The forest as a recipe: what it learns, what it refuses, and that nothing but data, options and seed decides its bits.
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/forest/random_forest.hpp>

#include <tests/forest/made_sessions.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

ff::matrix<double> pick(const ff::matrix<double>& x, const ff::row_set& rows) { return x(rows, Eigen::all); }

/// The longest path, in questions.
int depth_of(std::span<const ff::tree_node> tree, std::uint32_t at = 0) {
  if (tree[at].leaf) return 0;
  return 1 + std::max(depth_of(tree, tree[at].next), depth_of(tree, tree[at].next + 1));
}

/// How many sessions of `x` reach each node.
template <class Scalar>
std::vector<int> visits(const ff::fitted_forest<Scalar>& forest, ff::index tree, const ff::matrix<Scalar>& x) {
  const auto nodes = forest.tree(tree);
  std::vector<int> count(nodes.size(), 0);
  for (ff::index row = 0; row < x.rows(); ++row) {
    std::uint32_t at = 0;
    ++count[at];
    while (!nodes[at].leaf) {
      const auto code = forest.bins().code(nodes[at].feature, x(row, nodes[at].feature));
      const bool left = code == 255 ? nodes[at].missing_left : code <= nodes[at].bin;
      at = nodes[at].next + (left ? 0 : 1);
      ++count[at];
    }
  }
  return count;
}

// Runs blocks from the last to the first.
struct backwards {
  void for_each_block(ff::index n, ff::index grain, ff::block_function f) const {
    for (ff::index block = (n + grain - 1) / grain; block-- > 0;) f(block * grain, std::min(n, (block + 1) * grain));
  }
};

}  // namespace

TEST_CASE("the bits of a forest are pinned: the same for every compiler, instruction set and thread count") {
  const auto shop = made_shop(500, 1);
  const ff::random_forest recipe{.trees = 20, .min_leaf = 2, .seed = 42};
  const auto forest = recipe.fit(shop.x, shop.y());
  CHECK(ff::digest_of(forest).hex() == "ac543bfe7cb6cfd4");
  CHECK(ff::digest_of(forest.score(shop.x)).hex() == "522e934a82666e91");
  const auto in_float = recipe.fit(ff::matrix<float>(shop.x.cast<float>()), shop.y());
  CHECK(ff::digest_of(in_float).hex() == "31f0d1808c26fec3");

  std::vector<double> heavy;
  for (ff::index row = 0; row < shop.x.rows(); ++row) heavy.push_back(0.25 + 0.5 * shop.x(row, 2));
  const auto weighted =
      ff::random_forest{.trees = 5, .features_per_split = 4, .max_depth = 6, .bins = 16, .bootstrap = false}.fit(
          shop.x, shop.y(), ff::weights(heavy));
  CHECK(ff::digest_of(weighted).hex() == "5fbaf87a418f9a74");
}

TEST_CASE("threads, executors and batches change no bit") {
  const auto shop = made_shop(1300, 2);  // more rows than one block of scores
  const ff::random_forest recipe{.trees = 13, .seed = 3};
  const auto forest = recipe.fit(shop.x, shop.y(), {}, {.threads = 1});
  const auto scores = forest.score(shop.x, {.threads = 1});
  for (const int threads : {2, 3, 7, 0}) {
    CAPTURE(threads);
    CHECK(recipe.fit(shop.x, shop.y(), {}, {.threads = threads}) == forest);
    CHECK(forest.score(shop.x, {.threads = threads}) == scores);
  }
  ff::serial_executor serial;
  backwards reversed;
  ff::thread_pool pool(3);
  for (const ff::executor own : {ff::executor(serial), ff::executor(reversed), ff::executor(pool)}) {
    CHECK(recipe.fit(shop.x, shop.y(), {}, {.executor = own}) == forest);
    CHECK(forest.score(shop.x, {.executor = own}) == scores);
  }
  for (const ff::index batch : {1, 7, 16, 17, 512, 513}) {
    CAPTURE(batch);
    ff::scores joined;
    for (ff::index row = 0; row < shop.x.rows(); row += batch) {
      const auto part = forest.score(shop.x.middleRows(row, std::min(batch, shop.x.rows() - row)));
      joined.insert(joined.end(), part.begin(), part.end());
    }
    CHECK(joined == scores);
  }
  for (ff::index row = 0; row < shop.x.rows(); ++row) {
    const std::vector<double> session(shop.x.row(row).begin(), shop.x.row(row).end());
    CHECK(forest.score_one(session) == scores[static_cast<std::size_t>(row)]);
  }
  CHECK(forest.score(ff::matrix<double>(0, 6)).empty());
}

TEST_CASE("one whole tree knows its training sessions by heart") {
  const auto noise = made_noise(240, 3, 6);  // all rows differ, labels are arbitrary
  const auto tree = ff::random_forest{.trees = 1, .features_per_split = 3, .bootstrap = false}.fit(noise.x, noise.y());
  const auto scores = tree.score(noise.x);
  for (std::size_t row = 0; row < scores.size(); ++row) CHECK(scores[row] == noise.bought[row]);
  CHECK(tree.out_of_bag().empty());
}

TEST_CASE("sessions that look alike get their share of positives") {
  ff::matrix<double> x(7, 1);
  x << 1, 1, 1, 1, 2, 2, 2;
  const auto tree =
      ff::random_forest{.trees = 3, .bootstrap = false}.fit(x, ff::labels(std::vector{1, 0, 0, 0, 1, 1, 0}));
  const auto scores = tree.score(x);
  CHECK(scores[0] == 0.25);
  CHECK(std::fabs(scores[4] - 2 / 3.) <= 0x1p-32);  // leaves hold steps of 2^-31
}

TEST_CASE("exclusive or is learned, though no column says anything by itself") {
  ff::random_stream stream(7);
  ff::matrix<double> x(400, 4);
  std::vector<int> bought;
  for (ff::index row = 0; row < 400; ++row) {
    for (ff::index column = 0; column < 4; ++column) x(row, column) = stream.uniform();
    bought.push_back((x(row, 0) > 0.5) != (x(row, 1) > 0.5) ? 1 : 0);
  }
  const auto forest = ff::random_forest{.trees = 100, .seed = 8}.fit(x, ff::labels(bought));
  for (int a = 0; a < 2; ++a) {
    for (int b = 0; b < 2; ++b) {
      const std::vector<double> session{0.25 + 0.5 * a, 0.25 + 0.5 * b, 0.5, 0.5};
      const double score = forest.score_one(session);
      CHECK((a != b ? score > 0.8 : score < 0.2));
    }
  }
  const auto importances = forest.importances();
  CHECK(std::set<std::string>{importances[0].name, importances[1].name} == std::set<std::string>{"x0", "x1"});
}

TEST_CASE("trees do not depend on how many there are, forests depend on the seed") {
  const auto shop = made_shop(200, 9);
  const auto nine = ff::random_forest{.trees = 9, .seed = 1}.fit(shop.x, shop.y());
  const auto five = ff::random_forest{.trees = 5, .seed = 1}.fit(shop.x, shop.y());
  for (ff::index tree = 0; tree < 5; ++tree) {
    CHECK(std::ranges::equal(nine.tree(tree), five.tree(tree), [](auto& a, auto& b) { return ff::same_parts(a, b); }));
  }
  CHECK_FALSE(ff::random_forest{.trees = 5, .seed = 2}.fit(shop.x, shop.y()) == five);
  CHECK_FALSE(ff::random_forest{.trees = 5, .seed = ~std::uint64_t{0}}.fit(shop.x, shop.y()) == five);
}

TEST_CASE("float and double, and every way to lay out a matrix") {
  const auto shop = made_shop(300, 10);  // values that float holds exactly, and so do the middles between them
  const ff::random_forest recipe{.trees = 7, .seed = 11};
  const auto forest = recipe.fit(shop.x, shop.y());
  const auto scores = forest.score(shop.x);

  const ff::matrix<float> in_float = shop.x.cast<float>();
  const auto float_forest = recipe.fit(in_float, shop.y());
  static_assert(std::is_same_v<decltype(float_forest), const ff::fitted_forest<float>>);
  CHECK(float_forest.score(in_float) == scores);

  const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> row_major = shop.x;
  CHECK(recipe.fit(row_major, shop.y()) == forest);
  CHECK(forest.score(row_major) == scores);
  const Eigen::Map<const ff::matrix<double>> map(shop.x.data(), shop.x.rows(), shop.x.cols());
  CHECK(recipe.fit(map, shop.y()) == forest);
  ff::matrix<double> padded = ff::matrix<double>::Constant(310, 8, 1e9);
  padded.block(4, 1, 300, 6) = shop.x;
  CHECK(recipe.fit(padded.block(4, 1, 300, 6), shop.y()) == forest);
  CHECK(forest.score(padded.block(4, 1, 300, 6)) == scores);
  CHECK(forest.score(shop.x + ff::matrix<double>::Zero(300, 6)) == scores);

  const auto with_names = recipe.fit(named(shop.x), shop.y());
  CHECK_FALSE(with_names == forest);  // names are part of it
  CHECK(with_names.score(named(shop.x)) == scores);
  CHECK(with_names.score(shop.x) == scores);
  CHECK(with_names.columns() == named(shop.x).columns());
  CHECK(forest.columns()[5].name == "x5");
}

TEST_CASE("missing values are learned from and scored, whatever the column") {
  auto shop = made_shop(400, 12);
  // Buying is what makes column 4 missing: the forest must see it.
  for (ff::index row = 0; row < 400; ++row)
    shop.x(row, 4) = shop.bought[static_cast<std::size_t>(row)] != 0 ? missing : 1.0;
  shop.x.col(5).setConstant(missing);
  const auto forest = ff::random_forest{.trees = 30, .features_per_split = 6, .seed = 1}.fit(shop.x, shop.y());
  CHECK(forest.importances().front().name == "x4");
  CHECK(forest.importances().front().share == 1);
  CHECK(forest.score_one(std::vector<double>{0, 0, 0, 0, missing, missing}) == 1);
  CHECK(forest.score_one(std::vector<double>{1000, 100, 4, 1000, 1, missing}) == 0);
  const double score = forest.score_one(std::vector<double>(6, missing));
  CHECK(score >= 0);
  CHECK(score <= 1);
}

TEST_CASE("max_depth and min_leaf are kept by every tree") {
  const auto shop = made_shop(400, 13);
  for (const int max_depth : {1, 2, 5}) {
    const auto forest = ff::random_forest{.trees = 10, .max_depth = max_depth, .seed = 1}.fit(shop.x, shop.y());
    int deepest = 0;
    for (ff::index tree = 0; tree < 10; ++tree) deepest = std::max(deepest, depth_of(forest.tree(tree)));
    CHECK(deepest == max_depth);
  }
  for (const int min_leaf : {1, 7, 100, 200, 201, 1'000'000}) {
    CAPTURE(min_leaf);
    const auto forest = ff::random_forest{.trees = 4, .min_leaf = min_leaf, .bootstrap = false}.fit(shop.x, shop.y());
    for (ff::index tree = 0; tree < 4; ++tree) {
      const auto count = visits(forest, tree, shop.x);
      for (std::size_t node = 0; node < count.size(); ++node) {
        if (node > 0 || forest.tree(tree).size() > 1) CHECK(count[node] >= min_leaf);
      }
    }
    if (min_leaf > 200) CHECK(forest.nodes() == 4);
    if (min_leaf == 1) CHECK(forest.nodes() > 100);
  }
}

TEST_CASE("fewer bins make coarser questions") {
  const auto shop = made_shop(400, 14);
  for (const int bins : {2, 3, 16, 255}) {
    const auto forest = ff::random_forest{.trees = 2, .bins = bins}.fit(shop.x, shop.y());
    for (const auto& edges : forest.bins().edges()) CHECK(edges.size() < static_cast<std::size_t>(bins));
    CHECK(forest.bins().edges()[0].size() == static_cast<std::size_t>(bins - 1));
  }
}

TEST_CASE("whole weights are repeated rows, to the last bit") {
  const auto shop = made_shop(150, 15);
  std::vector<double> weights;
  ff::row_set repeated;
  for (ff::index row = 0; row < 150; ++row) {
    weights.push_back(static_cast<double>(row % 4));  // 0 among them: the row is gone
    repeated.insert(repeated.end(), static_cast<std::size_t>(row % 4), row);
  }
  for (const int min_leaf : {1, 2, 9}) {
    CAPTURE(min_leaf);
    const ff::random_forest recipe{
        .trees = 8, .features_per_split = 2, .min_leaf = min_leaf, .bootstrap = false, .seed = 1};
    CHECK(recipe.fit(shop.x, shop.y(), ff::weights(weights)) ==
          recipe.fit(pick(shop.x, repeated), shop.y().rows(repeated)));
  }
  const ff::random_forest plain{.trees = 8, .seed = 1};
  CHECK(plain.fit(shop.x, shop.y(), ff::weights(std::vector<double>(150, 1.0))) == plain.fit(shop.x, shop.y()));
}

TEST_CASE("sessions of weight 0 are as good as gone, also from the bags") {
  const auto shop = made_shop(200, 16);
  std::vector<double> weights(200, 1.0);
  ff::row_set kept;
  for (ff::index row = 0; row < 200; ++row) {
    if (row % 3 == 1) {
      weights[static_cast<std::size_t>(row)] = 0;
    } else {
      kept.push_back(row);
    }
  }
  const ff::random_forest recipe{.trees = 20, .seed = 4};
  const auto weighted = recipe.fit(shop.x, shop.y(), ff::weights(weights));
  const auto removed = recipe.fit(pick(shop.x, kept), shop.y().rows(kept));
  CHECK(weighted.score(shop.x) == removed.score(shop.x));
  CHECK(weighted.importances() == removed.importances());
  const auto out_of_bag = weighted.out_of_bag();
  const auto expected = removed.out_of_bag();
  std::size_t at = 0;
  for (std::size_t row = 0; row < 200; ++row) {
    if (weights[row] == 0) {
      CHECK(std::isnan(out_of_bag[row]));
    } else {
      CHECK(ff::digest_of(out_of_bag[row]) == ff::digest_of(expected[at++]));
    }
  }
}

TEST_CASE("real weights count in proportion") {
  const auto shop = made_shop(150, 17);
  std::vector<double> halves, thirds;
  ff::row_set repeated;
  for (ff::index row = 0; row < 150; ++row) {
    const auto times = static_cast<std::size_t>(1 + row % 3);
    halves.push_back(0.5 * static_cast<double>(times));
    thirds.push_back(static_cast<double>(times) / 3);
    repeated.insert(repeated.end(), times, row);
  }
  const auto x = pick(shop.x, repeated);
  const auto y = shop.y().rows(repeated);
  // Half a session each: a leaf of 3 sessions holds 6 repeated rows.
  const ff::random_forest recipe{.trees = 6, .min_leaf = 3, .bootstrap = false, .seed = 2};
  ff::random_forest doubled = recipe;
  doubled.min_leaf = 6;
  const auto expected = doubled.fit(x, y).score(shop.x);
  CHECK(recipe.fit(shop.x, shop.y(), ff::weights(halves)).score(shop.x) == expected);

  // A third cannot be counted exactly, but nearly: the questions near the root are the same, the shares almost.
  const ff::random_forest shallow{.trees = 6, .max_depth = 2, .bootstrap = false, .seed = 2};
  const auto near = shallow.fit(shop.x, shop.y(), ff::weights(thirds)).score(shop.x);
  const auto exact = shallow.fit(x, y).score(shop.x);
  for (std::size_t row = 0; row < near.size(); ++row) CHECK(std::fabs(near[row] - exact[row]) < 1e-6);

  // A heavy session pulls its neighbourhood over.
  std::vector<double> heavy(150, 0.001);
  heavy[0] = 1000.5;
  const auto pulled =
      ff::random_forest{.trees = 5, .min_leaf = 1, .bootstrap = false}.fit(shop.x, shop.y(), ff::weights(heavy));
  for (const double score : pulled.score(shop.x)) CHECK(std::fabs(score - shop.bought[0]) < 0.01);
}

TEST_CASE("weights near what 32 bits hold are counted without overflow") {
  ff::matrix<double> x(10, 1);
  std::vector<int> bought;
  for (int i = 0; i < 10; ++i) {
    x(i, 0) = i;
    bought.push_back(i < 5 ? 1 : 0);
  }
  const ff::labels y(bought);
  const ff::random_forest recipe{.trees = 1, .bootstrap = false};
  const auto expected = recipe.fit(x, y).score(x);
  const ff::matrix<double> alike = ff::matrix<double>::Zero(10, 1);
  const auto equal = [](double weight) { return ff::weights(std::vector<double>(10, weight)); };
  // 10 x 429496729.5 = 2^32 - 1 is the last bit that fits, were it not for the rounding of each weight.
  for (const double weight : {429496729.0, 429496729.5, 429496729.25, 429496728.5, 1.5, 3.1e9 + 0.5, 1e15 + 0.5}) {
    CAPTURE(weight);
    CHECK(recipe.fit(x, y, equal(weight)).score(x) == expected);
    CHECK(recipe.fit(alike, y, equal(weight)).score(alike) == ff::scores(10, 0.5));
  }
  // One weight that dwarfs the others leaves them nothing; one class is what remains.
  std::vector<double> dwarfed(10, 0.5);
  dwarfed[0] = 1e308;
  CHECK(code_thrown_by([&] { return recipe.fit(x, y, ff::weights(dwarfed)); }) == "one_class");
  // Light weights keep their proportions, though no leaf of a whole session can be cut off.
  for (const double weight : {0.01, 1e-9, 1e-15, 1e-200}) {
    CAPTURE(weight);
    CHECK(recipe.fit(x, y, equal(weight)).score(x) == ff::scores(10, 0.5));
  }
  for (const double weight : {3e9, 1e16, 1e300}) {
    CHECK(code_thrown_by([&] { return recipe.fit(x, y, equal(weight)); }) == "limit");
  }
  CHECK(thrown_by([&] { return recipe.fit(x, y, ff::weights(std::vector<double>(10, 429496730))); }) ==
        "limit: random_forest: sessions times the largest weight must be below 2^32, got 10 times 429496730");
}

TEST_CASE("flipped labels give flipped scores, to the last bit") {
  const auto shop = made_shop(400, 18);
  std::vector<int> flipped;
  for (const int bought : shop.bought) flipped.push_back(1 - bought);
  for (const int min_leaf : {1, 5}) {
    const ff::random_forest recipe{.trees = 16, .min_leaf = min_leaf, .seed = 6};
    const auto scores = recipe.fit(shop.x, shop.y()).score(shop.x);
    const auto opposite = recipe.fit(shop.x, ff::labels(flipped)).score(shop.x);
    for (std::size_t row = 0; row < scores.size(); ++row) CHECK(scores[row] == 1 - opposite[row]);
  }
}

TEST_CASE("only the order of values matters where bins are exact") {
  auto shop = made_shop(220, 19);  // fewer than 255 distinct values in every column
  const ff::random_forest recipe{.trees = 12, .seed = 7};
  const auto forest = recipe.fit(shop.x, shop.y());
  const auto scores = forest.score(shop.x);
  ff::matrix<double> rising = shop.x;
  for (const ff::index column : {0, 1, 4}) {
    std::map<double, double> risen;  // each value another one, in the same order, at very different distances
    for (const double value : rising.col(column)) risen[value];
    double at = -1e6;
    int step = 0;
    for (auto& each : risen) each.second = at += ++step % 7 == 0 ? 1e5 : 1e-3;
    for (double& value : rising.col(column)) value = risen[value];
  }
  const auto transformed = recipe.fit(rising, shop.y());
  CHECK(transformed.score(rising) == scores);
  CHECK(transformed.importances() == forest.importances());
}

TEST_CASE("importances add up to 1, find the signal and can be joined by source") {
  const auto shop = made_shop(500, 20);
  const auto forest = ff::random_forest{.trees = 40, .min_leaf = 5, .seed = 8}.fit(named(shop.x), shop.y());
  const auto importances = forest.importances();
  double sum = 0;
  for (const auto& each : importances) {
    CHECK(each.share >= 0);
    sum += each.share;
  }
  CHECK(sum == doctest::Approx(1).epsilon(1e-12));
  CHECK(std::is_sorted(importances.begin(), importances.end(), [](auto& a, auto& b) { return a.share > b.share; }));
  const auto share = [&](const std::string& name) {
    return std::find_if(importances.begin(), importances.end(), [&](auto& each) { return each.name == name; })->share;
  };
  CHECK(share("c1") > 2 * share("c4"));  // signal above noise
  CHECK(share("c0") > share("c4"));
  CHECK(share("c5") == 0);  // constant
  const auto sources = ff::by_source(importances);
  REQUIRE(sources.size() == 3);
  for (const auto& each : sources) {
    if (each.source == "source0") CHECK(each.share == doctest::Approx(share("c0") + share("c1")));
  }
  const auto stumps = ff::random_forest{.trees = 3, .min_leaf = 500}.fit(shop.x, shop.y());
  for (const auto& each : stumps.importances()) CHECK(each.share == 0);
}

TEST_CASE("options out of range are refused by name, those at the border are taken") {
  const auto shop = made_shop(40, 21);  // 6 columns
  struct option {
    std::string name;
    std::function<void(ff::random_forest&, int)> set;
    std::vector<int> bad;
    std::vector<int> good;
    std::string range;
  };
  const int most = std::numeric_limits<int>::max();
  const int least = std::numeric_limits<int>::min();
  for (const option& each : std::vector<option>{
           {"trees", [](auto& recipe, int to) { recipe.trees = to; }, {0, -1, least}, {1, 2}, "at least 1"},
           {"features_per_split",
            [](auto& recipe, int to) { recipe.features_per_split = to; },
            {-1, 7, least, most},
            {0, 1, 6},
            "in [0, 6]"},
           {"max_depth", [](auto& recipe, int to) { recipe.max_depth = to; }, {-1, least}, {0, 1, most}, "at least 0"},
           {"min_leaf",
            [](auto& recipe, int to) { recipe.min_leaf = to; },
            {0, -1, least},
            {1, 41, most},
            "at least 1"},
           {"max_bytes", [](auto& recipe, int to) { recipe.max_bytes = to; }, {-1, least}, {0, most}, "at least 0"},
           {"bins",
            [](auto& recipe, int to) { recipe.bins = to; },
            {1, 0, -1, 256, 257, most},
            {2, 3, 255},
            "in [2, 255]"}}) {
    CAPTURE(each.name);
    for (const int value : each.bad) {
      ff::random_forest recipe{.trees = 2};
      each.set(recipe, value);
      CHECK(thrown_by([&] { return recipe.fit(shop.x, shop.y()); }) ==
            ff::text("bad_option: random_forest: ", each.name, " must be ", each.range, ", got ", value));
    }
    for (const int value : each.good) {
      ff::random_forest recipe{.trees = 2};
      each.set(recipe, value);
      CHECK(thrown_by([&] { return recipe.fit(shop.x, shop.y()); }) == "");
      // Half sessions count twice as finely; the largest min_leaf must survive that.
      CHECK(thrown_by([&] { return recipe.fit(shop.x, shop.y(), ff::weights(std::vector<double>(40, 0.5))); }) == "");
    }
  }
  const ff::random_forest recipe{.trees = 2};
  CHECK(thrown_by([&] { return recipe.fit(shop.x, shop.y(), {}, {.threads = -1}); }) ==
        "bad_option: run_options: threads must be at least 0, got -1");
  CHECK(recipe.fit(shop.x, shop.y(), {}, {.threads = 10'000}) == recipe.fit(shop.x, shop.y()));
}

TEST_CASE("data that do not fit are refused when fitted") {
  const auto shop = made_shop(40, 22);
  const ff::random_forest recipe{.trees = 2};
  const auto refusal = [&](const ff::matrix<double>& x, const ff::labels& y, const ff::weights& w = {}) {
    return thrown_by([&] { return recipe.fit(x, y, w); });
  };
  const ff::labels y = shop.y();
  CHECK(refusal(ff::matrix<double>(0, 6), ff::labels()) ==
        "wrong_shape: random_forest: there must be at least one row, got 0");
  CHECK(refusal(ff::matrix<double>(40, 0), y) ==
        "wrong_shape: random_forest: there must be at least one column, got 0");
  CHECK(refusal(shop.x.topRows(39), y) ==
        "wrong_shape: random_forest: there must be one label for each of 39 rows, got 40");
  CHECK(refusal(shop.x, y, ff::weights(std::vector<double>(41, 1.0))) ==
        "wrong_shape: random_forest: there must be one weight for each of 40 rows, got 41");
  CHECK(refusal(ff::matrix<double>::Zero(2, 65'536), ff::labels(std::vector{0, 1})) ==
        "limit: random_forest: there can be at most 65535 columns, got 65536");
  CHECK(
      refusal(shop.x.topRows(1), ff::labels(std::vector{1})) ==
      "one_class: random_forest: both labels must be there, got 1 positive and 0 negative sessions of weight above 0");
  CHECK(code_thrown_by([&] { return recipe.fit(shop.x, ff::labels(std::vector<int>(40, 0))); }) == "one_class");
  std::vector<double> only_negative;
  for (const int bought : shop.bought) only_negative.push_back(bought != 0 ? 0.0 : 1.0);
  CHECK(code_thrown_by([&] { return recipe.fit(shop.x, y, ff::weights(only_negative)); }) == "one_class");
  for (const double bad : {infinity, -infinity}) {
    auto x = shop.x;
    x(17, 4) = bad;
    CHECK(refusal(x, y) ==
          ff::text("not_finite: random_forest: column 'x4' must be finite or missing, got ", bad, " in row 17"));
  }
}

TEST_CASE("the smallest and the dullest data that can be learned from") {
  ff::matrix<double> two(2, 1);
  two << 1, 2;
  const ff::labels y(std::vector{0, 1});
  CHECK(ff::random_forest{.trees = 3, .bootstrap = false}.fit(two, y).score(two) == ff::scores{0, 1});
  // With bootstrap a bag may hold one of the two only; all that is promised is a forest.
  CHECK(ff::random_forest{.trees = 20}.fit(two, y).trees() == 20);

  const ff::labels mixed(std::vector{1, 0, 0, 0, 1, 0, 0, 0});
  for (const double value : {4.0, missing}) {
    const ff::matrix<double> same = ff::matrix<double>::Constant(8, 3, value);
    const auto forest = ff::random_forest{.trees = 2, .bootstrap = false}.fit(same, mixed);
    CHECK(forest.nodes() == 2);
    CHECK(forest.score(same) == ff::scores(8, 0.25));
  }
  const auto wide = ff::random_forest{.trees = 1, .features_per_split = 65'535, .bootstrap = false}.fit(
      ff::matrix<double>(ff::matrix<double>::NullaryExpr(
          2, 65'535,
          [](ff::index row, ff::index column) { return column == 65'534 ? static_cast<double>(row) : 0.0; })),
      y);
  CHECK(wide.importances().front().name == "x65534");
  std::vector<double> session(65'535, 0.0);
  CHECK(wide.score_one(session) == 0);
  session.back() = 1;
  CHECK(wide.score_one(session) == 1);
}

TEST_CASE("the largest finite values are as good as any") {
  const double most = std::numeric_limits<double>::max();
  ff::matrix<double> x(4, 1);
  x << -most, most, -most / 2, most / 2;
  const ff::labels y(std::vector{1, 0, 1, 0});
  const auto forest = ff::random_forest{.trees = 1, .bootstrap = false}.fit(x, y);
  CHECK(forest.score(x) == ff::scores{1, 0, 1, 0});
}

TEST_CASE("progress counts trees and can stop the work") {
  const auto shop = made_shop(60, 24);
  const ff::random_forest recipe{.trees = 12};
  for (const int threads : {1, 3}) {
    CAPTURE(threads);
    std::vector<ff::index> heard;
    const auto watched =
        recipe.fit(shop.x, shop.y(), {}, {.threads = threads, .progress = [&](auto stage, auto done, auto total) {
                                            heard.push_back(stage == "random_forest" && total == 12 ? done : -1);
                                            return true;
                                          }});
    CHECK(heard == std::vector<ff::index>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    CHECK(watched == recipe.fit(shop.x, shop.y()));

    ff::index last = 0;
    const auto cancelled = thrown_by([&] {
      return recipe.fit(shop.x, shop.y(), {}, {.threads = threads, .progress = [&](auto, auto done, auto) {
                                                 last = done;
                                                 return done < 5;
                                               }});
    });
    CHECK(cancelled == "cancelled: random_forest: cancelled after 5 of 12");
    CHECK(last == 5);  // and is not called again
  }
}
