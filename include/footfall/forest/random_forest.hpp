// SPDX-License-Identifier: MIT
// Random forest (Breiman 2001) for the probability of an outcome: many trees, each grown on its own draw of sessions.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/progress.hpp>
#include <footfall/core/random.hpp>
#include <footfall/forest/bag.hpp>
#include <footfall/forest/binning.hpp>
#include <footfall/forest/fitted_forest.hpp>
#include <footfall/forest/grow.hpp>
#include <footfall/forest/tree.hpp>
#include <footfall/forest/walk.hpp>

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

  /// Grows the forest on sessions `x` with labels `y`. A weight that is an integer counts as so many equal sessions; real
  /// weights are rounded to 2^-k with the largest k that leaves room for the sum in 32 bits. Sessions whose weight is
  /// then 0 take no part.
  /// Cost: about trees x sessions x features_per_split x depth additions of a byte's cell; memory: two bytes a value and
  /// 8 to 24 a session, twice that a thread, 8 bytes a node.
  /// Throws bad_option, wrong_shape, not_finite, one_class, limit, cancelled.
  template <feature_input X>
  fitted_forest<scalar_of<X>> fit(const X& x, const labels& y, const weights& w = {},
                                  const run_options& run = {}) const;
};

namespace detail {

/// Tools with memory of their own that tasks take, use and give back: never more of them than run at once.
template <class Tool>
class shared_tools {
 public:
  template <class Make>
  std::unique_ptr<Tool> take(Make&& make) {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto tool = std::move(idle_.back());
        idle_.pop_back();
        return tool;
      }
    }
    return std::make_unique<Tool>(make());
  }
  void give_back(std::unique_ptr<Tool> tool) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(tool));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Tool>> idle_;
};

/// Weights as integers: weight = count / unit.
struct integer_weights {
  std::vector<std::uint32_t> counts;
  double unit = 1;
};

inline integer_weights as_counts(const weights& w, index rows, std::string_view who) {
  double largest = 0;
  bool whole = true;
  for (index row = 0; row < rows; ++row) {
    largest = std::max(largest, w[row]);
    whole = whole && w[row] == std::floor(w[row]);
  }
  // A tree may draw the heaviest session every time, so n times the largest count must fit into 32 bits. Rounding may
  // add a half to a count, hence the n that is taken off where there is rounding.
  const auto n = static_cast<double>(rows);
  require(!whole || largest * n <= 0xFFFFFFFFp0, error_code::limit, who,
          "sessions times the largest weight must be below 2^32, got ", rows, " times ", largest);
  const int most = std::ilogb((0xFFFFFFFFp0 - n) / n / largest);  // exact, as log2 is not: the same k on every machine
  integer_weights result{{}, whole ? 1 : std::ldexp(1.0, std::min(1000, most))};
  for (index row = 0; row < rows; ++row) {
    result.counts.push_back(static_cast<std::uint32_t>(std::floor(w[row] * result.unit + 0.5)));
  }
  return result;
}

}  // namespace detail

