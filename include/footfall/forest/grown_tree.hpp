// SPDX-License-Identifier: MIT
// A tree as it was grown, and the part of it that is kept when leaves are limited.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <footfall/forest/tree.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A tree and what each column contributed to it: the sum over its splits of half the decrease in Gini impurity times
/// sessions. `ranks` say in which order it put the levels of columns of categories (`level_columns`).
struct grown_tree {
  std::vector<tree_node> nodes;
  std::vector<double> decrease;
  std::vector<std::uint8_t> ranks{};
};

namespace detail {

/// What the split of a node gained, and the share of positives that the node has as a leaf.
struct split_worth {
  double decrease = 0;
  std::uint32_t share = 0;
};

/// The tree with at most `leaves` leaves that growing best split first gives (Shi 2007): from
/// the root on, of all nodes that may be split the one whose split gains most is, among equal ones the one found first.
/// What a node draws hangs on its path alone, so growing whole and keeping these splits gives the same tree. A tree with
/// fewer leaves stays as it is.
inline grown_tree with_best_splits(grown_tree tree, std::span<const split_worth> worth, std::uint64_t leaves) {
  if (tree.nodes.size() / 2 + 1 <= leaves) return tree;
  struct candidate {
    double decrease;
    std::uint32_t from, to;  // where the node was, and where it is now
    bool operator<(const candidate& other) const noexcept {
      return decrease < other.decrease || (decrease == other.decrease && from > other.from);
    }
  };
  grown_tree kept{{}, std::vector<double>(tree.decrease.size(), 0.0), std::move(tree.ranks)};
  kept.nodes.reserve(2 * leaves - 1);
  std::vector<candidate> open;
  const auto take = [&](std::uint32_t from) {
    const tree_node& node = tree.nodes[from];
    if (!node.leaf) {
      open.push_back({worth[from].decrease, from, static_cast<std::uint32_t>(kept.nodes.size())});
      std::push_heap(open.begin(), open.end());
    }
    kept.nodes.push_back({0, 0, false, true, node.leaf ? node.next : worth[from].share});
  };
  take(0);
  while (kept.nodes.size() < 2 * leaves - 1) {
    std::pop_heap(open.begin(), open.end());
    const candidate best = open.back();
    open.pop_back();
    const tree_node& node = tree.nodes[best.from];
    kept.nodes[best.to] = {node.feature, node.bin, node.missing_left, false,
                           static_cast<std::uint32_t>(kept.nodes.size())};
    kept.decrease[node.feature] += best.decrease;
    take(node.next);
    take(node.next + 1);
  }
  return kept;
}

}  // namespace detail

FOOTFALL_END_NAMESPACE
