// SPDX-License-Identifier: MIT
// Walks over words end in the leaves that a session reaches by asking one question after another.
#include <cstddef>
#include <cstdint>

#include <doctest/doctest.h>

#include <footfall/forest/forest_words.hpp>
#include <footfall/forest/random_forest.hpp>

#include <tests/forest/made_sessions.hpp>

namespace ff = footfall;

TEST_CASE("sessions reach the leaves of their trees, in more than one group") {
  const auto shop = made_shop(300, 4);  // with missing values
  const auto forest = ff::random_forest{.trees = 7, .seed = 2}.fit(shop.x, shop.y());
  const ff::forest_words words(forest);
  REQUIRE(words.trees() == 7);
  ff::detail::code_groups codes(300, shop.x.cols());
  codes.encode(forest.bins(), ff::view_of(shop.x), 0, forest.columns(), "test");
  const auto plain = forest.bins().codes(shop.x, 0, 300, forest.columns(), "test");
  for (std::size_t t = 0; t < 7; ++t) {
    const auto tree = forest.tree(static_cast<ff::index>(t));
    CHECK(words.tree(t).size() == tree.size());
    for (std::size_t group = 0; group < 2; ++group) {
      ff::detail::group_numbers open, at;
      std::size_t count = 0;
      for (std::uint32_t row = 1; row < codes.rows(group); row += 2) open[count++] = row;
      words.find_leaves(t, codes.codes(group), open, count, at);
      for (std::uint32_t row = 1; row < codes.rows(group); row += 2) {
        const auto session = plain.row(static_cast<ff::index>(group * 256 + row));
        REQUIRE(tree[at[row]].leaf);
        REQUIRE(words.shares(t)[at[row]] == ff::leaf_value(tree.data(), session));
      }
    }
    for (std::size_t i = 0; i < tree.size(); ++i) {
      if (!tree[i].leaf) REQUIRE(words.shares(t)[i] == 0);
    }
  }
}