template <feature_input X>
fitted_forest<scalar_of<X>> random_forest::fit(const X& x, const labels& y, const weights& w,
                                               const run_options& run) const {
  using scalar = scalar_of<X>;
  const std::string_view who = fitted_forest<scalar>::kind;
  const auto option = [&](bool good, const auto&... what) { require(good, error_code::bad_option, who, what...); };
  option(trees >= 1, "trees must be at least 1, got ", trees);
  option(max_depth >= 0, "max_depth must be at least 0, got ", max_depth);
  option(min_leaf >= 1, "min_leaf must be at least 1, got ", min_leaf);
  option(bins >= 2 && bins <= 255, "bins must be in [2, 255], got ", bins);
  require_rows(x.rows(), y, w, who);
  require(x.cols() >= 1, error_code::wrong_shape, who, "there must be at least one column, got 0");
  require(x.cols() <= 65'535, error_code::limit, who, "there can be at most 65535 columns, got ", x.cols());
  require(x.rows() <= 0x7FFFFFFF, error_code::limit, who, "there can be at most 2^31 - 1 rows, got ", x.rows());
  option(features_per_split >= 0 && features_per_split <= x.cols(), "features_per_split must be in [0, ", x.cols(),
         "], got ", features_per_split);

  workers team(run);
  const matrix_view<scalar> values = view_of(x);
  const std::vector<feature_info> columns = columns_of(x);
  const index rows = values.rows();
  const auto weight = detail::as_counts(w, rows, who);
  index seen[2] = {0, 0};
  std::vector<std::uint32_t> taking_part;
  for (index row = 0; row < rows; ++row) {
    if (weight.counts[static_cast<std::size_t>(row)] == 0) continue;
    ++seen[y[row]];
    taking_part.push_back(static_cast<std::uint32_t>(row));
  }
  const std::span<const std::uint32_t> bag =
      taking_part.size() < static_cast<std::size_t>(rows) ? std::span(taking_part) : std::span<std::uint32_t>();
  require(seen[0] > 0 && seen[1] > 0, error_code::one_class, who, "both labels must be there, got ", seen[1],
          " positive and ", seen[0], " negative sessions of weight above 0");

  const random_stream stream(seed);
  const auto fitted = fit_bins<scalar>(values, weight.counts, bins, stream.child(0), columns, who, team);
  bin_codes codes{std::vector<std::uint8_t>(static_cast<std::size_t>(rows * values.cols())), rows, values.cols()};
  team.for_each_block(rows, 4096, [&](index begin, index end) {
    fitted.encode(values, begin, end, columns, who, codes.values.data() + begin * codes.cols, codes.cols, 1);
  });

  const growth options{
      features_per_split > 0 ? features_per_split : std::max(1, static_cast<int>(std::sqrt(double(values.cols())))),
      max_depth > 0 ? max_depth : std::numeric_limits<int>::max(),
      static_cast<std::uint64_t>(std::min(std::ceil(min_leaf * weight.unit), 0x1p33))};  // no leaf holds 2^32
  std::vector<grown_tree> forest(static_cast<std::size_t>(trees));
  const bool keep_oob = bootstrap && out_of_bag;
  std::vector<std::uint64_t> oob_sums(keep_oob ? static_cast<std::size_t>(rows) : 0);
  std::vector<std::uint32_t> oob_trees(oob_sums.size());
  detail::code_groups groups(keep_oob ? rows : 0, codes.cols);
  groups.encode(fitted, values, 0, columns, who);
  progress_meter meter(run.progress, "random_forest", trees);
  std::vector<detail::class_counts> units;  // what a session counts when it is drawn once
  for (index row = 0; row < rows; ++row) {
    units.push_back(detail::class_counts::of(weight.counts[static_cast<std::size_t>(row)], y[row]));
  }
  const detail::training_rows sessions(codes, units);
  detail::shared_tools<detail::tree_grower> growers;
  team.for_each_index(trees, [&](index t) {
    const random_stream own = stream.child(1 + static_cast<std::uint64_t>(t));
    std::vector<std::uint8_t> draws(static_cast<std::size_t>(rows), bootstrap ? 0 : 1);
    if (bootstrap) detail::draw_bag(own.child(0), bag, draws);
    grown_tree& tree = forest[static_cast<std::size_t>(t)];
    auto grower = growers.take([&] { return detail::tree_grower(sessions, options); });
    tree = grower->grow(draws, own.child(1));
    growers.give_back(std::move(grower));
    if (keep_oob) {
      const std::vector<std::uint64_t> start{0};
      const detail::walk_trees walks(tree.nodes, start, codes.cols);
      detail::group_numbers unseen, open, leaves;
      for (std::size_t group = 0; group < groups.groups(); ++group) {
        const std::size_t first = group * detail::group_rows;
        std::size_t count = 0;
        for (std::size_t i = 0; i < groups.rows(group); ++i) {
          unseen[count] = static_cast<std::uint32_t>(i);
          count += draws[first + i] == 0 && weight.counts[first + i] > 0 ? 1 : 0;
        }
        open = unseen;
        walks.find_leaves(start, 0, groups.codes(group), open, count, leaves);
        for (std::size_t k = 0; k < count; ++k) {
          // Integer sums: the order in which trees add theirs does not matter.
          const std::size_t row = first + unseen[k];
          std::atomic_ref(oob_sums[row]).fetch_add(tree.nodes[leaves[unseen[k]]].next, std::memory_order_relaxed);
          std::atomic_ref(oob_trees[row]).fetch_add(1, std::memory_order_relaxed);
        }
      }
    }
    meter.advance();
  });

  std::vector<tree_node> nodes;
  std::vector<std::uint64_t> starts;
  std::vector<double> shares(columns.size(), 0.0);
  for (const auto& tree : forest) {
    starts.push_back(nodes.size());
    nodes.insert(nodes.end(), tree.nodes.begin(), tree.nodes.end());
    double total = 0;
    for (const double decrease : tree.decrease) total += decrease;
    for (std::size_t column = 0; total > 0 && column < shares.size(); ++column) {
      shares[column] += tree.decrease[column] / total;
    }
  }
  double total = 0;
  for (const double share : shares) total += share;
  for (double& share : shares) share = total > 0 ? share / total : 0.0;
  return fitted_forest<scalar>::from_parts(columns, fitted, std::move(nodes), std::move(starts), std::move(shares),
                                           std::move(oob_sums), std::move(oob_trees));
}

FOOTFALL_END_NAMESPACE
