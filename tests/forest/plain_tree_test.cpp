// SPDX-License-Identifier: MIT
// A tree in the order of reading leads every session to the leaf that the forest's own walk finds.
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/forest/plain_tree.hpp>
#include <footfall/forest/random_forest.hpp>

#include <tests/forest/made_sessions.hpp>

namespace {

namespace ff = footfall;

}  // namespace

TEST_CASE("the left child of a question is the next node") {
  // Question 0 on column 1, its right child is question 2 on column 0.
  const std::vector<ff::tree_node> nodes{{1, 7, false, false, 1},
                                         {0, 0, false, true, 10},
                                         {0, 3, true, false, 3},
                                         {0, 0, false, true, 20},
                                         {0, 0, false, true, 30}};
  const auto tree = ff::plain(nodes);
  REQUIRE(tree.size() == 5);
  CHECK(tree[0].right == 2);
  CHECK(tree[0].column == 1);
  CHECK(tree[0].bin == 7);
  CHECK(tree[1].leaf());
  CHECK(tree[1].share == 10);
  CHECK(tree[2].right == 4);
  CHECK(tree[2].missing_left == 1);
  CHECK(tree[3].share == 20);
  CHECK(tree[4].share == 30);

  const auto share = [&](std::uint8_t first, std::uint8_t second) {
    const std::uint8_t codes[] = {first, second};
    return tree[ff::leaf_of(tree, codes)].share;
  };
  CHECK(share(3, 7) == 10);
  CHECK(share(3, 8) == 20);
  CHECK(share(4, 8) == 30);
  CHECK(share(255, 255) == 20);  // missing: right at the first question, left at the second
}

TEST_CASE("a tree of one leaf") {
  const std::vector<ff::tree_node> nodes{{0, 0, false, true, 5}};
  const auto tree = ff::plain(nodes);
  REQUIRE(tree.size() == 1);
  CHECK(tree[0].leaf());
  CHECK(tree[0].share == 5);
}

TEST_CASE("both walks agree on a grown forest") {
  const auto shop = made_shop(300, 8);
  const auto forest = ff::random_forest{.trees = 8, .seed = 3}.fit(shop.x, shop.y());
  const auto codes = forest.bins().codes(shop.x, 0, 300, forest.columns(), "test");
  int different = 0;
  for (ff::index t = 0; t < forest.trees(); ++t) {
    const auto tree = ff::plain(forest.tree(t));
    CHECK(tree.size() == forest.tree(t).size());
    for (ff::index row = 0; row < 300; ++row) {
      const auto expected = ff::leaf_value(forest.tree(t).data(), codes.row(row));
      different += tree[ff::leaf_of(tree, codes.row(row))].share == expected ? 0 : 1;
    }
  }
  CHECK(different == 0);
}
