// SPDX-License-Identifier: MIT
// A budget of bytes for the model: kept, used, the same in every run, and refused where it cannot be kept.
#include <cstddef>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/forest/random_forest.hpp>
#include <footfall/forest/tree_bytes.hpp>

#include <tests/forest/made_sessions.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

}  // namespace

TEST_CASE("as many leaves as there is room for, with four bytes a walked node as long as they do") {
  using ff::detail::bytes_of_tree;
  using ff::detail::leaves_within;
  for (const ff::index cols : {1, 128, 129}) {
    CAPTURE(cols);
    for (const ff::index leaves : {2, 3, 1000, 32'767, 32'768, 43'691, 43'692, 1'000'000}) {
      const ff::index bytes = bytes_of_tree(2 * leaves - 1, cols);
      const auto found = static_cast<ff::index>(leaves_within(bytes, cols));
      CHECK(found == leaves);
      CHECK(bytes_of_tree(2 * found - 1, cols) <= bytes);
      CHECK(static_cast<ff::index>(leaves_within(bytes - 1, cols)) == leaves - 1);
      CHECK(static_cast<ff::index>(leaves_within(bytes + 23, cols)) == leaves);
    }
  }
  // Between the largest narrow tree and the first wide one that is larger nothing is gained.
  CHECK(leaves_within(bytes_of_tree(65'535, 1) + 100'000, 1) == 32'768);
}

TEST_CASE("a forest keeps to its bytes, uses them, and is the same in every run") {
  const auto shop = made_noise(600, 6, 61);
  ff::random_forest recipe{.trees = 7, .seed = 1};
  const auto whole = recipe.fit(shop.x, shop.y());
  const ff::index bins = whole.bins().bytes();
  for (const ff::index part : {3, 2, 1}) {
    CAPTURE(part);
    recipe.max_bytes = bins + (whole.bytes() - bins) / part;
    const auto forest = recipe.fit(shop.x, shop.y(), {}, {.threads = 1});
    CHECK(forest.bytes() <= recipe.max_bytes);
    if (part > 1) CHECK(forest.bytes() > recipe.max_bytes - 7 * 30);  // less than a split in each tree is left
    CHECK(recipe.fit(shop.x, shop.y(), {}, {.threads = 3}) == forest);
    for (ff::index t = 0; t < 7; ++t) CHECK(forest.tree(t).size() <= whole.tree(t).size());
  }
  recipe.max_bytes = 100 * whole.bytes();
  CHECK(recipe.fit(shop.x, shop.y()) == whole);

  // More trees want more bytes: with as many for each tree they grow onto a forest.
  recipe.max_bytes = bins + 7 * 1500;
  const auto seven = recipe.fit(shop.x, shop.y());
  recipe.trees = 4;
  recipe.max_bytes = bins + 4 * 1500;
  const auto four = recipe.fit(shop.x, shop.y());
  recipe.trees = 7;
  CHECK(code_thrown_by([&] { return recipe.grow_more(four, shop.x, shop.y()); }) == "bad_value");
  recipe.max_bytes = bins + 7 * 1500;
  CHECK(recipe.grow_more(four, shop.x, shop.y()) == seven);
}

TEST_CASE("a budget that no forest of so many trees keeps is refused with the least that does") {
  const auto shop = made_shop(100, 62);
  ff::random_forest recipe{.trees = 3, .max_bytes = 5};
  const auto bins = ff::random_forest{.trees = 1}.fit(shop.x, shop.y()).bins().bytes();
  const ff::index least = bins + 3 * ff::detail::bytes_of_tree(3, 6);
  CHECK(thrown_by([&] { return recipe.fit(shop.x, shop.y()); }) ==
        ff::text("bad_option: random_forest: max_bytes must be at least ", least,
                 " for a split in each of 3 trees on these bins, got 5"));
  recipe.max_bytes = least - 1;
  CHECK(code_thrown_by([&] { return recipe.fit(shop.x, shop.y()); }) == "bad_option");
  recipe.max_bytes = least;
  const auto stumps = recipe.fit(shop.x, shop.y());
  CHECK(stumps.nodes() == 9);
  CHECK(stumps.bytes() == least);
  recipe.max_bytes = -1;
  CHECK(thrown_by([&] { return recipe.fit(shop.x, shop.y()); }) ==
        "bad_option: random_forest: max_bytes must be at least 0, got -1");
}
