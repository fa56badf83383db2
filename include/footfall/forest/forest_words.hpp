// SPDX-License-Identifier: MIT
// The trees of a forest in one word a node, for walks of many sessions that must know their leaves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <footfall/core/types.hpp>
#include <footfall/forest/fitted_forest.hpp>
#include <footfall/forest/level_columns.hpp>
#include <footfall/forest/tree.hpp>
#include <footfall/forest/walk.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A copy of the trees: node i of tree t in a word that says what it asks and where it leads, and the share of each leaf.
/// In columns of categories a tree asks for ranks; `levels` and `ranks` turn codes into these. Cost: one pass, 12 bytes a
/// node and some 600 a tree.
class forest_words {
 public:
  using node = detail::walk_node<std::uint64_t>;

  template <class Scalar>
  explicit forest_words(const fitted_forest<Scalar>& forest) : levels_(forest.levels()), cols_(forest.bins().cols()) {
    for (index t = 0; t < forest.trees(); ++t) {
      const auto tree = forest.tree(t);
      const auto ranks = forest.ranks(t);
      ranks_.insert(ranks_.end(), ranks.begin(), ranks.end());
      starts_.push_back(words_.size());
      for (std::size_t i = 0; i < tree.size(); ++i) {
        words_.push_back(node::of(tree[i], i, forest.bins().cols()));
        shares_.push_back(tree[i].leaf ? tree[i].next : 0);
      }
      tops_.push_back(detail::tree_top::of(words_.data() + starts_.back()));
    }
    starts_.push_back(words_.size());
  }

  std::size_t trees() const noexcept { return starts_.size() - 1; }
  /// The nodes of tree `t`, the root first.
  std::span<const std::uint64_t> tree(std::size_t t) const noexcept {
    return std::span(words_).subspan(starts_[t], starts_[t + 1] - starts_[t]);
  }
  /// The share of positives of each node of tree `t`, in units of 2^-31; 0 for one that is not a leaf.
  std::span<const std::uint32_t> shares(std::size_t t) const noexcept {
    return std::span(shares_).subspan(starts_[t], starts_[t + 1] - starts_[t]);
  }

  const level_columns& levels() const noexcept { return levels_; }
  /// The ranks of tree `t`.
  std::span<const std::uint8_t> ranks(std::size_t t) const noexcept {
    return std::span(ranks_).subspan(t * levels_.bytes(), levels_.bytes());
  }

  /// Takes the first `count` sessions that `open` names in a group to their leaves in tree `t`; `at` of each is then its
  /// node. Uses up `open`.
  void find_leaves(std::size_t t, const std::uint8_t* codes, detail::group_numbers& open, std::size_t count,
                   detail::group_numbers& at) const {
    detail::ranked_codes ranked(levels_, cols_, detail::group_rows);
    const std::uint8_t* const own = ranked.of(codes, ranks(t));
    tops_[t].lead(own, detail::group_rows, at);
    detail::finish_walks(words_.data() + starts_[t], own, at.data(), open.data(), count);
  }

 private:
  std::vector<std::uint64_t> words_;
  std::vector<std::uint32_t> shares_;
  std::vector<std::size_t> starts_;
  level_columns levels_;
  index cols_;
  std::vector<std::uint8_t> ranks_;
  std::vector<detail::tree_top> tops_;
};

FOOTFALL_END_NAMESPACE
