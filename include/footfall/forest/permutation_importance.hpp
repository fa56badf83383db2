// SPDX-License-Identifier: MIT
// What a forest loses when a column says nothing any more (Breiman 2001), on the sessions that each tree did not see.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/progress.hpp>
#include <footfall/core/random.hpp>
#include <footfall/forest/explanation.hpp>
#include <footfall/forest/fitted_forest.hpp>
#include <footfall/forest/left_out.hpp>
#include <footfall/forest/plain_tree.hpp>
#include <footfall/forest/random_forest.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What the measure lost when a column, or the columns of one source together, were permuted.
struct permuted_column {
  std::string name;
  std::string source;
  double mean = 0;            ///< over the repeats; below 0 where permuting happened to help
  double deviation = 0;       ///< standard deviation over the repeats: the luck of permuting only; NaN for one repeat
  std::vector<double> drops;  ///< one a repeat

  bool operator==(const permuted_column&) const = default;
};

/// Out-of-bag permutation importance, largest mean first, equal ones in the order of the columns.
struct permutation_result {
  double measured = 0;  ///< of the out-of-bag scores as they are
  index sessions = 0;   ///< those that at least one tree did not see
  std::vector<permuted_column> columns;
};

/// A figure to judge scores by: `measure(scores, labels)`, or `measure(scores, labels, weights)`, gives a number.
template <class Measure>
concept score_measure = requires(const Measure& measure, const scores& score, const labels& y, const weights& w) {
  { measure(score, y) } -> std::convertible_to<double>;
} || requires(const Measure& measure, const scores& score, const labels& y, const weights& w) {
  { measure(score, y, w) } -> std::convertible_to<double>;
};

/// The recipe of out-of-bag permutation importance. A session takes the values of a column from another session that is
/// drawn by chance, without putting back; trees that did not see it score it again, and the measure is taken anew.
/// Columns that stand for one another hide each other: each may be permuted at little loss.
struct permutation_importance {
  int repeats = 5;         ///< at least 1
  bool by_source = true;   ///< permute the columns of one source together, e.g. the levels of a one-hot column
  std::uint64_t seed = 0;  ///< of the permutations

  /// `recipe`, `x`, `y` and `w` must be those that `forest` was grown with. This is checked against the counts of every
  /// leaf and every out-of-bag score; only a weight that changes none of them goes unnoticed. Weights go to the measure
  /// where it takes them; sessions of weight 0 are left aside. The same for any number of threads. Cost: about columns x
  /// repeats times that of the out-of-bag scores, less where paths do not ask for the column.
  /// Throws bad_option, wrong_shape, unknown_name, bad_value, not_finite, cancelled, and what the measure throws.
  template <std::floating_point Scalar, feature_input X, score_measure Measure>
    requires std::same_as<scalar_of<X>, Scalar>
  permutation_result of(const random_forest& recipe, const fitted_forest<Scalar>& forest, const X& x, const labels& y,
                        const Measure& measure, const weights& w = {}, const run_options& run = {}) const;
};

namespace detail {

/// What permuting some columns does to the sums of out-of-bag scores.
class permuted_scores {
 public:
  permuted_scores(const std::vector<plain_tree>& trees, const bin_codes& codes, const left_out& unseen)
      : trees_(trees), codes_(codes), unseen_(unseen) {}

