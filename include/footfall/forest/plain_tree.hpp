// SPDX-License-Identifier: MIT
// What explanations need to know of a tree, whatever its layout: questions in the order of reading, left before right.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <footfall/core/types.hpp>
#include <footfall/forest/fitted_bins.hpp>
#include <footfall/forest/tree.hpp>

// Explanations read trees through this header alone: another layout of the forest's nodes costs a change here.
FOOTFALL_BEGIN_NAMESPACE

/// A question or a leaf. The left child of a question is the next node, the right one is at `right`.
struct plain_node {
  std::uint32_t right = 0;  ///< 0: a leaf
  std::uint32_t share = 0;  ///< of a leaf: its share of positives in units of 2^-31
  std::uint16_t column = 0;
  std::uint8_t bin = 0;
  std::uint8_t missing_left = 0;  ///< 1: missing values go left

  bool leaf() const noexcept { return right == 0; }
  /// Whether a session with this code goes left. Where missing values do, 255 + 1 wraps round to 0.
  bool goes_left(std::uint8_t code) const noexcept {
    return static_cast<std::uint8_t>(code + missing_left) <= static_cast<std::uint8_t>(bin + missing_left);
  }
};

/// The nodes of a tree in the order of reading, the root first.
using plain_tree = std::vector<plain_node>;

/// The same tree in the order of reading. Cost: one pass, 12 bytes a node.
inline plain_tree plain(std::span<const tree_node> tree) {
  plain_tree result;
  result.reserve(tree.size());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> open{{0, 0}};  // node, and the question whose right child it is
  while (!open.empty()) {
    const auto [at, parent] = open.back();
    open.pop_back();
    const auto here = static_cast<std::uint32_t>(result.size());
    if (at != 0 && parent != here) result[parent].right = here;
    const tree_node& node = tree[at];
    if (node.leaf) {
      result.push_back({.share = node.next});
      continue;
    }
    result.push_back({0, 0, node.feature, node.bin, static_cast<std::uint8_t>(node.missing_left ? 1 : 0)});
    open.emplace_back(node.next + 1, here);
    open.emplace_back(node.next, here + 1);  // the next node to come: nobody's right child
  }
  return result;
}

/// The leaf, by its place in `tree`, that a session with these codes reaches from node `from` on.
inline std::uint32_t leaf_of(const plain_tree& tree, const std::uint8_t* codes, std::uint32_t from = 0) noexcept {
  while (!tree[from].leaf()) from = tree[from].goes_left(codes[tree[from].column]) ? from + 1 : tree[from].right;
  return from;
}

FOOTFALL_END_NAMESPACE
