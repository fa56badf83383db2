// SPDX-License-Identifier: MIT
// Bags drawn again are the bags that the forest was grown with.
#include <vector>

#include <doctest/doctest.h>

#include <footfall/forest/left_out.hpp>

#include <tests/forest/made_sessions.hpp>

namespace {

namespace ff = footfall;

}  // namespace

TEST_CASE("bits are kept apart") {
  ff::left_out bits(3, 20);
  bits.set(1, 9);
  bits.set(2, 0);
  for (ff::index row = 0; row < 3; ++row) {
    for (ff::index tree = 0; tree < 20; ++tree) {
      CHECK(bits(row, tree) == ((row == 1 && tree == 9) || (row == 2 && tree == 0)));
    }
  }
}

TEST_CASE("some rows keep their bits, in the order in which they are picked") {
  ff::left_out bits(4, 20);
  for (const ff::index tree : {0, 9, 19}) bits.set(tree % 4, tree);
  const ff::row_set rows = {3, 1, 3};
  const auto some = bits.picked(rows);
  for (ff::index i = 0; i < 3; ++i) {
    for (ff::index tree = 0; tree < 20; ++tree) {
      CHECK(some(i, tree) == bits(rows[static_cast<std::size_t>(i)], tree));
    }
  }
}

TEST_CASE("each session was left out by as many trees as the forest counted") {
  const auto shop = made_shop(250, 3);
  std::vector<double> w;
  for (int row = 0; row < 250; ++row) w.push_back(0.5 * (row % 3));
  const ff::random_forest recipe{.trees = 21, .seed = 9};
  const auto forest = recipe.fit(shop.x, shop.y(), ff::weights(w));
  ff::detail::code_groups codes(250, shop.x.cols());
  codes.encode(forest.bins(), ff::view_of(shop.x), 0, forest.columns(), "test");
  ff::workers team({.threads = 2});
  const auto unseen =
      ff::left_out_of(recipe, forest, ff::forest_words(forest), codes, shop.y(), ff::weights(w), "test", team);
  const auto counted = std::get<6>(forest.parts());
  for (ff::index row = 0; row < 250; ++row) {
    std::uint32_t count = 0;
    for (ff::index t = 0; t < 21; ++t) count += unseen(row, t) ? 1 : 0;
    CHECK(count == counted[static_cast<std::size_t>(row)]);
  }
}
