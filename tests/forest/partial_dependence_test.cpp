// SPDX-License-Identifier: MIT
// Partial dependence against its definition: the forest's own scores with the column overwritten.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/forest/partial_dependence.hpp>
#include <footfall/forest/random_forest.hpp>

#include <tests/forest/made_sessions.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

ff::scores scores_with(const ff::fitted_forest<double>& forest, ff::matrix<double> x, ff::index column, double value) {
  x.col(column).setConstant(value);
  return forest.score(x);
}

double mean_of(const ff::scores& scores, const ff::weights& w = {}) {
  double sum = 0;
  double total = 0;
  for (std::size_t row = 0; row < scores.size(); ++row) {
    sum += w[static_cast<ff::index>(row)] * scores[row];
    total += w[static_cast<ff::index>(row)];
  }
  return sum / total;
}

}  // namespace

TEST_CASE("each step is the mean score with the column overwritten, each curve a session's own") {
  const auto shop = made_shop(150, 1);
  const auto forest = ff::random_forest{.trees = 7, .seed = 2}.fit(shop.x, shop.y());
  for (ff::index column = 0; column < 6; ++column) {
    CAPTURE(column);
    const auto result = ff::partial_dependence{.column = ff::text("x", column), .curves = true}.of(forest, shop.x);
    CHECK(result.column.name == ff::text("x", column));
    REQUIRE(result.curves.rows() == 150);
    REQUIRE(result.curves.cols() == static_cast<ff::index>(result.steps.size()) + 1);
    double share = result.missing.share;
    int wrong = 0;
    for (std::size_t i = 0; i < result.steps.size(); ++i) {
      const auto& step = result.steps[i];
      share += step.share;
      // A value on the step: its upper end belongs to it, the last one has none.
      const double value = std::isinf(step.up_to) ? (std::isinf(step.above) ? 3 : step.above + 1) : step.up_to;
      const auto expected = scores_with(forest, shop.x, column, value);
      CHECK(step.mean == doctest::Approx(mean_of(expected)).epsilon(1e-13));
      CHECK(result.at(value) == step.mean);
      for (std::size_t row = 0; row < 150; ++row) {
        wrong += result.curves(static_cast<ff::index>(row), static_cast<ff::index>(i)) == expected[row] ? 0 : 1;
      }
      double inside = 0;
      for (const double v : shop.x.col(column)) inside += v > step.above && v <= step.up_to ? 1 : 0;
      CHECK(step.share == doctest::Approx(inside / 150).epsilon(1e-13));
      CHECK(step.above == (i == 0 ? -infinity : result.steps[i - 1].up_to));
    }
    CHECK(result.steps.back().up_to == infinity);
    CHECK(share == doctest::Approx(1).epsilon(1e-13));
    const auto without = scores_with(forest, shop.x, column, missing);
    CHECK(result.missing.mean == doctest::Approx(mean_of(without)).epsilon(1e-13));
    CHECK(std::isnan(result.missing.above));
    for (std::size_t row = 0; row < 150; ++row) {
      wrong += result.curves(static_cast<ff::index>(row), result.curves.cols() - 1) == without[row] ? 0 : 1;
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("values between, beyond and missing") {
  const auto shop = made_shop(100, 2);
  const auto forest = ff::random_forest{.trees = 5, .seed = 1}.fit(shop.x, shop.y());
  const auto result = ff::partial_dependence{.column = "x3"}.of(forest, shop.x);
  CHECK(result.curves.size() == 0);
  for (const double value : {-1e9, 0.0, 17.3, 500.0, 512.25, 1e12, missing}) {
    CHECK(result.at(value) == doctest::Approx(mean_of(scores_with(forest, shop.x, 3, value))).epsilon(1e-13));
  }
  CHECK(result.at(infinity) == result.steps.back().mean);
  CHECK(result.at(-infinity) == result.steps.front().mean);
  CHECK(result.missing.share > 0.1);
}

TEST_CASE("weights count sessions more than once") {
  const auto shop = made_shop(130, 3);
  const auto forest = ff::random_forest{.trees = 5, .seed = 1}.fit(shop.x, shop.y());
  std::vector<double> w;
  for (int row = 0; row < 130; ++row) w.push_back(0.25 * (row % 4));
  const auto result = ff::partial_dependence{.column = "x0"}.of(forest, shop.x, ff::weights(w));
  const auto& step = result.steps[40];
  CHECK(step.mean ==
        doctest::Approx(mean_of(scores_with(forest, shop.x, 0, step.up_to), ff::weights(w))).epsilon(1e-13));
}

TEST_CASE("a known threshold is found") {
  auto noise = made_noise(1000, 3, 4);
  for (ff::index row = 0; row < 1000; ++row) {
    noise.bought[static_cast<std::size_t>(row)] = noise.x(row, 1) > 700 ? 1 : 0;
  }
  const auto forest =
      ff::random_forest{.trees = 50, .features_per_split = 2, .min_leaf = 5, .seed = 1}.fit(noise.x, noise.y());
  const auto driver = ff::partial_dependence{.column = "x1"}.of(forest, noise.x);
  CHECK(driver.at(600) < 0.05);
  CHECK(driver.at(800) > 0.95);
  const auto idle = ff::partial_dependence{.column = "x0"}.of(forest, noise.x);
  for (const auto& step : idle.steps) CHECK(std::fabs(step.mean - idle.steps[0].mean) < 0.03);
}

TEST_CASE("the same for any number of threads") {
  const auto shop = made_shop(300, 5);
  const auto forest = ff::random_forest{.trees = 9, .seed = 1}.fit(shop.x, shop.y());
  const ff::partial_dependence recipe{.column = "x1", .curves = true};
  const auto one = recipe.of(forest, shop.x, {}, {.threads = 1});
  const auto three = recipe.of(forest, shop.x, {}, {.threads = 3});
  CHECK(one.curves == three.curves);
  for (std::size_t i = 0; i < one.steps.size(); ++i) CHECK(one.steps[i].mean == three.steps[i].mean);
}

TEST_CASE("what cannot be asked is said") {
  const auto shop = made_shop(100, 6);
  const auto x = named(shop.x);
  const auto forest = ff::random_forest{.trees = 2, .seed = 1}.fit(x, shop.y());
  const ff::partial_dependence recipe{.column = "c1"};
  CHECK(thrown_by([&] { return ff::partial_dependence{.column = "pages"}.of(forest, x); }) ==
        "unknown_name: partial_dependence: there is no column 'pages'");
  CHECK(thrown_by([&] { return recipe.of(forest, shop.x.leftCols(3)); }) ==
        "wrong_shape: partial_dependence: fitted on 6 columns, got 3");
  CHECK(thrown_by([&] { return recipe.of(forest, ff::matrix<double>(0, 6)); }) ==
        "wrong_shape: partial_dependence: there must be at least one row, got 0");
  CHECK(thrown_by([&] { return recipe.of(ff::fitted_forest<double>(), x); }) ==
        "wrong_shape: partial_dependence: the forest must have at least one tree, got 0");
  ff::matrix<double> bad = shop.x;
  bad(70, 4) = infinity;
  CHECK(thrown_by([&] { return recipe.of(forest, bad); }) ==
        "not_finite: partial_dependence: column 'c4' must be finite or missing, got inf in row 70");
  const ff::progress stop = [](std::string_view, ff::index, ff::index) { return false; };
  CHECK(thrown_by([&] { return recipe.of(forest, x, {}, {.threads = 1, .progress = stop}); }) ==
        "cancelled: partial_dependence: cancelled after 1 of 2");
}
