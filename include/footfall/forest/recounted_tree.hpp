// SPDX-License-Identifier: MIT
// What the splits of a grown tree gained, counted again from what its leaves hold.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <footfall/forest/counts.hpp>
#include <footfall/forest/tree.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// The decrease of impurity by column, with the bits that growing gave it: a forest keeps only the sum over its trees.
/// `counts` holds those of the leaves, each above 0; those of the questions are filled in.
inline std::vector<double> recounted_decrease(std::span<const tree_node> nodes, std::vector<class_counts> counts,
                                              std::size_t cols) {
  for (std::size_t i = nodes.size(); i-- > 0;) {  // children lie behind their parents
    if (!nodes[i].leaf) counts[i] = counts[nodes[i].next] + counts[nodes[i].next + 1];
  }
  // A tree gets its nodes two by two: in the order of their children, questions stand as they were found.
  std::vector<std::uint32_t> asked_by((nodes.size() + 1) / 2);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!nodes[i].leaf) asked_by[nodes[i].next / 2] = static_cast<std::uint32_t>(i);
  }
  std::vector<double> result(cols, 0.0);
  for (std::size_t pair = 0; 2 * pair + 1 < nodes.size(); ++pair) {
    const tree_node& question = nodes[asked_by[pair]];
    const class_counts all = counts[asked_by[pair]];
    result[question.feature] += all.gain(counts[question.next]) / static_cast<double>(all.all());
  }
  return result;
}

}  // namespace detail

FOOTFALL_END_NAMESPACE
