// SPDX-License-Identifier: MIT
// A grown tree: a flat array of nodes of eight bytes that asks for one byte of a session per level.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <tuple>

#include <footfall/core/parts.hpp>
#include <footfall/core/types.hpp>
#include <footfall/forest/fitted_bins.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A question or a leaf. A question sends a session left when its code in `feature` is at most `bin`, and a missing value
/// to the side that `missing_left` says. The children lie side by side behind their parent: left at `next`, right at
/// `next + 1`, counted from the tree's first node. A leaf keeps in `next` its share of positives in units of 2^-31:
/// integers add up to the same sum in any order.
struct tree_node {
  static constexpr std::uint32_t one = std::uint32_t{1} << 31;

  std::uint16_t feature = 0;
  std::uint8_t bin = 0;
  bool missing_left : 1 = false;
  bool leaf : 1 = true;
  std::uint32_t next = 0;

  auto parts() const { return std::tuple(feature, bin, bool{missing_left}, bool{leaf}, next); }
  static tree_node from_parts(std::uint16_t feature, std::uint8_t bin, bool missing_left, bool leaf,
                              std::uint32_t next) {
    if constexpr (std::endian::native != std::endian::little) return {feature, bin, missing_left, leaf, next};
    return std::bit_cast<tree_node>(feature | std::uint64_t{bin} << 16 | std::uint64_t{missing_left} << 24 |
                                    std::uint64_t{leaf} << 25 | std::uint64_t{next} << 32);
  }
};
static_assert(sizeof(tree_node) == 8);

/// A node as one number, for loops over many nodes that must not branch on each: from the lowest bit on `feature` (16
/// bits), `bin` (8), `missing_left`, `leaf`, six that mean nothing, and `next` (32).
struct node_word {
  std::uint64_t bits;

  explicit node_word(const tree_node& node) noexcept {
    if constexpr (std::endian::native == std::endian::little) {
      std::memcpy(&bits, &node, sizeof bits);  // as g++ and clang lay it out: one load
    } else {
      bits = node.feature | std::uint64_t{node.bin} << 16 | std::uint64_t{node.missing_left} << 24 |
             std::uint64_t{node.leaf} << 25 | std::uint64_t{node.next} << 32;
    }
  }
  std::uint64_t feature() const noexcept { return bits & 0xFFFF; }
  std::uint64_t bin() const noexcept { return bits >> 16 & 0xFF; }
  std::uint64_t missing_left() const noexcept { return bits >> 24 & 1; }
  std::uint64_t leaf() const noexcept { return bits >> 25 & 1; }
  std::uint64_t next() const noexcept { return bits >> 32; }
};

/// The mean of leaf shares that add up to `sum`: one division, which every machine rounds alike.
inline double mean_share(std::uint64_t sum, index trees) noexcept {
  return static_cast<double>(sum) / (static_cast<double>(trees) * tree_node::one);
}

/// The share of positives, in units of 2^-31, of the leaf that a session with these codes reaches.
inline std::uint32_t leaf_value(const tree_node* tree, const std::uint8_t* codes) noexcept {
  const tree_node* node = tree;
  while (!node->leaf) {
    const std::uint8_t code = codes[node->feature];
    const bool left = code <= node->bin || (node->missing_left && code == 255);
    node = tree + node->next + (left ? 0 : 1);
  }
  return node->next;
}

FOOTFALL_END_NAMESPACE