  /// Adds to `sums`, for each of the repeats `rows` numbers, what changes when session i takes the columns that `mask`
  /// names (one byte a column) from session `donors[repeat][i]`. Unsigned numbers wrap on their way.
  void add(std::span<const std::uint8_t> mask, const std::vector<std::vector<std::uint32_t>>& donors, workers& team,
           std::vector<std::uint64_t>& sums) const {
    std::vector<bool> asks;
    for (const plain_tree& tree : trees_) {
      asks.push_back(std::any_of(tree.begin(), tree.end(),
                                 [&](const plain_node& node) { return !node.leaf() && mask[node.column] != 0; }));
    }
    const auto cols = static_cast<std::size_t>(codes_.cols);
    const std::size_t repeats = donors.size();
    team.for_each_block(codes_.rows, 256, [&](index begin, index end) {
      std::vector<std::uint8_t> mixed(static_cast<std::size_t>(end - begin) * repeats * cols);
      std::uint8_t* next = mixed.data();
      for (index row = begin; row < end; ++row) {
        for (std::size_t r = 0; r < repeats; ++r) {
          const std::uint8_t* const other = codes_.row(static_cast<index>(donors[r][static_cast<std::size_t>(row)]));
          for (std::size_t c = 0; c < cols; ++c) *next++ = mask[c] != 0 ? other[c] : codes_.row(row)[c];
        }
      }
      for (std::size_t t = 0; t < trees_.size(); ++t) {
        if (!asks[t]) continue;
        const plain_tree& tree = trees_[t];
        for (index row = begin; row < end; ++row) {
          if (!unseen_(row, static_cast<index>(t))) continue;
          // Up to the first question about these columns the path stays what it was.
          std::uint32_t node = 0;
          const std::uint8_t* const own = codes_.row(row);
          while (!tree[node].leaf() && mask[tree[node].column] == 0) {
            node = tree[node].goes_left(own[tree[node].column]) ? node + 1 : tree[node].right;
          }
          if (tree[node].leaf()) continue;
          const std::uint64_t as_was = tree[leaf_of(tree, own, node)].share;
          const std::uint8_t* session = mixed.data() + static_cast<std::size_t>(row - begin) * repeats * cols;
          for (std::size_t r = 0; r < repeats; ++r, session += cols) {
            std::uint64_t& sum = sums[r * static_cast<std::size_t>(codes_.rows) + static_cast<std::size_t>(row)];
            sum += tree[leaf_of(tree, session, node)].share - as_was;
          }
        }
      }
    });
  }

 private:
  const std::vector<plain_tree>& trees_;
  const bin_codes& codes_;
  const left_out& unseen_;
};

}  // namespace detail

template <std::floating_point Scalar, feature_input X, score_measure Measure>
  requires std::same_as<scalar_of<X>, Scalar>
