// SPDX-License-Identifier: MIT
// Trees as the Shapley walk sees them: shares, the mean, the depth and the columns on a path.
#include <vector>

#include <doctest/doctest.h>

#include <footfall/forest/shapley_walk.hpp>

namespace {

namespace ff = footfall;

// Column 0, then on its left column 1 (and below that 0 again), on its right a leaf.
const ff::plain_tree tree{{.right = 6, .column = 0, .bin = 1},
                          {.right = 5, .column = 1, .bin = 1},
                          {.right = 4, .column = 0, .bin = 0},
                          {.share = std::uint32_t{1} << 31},
                          {.share = 0},
                          {.share = std::uint32_t{1} << 30},
                          {.share = std::uint32_t{1} << 29}};

}  // namespace

TEST_CASE("shares of the sides, the mean, the longest path") {
  const auto weighted = ff::weighted_tree::of(tree, std::vector<double>{1, 2, 3, 4}, 2);
  REQUIRE(weighted.nodes.size() == 7);
  CHECK(weighted.nodes[0].number == 0.6);
  CHECK(weighted.nodes[1].number == 0.5);
  CHECK(weighted.nodes[2].number == doctest::Approx(1.0 / 3));
  CHECK(weighted.nodes[3].number == 1);
  CHECK(weighted.mean == doctest::Approx((1 * 1 + 2 * 0 + 3 * 0.5 + 4 * 0.25) / 10).epsilon(1e-15));
  CHECK(weighted.depth == 3);
  CHECK(weighted.distinct == 2);
}

TEST_CASE("a question that nothing reaches sends halves") {
  const auto weighted = ff::weighted_tree::of(tree, std::vector<double>{0, 0, 0, 5}, 2);
  CHECK(weighted.nodes[0].number == 0);
  CHECK(weighted.nodes[1].number == 0.5);
  CHECK(weighted.nodes[2].number == 0.5);
  CHECK(weighted.mean == 0.25);
}

TEST_CASE("columns on a path are counted once, and forgotten where the path ends") {
  // Left of the root a path over 1 and 2, right of it one over 3 alone.
  const ff::plain_tree forked{{.right = 6, .column = 0},
                              {.right = 3, .column = 1},
                              {.share = 0},
                              {.right = 5, .column = 2},
                              {.share = 0},
                              {.share = 0},
                              {.right = 8, .column = 3},
                              {.share = 0},
                              {.share = 0}};
  const auto weighted = ff::weighted_tree::of(forked, std::vector<double>(5, 1.0), 4);
  CHECK(weighted.distinct == 3);
  CHECK(weighted.depth == 3);
  const auto leaf = ff::weighted_tree::of({{.share = 3}}, std::vector<double>{1.0}, 4);
  CHECK(leaf.distinct == 0);
  CHECK(leaf.depth == 0);
}

TEST_CASE("half as many points as columns") {
  CHECK(ff::points_for(0).count == 1);
  CHECK(ff::points_for(1).count == 1);
  CHECK(ff::points_for(2).count == 1);
  CHECK(ff::points_for(3).count == 2);
  CHECK(ff::points_for(17).count == 9);
  CHECK(ff::points_for(17).at.size() == 2);
  CHECK(ff::points_for(17).weight[1].values[1] == 0);
}
