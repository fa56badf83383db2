// SPDX-License-Identifier: MIT
// A grown forest: what scores sessions, one or many, and says which columns it leans on.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/types.hpp>
#include <footfall/forest/fitted_bins.hpp>
#include <footfall/forest/importance.hpp>
#include <footfall/forest/level_columns.hpp>
#include <footfall/forest/tree.hpp>
#include <footfall/forest/tree_checks.hpp>
#include <footfall/forest/walk.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A grown forest. Immutable; every method may be called from any number of threads at once. Scores are averages of leaf
/// shares, added as integers: the same bits for a batch and for one session, on any machine.
template <std::floating_point Scalar>
class fitted_forest {
 public:
  static constexpr std::string_view kind = "random_forest";
  using scalar = Scalar;

  /// The probability of the positive label for each session. `x` has the columns that the forest was fitted on; NaN is
  /// missing and goes the way that the tree learned, or where it met none to the larger side; so does a level that the bag of
  /// the tree did not have. Throws wrong_shape, unknown_name, wrong_kind, not_finite, or bad_value for what is no level.
  template <feature_input X>
    requires std::same_as<scalar_of<X>, Scalar>
  scores score(const X& x, const run_options& run = {}) const {
    require_columns(x, columns_, kind);
    const matrix_view<Scalar> values = view_of(x);
    scores result(static_cast<std::size_t>(values.rows()));
    workers team(run);
    if (values.rows() <= few_sessions && takes(values)) {  // a live visitor should not wait for what a batch sets up
      std::vector<Scalar> session(static_cast<std::size_t>(values.cols()));
      for (index row = 0; row < values.rows(); ++row) {
        for (index column = 0; column < values.cols(); ++column) {
          session[static_cast<std::size_t>(column)] = values(row, column);
        }
        result[static_cast<std::size_t>(row)] = score_one(session);
      }
      return result;
    }
    // A tree is fetched once for a block of sessions; their codes stay in the second cache.
    team.for_each_block(values.rows(), 4096, [&](index begin, index end) {
      detail::code_groups codes(end - begin, values.cols());
      codes.encode(bins_, values, begin, columns_, kind);
      detail::ranked_codes ranked(levels_, bins_.cols(), detail::group_rows);
      std::vector<std::uint64_t> sums(static_cast<std::size_t>(end - begin));
      for (std::size_t tree = 0; tree < starts_.size(); ++tree) {
        for (std::size_t group = 0; group < codes.groups(); ++group) {
          walks_.add_shares(nodes_, starts_, tree, ranked.of(codes.codes(group), ranks_of(tree)), codes.rows(group),
                            sums.data() + group * detail::group_rows);
        }
      }
      for (index row = begin; row < end; ++row) {
        result[static_cast<std::size_t>(row)] = mean_share(sums[static_cast<std::size_t>(row - begin)], trees());
      }
    });
    return result;
  }

  /// The probability for one session from one value a column: the same bits as `score` gives. No lock; no allocation with
  /// up to 256 columns.
  double score_one(std::span<const Scalar> session) const {
    require(static_cast<index>(session.size()) == bins_.cols(), error_code::wrong_shape, kind, "fitted on ",
            bins_.cols(), " columns, got ", session.size());
    std::array<std::uint8_t, 512> few;
    std::vector<std::uint8_t> many;
    std::uint8_t* codes = few.data();
    if (2 * session.size() > few.size()) {
      many.resize(2 * session.size());
      codes = many.data();
    }
    for (std::size_t column = 0; column < session.size(); ++column) {
      const auto at = static_cast<index>(column);
      if (!bins_.takes(at, session[column])) bins_.refuse(at, session[column], columns_[column], kind);
      codes[column] = bins_.code(at, session[column]);
      codes[session.size() + column] = static_cast<std::uint8_t>(codes[column] + 1);
    }
    if (!levels_.empty()) {
      return mean_share(walks_.sum_of_shares(nodes_, starts_, codes, levels_, *ranks_), trees());
    }
    return mean_share(walks_.sum_of_shares(nodes_, starts_, codes), trees());
  }

  index trees() const noexcept { return static_cast<index>(starts_.size()); }
  /// Questions and leaves of all trees together.
  index nodes() const noexcept { return static_cast<index>(nodes_.size()); }
  /// What scoring keeps in memory: nodes, the copy of them that is walked, ranks of levels, and bins; not the names of columns,
  /// importances and out-of-bag sums.
  index bytes() const noexcept {
    return bins_.bytes() + static_cast<index>(nodes_.size() * sizeof(tree_node)) + walks_.bytes() +
           trees() * static_cast<index>(levels_.bytes());
  }
  const std::vector<feature_info>& columns() const noexcept { return columns_; }
  const fitted_bins<Scalar>& bins() const noexcept { return bins_; }

  /// The nodes of one tree, the root first. Throws wrong_shape for a tree that is not there.
  std::span<const tree_node> tree(index i) const {
    require(i >= 0 && i < trees(), error_code::wrong_shape, kind, "tree must be in [0, ", trees(), "), got ", i);
    const auto at = static_cast<std::size_t>(i);
    const std::uint64_t end = at + 1 < starts_.size() ? starts_[at + 1] : nodes_.size();
    return std::span(nodes_).subspan(starts_[at], end - starts_[at]);
  }

