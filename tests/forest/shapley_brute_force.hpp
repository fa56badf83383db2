// SPDX-License-Identifier: MIT
// Path-dependent Shapley values from their definition: every subset of columns, every path. For small forests.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <footfall/forest/fitted_forest.hpp>
#include <footfall/forest/tree.hpp>

/// One tree and how much of the background reaches each of its nodes.
struct brute_force_tree {
  std::span<const footfall::tree_node> nodes;
  std::vector<double> cover;

  brute_force_tree(std::span<const footfall::tree_node> tree, const footfall::bin_codes& codes,
                   const footfall::weights& w)
      : nodes(tree), cover(tree.size(), 0.0) {
    for (footfall::index row = 0; row < codes.rows; ++row) {
      std::uint32_t node = 0;
      cover[0] += w[row];
      while (!nodes[node].leaf) {
        node = child(node, codes.row(row));
        cover[node] += w[row];
      }
    }
  }

  std::uint32_t child(std::uint32_t node, const std::uint8_t* session) const {
    const std::uint8_t code = session[nodes[node].feature];
    const bool left = code == 255 ? nodes[node].missing_left : code <= nodes[node].bin;
    return nodes[node].next + (left ? 0 : 1);
  }

  /// What the tree says when it knows only the columns in `known`, one bit a column.
  double value(const std::uint8_t* session, std::uint32_t known, std::uint32_t node = 0) const {
    if (nodes[node].leaf) return nodes[node].next / 0x1p31;
    if ((known >> nodes[node].feature & 1) != 0) return value(session, known, child(node, session));
    const std::uint32_t left = nodes[node].next;
    const double share = cover[node] > 0 ? cover[left] / cover[node] : 0.5;
    return share * value(session, known, left) + (1 - share) * value(session, known, left + 1);
  }
};

/// The Shapley values of a game of `players`, whose worth is given for every subset.
inline std::vector<double> shapley_by_definition(const std::vector<double>& worth, int players) {
  std::vector<double> factorial{1};
  for (int i = 1; i <= players; ++i) factorial.push_back(factorial.back() * i);
  std::vector<double> result(static_cast<std::size_t>(players), 0.0);
  for (std::uint32_t subset = 0; subset < worth.size(); ++subset) {
    const auto size = static_cast<std::size_t>(std::popcount(subset));
    for (int i = 0; i < players; ++i) {
      if ((subset >> i & 1) != 0) continue;
      const double weight = factorial[size] * factorial[static_cast<std::size_t>(players) - size - 1] /
                            factorial[static_cast<std::size_t>(players)];
      result[static_cast<std::size_t>(i)] += weight * (worth[subset | std::uint32_t{1} << i] - worth[subset]);
    }
  }
  return result;
}

/// The Shapley values of one session under a forest, and last the value of no column.
template <class Scalar>
std::vector<double> shapley_by_definition(const footfall::fitted_forest<Scalar>& forest,
                                          const footfall::bin_codes& background, const footfall::weights& w,
                                          const std::uint8_t* session) {
  const auto players = static_cast<int>(forest.bins().cols());
  std::vector<double> worth(std::size_t{1} << players, 0.0);
  for (footfall::index t = 0; t < forest.trees(); ++t) {
    const brute_force_tree tree(forest.tree(t), background, w);
    for (std::uint32_t known = 0; known < worth.size(); ++known) {
      worth[known] += tree.value(session, known) / static_cast<double>(forest.trees());
    }
  }
  std::vector<double> result = shapley_by_definition(worth, players);
  result.push_back(worth[0]);
  return result;
}
