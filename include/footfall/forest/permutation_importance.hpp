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
#include <footfall/forest/forest_words.hpp>
#include <footfall/forest/left_out.hpp>
#include <footfall/forest/permuted_walks.hpp>
#include <footfall/forest/random_forest.hpp>
#include <footfall/forest/walk.hpp>

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
  index sessions = 0;   ///< those that it is measured on: of those that at least one tree did not see
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
  index sessions = 0;      ///< at most so many, drawn by chance, are permuted and judged; fewer are quicker and say
                           ///< less. 0: all

  /// `recipe`, `x`, `y` and `w` must be those that `forest` was grown with. This is checked against the counts of every
  /// leaf and every out-of-bag score; only a weight that changes none of them goes unnoticed. Weights go to the measure
  /// where it takes them; sessions of weight 0 are left aside. The same for any number of threads. Cost: for
  /// each repeat, one walk of each session through each tree that did not see it, and one more from wherever a column
  /// sends it another way: a few times that of the out-of-bag scores, and not as many times as there are columns.
  /// Throws bad_option, wrong_shape, unknown_name, bad_value, not_finite, cancelled, and what the measure throws.
  template <std::floating_point Scalar, feature_input X, score_measure Measure>
    requires std::same_as<scalar_of<X>, Scalar>
  permutation_result of(const random_forest& recipe, const fitted_forest<Scalar>& forest, const X& x, const labels& y,
                        const Measure& measure, const weights& w = {}, const run_options& run = {}) const;
};

template <std::floating_point Scalar, feature_input X, score_measure Measure>
  requires std::same_as<scalar_of<X>, Scalar>
permutation_result permutation_importance::of(const random_forest& recipe, const fitted_forest<Scalar>& forest,
                                              const X& x, const labels& y, const Measure& measure, const weights& w,
                                              const run_options& run) const {
  const std::string_view who = "permutation_importance";
  require(repeats >= 1, error_code::bad_option, who, "repeats must be at least 1, got ", repeats);
  require(sessions >= 0, error_code::bad_option, who, "sessions must be at least 0, got ", sessions);
  require_columns(x, forest.columns(), who);
  require_rows(x.rows(), y, w, who);
  require(x.rows() <= 0x7FFFFFFF, error_code::limit, who, "there can be at most 2^31 - 1 rows, got ", x.rows());
  const matrix_view<Scalar> values = view_of(x);
  const forest_words words(forest);
  detail::code_groups codes(values.rows(), values.cols());
  codes.encode(forest.bins(), values, 0, forest.columns(), who);
  workers team(run);
  const left_out unseen = left_out_of(recipe, forest, words, codes, y, w, who, team);

  // The out-of-bag scores again, as sums; they must be those that the forest remembers.
  const auto rows = static_cast<std::size_t>(values.rows());
  std::vector<std::uint64_t> sums(rows, 0);
  std::vector<double> most(rows, 0);  // what a sum could be at most
  team.for_each_block(values.rows(), static_cast<index>(detail::group_rows), [&](index begin, index end) {
    const std::size_t group = static_cast<std::size_t>(begin) / detail::group_rows;
    for (index t = 0; t < forest.trees(); ++t) {
      detail::group_numbers open, at;
      std::size_t count = 0;
      for (index row = begin; row < end; ++row) {
        if (unseen(row, t)) open[count++] = static_cast<std::uint32_t>(row - begin);
      }
      words.find_leaves(static_cast<std::size_t>(t), codes.codes(group), open, count, at);
      const auto shares = words.shares(static_cast<std::size_t>(t));
      for (index row = begin; row < end; ++row) {
        if (!unseen(row, t)) continue;
        sums[static_cast<std::size_t>(row)] += shares[at[static_cast<std::size_t>(row - begin)]];
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
  if (sessions > 0 && sessions < static_cast<index>(known.size())) {
    random_stream(seed).child(~std::uint64_t{0}).shuffle(std::span(known));
    known.resize(static_cast<std::size_t>(sessions));
    std::sort(known.begin(), known.end());
  }

  // From here on there are only those that are judged, numbered anew.
  const auto judged = known.size();
  for (std::size_t i = 0; i < judged; ++i) {
    sums[i] = sums[static_cast<std::size_t>(known[i])];
    most[i] = most[static_cast<std::size_t>(known[i])];
  }
  sums.resize(judged);
  const left_out known_unseen = unseen.picked(known);
  const detail::code_groups known_codes = codes.picked(known);
  const labels y_known = y.rows(known);
  const weights w_known = w.rows(known);
  const auto judge = [&](std::span<const std::uint64_t> own_sums) -> double {
    scores score;
    for (std::size_t i = 0; i < judged; ++i) score.push_back(static_cast<double>(own_sums[i]) / most[i]);
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
    for (index column = 0; column < values.cols(); ++column) groups.push_back({column});
  }
  progress_meter meter(run.progress, std::string(who), static_cast<index>(groups.size()));
  for (const auto& columns : groups) {
    const feature_info& first = forest.columns()[static_cast<std::size_t>(columns.front())];
    result.columns.push_back({columns.size() > 1 ? first.source : first.name, first.source, 0, 0, {}});
  }
  // As many sources at a time as fit into some 100 MB.
  const permuted_walks walks(words, known_codes, known_unseen, static_cast<index>(judged), values.cols());
  const std::size_t together = std::clamp<std::size_t>((std::size_t{1} << 23) / judged, 1, 64);
  for (std::size_t begin = 0; begin < groups.size(); begin += together) {
    const std::size_t end = std::min(groups.size(), begin + together);
    for (int repeat = 0; repeat < repeats; ++repeat) {
      std::vector<permuted_source> sources;
      for (std::size_t group = begin; group < end; ++group) {
        std::vector<std::uint32_t> donors(judged);
        std::iota(donors.begin(), donors.end(), 0U);
        random_stream stream = random_stream(seed).child(group).child(static_cast<std::uint64_t>(repeat));
        stream.shuffle(std::span(donors));
        sources.push_back({groups[group], std::move(donors)});
      }
      auto changed = walks.changes(sources, team);
      for (std::size_t group = begin; group < end; ++group) {
        auto& own_sums = changed[group - begin];
        for (std::size_t i = 0; i < judged; ++i) own_sums[i] += sums[i];
        result.columns[group].drops.push_back(result.measured - judge(own_sums));
        if (repeat + 1 == repeats) meter.advance();
      }
    }
  }
  for (permuted_column& column : result.columns) {
    double squares = 0;
    for (const double drop : column.drops) column.mean += drop / repeats;
    for (const double drop : column.drops) squares += (drop - column.mean) * (drop - column.mean);
    column.deviation = repeats > 1 ? std::sqrt(squares / (repeats - 1)) : std::numeric_limits<double>::quiet_NaN();
  }
  std::stable_sort(result.columns.begin(), result.columns.end(),
                   [](const permuted_column& a, const permuted_column& b) { return a.mean > b.mean; });
  return result;
}

FOOTFALL_END_NAMESPACE
