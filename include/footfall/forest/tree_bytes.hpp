// SPDX-License-Identifier: MIT
// What a tree takes in memory when it is scored with, and how many leaves that leaves it.
#pragma once

#include <algorithm>
#include <cstdint>

#include <footfall/core/types.hpp>
#include <footfall/forest/tree.hpp>
#include <footfall/forest/walk.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// Nodes that a tree of a forest may have for all its trees to be walked in four bytes a node; 0 with too many columns.
inline index most_narrow_nodes(index cols) noexcept {
  return walk_node<std::uint32_t>::fits(1, cols) ? index{1} << walk_node<std::uint32_t>::next_bits : 0;
}

inline constexpr index narrow_node_bytes = sizeof(tree_node) + sizeof(std::uint32_t);
inline constexpr index wide_node_bytes = sizeof(tree_node) + sizeof(std::uint64_t);

/// Bytes of a tree of `nodes` nodes in a forest that has no larger one.
inline index bytes_of_tree(index nodes, index cols) noexcept {
  const index each = nodes <= most_narrow_nodes(cols) ? narrow_node_bytes : wide_node_bytes;
  return nodes * each + static_cast<index>(sizeof(tree_top));
}

/// The most leaves of a tree of at most `bytes`, which must be enough for one split.
inline std::uint64_t leaves_within(index bytes, index cols) noexcept {
  const index room = bytes - static_cast<index>(sizeof(tree_top));
  const index narrow = std::min(room / narrow_node_bytes, most_narrow_nodes(cols));
  const index wide = room / wide_node_bytes;
  const index nodes = std::max(narrow, wide);  // where there is room for more of the wide ones, they are needed
  return static_cast<std::uint64_t>((nodes + 1) / 2);
}

}  // namespace detail

FOOTFALL_END_NAMESPACE
