// SPDX-License-Identifier: MIT
// How the mean score moves with one column when all else stays as it is (Friedman 2001), and session by session.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
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
#include <footfall/core/types.hpp>
#include <footfall/forest/fitted_forest.hpp>
#include <footfall/forest/level_columns.hpp>
#include <footfall/forest/plain_tree.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The values above `above` up to and including `up_to`, between which the forest makes no difference. The step of
/// missing values has NaN for both. That of a level of a column of categories has the level for both.
struct dependence_step {
  double above = 0;
  double up_to = 0;
  double mean = 0;   ///< the mean score if every session's value lay here
  double share = 0;  ///< of the sessions whose value does lie here
};

/// The mean score by one column. It is a step function, and these are all its steps; a column of categories has one for each
/// of its levels, in the order of `*column.levels`.
struct partial_dependence_result {
  feature_info column;
  std::vector<dependence_step>
      steps;                ///< ascending; of numbers, the first begins at minus infinity, the last ends at infinity
  dependence_step missing;  ///< if the value were missing
  matrix<double>
      curves;  ///< where asked for, a row a session: its score on each step and, last, with the value missing

  /// The mean score if every session had this value; NaN means missing. Infinity lies on the outermost steps. Of levels, one
  /// that was not there when fitted counts as missing.
  double at(double value) const {
    if (std::isnan(value) || (column.levels.has_value() && value >= static_cast<double>(steps.size())))
      return missing.mean;
    const auto found = std::lower_bound(steps.begin(), steps.end(), value,
                                        [](const dependence_step& step, double v) { return step.up_to < v; });
    return found->mean;
  }
};

/// The recipe of partial dependence. Exact over the sessions given: nothing is sampled, and every step of the forest is
/// there. Where the column moves with others, it speaks of sessions that there are none of; it says what the forest does,
/// not what would happen.
struct partial_dependence {
  std::string column;   ///< its name; `x0`, `x1`, ... where the forest was fitted without names
  bool curves = false;  ///< keep the curve of each session (Goldstein, Kapelner, Bleich and Pitkin 2015)

  /// A weight counts as so many equal sessions. The same bytes for any number of threads. Cost: one walk a session and
  /// tree, down both sides where the tree asks for the column; 8 bytes a step and session while a block of 64 is worked on.
  /// Throws unknown_name, wrong_shape, not_finite, cancelled.
  template <std::floating_point Scalar, feature_input X>
    requires std::same_as<scalar_of<X>, Scalar>
  partial_dependence_result of(const fitted_forest<Scalar>& forest, const X& x, const weights& w = {},
                               const run_options& run = {}) const;
};

namespace detail {

/// Walks one session down a tree for all codes of one column at once.
class all_codes_walk {
 public:
  explicit all_codes_walk(std::uint16_t column) : column_(column) {}

  /// Adds each leaf's share to `differences`: entry b is what code b says less what code b - 1 says, entry `steps`
  /// belongs to nobody, and entry `steps` + 1 is what a missing value says. Unsigned numbers wrap on their way.
  void add(const plain_tree& tree, const std::uint8_t* session, int steps, std::uint64_t* differences) {
    open_.assign(1, {0, 0, steps - 1, true});
    while (!open_.empty()) {
      branch now = open_.back();
      open_.pop_back();
      for (const plain_node* node = &tree[now.node]; !node->leaf(); node = &tree[now.node]) {
        if (node->column != column_) {
          now.node = node->goes_left(session[node->column]) ? now.node + 1 : node->right;
          continue;
        }
        const branch left{now.node + 1, now.low, std::min<int>(now.high, node->bin),
                          now.missing && node->missing_left != 0};
        const branch right{node->right, std::max<int>(now.low, node->bin + 1), now.high,
                           now.missing && node->missing_left == 0};
        if (left.empty()) {
          now = right;
        } else {
          if (!right.empty()) open_.push_back(right);
          now = left;
        }
      }
      const std::uint64_t share = tree[now.node].share;
      if (now.low <= now.high) {
        differences[now.low] += share;
        differences[now.high + 1] -= share;
      }
      if (now.missing) differences[steps + 1] += share;
    }
  }

 private:
  struct branch {
    std::uint32_t node;
    int low, high;  // the codes that come here
    bool missing;   // whether missing values do
    bool empty() const noexcept { return low > high && !missing; }
  };

  std::uint16_t column_;
  std::vector<branch> open_;
};

/// Adds to `differences` by level what one tree says of one session by rank. Uses up `by_rank`.
inline void add_by_level(const level_columns::place& place, std::span<const std::uint8_t> ranks,
                         std::vector<std::uint64_t>& by_rank, std::uint64_t* differences) {
  for (std::size_t rank = 1; rank < place.levels; ++rank) by_rank[rank] += by_rank[rank - 1];
  const std::uint64_t missing = by_rank[place.levels + 1];
  std::uint64_t before = 0;
  for (std::size_t level = 0; level < place.levels; ++level) {
    const std::uint8_t rank = ranks[place.begin + level];
    const std::uint64_t here = rank == level_columns::no_rank ? missing : by_rank[rank];
    differences[level] += here - before;
    before = here;
  }
  differences[place.levels + 1] += missing;
}

}  // namespace detail

