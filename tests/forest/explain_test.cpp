// SPDX-License-Identifier: MIT
// Reasons for scores: equal to the definition of Shapley values, additive, the same for one and for many.
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/forest/explain.hpp>
#include <footfall/forest/random_forest.hpp>

#include <tests/forest/made_sessions.hpp>
#include <tests/forest/shapley_brute_force.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> session_of(const ff::matrix<double>& x, ff::index row) {
  std::vector<double> result;
  for (ff::index column = 0; column < x.cols(); ++column) result.push_back(x(row, column));
  return result;
}

/// The largest difference between explanations and the definition, over the first `rows` sessions.
double worst_error(const ff::fitted_forest<double>& forest, const ff::matrix<double>& background, const ff::weights& w,
                   const ff::matrix<double>& x, ff::index rows) {
  const auto explainer = ff::explainer_for(forest, background, w);
  const auto reasons = explainer.explain(x.topRows(rows));
  const auto known = forest.bins().codes(background, 0, background.rows(), forest.columns(), "test");
  const auto codes = forest.bins().codes(x, 0, rows, forest.columns(), "test");
  double worst = 0;
  for (ff::index row = 0; row < rows; ++row) {
    const auto expected = shapley_by_definition(forest, known, w, codes.row(row));
    for (ff::index column = 0; column < x.cols(); ++column) {
      worst = std::max(worst, std::fabs(reasons.values(row, column) - expected[static_cast<std::size_t>(column)]));
    }
    worst = std::max(worst, std::fabs(explainer.base() - expected.back()));
  }
  return worst;
}

/// A forest of one tree in which every question has a leaf to its left: column i % columns at depth i, bin `bin`.
ff::fitted_forest<double> chain_of(std::uint32_t depth, std::uint16_t columns, std::uint8_t bin) {
  std::vector<ff::tree_node> nodes(1);
  std::uint32_t at = 0;
  for (std::uint32_t i = 0; i < depth; ++i) {
    const auto next = static_cast<std::uint32_t>(nodes.size());
    nodes[at] = {static_cast<std::uint16_t>(i % columns), bin, false, false, next};
    nodes.push_back({0, 0, false, true, i % 7 << 28});
    nodes.push_back({0, 0, false, true, std::uint32_t{1} << 30});
    at = next + 1;
  }
  std::vector<ff::feature_info> names;
  std::vector<std::vector<double>> edges(columns, {0.5, 1.5});
  for (std::uint16_t i = 0; i < columns; ++i) {
    names.push_back({ff::text("c", i), ff::text("c", i), ff::stage::unknown});
  }
  return ff::fitted_forest<double>::from_parts(names, ff::fitted_bins<double>::from_parts(edges), nodes, {0},
                                               std::vector<double>(columns, 0.0), {}, {});
}

}  // namespace

TEST_CASE("reasons are Shapley values, by the definition over all subsets") {
  const auto shop = made_shop(200, 4);
  for (const int depth : {1, 3, 0}) {
    CAPTURE(depth);
    const auto forest = ff::random_forest{.trees = 4, .max_depth = depth, .seed = 5}.fit(shop.x, shop.y());
    CHECK(worst_error(forest, shop.x, {}, shop.x, 25) < 1e-14);
  }
}

TEST_CASE("a background that leaves questions without sessions, and weights") {
  const auto shop = made_shop(200, 6);
  const auto forest = ff::random_forest{.trees = 3, .seed = 1}.fit(shop.x, shop.y());
  const ff::matrix<double> few = shop.x.topRows(9);
  CHECK(worst_error(forest, few, {}, shop.x, 20) < 1e-14);
  std::vector<double> w;
  for (int i = 0; i < 200; ++i) w.push_back(0.25 * (i % 5));
  CHECK(worst_error(forest, shop.x, ff::weights(w), shop.x, 10) < 1e-14);
}

TEST_CASE("paths of more columns than a register has points") {
  const auto forest = chain_of(40, 18, 0);
  ff::random_stream random(1);
  ff::matrix<double> x(60, 18);
  for (ff::index i = 0; i < x.size(); ++i) x.data()[i] = random.below(6) == 0 ? 0 : 2;
  x.row(0).setConstant(2);
  CHECK(worst_error(forest, x, {}, x, 3) < 1e-13);
}

