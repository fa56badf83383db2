// SPDX-License-Identifier: MIT
// Class weights: integers are repeated sessions, real ones follow the rule of weights, `balanced` makes two equal halves.
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/forest/class_weights.hpp>
#include <footfall/forest/left_out.hpp>
#include <footfall/forest/random_forest.hpp>

#include <tests/forest/made_sessions.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

}  // namespace

TEST_CASE("whole class weights are repeated sessions, to the last bit, and multiply the sessions' own") {
  const auto shop = made_shop(150, 41);
  std::vector<double> own, both;
  ff::row_set repeated;
  for (ff::index row = 0; row < 150; ++row) {
    const bool positive = shop.bought[static_cast<std::size_t>(row)] != 0;
    own.push_back(static_cast<double>(row % 3));
    both.push_back(own.back() * (positive ? 3 : 2));
    repeated.insert(repeated.end(), positive ? 3 : 2, row);
  }
  const ff::random_forest plain{.trees = 5, .min_leaf = 4, .bootstrap = false, .seed = 1};
  ff::random_forest weighted = plain;
  weighted.class_weights = {.negative = 2, .positive = 3};
  CHECK(weighted.fit(shop.x, shop.y()) ==
        plain.fit(ff::matrix<double>(shop.x(repeated, Eigen::all)), shop.y().rows(repeated)));
  CHECK(weighted.fit(shop.x, shop.y(), ff::weights(own)) == plain.fit(shop.x, shop.y(), ff::weights(both)));

  ff::random_forest drawn{.trees = 5, .seed = 1};  // with bags: the same sessions are drawn, each counts more
  const auto expected = drawn.fit(shop.x, shop.y(), ff::weights(both));
  drawn.class_weights = {.negative = 2, .positive = 3};
  CHECK(drawn.fit(shop.x, shop.y(), ff::weights(own)) == expected);
}

TEST_CASE("balanced classes weigh the same in sum") {
  const ff::labels y(std::vector{1, 0, 0, 0, 1, 0, 0, 0});
  const ff::weights w(std::vector<double>{1, 2, 1, 1, 2, 0, 1, 1});  // 3 positive, 6 negative
  const auto factors = ff::detail::class_factors({.balanced = true}, y, w, "test");
  CHECK(factors[0] == 0.75);  // 9 / (2 x 6)
  CHECK(factors[1] == 1.5);   // 9 / (2 x 3)
  const auto doubled = ff::detail::class_factors({.negative = 1, .positive = 2, .balanced = true}, y, w, "test");
  CHECK(doubled[0] == 0.75);
  CHECK(doubled[1] == 3);

  // Without a split a balanced forest says one half, whatever the rate; the pair moves it.
  const ff::matrix<double> x = ff::matrix<double>::Zero(8, 1);
  ff::random_forest recipe{.trees = 1, .bootstrap = false, .class_weights = {.balanced = true}};
  CHECK(recipe.fit(x, y, w).score(x) == ff::scores(8, 0.5));
  recipe.class_weights.positive = 3;
  CHECK(recipe.fit(x, y, w).score(x) == ff::scores(8, 0.75));
}

TEST_CASE("counts keep the proportions of real weights and leave room for the heaviest bag") {
  const auto shop = made_shop(1000, 42);
  const ff::labels y = shop.y();
  const auto counted = ff::detail::as_counts({}, y, {.balanced = true}, "test");
  std::uint64_t sums[2] = {0, 0};
  std::uint64_t largest = 0;
  for (ff::index row = 0; row < 1000; ++row) {
    sums[y[row]] += counted.counts[static_cast<std::size_t>(row)];
    largest = std::max<std::uint64_t>(largest, counted.counts[static_cast<std::size_t>(row)]);
  }
  CHECK(std::fabs(static_cast<double>(sums[0]) / static_cast<double>(sums[1]) - 1) < 1e-5);
  CHECK(largest * 1000 <= 0xFFFFFFFF);
  CHECK(largest * 2000 > 0xFFFFFFFF / 2);  // as fine as there is room for
  CHECK(std::log2(counted.unit) == std::floor(std::log2(counted.unit)));
}

TEST_CASE("a real weight becomes the nearest count") {
  const std::vector<double> own{1, 1.0 / 3, 0.7, 2.0 / 3, 0.1, 1e-12};
  const auto counted = ff::detail::as_counts(ff::weights(own), ff::labels(std::vector{0, 1, 0, 1, 0, 1}), {}, "test");
  for (std::size_t row = 0; row < own.size(); ++row) {
    CHECK(std::fabs(counted.counts[row] - own[row] * counted.unit) <= 0.5);
  }
}

