// SPDX-License-Identifier: MIT
// Reasons for scores: path-dependent SHAP values of a forest (Lundberg, Erion and Lee 2018), for one session and for many.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/progress.hpp>
#include <footfall/core/types.hpp>
#include <footfall/forest/explanation.hpp>
#include <footfall/forest/fitted_forest.hpp>
#include <footfall/forest/level_columns.hpp>
#include <footfall/forest/plain_tree.hpp>
#include <footfall/forest/shapley_walk.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A forest that gives reasons: made by `explainer_for`. Contributions are Shapley values of the game in which a tree that
/// does not know a column sends a session both ways, in the shares of the sessions that the explainer was made with. They
/// add up, with `base()`, to the score, up to the rounding of double. They say what the forest does, not what causes what.
/// Immutable; every method may be called from any number of threads. Memory: a copy of the forest, and
/// 16 bytes a node and 8 a leaf.
template <std::floating_point Scalar>
class fitted_explainer {
 public:
  static constexpr std::string_view kind = "explainer";
  using scalar = Scalar;

  /// The mean score of the sessions that the explainer was made with.
  double base() const noexcept { return base_; }
  const fitted_forest<Scalar>& forest() const noexcept { return forest_; }

  /// What each column adds to the score of each session. The same bytes for any number of threads and whichever other
  /// sessions are in `x`. Cost: about sessions x nodes x (most columns on a path) / 2 times twenty operations on doubles.
  /// Throws what `score` throws, cancelled.
  template <feature_input X>
    requires std::same_as<scalar_of<X>, Scalar>
  explanations explain(const X& x, const run_options& run = {}) const {
    require_columns(x, forest_.columns(), kind);
    const matrix_view<Scalar> values = view_of(x);
    explanations result{base_, matrix<double>(values.rows(), values.cols()), forest_.columns()};
    constexpr index block = 64;
    workers team(run);
    progress_meter meter(run.progress, "explain", (values.rows() + block - 1) / block);
    team.for_each_block(values.rows(), block, [&](index begin, index end) {
      add_reasons(forest_.bins().codes(values, begin, end, forest_.columns(), kind), result.values, begin);
      meter.advance();
    });
    return result;
  }

  /// The reasons for one session from one value a column: the same bits as `explain` gives.
  explanation explain_one(std::span<const Scalar> session) const {
    require(static_cast<index>(session.size()) == forest_.bins().cols(), error_code::wrong_shape, kind, "fitted on ",
            forest_.bins().cols(), " columns, got ", session.size());
    const Eigen::Map<const matrix<Scalar>> values(session.data(), 1, static_cast<index>(session.size()));
    matrix<double> gained(1, values.cols());
    add_reasons(forest_.bins().codes(values, 0, 1, forest_.columns(), kind), gained, 0);
    explanation result{base_, {}};
    for (std::size_t column = 0; column < session.size(); ++column) {
      const feature_info& info = forest_.columns()[column];
      const auto value = static_cast<double>(session[column]);
      const bool named = info.levels.has_value() && value < static_cast<double>(info.levels->size());
      result.reasons.push_back({info.name, info.source, value, gained(0, static_cast<index>(column)),
                                named ? (*info.levels)[static_cast<std::size_t>(value)] : std::string()});
    }
    return result;
  }

  auto parts() const { return std::tie(forest_, covers_); }
  /// `covers`: how much reaches each leaf, trees one after the other, leaves from left to right. Throws bad_parts unless
  /// there is one for each leaf, finite and not negative, and no tree without any.
  static fitted_explainer from_parts(fitted_forest<Scalar> forest, std::vector<double> covers) {
    fitted_explainer result;
    std::span<const double> rest = covers;
    for (index t = 0; t < forest.trees(); ++t) {
      const plain_tree tree = plain(forest.tree(t));
      const auto leaves = (tree.size() + 1) / 2;
      require(rest.size() >= leaves, error_code::bad_parts, kind, "there must be one cover for each leaf, got ",
              covers.size());
      double total = 0;
      for (const double cover : rest.first(leaves)) {
        require(std::isfinite(cover) && cover >= 0, error_code::bad_parts, kind,
                "a cover must be finite and not negative, got ", cover);
        total += cover;
      }
      require(std::isfinite(total) && total > 0, error_code::bad_parts, kind, "the covers of tree ", t, " add up to ",
              total);
      result.trees_.push_back(weighted_tree::of(tree, rest.first(leaves), forest.bins().cols()));
      result.base_ += result.trees_.back().mean;
      rest = rest.subspan(leaves);
    }
    require(rest.empty(), error_code::bad_parts, kind, "there must be one cover for each leaf, got ", covers.size());
    require(forest.trees() > 0, error_code::bad_parts, kind, "a forest must have at least one tree, got 0");
    result.base_ /= static_cast<double>(forest.trees());
    for (const weighted_tree& tree : result.trees_) result.add_rule(tree.distinct);
    result.forest_ = std::move(forest);
    result.covers_ = std::move(covers);
    return result;
  }
  bool operator==(const fitted_explainer& other) const { return same_parts(*this, other); }