TEST_CASE("no limit on depth") {
  const auto forest = chain_of(20'000, 3, 0);
  ff::matrix<double> x = ff::matrix<double>::Constant(4, 3, 2);
  x(1, 0) = 0;
  x(2, 2) = missing;
  const auto reasons = ff::explainer_for(forest, x).explain(x);
  const auto scores = forest.score(x);
  for (ff::index row = 0; row < 4; ++row) {
    CHECK(std::fabs(reasons.base + reasons.values.row(row).sum() - scores[static_cast<std::size_t>(row)]) < 1e-12);
  }
}

TEST_CASE("base and contributions add up to the score, and the base is the mean score") {
  const auto shop = made_shop(500, 7);
  const auto forest = ff::random_forest{.trees = 40, .seed = 2}.fit(shop.x, shop.y());
  const auto explainer = ff::explainer_for(forest, shop.x);
  const auto reasons = explainer.explain(shop.x);
  const auto scores = forest.score(shop.x);
  double mean = 0;
  double worst = 0;
  for (ff::index row = 0; row < 500; ++row) {
    const double score = scores[static_cast<std::size_t>(row)];
    worst = std::max(worst, std::fabs(reasons.base + reasons.values.row(row).sum() - score));
    mean += score / 500;
  }
  CHECK(worst < 1e-12);
  CHECK(std::fabs(explainer.base() - mean) < 1e-12);
  CHECK(reasons.values.col(5).isZero(0));  // constant: no tree asks for it
}

TEST_CASE("columns that play the same part get the same contribution") {
  // x0 and x1 alike in the data and in the trees: both trees ask for one, then for the other.
  const auto tree = [](std::uint16_t first, std::uint16_t second) {
    return std::vector<ff::tree_node>{{first, 0, false, false, 1},
                                      {0, 0, false, true, 0},
                                      {second, 0, false, false, 3},
                                      {0, 0, false, true, 0},
                                      {0, 0, false, true, ff::tree_node::one}};
  };
  auto nodes = tree(0, 1);
  const auto other = tree(1, 0);
  nodes.insert(nodes.end(), other.begin(), other.end());
  const auto bins = ff::fitted_bins<double>::from_parts({{0.5}, {0.5}, {0.5}});
  const std::vector<ff::feature_info> names{{"a", "a", {}}, {"b", "b", {}}, {"c", "c", {}}};
  const auto forest = ff::fitted_forest<double>::from_parts(names, bins, nodes, {0, 5}, {0.5, 0.5, 0}, {}, {});
  ff::matrix<double> x(8, 3);
  for (int row = 0; row < 8; ++row) x.row(row) << row % 2, row / 2 % 2, row / 4;
  const auto reasons = ff::explainer_for(forest, x).explain(x);
  for (ff::index row = 0; row < 8; ++row) {
    CAPTURE(row);
    if (x(row, 0) == x(row, 1)) CHECK(reasons.values(row, 0) == doctest::Approx(reasons.values(row, 1)).epsilon(1e-14));
    CHECK(reasons.values(row, 2) == 0);
  }
  // 1 and 1: the product 1 against its mean 1/4, shared evenly.
  CHECK(reasons.values(3, 0) == doctest::Approx(0.375).epsilon(1e-14));
  // 1 and 0: v(a) = 1/2, v(b) = 0, v(ab) = 0.
  CHECK(reasons.values(1, 0) == doctest::Approx(0.125).epsilon(1e-14));
  CHECK(reasons.values(1, 1) == doctest::Approx(-0.375).epsilon(1e-14));
}

TEST_CASE("reasons do not depend on threads, on other sessions or on their order") {
  const auto shop = made_shop(300, 9);
  const auto forest = ff::random_forest{.trees = 12, .seed = 3}.fit(shop.x, shop.y());
  const auto explainer = ff::explainer_for(forest, shop.x, {}, {.threads = 1});
  CHECK(explainer == ff::explainer_for(forest, shop.x, {}, {.threads = 3}));
  const auto alone = explainer.explain(shop.x, {.threads = 1});
  CHECK(ff::digest_of(alone.values) == ff::digest_of(explainer.explain(shop.x, {.threads = 3}).values));
  for (const ff::index rows : {1, 7, 8, 9, 65}) {
    const auto some = explainer.explain(shop.x.middleRows(100, rows));
    CHECK(some.values == alone.values.middleRows(100, rows));
  }
  const ff::matrix<double> turned = shop.x.colwise().reverse();
  CHECK(explainer.explain(turned).values == ff::matrix<double>(alone.values.colwise().reverse()));
  for (const ff::index row : {0, 8, 299}) {
    const auto one = explainer.explain_one(session_of(shop.x, row));
    for (std::size_t column = 0; column < 6; ++column) {
      CHECK(one.reasons[column].contribution == alone.values(row, static_cast<ff::index>(column)));
    }
  }
}

TEST_CASE("flipped labels flip every contribution") {
  const auto shop = made_shop(200, 10);
  std::vector<int> flipped;
  for (const int bought : shop.bought) flipped.push_back(1 - bought);
  const ff::random_forest recipe{.trees = 6, .seed = 4};
  const auto as_is = ff::explainer_for(recipe.fit(shop.x, shop.y()), shop.x).explain(shop.x);
  const auto other = ff::explainer_for(recipe.fit(shop.x, ff::labels(flipped)), shop.x).explain(shop.x);
  CHECK((as_is.values + other.values).cwiseAbs().maxCoeff() < 1e-9);  // leaf shares are rounded to 2^-31
}

TEST_CASE("a rising map of a column changes no contribution") {
  const auto shop = made_shop(200, 17);  // fewer sessions than bins: each value has its own
  ff::matrix<double> mapped = shop.x;
  mapped.col(0) = shop.x.col(0).array().cube() * 8 + 1;
  mapped.col(3) = shop.x.col(3).array() / 1024 - 3;
  const ff::random_forest recipe{.trees = 6, .seed = 4};
  const auto as_is = ff::explainer_for(recipe.fit(shop.x, shop.y()), shop.x).explain(shop.x);
  const auto other = ff::explainer_for(recipe.fit(mapped, shop.y()), mapped).explain(mapped);
  CHECK(as_is.values == other.values);
}

TEST_CASE("a forest of many trees is explained by the mean over its trees") {
  const auto shop = made_shop(150, 18);
  const ff::random_forest recipe{.trees = 5, .seed = 9};
  const auto forest = recipe.fit(shop.x, shop.y());
  ff::matrix<double> sum = ff::matrix<double>::Zero(150, 6);
  for (ff::index t = 0; t < 5; ++t) {
    const auto tree = forest.tree(t);
    const auto alone = ff::fitted_forest<double>::from_parts(
        forest.columns(), forest.bins(), {tree.begin(), tree.end()}, {0}, std::vector<double>(6, 0.0), {}, {});
    sum += ff::explainer_for(alone, shop.x).explain(shop.x).values / 5;
  }
  const auto together = ff::explainer_for(forest, shop.x).explain(shop.x);
  CHECK((sum - together.values).cwiseAbs().maxCoeff() < 1e-14);
}

TEST_CASE("a column and its copy share what the column had") {
  const auto noise = made_noise(400, 3, 11);
  std::vector<int> bought;
  for (ff::index row = 0; row < 400; ++row) bought.push_back(noise.x(row, 0) > 512 ? 1 : 0);
  ff::matrix<double> twice(400, 4);
  twice << noise.x, noise.x.col(0);
  const ff::random_forest recipe{.trees = 60, .features_per_split = 2, .seed = 6};
  const auto forest = recipe.fit(twice, ff::labels(bought));
  const auto sizes = ff::explainer_for(forest, twice).explain(twice).mean_sizes();
  CHECK(std::fabs(sizes[0] / (sizes[0] + sizes[3]) - 0.5) < 0.15);
  CHECK(sizes[0] > 3 * sizes[1]);
  CHECK(sizes[3] > 3 * sizes[2]);
}

TEST_CASE("one session's reasons bear names, sources and values") {
  const auto shop = made_shop(200, 12);
  const auto x = named(shop.x);
  const auto forest = ff::random_forest{.trees = 20, .seed = 1}.fit(x, shop.y());
  const auto explainer = ff::explainer_for(forest, x);
  std::vector<double> session{900, 90, 4, missing, 100, 3};
  const auto why = explainer.explain_one(session);
  REQUIRE(why.reasons.size() == 6);
  CHECK(why.reasons[1].name == "c1");
  CHECK(why.reasons[1].source == "source0");
  CHECK(*why.reasons[1].value == 90);
  CHECK(std::isnan(*why.reasons[3].value));
  CHECK(std::fabs(why.score() - forest.score_one(session)) < 1e-12);
  CHECK(why.strongest(1)[0].contribution > 0);
  CHECK(ff::by_source(why).reasons.size() == 3);
  CHECK(explainer.explain(x).columns == x.columns());
}

TEST_CASE("a forest of leaves says nothing") {
  const auto shop = made_shop(50, 13);
  const auto forest = ff::random_forest{.trees = 3, .min_leaf = 50, .seed = 1}.fit(shop.x, shop.y());
  const auto reasons = ff::explainer_for(forest, shop.x).explain(shop.x);
  CHECK(reasons.values.isZero(0));
  CHECK(reasons.base == doctest::Approx(forest.score(shop.x)[0]).epsilon(1e-12));
  CHECK(ff::explainer_for(forest, shop.x).explain(ff::matrix<double>(0, 6)).values.rows() == 0);
}

TEST_CASE("floats as well as doubles") {
  const auto shop = made_shop(200, 14);
  const ff::matrix<float> x = shop.x.cast<float>();
  const ff::random_forest recipe{.trees = 5, .seed = 1};
  const auto narrow = ff::explainer_for(recipe.fit(x, shop.y()), x).explain(x);
  const auto wide = ff::explainer_for(recipe.fit(shop.x, shop.y()), shop.x).explain(shop.x);
  CHECK(narrow.values == wide.values);
}

TEST_CASE("what cannot be explained is said") {
  const auto shop = made_shop(100, 15);
  const auto x = named(shop.x);
  const auto forest = ff::random_forest{.trees = 2, .seed = 1}.fit(x, shop.y());
  const auto explainer = ff::explainer_for(forest, x);
  CHECK(thrown_by([&] { return explainer.explain(shop.x.leftCols(5)); }) ==
        "wrong_shape: explainer: fitted on 6 columns, got 5");
  CHECK(thrown_by([&] {
          return explainer.explain_one(std::vector<double>{1, 2});
        }) == "wrong_shape: explainer: fitted on 6 columns, got 2");
  CHECK(thrown_by([&] {
          return explainer.explain_one(std::vector<double>{1, 2, infinity, 1, 1, 1});
        }) == "not_finite: explainer: column 'c2' must be finite or missing, got inf in row 0");
  ff::matrix<double> bad = shop.x;
  bad(70, 4) = -infinity;
  CHECK(thrown_by([&] { return explainer.explain(bad); }) ==
        "not_finite: explainer: column 'c4' must be finite or missing, got -inf in row 70");
  CHECK(thrown_by([&] { return ff::explainer_for(forest, bad); }) ==
        "not_finite: explainer: column 'c4' must be finite or missing, got -inf in row 70");
  CHECK(thrown_by([&] { return ff::explainer_for(ff::fitted_forest<double>(), x); }) ==
        "wrong_shape: explainer: the forest must have at least one tree, got 0");
  CHECK(thrown_by([&] { return ff::explainer_for(forest, ff::matrix<double>(0, 6)); }) ==
        "wrong_shape: explainer: there must be at least one row, got 0");
  CHECK(thrown_by([&] {
          return ff::explainer_for(forest, x, ff::weights({1, 2}));
        }) == "wrong_shape: explainer: there must be one weight for each of 100 rows, got 2");
  auto renamed = x.columns();
  renamed[2].name = "other";
  CHECK(thrown_by([&] { return explainer.explain(ff::features<double>(shop.x, renamed)); }) ==
        "unknown_name: explainer: column 2 was 'c2' when fitted, got 'other'");
  const ff::progress stop = [](std::string_view, ff::index, ff::index) { return false; };
  CHECK(thrown_by([&] { return explainer.explain(x, {.threads = 1, .progress = stop}); }) ==
        "cancelled: explain: cancelled after 1 of 2");
  CHECK(thrown_by([&] { return ff::explainer_for(forest, x, {}, {.threads = 1, .progress = stop}); }) ==
        "cancelled: explainer: cancelled after 1 of 2");
}

TEST_CASE("parts make the explainer again, and only good ones") {
  const auto shop = made_shop(100, 16);
  const auto forest = ff::random_forest{.trees = 2, .seed = 1}.fit(shop.x, shop.y());
  const auto explainer = ff::explainer_for(forest, shop.x);
  using fitted = ff::fitted_explainer<double>;
  const auto covers = std::get<1>(explainer.parts());
  const auto again = fitted::from_parts(forest, covers);
  CHECK(again == explainer);
  CHECK(again.base() == explainer.base());
  CHECK(again.explain(shop.x).values == explainer.explain(shop.x).values);
  double total = 0;
  for (const double cover : covers) total += cover;
  CHECK(total == 200);  // every session once in each tree
  const auto thrown = [&](std::size_t at, double value) {
    auto changed = covers;
    changed[at] = value;
    return thrown_by([&] { return fitted::from_parts(forest, changed); });
  };
  CHECK(thrown(0, -1) == "bad_parts: explainer: a cover must be finite and not negative, got -1");
  CHECK(thrown(1, missing) == "bad_parts: explainer: a cover must be finite and not negative, got nan");
  auto fewer = covers;
  fewer.pop_back();
  CHECK(code_thrown_by([&] { return fitted::from_parts(forest, fewer); }) == "bad_parts");
  fewer.resize(covers.size() + 1, 1.0);
  CHECK(code_thrown_by([&] { return fitted::from_parts(forest, fewer); }) == "bad_parts");
  CHECK(thrown_by([&] { return fitted::from_parts(forest, std::vector<double>(covers.size(), 0.0)); }) ==
        "bad_parts: explainer: the covers of tree 0 add up to 0");
  CHECK(code_thrown_by([&] { return fitted::from_parts(ff::fitted_forest<double>(), {}); }) == "bad_parts");
}