  /// The columns of categories. In tree `i` they ask for the rank of a level instead of its code; `ranks(i)` says which one it
  /// is. Throws wrong_shape for a tree that is not there.
  const level_columns& levels() const noexcept { return levels_; }
  std::span<const std::uint8_t> ranks(index i) const {
    require(i >= 0 && i < trees(), error_code::wrong_shape, kind, "tree must be in [0, ", trees(), "), got ", i);
    return ranks_of(static_cast<std::size_t>(i));
  }

  /// For each training session the score by those trees that did not see it: an honest score without a test set. NaN for
  /// a session that every tree saw, and for one of weight 0. Empty unless the recipe asked for it.
  scores out_of_bag() const {
    scores result;
    for (std::size_t row = 0; row < oob_sums_.size(); ++row) {
      result.push_back(oob_trees_[row] == 0 ? std::numeric_limits<double>::quiet_NaN()
                                            : mean_share(oob_sums_[row], oob_trees_[row]));
    }
    return result;
  }

  /// Impurity importance: for each column its share in the decrease of Gini impurity, averaged over trees, largest first.
  /// It favours columns with many distinct values and says nothing about direction. All 0 when no tree has a split.
  std::vector<importance> importances() const { return ranked(columns_, shares_); }

  auto parts() const { return std::tie(columns_, bins_, nodes_, starts_, shares_, oob_sums_, oob_trees_, ranks_); }

  /// Throws bad_parts unless the parts make a forest whose every walk ends: children behind their parents and inside
  /// their tree, one parent each, columns and bins that exist, leaf shares of at most 1, ranks of levels that are an order.
  static fitted_forest from_parts(std::vector<feature_info> columns, fitted_bins<Scalar> bins,
                                  std::vector<tree_node> nodes, std::vector<std::uint64_t> starts,
                                  std::vector<double> shares, std::vector<std::uint64_t> oob_sums,
                                  std::vector<std::uint32_t> oob_trees,
                                  std::optional<std::vector<std::uint8_t>> ranks = {}) {
    const auto check = [](bool good, const auto&... what) { require(good, error_code::bad_parts, kind, what...); };
    check(bins.cols() == static_cast<index>(columns.size()) && shares.size() == columns.size(),
          "columns, bins and shares must be as many, got ", columns.size(), ", ", bins.cols(), " and ", shares.size());
    for (const double share : shares) check(share >= 0 && share <= 1, "a share must be in [0, 1], got ", share);
    check(oob_sums.size() == oob_trees.size(), "out-of-bag sums and counts must be as many");
    for (std::size_t row = 0; row < oob_sums.size(); ++row) {
      check(oob_trees[row] <= starts.size() && oob_sums[row] <= std::uint64_t{oob_trees[row]} * tree_node::one,
            "out-of-bag sum of row ", row, " is more than its trees can give");
    }
    detail::require_trees(nodes, starts, columns.size(), kind);
    level_columns levels(bins.levels());
    for (std::size_t column = 0; column < columns.size(); ++column) {
      const int said = columns[column].levels.has_value() ? static_cast<int>(columns[column].levels->size()) : -1;
      const int binned = bins.levels().has_value() ? int{(*bins.levels())[column]} : -1;
      check(said == binned, "column '", columns[column].name, "' must have as many levels as its bins, got ", said,
            " and ", binned);
    }
    check(ranks.has_value() == !levels.empty() && (!ranks || ranks->size() == starts.size() * levels.bytes()),
          "there must be a rank for each level and tree");
    for (std::size_t t = 0; ranks.has_value() && t < starts.size(); ++t) {
      check(levels.are_ranks(std::span(*ranks).subspan(t * levels.bytes(), levels.bytes())), "the ranks of tree ", t,
            " are no order of levels");
    }
    fitted_forest result;
    result.columns_ = std::move(columns);
    result.bins_ = std::move(bins);
    result.nodes_ = std::move(nodes);
    result.starts_ = std::move(starts);
    result.walks_ = detail::walk_trees(result.nodes_, result.starts_, result.bins_.cols());
    result.shares_ = std::move(shares);
    result.oob_sums_ = std::move(oob_sums);
    result.oob_trees_ = std::move(oob_trees);
    result.levels_ = std::move(levels);
    result.ranks_ = std::move(ranks);
    return result;
  }
  bool operator==(const fitted_forest& other) const { return same_parts(*this, other); }

 private:
  static constexpr index few_sessions = 6;  // at 16 the walks of a batch, many at a time, have caught up

  bool takes(const matrix_view<Scalar>& values) const noexcept {
    for (index column = 0; column < values.cols(); ++column) {
      for (index row = 0; row < values.rows(); ++row) {
        if (!bins_.takes(column, values(row, column))) return false;
      }
    }
    return true;
  }
  std::span<const std::uint8_t> ranks_of(std::size_t tree) const noexcept {
    return ranks_.has_value() ? std::span(*ranks_).subspan(tree * levels_.bytes(), levels_.bytes())
                              : std::span<const std::uint8_t>();
  }

  std::vector<feature_info> columns_;
  fitted_bins<Scalar> bins_;
  std::vector<tree_node> nodes_;
  std::vector<std::uint64_t> starts_;
  detail::walk_trees walks_;  // follows from the nodes
  std::vector<double> shares_;
  std::vector<std::uint64_t> oob_sums_;
  std::vector<std::uint32_t> oob_trees_;
  std::optional<std::vector<std::uint8_t>> ranks_;  // tree after tree, where there are columns of categories
  level_columns levels_;                            // follows from the bins
};

FOOTFALL_END_NAMESPACE