TEST_CASE("weights of 1 change nothing, and a balanced forest finds more of the rare class") {
  const auto shop = made_shop(400, 43);
  const ff::random_forest plain{.trees = 6, .seed = 2};
  ff::random_forest other = plain;
  other.class_weights = {.negative = 1, .positive = 1};
  CHECK(ff::digest_of(other.fit(shop.x, shop.y())) == ff::digest_of(plain.fit(shop.x, shop.y())));
  const auto mean = [&](const ff::scores& scores) { return std::accumulate(scores.begin(), scores.end(), 0.0) / 400; };
  const ff::random_forest coarse{.trees = 6, .max_depth = 2, .seed = 2};
  ff::random_forest balanced = coarse;
  balanced.class_weights.balanced = true;
  const double rate = static_cast<double>(shop.y().positives()) / 400;
  REQUIRE(rate < 0.4);
  CHECK(std::fabs(mean(coarse.fit(shop.x, shop.y()).score(shop.x)) - rate) < 0.03);
  CHECK(mean(balanced.fit(shop.x, shop.y()).score(shop.x)) > rate + 0.05);
}

TEST_CASE("sessions that trees left out are found again under class weights") {
  const auto shop = made_shop(90, 44);
  ff::random_forest recipe{.trees = 9, .seed = 3, .class_weights = {.balanced = true}};
  const auto forest = recipe.fit(shop.x, shop.y());
  ff::detail::code_groups codes(90, shop.x.cols());
  codes.encode(forest.bins(), ff::view_of(shop.x), 0, forest.columns(), "test");
  ff::workers team({.threads = 1});
  const auto found = [&] {
    return ff::left_out_of(recipe, forest, ff::forest_words(forest), codes, shop.y(), {}, "test", team);
  };
  CHECK(thrown_by(found) == "");
  recipe.class_weights = {};
  CHECK(code_thrown_by(found) == "bad_value");
}

TEST_CASE("class weights that are none are refused by name") {
  const auto shop = made_shop(30, 45);
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double bad : {0.0, -1.0, infinity, std::nan("")}) {
    ff::random_forest recipe{.trees = 1};
    recipe.class_weights.negative = bad;
    CHECK(thrown_by([&] { return recipe.fit(shop.x, shop.y()); }) ==
          ff::text("bad_option: random_forest: class_weights.negative must be finite and above 0, got ", bad));
    recipe.class_weights = {.positive = bad, .balanced = true};
    CHECK(thrown_by([&] { return recipe.fit(shop.x, shop.y()); }) ==
          ff::text("bad_option: random_forest: class_weights.positive must be finite and above 0, got ", bad));
  }
  const ff::random_forest balanced{.trees = 1, .class_weights = {.balanced = true}};
  CHECK(thrown_by([&] { return balanced.fit(shop.x, ff::labels(std::vector<int>(30, 1))); }) ==
        "one_class: random_forest: both labels must be there to be balanced, got 30 of positive and 0 of negative "
        "weight");
  const ff::random_forest heavy{.trees = 1, .class_weights = {.positive = 1e308}};
  CHECK(thrown_by([&] { return heavy.fit(shop.x, shop.y(), ff::weights(std::vector<double>(30, 10.0))); }) ==
        "limit: random_forest: sessions times the largest weight must be below 2^32, got 30 times inf");
  // Sums that overflow, and one label's sum so far below the other's that their ratio does.
  CHECK(
      thrown_by([&] { return balanced.fit(shop.x, shop.y(), ff::weights(std::vector<double>(30, 1e308))); }) ==
      "limit: random_forest: weights are too far apart or too large to balance labels, got inf of positive and inf of "
      "negative weight");
  std::vector<double> apart;
  for (ff::index row = 0; row < 30; ++row) apart.push_back(shop.y()[row] ? 1e-308 : 1e306);
  CHECK(code_thrown_by([&] { return balanced.fit(shop.x, shop.y(), ff::weights(apart)); }) == "limit");
  const ff::random_forest whole{.trees = 1, .class_weights = {.positive = 4e8}};
  CHECK(code_thrown_by([&] { return whole.fit(shop.x, shop.y()); }) == "limit");
}
