// SPDX-License-Identifier: MIT
// Are k groups tighter than k groups of shapeless sessions would be? The gap statistic.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/cluster/kmeans.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/distributions.hpp>
#include <footfall/statistics/interval.hpp>
#include <footfall/statistics/mean.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What k groups gain over shapeless sessions. W is the inertia: the sum of squared distances to the centres.
struct gap_result {
  double gap = 0;    ///< mean log W of the references less log W of the sessions; infinite where W is 0
  double error = 0;  ///< their standard deviation times sqrt(1 + 1 / references): s of the paper
  double one = 0;    ///< the gap of a single group
  /// Where gap - one lies: by how much more than the references' the sessions' W shrinks from one group to k. A range
  /// above 0 says that these k groups are more than a shapeless crowd cut in pieces.
  interval over_one{};

  bool operator==(const gap_result&) const = default;
};

struct gap_options {
  int references = 10;     ///< made-up sets of sessions, at least 2
  int restarts = 3;        ///< of k-means, on the sessions and on each reference alike
  std::uint64_t seed = 0;  ///< of the references and of all k-means
};

namespace detail {

/// Sum of squared distances to the mean: W of one group.
template <class Scalar>
double inertia_of_one(const matrix_view<Scalar>& x) {
  double sum = 0;
  for (index column = 0; column < x.cols(); ++column) {
    const auto origin = static_cast<double>(x(0, column));
    double mean = 0;
    for (index row = 0; row < x.rows(); ++row) mean += static_cast<double>(x(row, column)) - origin;
    mean /= static_cast<double>(x.rows());
    for (index row = 0; row < x.rows(); ++row) {
      const double away = static_cast<double>(x(row, column)) - origin - mean;
      sum += away * away;
    }
  }
  return sum;
}

}  // namespace detail

/// The gap statistic of `clusters` groups (Tibshirani, Walther and Hastie 2001). References are as many sessions, drawn
/// evenly over the range of each column, columns apart. So a column of a few values, or with a long tail, counts as
/// shape too: k groups of it are then really tighter than evenly spread ones. Bits do not depend on threads. Throws
/// bad_option for clusters below 2 or above the distinct sessions and for options out of range, otherwise as `kmeans`.
/// Cost: (references + 1) x restarts k-means.
template <feature_input X>
gap_result gap_statistic(const X& x, int clusters, const gap_options& options = {}, const run_options& run = {}) {
  using scalar = scalar_of<X>;
  constexpr std::string_view who = "gap_statistic";
  require(clusters >= 2, error_code::bad_option, who, "clusters must be at least 2, got ", clusters);
  require(options.references >= 2, error_code::bad_option, who, "references must be at least 2, got ",
          options.references);
  require(options.restarts >= 1, error_code::bad_option, who, "restarts must be at least 1, got ", options.restarts);
  const auto view = view_of(x);
  const random_stream root(options.seed);
  const kmeans groups{.clusters = clusters, .restarts = options.restarts, .seed = options.seed};
  const run_options within{.threads = run.threads, .executor = run.executor, .progress = {}};
  const double log_k = std::log(groups.fit(x, {}, within).inertia());  // refuses what cannot be grouped
  const double log_one = std::log(detail::inertia_of_one<scalar>(view));

  std::vector<double> ranges;
  for (index column = 0; column < view.cols(); ++column) {
    ranges.push_back(static_cast<double>(view.col(column).maxCoeff()) -
                     static_cast<double>(view.col(column).minCoeff()));
  }
  std::vector<double> logs_one(static_cast<std::size_t>(options.references)), logs_k(logs_one), shrunk(logs_one);
  workers(run).for_each_index(options.references, [&](index reference) {
    auto stream = root.child(static_cast<std::uint64_t>(reference));
    matrix<scalar> drawn(view.rows(), view.cols());  // from 0: where the range begins changes no distance
    for (index column = 0; column < drawn.cols(); ++column) {
      const double range = ranges[static_cast<std::size_t>(column)];
      for (index row = 0; row < drawn.rows(); ++row) drawn(row, column) = static_cast<scalar>(stream.uniform() * range);
    }
    const auto at = static_cast<std::size_t>(reference);
    const run_options alone{.threads = 1, .executor = {}, .progress = {}};
    logs_one[at] = std::log(detail::inertia_of_one<scalar>(drawn));
    logs_k[at] = std::log(groups.fit(drawn, {}, alone).inertia());
    shrunk[at] = logs_one[at] - logs_k[at];
  });

  const auto of_one = summary_of(logs_one);
  const auto of_k = summary_of(logs_k);
  const auto of_shrunk = summary_of(shrunk);
  const double one_more = std::sqrt(1 + 1 / static_cast<double>(options.references));
  gap_result result;
  result.one = of_one.mean - log_one;
  if (log_k == -std::numeric_limits<double>::infinity()) {
    result.gap = std::numeric_limits<double>::infinity();
    result.over_one = {result.gap, result.gap, 0.95};
    return result;
  }
  result.gap = of_k.mean - log_k;
  result.error = one_more * std::sqrt(of_k.variance * static_cast<double>(options.references - 1) /
                                      static_cast<double>(options.references));
  // The sessions are one more draw beside the references, if they are shapeless too.
  const double over_one = result.gap - result.one;
  const double half =
      student_t_quantile(0.975, static_cast<double>(options.references - 1)) * one_more * std::sqrt(of_shrunk.variance);
  result.over_one = {over_one - half, over_one + half, 0.95};
  return result;
}

FOOTFALL_END_NAMESPACE
