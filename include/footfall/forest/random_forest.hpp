// SPDX-License-Identifier: MIT
// Random forest (Breiman 2001) for the probability of an outcome: many trees, each grown on its own draw of sessions.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
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
#include <footfall/forest/binning.hpp>
#include <footfall/forest/class_weights.hpp>
#include <footfall/forest/fitted_forest.hpp>
#include <footfall/forest/forest_grower.hpp>
#include <footfall/forest/level_columns.hpp>
#include <footfall/forest/tree_bytes.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The recipe of a random forest for labels of 0 and 1. Missing values are welcome; infinity is not.
struct random_forest {
  int trees = 300;             ///< at least 1; more trees never hurt quality, only time and size
  int features_per_split = 0;  ///< columns drawn at each node (mtry); 0: the square root of their number, rounded down
  int max_depth = 0;           ///< questions on the longest path; 0: no limit
  int min_leaf = 1;            ///< sessions that a leaf must hold, counted with weights and with repeated draws
  int bins = 255;          ///< codes a column, in [2, 255]; with no more distinct values than this, splits are exact
  bool bootstrap = true;   ///< grow each tree on as many sessions drawn with putting back; false: on all of them
  bool out_of_bag = true;  ///< keep the out-of-bag score of every training session; needs bootstrap to be useful
  std::uint64_t seed = 0;  ///< the same seed gives the same forest, whatever the threads, batches and machines
  footfall::class_weights class_weights{};  ///< what sessions count for their label, on top of weights of their own
  index max_bytes = 0;  ///< of the forest's `bytes()`: trees keep their best splits until this is full; 0: no limit

  /// Grows the forest on sessions `x` with labels `y`. A session counts its weight times that of its class: where all these
  /// are integers, as so many equal sessions; else they are rounded to 2^-k with the largest k that leaves room for the
  /// sum in 32 bits. Sessions that then count 0 take no part. An observer that takes figures hears the out-of-bag AUC.
  /// Cost: about trees x sessions x features_per_split x depth additions of a byte's cell; memory: two bytes a value and
  /// 8 to 24 a session, twice that a thread, 8 bytes a node.
  /// A column whose `feature_info` says its levels is split natively: each tree orders its levels by the positive rate in its own
  /// bag, and a split parts the first few of them from the rest. `bins` is for numbers; there may be 255 levels.
  /// Throws bad_option, wrong_shape, not_finite, bad_value, one_class, limit, cancelled.
  template <feature_input X>
  fitted_forest<scalar_of<X>> fit(const X& x, const labels& y, const weights& w = {},
                                  const run_options& run = {}) const {
    return grown<scalar_of<X>>(nullptr, view_of(x), columns_of(x), y, w, run);
  }

  /// The forest that `fit` grows, to the last bit, from a `forest` of fewer trees that the same recipe grew on the same
  /// sessions: only the trees from `forest.trees()` to `trees` are grown. It throws bad_value unless the bins, the nodes of
  /// the first tree and what each leaf holds are those that these sessions, labels, weights and options give.
  /// Cost: one walk of each session through each tree that is there, then that of `fit` for the new ones.
  /// Throws as `fit` does, unknown_name, and bad_option for fewer trees than there are.
  template <feature_input X>
  fitted_forest<scalar_of<X>> grow_more(const fitted_forest<scalar_of<X>>& forest, const X& x, const labels& y,
                                        const weights& w = {}, const run_options& run = {}) const {
    require_columns(x, forest.columns(), forest.kind);
    require(trees >= forest.trees(), error_code::bad_option, forest.kind, "trees must be at least the ", forest.trees(),
            " that the forest has, got ", trees);
    return grown<scalar_of<X>>(&forest, view_of(x), forest.columns(), y, w, run);
  }

 private:
  template <std::floating_point Scalar>
  fitted_forest<Scalar> grown(const fitted_forest<Scalar>* before, const matrix_view<Scalar>& x,
                              const std::vector<feature_info>& columns, const labels& y, const weights& w,
                              const run_options& run) const;
};

template <std::floating_point Scalar>
fitted_forest<Scalar> random_forest::grown(const fitted_forest<Scalar>* before, const matrix_view<Scalar>& x,
                                           const std::vector<feature_info>& columns, const labels& y, const weights& w,
                                           const run_options& run) const {
  const std::string_view who = fitted_forest<Scalar>::kind;
  const auto option = [&](bool good, const auto&... what) { require(good, error_code::bad_option, who, what...); };
  option(trees >= 1, "trees must be at least 1, got ", trees);
  option(max_depth >= 0, "max_depth must be at least 0, got ", max_depth);
  option(min_leaf >= 1, "min_leaf must be at least 1, got ", min_leaf);
  option(max_bytes >= 0, "max_bytes must be at least 0, got ", max_bytes);
  option(bins >= 2 && bins <= 255, "bins must be in [2, 255], got ", bins);
  require_rows(x.rows(), y, w, who);
  require(x.cols() >= 1, error_code::wrong_shape, who, "there must be at least one column, got 0");
  require(x.cols() <= 65'535, error_code::limit, who, "there can be at most 65535 columns, got ", x.cols());
  require(x.rows() <= 0x7FFFFFFF, error_code::limit, who, "there can be at most 2^31 - 1 rows, got ", x.rows());
  option(features_per_split >= 0 && features_per_split <= x.cols(), "features_per_split must be in [0, ", x.cols(),
         "], got ", features_per_split);

  workers team(run);
  auto weight = detail::as_counts(w, y, class_weights, who);
  index seen[2] = {0, 0};
  for (index row = 0; row < y.size(); ++row) seen[y[row]] += weight.counts[static_cast<std::size_t>(row)] > 0 ? 1 : 0;
  require(seen[0] > 0 && seen[1] > 0, error_code::one_class, who, "both labels must be there, got ", seen[1],
          " positive and ", seen[0], " negative sessions of weight above 0");

  const random_stream stream(seed);
  auto fitted = fit_bins<Scalar>(x, weight.counts, bins, stream.child(0), columns, who, team);
  growth options{
      features_per_split > 0 ? features_per_split : std::max(1, static_cast<int>(std::sqrt(double(x.cols())))),
      max_depth > 0 ? max_depth : std::numeric_limits<int>::max(),
      static_cast<std::uint64_t>(std::min(std::ceil(min_leaf * weight.unit), 0x1p33))};  // no leaf holds 2^32
  if (max_bytes > 0) {
    const index fixed = fitted.bytes() + trees * static_cast<index>(level_columns(fitted.levels()).bytes());
    const index least = fixed + trees * detail::bytes_of_tree(3, x.cols());
    option(max_bytes >= least, "max_bytes must be at least ", least, " for a split in each of ", trees,
           " trees on these bins, got ", max_bytes);
    options.max_leaves = detail::leaves_within((max_bytes - fixed) / trees, x.cols());
  }
  detail::forest_grower<Scalar> grower(x, columns, std::move(fitted), y, std::move(weight.counts),
                                       {options, bootstrap, bootstrap && out_of_bag, stream}, before != nullptr, team);
  if (before != nullptr) grower.take_over(*before);
  progress_meter meter(run.progress, std::string(who), trees, before != nullptr ? before->trees() : 0);
  grower.grow_to(trees, meter);
  return grower.finish();
}

FOOTFALL_END_NAMESPACE
