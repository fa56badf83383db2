// SPDX-License-Identifier: MIT
// The best splits of a tree: those that growing best split first would have made.
#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/forest/grow.hpp>
#include <footfall/forest/grown_tree.hpp>

namespace {

namespace ff = footfall;

// The root asks column 0 and gains 1; its left child gains 3, its right child 2, whose left child gains 9.
const std::vector<ff::tree_node> nodes = {{0, 5, true, false, 1},  {1, 1, false, false, 3}, {2, 2, false, false, 5},
                                          {0, 0, false, true, 10}, {0, 0, false, true, 20}, {1, 7, true, false, 7},
                                          {0, 0, false, true, 30}, {0, 0, false, true, 40}, {0, 0, false, true, 50}};

ff::grown_tree best(std::uint64_t leaves, double left = 3) {
  std::vector<ff::detail::split_worth> worth(nodes.size());
  worth[0] = {1, 100};
  worth[1] = {left, 101};
  worth[2] = {2, 102};
  worth[5] = {9, 105};
  return ff::detail::with_best_splits({nodes, {0, 0, 0}}, worth, leaves);
}

std::vector<std::uint32_t> leaves_of(const ff::grown_tree& tree) {
  std::vector<std::uint32_t> result;
  for (const auto& node : tree.nodes) {
    if (node.leaf) result.push_back(node.next);
  }
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace

TEST_CASE("the split that gains most is made first, among those that can be reached") {
  using leaves = std::vector<std::uint32_t>;
  CHECK(leaves_of(best(1)) == leaves{100});
  CHECK(leaves_of(best(2)) == leaves{101, 102});
  CHECK(leaves_of(best(3)) == leaves{10, 20, 102});
  CHECK(leaves_of(best(4)) == leaves{10, 20, 30, 105});
  CHECK(leaves_of(best(3, 2)) == leaves{10, 20, 102});  // equal gains: the node found first
  CHECK(leaves_of(best(3, 1.5)) == leaves{30, 101, 105});
  CHECK(leaves_of(best(4, 1.5)) == leaves{30, 40, 50, 101});
  CHECK(best(4, 1.5).decrease == std::vector<double>{1, 9, 2});
  const auto whole = best(5);
  CHECK(std::equal(whole.nodes.begin(), whole.nodes.end(), nodes.begin(), nodes.end(),
                   [](const auto& a, const auto& b) { return ff::same_parts(a, b); }));
  // The questions themselves stay.
  const auto cut = best(3, 1.5).nodes;
  CHECK(cut[0].parts() == nodes[0].parts());
  CHECK(std::pair(cut[2].feature, cut[2].bin) == std::pair(std::uint16_t{2}, std::uint8_t{2}));
  CHECK(cut[2].next == 3);
}

TEST_CASE("a grower with a limit of leaves gives the leaves of scikit-learn's best-first tree") {
  // scikit-learn 1.2.1, DecisionTreeClassifier(max_leaf_nodes=L) on these rows: sessions and positives of each leaf, the same for 20
  // seeds.
  ff::bin_codes codes{{}, 90, 2};
  std::vector<ff::detail::class_counts> units;
  for (int i = 0; i < 90; ++i) {
    codes.values.push_back(static_cast<std::uint8_t>(37 * i % 101));
    codes.values.push_back(static_cast<std::uint8_t>(53 * i % 97));
    units.push_back(ff::detail::class_counts::of(1, (37 * i % 101) * (53 * i % 97) % 7 < 3));
  }
  const ff::detail::training_rows sessions(codes, units);
  using leaf = std::pair<std::uint64_t, std::uint64_t>;
  const std::vector<std::vector<leaf>> expected = {
      {{4, 0}, {86, 42}},
      {{4, 0}, {7, 1}, {79, 41}},
      {{1, 1}, {2, 0}, {4, 0}, {6, 0}, {77, 41}},
      {{1, 1}, {2, 0}, {2, 2}, {2, 2}, {4, 0}, {4, 0}, {4, 4}, {6, 0}, {65, 33}}};
  for (const auto& leaves : expected) {
    CAPTURE(leaves.size());
    ff::detail::tree_grower grower(sessions, {2, 1000, 1, leaves.size()});
    const auto tree = grower.grow(std::vector<std::uint8_t>(90, 1), ff::random_stream(1)).nodes;
    std::vector<ff::detail::class_counts> counts(tree.size());
    for (ff::index row = 0; row < 90; ++row) {
      std::uint32_t at = 0;
      while (!tree[at].leaf) at = tree[at].next + (codes.row(row)[tree[at].feature] <= tree[at].bin ? 0 : 1);
      counts[at] = counts[at] + units[static_cast<std::size_t>(row)];
    }
    std::vector<leaf> found;
    for (std::size_t i = 0; i < tree.size(); ++i) {
      if (!tree[i].leaf) continue;
      found.emplace_back(counts[i].all(), counts[i].positives());
      CHECK(tree[i].next == counts[i].share());
    }
    std::sort(found.begin(), found.end());
    CHECK(found == leaves);
  }
}