 private:
  void add_reasons(const bin_codes& codes, matrix<double>& result, index first_row) const {
    const auto cols = static_cast<std::size_t>(codes.cols);
    const auto groups = (static_cast<std::size_t>(codes.rows) + 7) / 8;
    std::vector<simd::eight> turned(groups * cols);  // the codes of eight sessions a column, as they walk
    std::vector<simd::eight> gained(groups * cols);
    for (std::size_t row = 0; row < 8 * groups; ++row) {
      const std::uint8_t* const own = codes.row(std::min(static_cast<index>(row), codes.rows - 1));
      for (std::size_t column = 0; column < cols; ++column)
        turned[row / 8 * cols + column].values[row % 8] = own[column];
    }
    shapley_walk walk(codes.cols);
    for (std::size_t t = 0; t < trees_.size(); ++t) {  // a tree stays in the cache while all groups walk it
      const weighted_tree& tree = trees_[t];
      if (!forest_.levels().empty()) turn_ranks(codes, t, turned);
      const simd::shapley_points& points = rules_[static_cast<std::size_t>(tree.distinct)];
      for (std::size_t group = 0; group < groups; ++group) {
        const index sessions = std::min(simd::walkers, codes.rows - static_cast<index>(8 * group));
        walk.walk(tree, points, &turned[group * cols], sessions, &gained[group * cols]);
      }
    }
    const auto trees = static_cast<double>(trees_.size());
    for (index row = 0; row < codes.rows; ++row) {
      const auto at = static_cast<std::size_t>(row);
      for (std::size_t column = 0; column < cols; ++column) {
        result(first_row + row, static_cast<index>(column)) = gained[at / 8 * cols + column].values[at % 8] / trees;
      }
    }
  }

  /// Puts the ranks that tree `t` gives to levels where their codes lie, for all sessions that have some.
  void turn_ranks(const bin_codes& codes, std::size_t t, std::vector<simd::eight>& turned) const {
    const auto ranks = forest_.ranks(static_cast<index>(t));
    const auto cols = static_cast<std::size_t>(codes.cols);
    for (std::size_t row = 0; row < static_cast<std::size_t>(codes.rows); ++row) {
      const std::uint8_t* const own = codes.row(static_cast<index>(row));
      for (const auto& place : forest_.levels().places()) {
        turned[row / 8 * cols + place.column].values[row % 8] = level_columns::rank(place, ranks, own[place.column]);
      }
    }
  }

  void add_rule(int distinct) {
    const auto at = static_cast<std::size_t>(distinct);
    if (rules_.size() <= at) rules_.resize(at + 1);
    if (rules_[at].count == 0) rules_[at] = points_for(distinct);
  }

  fitted_forest<Scalar> forest_;
  std::vector<double> covers_;
  std::vector<weighted_tree> trees_;
  std::vector<simd::shapley_points> rules_;  // by the most columns that one path asks for
  double base_ = 0;
};

/// Makes a forest give reasons. `x` are the sessions whose average is explained away from, usually the training sessions:
/// they say in which shares a question parts sessions whose answer is not known. (Other libraries count the draws of each
/// tree's own bag; all sessions give a base that is their mean score.) A weight counts as so many equal sessions. A
/// question that none of them reaches sends halves. Cost: one pass of `x` over the forest.
/// Throws wrong_shape, unknown_name, not_finite, cancelled.
template <std::floating_point Scalar, feature_input X>
  requires std::same_as<scalar_of<X>, Scalar>
fitted_explainer<Scalar> explainer_for(const fitted_forest<Scalar>& forest, const X& x, const weights& w = {},
                                       const run_options& run = {}) {
  const std::string_view who = fitted_explainer<Scalar>::kind;
  require(forest.trees() > 0, error_code::wrong_shape, who, "the forest must have at least one tree, got 0");
  require_columns(x, forest.columns(), who);
  require_rows(x.rows(), w, who);
  const matrix_view<Scalar> values = view_of(x);
  const bin_codes codes = forest.bins().codes(values, 0, values.rows(), forest.columns(), who);
  std::vector<std::vector<double>> of_tree(static_cast<std::size_t>(forest.trees()));
  workers team(run);
  progress_meter meter(run.progress, "explainer", forest.trees());
  team.for_each_index(forest.trees(), [&](index t) {
    const plain_tree tree = plain(forest.tree(t));
    std::vector<double> reached(tree.size(), 0.0);
    ranked_session session(forest.levels(), codes.cols);
    for (index row = 0; row < codes.rows; ++row) {
      reached[leaf_of(tree, session.of(codes.row(row), forest.ranks(t)))] += w[row];
    }
    for (std::size_t i = 0; i < tree.size(); ++i) {
      if (tree[i].leaf()) of_tree[static_cast<std::size_t>(t)].push_back(reached[i]);
    }
    meter.advance();
  });
  std::vector<double> covers;
  for (const auto& each : of_tree) covers.insert(covers.end(), each.begin(), each.end());
  return fitted_explainer<Scalar>::from_parts(forest, std::move(covers));
}

FOOTFALL_END_NAMESPACE
