// SPDX-License-Identifier: MIT
// Whether nodes are trees: what a forest from a file must prove before anything walks it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/forest/fitted_bins.hpp>
#include <footfall/forest/tree.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// Whether these nodes are one tree: children behind their parents and inside, one parent each, columns and bins that
/// exist, shares of at most 1. Nothing here branches on a node, so that the questions are put to many at a time. Uses up
/// `marks`.
inline bool is_tree(std::span<const tree_node> nodes, std::uint64_t columns, std::vector<std::uint8_t>& marks) {
  // Pairs of children that do not overlap and fill what follows the root begin at odd places: one mark a pair is
  // enough. Behind these marks lies one for leaves, and for questions whose children are nowhere.
  const std::uint64_t size = nodes.size();
  if (size % 2 == 0) return false;
  const std::uint64_t questions = size / 2;
  marks.assign(questions + 1, 0);
  std::uint64_t leaves = 0;
  std::uint64_t good = 1;
  constexpr std::uint64_t block = 256;
  std::array<std::uint64_t, block> pairs;
  for (std::uint64_t begin = 0; begin < size; begin += block) {
    const std::uint64_t some = std::min(block, size - begin);
    const tree_node* const here = nodes.data() + begin;
    for (std::uint64_t i = 0; i < some; ++i) {
      const node_word node(here[i]);
      const std::uint64_t next = node.next();
      const std::uint64_t leaf = node.leaf();
      const std::uint64_t inside = std::uint64_t{next > begin + i} & std::uint64_t{next < 2 * questions} & next & 1;
      const std::uint64_t asks =
          std::uint64_t{node.feature() < columns} & std::uint64_t{node.bin() < fitted_bins<float>::missing_code};
      const std::uint64_t parent = inside & (leaf ^ 1);
      good &= (leaf & std::uint64_t{next <= tree_node::one}) | (parent & asks);
      leaves += leaf;
      pairs[i] = questions ^ ((questions ^ next / 2) & (0 - parent));
    }
    for (std::uint64_t i = 0; i < some; ++i) marks[pairs[i]] = 1;
  }
  return good == 1 && leaves == questions + 1 &&
         std::accumulate(marks.begin(), marks.end() - 1, std::uint64_t{0}) == questions;
}

/// Throws bad_parts with the first thing that is wrong with the tree that begins at node `start` of the forest.
inline void fail_on_tree(std::span<const tree_node> nodes, std::uint64_t start, std::size_t tree, std::size_t columns,
                         std::string_view who) {
  const auto check = [&](bool good, const auto&... what) { require(good, error_code::bad_parts, who, what...); };
  std::vector<bool> is_child(nodes.size(), false);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const tree_node& node = nodes[i];
    if (node.leaf) {
      check(node.next <= tree_node::one, "leaf ", start + i, " has a share above 1");
      continue;
    }
    check(node.feature < columns, "node ", start + i, " asks for column ", node.feature);
    check(node.bin < fitted_bins<float>::missing_code, "node ", start + i, " asks for bin ", node.bin);
    check(node.next > i && node.next + std::uint64_t{1} < nodes.size(), "node ", start + i,
          " has children outside its tree");
    check(!is_child[node.next] && !is_child[node.next + 1], "node ", start + i, " shares a child");
    is_child[node.next] = is_child[node.next + 1] = true;
  }
  fail(error_code::bad_parts, who, "tree ", tree, " has nodes without a parent");
}

/// Throws bad_parts unless each tree, from its start to that of the next, is one. Cost: one pass, a byte for each question
/// of the largest tree.
inline void require_trees(const std::vector<tree_node>& nodes, const std::vector<std::uint64_t>& starts,
                          std::size_t columns, std::string_view who) {
  require(!starts.empty() && starts.front() == 0, error_code::bad_parts, who, "the first tree must start at node 0");
  std::vector<std::uint8_t> marks;
  for (std::size_t t = 0; t < starts.size(); ++t) {
    const std::uint64_t end = t + 1 < starts.size() ? starts[t + 1] : nodes.size();
    require(starts[t] < end && end <= nodes.size(), error_code::bad_parts, who, "tree ", t, " has no nodes");
    const auto tree = std::span(nodes).subspan(starts[t], end - starts[t]);
    if (!is_tree(tree, columns, marks)) fail_on_tree(tree, starts[t], t, columns, who);
  }
}

}  // namespace detail

FOOTFALL_END_NAMESPACE
