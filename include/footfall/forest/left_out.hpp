// SPDX-License-Identifier: MIT
// Which trees did not see which sessions: drawn again from the seed, and held against what the forest remembers.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/forest/bag.hpp>
#include <footfall/forest/class_weights.hpp>
#include <footfall/forest/counts.hpp>
#include <footfall/forest/fitted_forest.hpp>
#include <footfall/forest/forest_words.hpp>
#include <footfall/forest/random_forest.hpp>
#include <footfall/forest/walk.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// One bit for each session and tree: was the session left out of the tree's bag?
class left_out {
 public:
  left_out() = default;
  left_out(index rows, index trees) : rows_(rows), bits_(static_cast<std::size_t>(rows * ((trees + 7) / 8)), 0) {}

  bool operator()(index row, index tree) const { return (bits_[at(row, tree)] >> (tree % 8) & 1) != 0; }
  /// Trees of one group of eight share bytes: they must be set by one thread.
  void set(index row, index tree) {
    bits_[at(row, tree)] = static_cast<std::uint8_t>(bits_[at(row, tree)] | 1 << (tree % 8));
  }

  /// The bits of some sessions, in the order of `rows`.
  left_out picked(const row_set& rows) const {
    left_out result;
    result.rows_ = static_cast<index>(rows.size());
    for (std::size_t group = 0; group < bits_.size(); group += static_cast<std::size_t>(rows_)) {
      for (const index row : rows) result.bits_.push_back(bits_[group + static_cast<std::size_t>(row)]);
    }
    return result;
  }

 private:
  std::size_t at(index row, index tree) const { return static_cast<std::size_t>(tree / 8 * rows_ + row); }

  index rows_ = 0;
  std::vector<std::uint8_t> bits_;
};

/// Draws the bags of a forest again. `recipe`, `codes`, `y` and `w` must be those that it was grown with: the counts in
/// each leaf and the out-of-bag score of each session are worked out again, and must be what the forest says.
/// Throws bad_option for a recipe without out-of-bag scores, wrong_shape or bad_value for anything else that differs.
template <class Scalar>
left_out left_out_of(const random_forest& recipe, const fitted_forest<Scalar>& forest, const forest_words& words,
                     const detail::code_groups& codes, const labels& y, const weights& w, std::string_view who,
                     workers& team) {
  const scores known = forest.out_of_bag();
  require(recipe.bootstrap && recipe.out_of_bag && !known.empty(), error_code::bad_option, who,
          "the forest must be grown with bootstrap and out_of_bag");
  require(recipe.trees == forest.trees(), error_code::bad_option, who, "the recipe grows ", recipe.trees,
          " trees, the forest has ", forest.trees());
  require(static_cast<index>(known.size()) == y.size(), error_code::wrong_shape, who, "the forest was grown on ",
          known.size(), " rows, got ", y.size());
  const std::vector<std::uint32_t> counts = detail::as_counts(w, y, recipe.class_weights, who).counts;
  std::vector<std::uint32_t> taking_part;
  for (std::size_t row = 0; row < counts.size(); ++row) {
    if (counts[row] > 0) taking_part.push_back(static_cast<std::uint32_t>(row));
  }
  left_out result(y.size(), forest.trees());
  const random_stream stream(recipe.seed);
  team.for_each_block(forest.trees(), 8, [&](index begin, index end) {
    for (index t = begin; t < end; ++t) {
      const auto tree = static_cast<std::size_t>(t);
      std::vector<std::uint8_t> draws(counts.size(), 0);
      detail::draw_bag(stream.child(1 + static_cast<std::uint64_t>(t)).child(0), taking_part, draws);
      for (const std::uint32_t row : taking_part) {
        if (draws[row] == 0) result.set(static_cast<index>(row), t);
      }
      const auto shares = words.shares(tree);
      std::vector<detail::class_counts> leaves(shares.size());
      for (std::size_t group = 0; group < codes.groups(); ++group) {
        const std::size_t first = group * detail::group_rows;
        detail::group_numbers open, at;
        std::size_t bagged = 0;
        for (std::size_t row = 0; row < codes.rows(group); ++row) {
          open[bagged] = static_cast<std::uint32_t>(row);
          bagged += draws[first + row] != 0 ? 1 : 0;
        }
        words.find_leaves(tree, codes.codes(group), open, bagged, at);
        for (std::size_t row = 0; row < codes.rows(group); ++row) {
          const std::uint32_t times = draws[first + row];
          if (times == 0) continue;
          const auto label = y[static_cast<index>(first + row)];
          leaves[at[row]] = leaves[at[row]] + detail::class_counts::of(times * counts[first + row], label);
        }
      }
      const auto nodes = forest.tree(t);
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (!nodes[i].leaf) continue;
        require(leaves[i].all() > 0 && leaves[i].share() == shares[i], error_code::bad_value, who,
                "sessions, labels, weights and recipe must be those that the forest was grown with; leaf ", i,
                " of tree ", t, " says ", shares[i] * 0x1p-31, " of its positives, they say ",
                leaves[i].all() > 0 ? leaves[i].share() * 0x1p-31 : 0.0);
      }
    }
  });
  return result;
}

FOOTFALL_END_NAMESPACE