permutation_result permutation_importance::of(const random_forest& recipe, const fitted_forest<Scalar>& forest,
                                              const X& x, const labels& y, const Measure& measure, const weights& w,
                                              const run_options& run) const {
  const std::string_view who = "permutation_importance";
  require(repeats >= 1, error_code::bad_option, who, "repeats must be at least 1, got ", repeats);
  require_columns(x, forest.columns(), who);
  require_rows(x.rows(), y, w, who);
  require(x.rows() <= 0x7FFFFFFF, error_code::limit, who, "there can be at most 2^31 - 1 rows, got ", x.rows());
  const matrix_view<Scalar> values = view_of(x);
  const bin_codes codes = forest.bins().codes(values, 0, values.rows(), forest.columns(), who);
  std::vector<plain_tree> trees;
  for (index t = 0; t < forest.trees(); ++t) trees.push_back(plain(forest.tree(t)));
  workers team(run);
  const left_out unseen = left_out_of(recipe, forest, trees, codes, y, w, who, team);

  // The out-of-bag scores again, as sums; they must be those that the forest remembers.
  const auto rows = static_cast<std::size_t>(codes.rows);
  std::vector<std::uint64_t> sums(rows, 0);
  std::vector<double> most(rows, 0);  // what a sum could be at most
  team.for_each_block(codes.rows, 256, [&](index begin, index end) {
    for (index t = 0; t < forest.trees(); ++t) {
      const plain_tree& tree = trees[static_cast<std::size_t>(t)];
      for (index row = begin; row < end; ++row) {
        if (!unseen(row, t)) continue;
        sums[static_cast<std::size_t>(row)] += tree[leaf_of(tree, codes.row(row))].share;
        most[static_cast<std::size_t>(row)] += 0x1p31;
      }
    }
  });
  const scores remembered = forest.out_of_bag();
  row_set known;
  for (std::size_t row = 0; row < rows; ++row) {
    const double again = most[row] > 0 ? static_cast<double>(sums[row]) / most[row] : 0;
    require(
        most[row] > 0 ? remembered[row] == again : std::isnan(remembered[row]), error_code::bad_value, who,
        "sessions, labels, weights and recipe must be those that the forest was grown with; the out-of-bag score of "
        "row ",
        row, " is ", remembered[row], ", they say ", again);
    if (most[row] > 0) known.push_back(static_cast<index>(row));
  }
  require(!known.empty(), error_code::wrong_shape, who, "there must be a session that some tree did not see");

  const labels y_known = y.rows(known);
  const weights w_known = w.rows(known);
  const auto judge = [&](std::span<const std::uint64_t> of_rows) -> double {
    scores score;
    for (const index row : known) {
      const auto at = static_cast<std::size_t>(row);
      score.push_back(static_cast<double>(of_rows[at]) / most[at]);
    }
    if constexpr (requires { measure(score, y_known, w_known); }) {
      if (!w.empty()) return measure(score, y_known, w_known);
    }
    if constexpr (requires { measure(score, y_known); }) {
      return measure(score, y_known);
    } else {
      return measure(score, y_known, w_known);
    }
  };

  permutation_result result{judge(sums), static_cast<index>(known.size()), {}};
  std::vector<std::vector<index>> groups;
  if (by_source) {
    groups = columns_by_source(forest.columns());
  } else {
    for (index column = 0; column < codes.cols; ++column) groups.push_back({column});
  }
  progress_meter meter(run.progress, std::string(who), static_cast<index>(groups.size()));
  const detail::permuted_scores permuted(trees, codes, unseen);
  const auto times = static_cast<std::size_t>(repeats);
  for (std::size_t group = 0; group < groups.size(); ++group) {
    std::vector<std::uint8_t> mask(static_cast<std::size_t>(codes.cols), 0);
    for (const index column : groups[group]) mask[static_cast<std::size_t>(column)] = 1;
    std::vector<std::vector<std::uint32_t>> donors(times, std::vector<std::uint32_t>(rows, 0));
    for (std::size_t r = 0; r < times; ++r) {
      std::vector<std::uint32_t> order(known.begin(), known.end());
      random_stream stream = random_stream(seed).child(group).child(r);
      stream.shuffle(std::span(order));
      for (std::size_t i = 0; i < known.size(); ++i) donors[r][static_cast<std::size_t>(known[i])] = order[i];
    }
    std::vector<std::uint64_t> changed;
    for (std::size_t r = 0; r < times; ++r) changed.insert(changed.end(), sums.begin(), sums.end());
    permuted.add(mask, donors, team, changed);

    const feature_info& first = forest.columns()[static_cast<std::size_t>(groups[group].front())];
    permuted_column column{groups[group].size() > 1 ? first.source : first.name, first.source, 0, 0, {}};
    for (std::size_t r = 0; r < times; ++r) {
      column.drops.push_back(result.measured - judge(std::span(changed).subspan(r * rows, rows)));
      column.mean += column.drops.back() / repeats;
    }
    double squares = 0;
    for (const double drop : column.drops) squares += (drop - column.mean) * (drop - column.mean);
    column.deviation = repeats > 1 ? std::sqrt(squares / (repeats - 1)) : std::numeric_limits<double>::quiet_NaN();
    result.columns.push_back(std::move(column));
    meter.advance();
  }
  std::stable_sort(result.columns.begin(), result.columns.end(),
                   [](const permuted_column& a, const permuted_column& b) { return a.mean > b.mean; });
  return result;
}

FOOTFALL_END_NAMESPACE