template <std::floating_point Scalar, feature_input X>
  requires std::same_as<scalar_of<X>, Scalar>
partial_dependence_result partial_dependence::of(const fitted_forest<Scalar>& forest, const X& x, const weights& w,
                                                 const run_options& run) const {
  const std::string_view who = "partial_dependence";
  require(forest.trees() > 0, error_code::wrong_shape, who, "the forest must have at least one tree, got 0");
  require_columns(x, forest.columns(), who);
  require_rows(x.rows(), w, who);
  std::size_t position = 0;
  while (position < forest.columns().size() && forest.columns()[position].name != column) ++position;
  require(position < forest.columns().size(), error_code::unknown_name, who, "there is no column '", column, "'");

  const auto& edges = forest.bins().edges()[position];
  const bool has_levels = forest.columns()[position].levels.has_value();
  const auto steps = static_cast<index>(has_levels ? forest.columns()[position].levels->size() : edges.size() + 1);
  level_columns::place place_of_levels{};
  for (const auto& place : forest.levels().places()) {
    if (place.column == position) place_of_levels = place;
  }
  const std::size_t stride = static_cast<std::size_t>(steps) + 2;
  std::vector<plain_tree> trees;
  for (index t = 0; t < forest.trees(); ++t) trees.push_back(plain(forest.tree(t)));
  const double one = 0x1p31 * static_cast<double>(forest.trees());

  const matrix_view<Scalar> values = view_of(x);
  partial_dependence_result result{forest.columns()[position], {}, {}, {}};
  if (curves) result.curves.resize(values.rows(), steps + 1);
  constexpr index block = 64;
  const index blocks = (values.rows() + block - 1) / block;
  matrix<double> sums = matrix<double>::Zero(steps + 1, blocks);    // of weighted scores, a column a block
  matrix<double> shares = matrix<double>::Zero(steps + 1, blocks);  // of weights
  workers team(run);
  progress_meter meter(run.progress, std::string(who), blocks);
  team.for_each_block(values.rows(), block, [&](index begin, index end) {
    const bin_codes codes = forest.bins().codes(values, begin, end, forest.columns(), who);
    std::vector<std::uint64_t> differences(static_cast<std::size_t>(codes.rows) * stride, 0);
    detail::all_codes_walk walk(static_cast<std::uint16_t>(position));
    ranked_session session(forest.levels(), codes.cols);
    std::vector<std::uint64_t> by_rank(stride);
    for (index t = 0; t < forest.trees(); ++t) {
      const auto ranks = forest.ranks(t);
      for (index row = 0; row < codes.rows; ++row) {
        std::uint64_t* const own = &differences[static_cast<std::size_t>(row) * stride];
        const std::uint8_t* const asked = session.of(codes.row(row), ranks);
        if (has_levels) {
          std::fill(by_rank.begin(), by_rank.end(), 0);
          walk.add(trees[static_cast<std::size_t>(t)], asked, static_cast<int>(steps), by_rank.data());
          detail::add_by_level(place_of_levels, ranks, by_rank, own);
        } else {
          walk.add(trees[static_cast<std::size_t>(t)], asked, static_cast<int>(steps), own);
        }
      }
    }
    const index at = begin / block;
    for (index row = begin; row < end; ++row) {
      const std::uint64_t* const own = &differences[static_cast<std::size_t>(row - begin) * stride];
      const std::uint8_t code = codes.row(row - begin)[position];
      shares(code == fitted_bins<Scalar>::missing_code ? steps : code, at) += w[row];
      std::uint64_t sum = 0;
      for (index step = 0; step <= steps; ++step) {
        sum = step < steps ? sum + own[step] : own[steps + 1];
        const double score = static_cast<double>(sum) / one;
        sums(step, at) += w[row] * score;
        if (curves) result.curves(row, step) = score;
      }
    }
    meter.advance();
  });

  double total = 0;
  for (index row = 0; row < values.rows(); ++row) total += w[row];
  for (index step = 0; step <= steps; ++step) {
    double mean = 0;
    double share = 0;
    for (index at = 0; at < blocks; ++at) {
      mean += sums(step, at);
      share += shares(step, at);
    }
    constexpr double infinity = std::numeric_limits<double>::infinity();
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    const auto place = static_cast<std::size_t>(step);
    if (step == steps) {
      result.missing = {none, none, mean / total, share / total};
    } else if (has_levels) {
      result.steps.push_back({static_cast<double>(step), static_cast<double>(step), mean / total, share / total});
    } else {
      result.steps.push_back({step == 0 ? -infinity : static_cast<double>(edges[place - 1]),
                              step + 1 == steps ? infinity : static_cast<double>(edges[place]), mean / total,
                              share / total});
    }
  }
  return result;
}

FOOTFALL_END_NAMESPACE
