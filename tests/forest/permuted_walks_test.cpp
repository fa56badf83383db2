// SPDX-License-Identifier: MIT
// Changes of sums against their definition: a session with another's columns, walked alone.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/forest/permuted_walks.hpp>

#include <tests/forest/made_sessions.hpp>

namespace ff = footfall;

TEST_CASE("changes are those of sessions that are mixed by hand, for any number of threads") {
  constexpr ff::index rows = 600;
  const auto shop = made_shop(rows, 5);  // with missing values
  const ff::random_forest recipe{.trees = 9, .min_leaf = 2, .seed = 6};
  const auto forest = recipe.fit(shop.x, shop.y());
  const ff::forest_words words(forest);
  ff::detail::code_groups codes(rows, 6);
  codes.encode(forest.bins(), ff::view_of(shop.x), 0, forest.columns(), "test");
  ff::workers team({.threads = 2}), alone({.threads = 1});
  const auto unseen = ff::left_out_of(recipe, forest, words, codes, shop.y(), {}, "test", team);

  // One column, two together, and column 5, which no tree asks for; column 1 stays as it is.
  std::vector<ff::permuted_source> sources = {{{0}, {}}, {{2, 3}, {}}, {{5}, {}}, {{4}, {}}};
  for (std::size_t s = 0; s < sources.size(); ++s) {
    for (std::uint32_t row = 0; row < rows; ++row) sources[s].donors.push_back(row);
    ff::random_stream(s).shuffle(std::span(sources[s].donors));
  }
  const ff::permuted_walks walks(words, codes, unseen, rows, 6);
  const auto changes = walks.changes(sources, team);
  REQUIRE(changes.size() == 4);
  CHECK(changes == walks.changes(sources, alone));

  const auto plain = forest.bins().codes(shop.x, 0, rows, forest.columns(), "test");
  int changed = 0;
  for (std::size_t s = 0; s < sources.size(); ++s) {
    for (std::size_t row = 0; row < rows; ++row) {
      const auto own = plain.row(static_cast<ff::index>(row));
      std::vector<std::uint8_t> mixed(own, own + 6);
      for (const ff::index column : sources[s].columns) {
        mixed[static_cast<std::size_t>(column)] = plain.row(sources[s].donors[row])[column];
      }
      std::uint64_t expected = 0;
      for (ff::index t = 0; t < 9; ++t) {
        if (!unseen(static_cast<ff::index>(row), t)) continue;
        expected += std::uint64_t{ff::leaf_value(forest.tree(t).data(), mixed.data())} -
                    ff::leaf_value(forest.tree(t).data(), own);
      }
      REQUIRE(changes[s][row] == expected);
      changed += expected != 0 ? 1 : 0;
    }
  }
  CHECK(changed > 600);
  CHECK(std::count(changes[2].begin(), changes[2].end(), 0U) == rows);
}
