// SPDX-License-Identifier: MIT
// Random forest (Breiman 2001) for the probability of an outcome: many trees, each grown on its own draw of sessions.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
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
#include <footfall/core/random.hpp>
#include <footfall/forest/binning.hpp>
#include <footfall/forest/grow.hpp>
#include <footfall/forest/importance.hpp>
#include <footfall/forest/tree.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A grown forest. Immutable; every method may be called from any number of threads at once. Scores are averages of leaf
/// shares, added as integers: the same bits for a batch and for one session, on any machine.
template <std::floating_point Scalar>
class fitted_forest {
 public:
  static constexpr std::string_view kind = "random_forest";
  using scalar = Scalar;

  /// The probability of the positive label for each session. `x` has the columns that the forest was fitted on; NaN is
  /// missing and goes the way that the tree learned. Throws wrong_shape, unknown_name or not_finite.
  template <feature_input X>
    requires std::same_as<scalar_of<X>, Scalar>
  scores score(const X& x, const run_options& run = {}) const {
    require_columns(x, columns_, kind);
    const matrix_view<Scalar> values = view_of(x);
    scores result(static_cast<std::size_t>(values.rows()));
    workers team(run);
    team.for_each_block(values.rows(), 512, [&](index begin, index end) {
      const bin_codes codes = bins_.codes(values, begin, end, columns_, kind);
      std::array<std::uint64_t, 512> sums{};
      for (index tree = 0; tree < trees(); ++tree) {
        const tree_node* const root = nodes_.data() + starts_[static_cast<std::size_t>(tree)];
        for (index row = 0; row < codes.rows; ++row) sums[static_cast<std::size_t>(row)] += leaf_value(root, codes.row(row));
      }
      for (index row = begin; row < end; ++row) {
        result[static_cast<std::size_t>(row)] = as_share(sums[static_cast<std::size_t>(row - begin)], trees());
      }
    });
    return result;
  }

  /// The probability for one session from one value a column: the same bits as `score` gives.
  double score_one(std::span<const Scalar> session) const {
    require(static_cast<index>(session.size()) == bins_.cols(), error_code::wrong_shape, kind, "fitted on ",
            bins_.cols(), " columns, got ", session.size());
    std::array<std::uint8_t, 256> few;
    std::vector<std::uint8_t> many;
    std::uint8_t* codes = few.data();
    if (session.size() > few.size()) {
      many.resize(session.size());
      codes = many.data();
    }
    for (std::size_t column = 0; column < session.size(); ++column) {
      if (std::isinf(session[column])) {
        fail(error_code::not_finite, kind, "column '", columns_[column].name, "' must be finite or missing, got ",
             session[column]);
      }
      codes[column] = bins_.code(static_cast<index>(column), session[column]);
    }
    std::uint64_t sum = 0;
    for (const std::uint64_t start : starts_) sum += leaf_value(nodes_.data() + start, codes);
    return as_share(sum, trees());
  }

  index trees() const noexcept { return static_cast<index>(starts_.size()); }
  /// Questions and leaves of all trees together.
  index nodes() const noexcept { return static_cast<index>(nodes_.size()); }
  const std::vector<feature_info>& columns() const noexcept { return columns_; }
  const fitted_bins<Scalar>& bins() const noexcept { return bins_; }

  /// The nodes of one tree, the root first. Throws wrong_shape for a tree that is not there.
  std::span<const tree_node> tree(index i) const {
    require(i >= 0 && i < trees(), error_code::wrong_shape, kind, "tree must be in [0, ", trees(), "), got ", i);
    const auto at = static_cast<std::size_t>(i);
    const std::uint64_t end = at + 1 < starts_.size() ? starts_[at + 1] : nodes_.size();
    return std::span(nodes_).subspan(starts_[at], end - starts_[at]);
  }

  /// For each training session the score by those trees that did not see it: an honest score without a test set. NaN for
  /// a session that every tree saw, and for one of weight 0. Empty unless the recipe asked for it.
  scores out_of_bag() const {
    scores result;
    for (std::size_t row = 0; row < oob_sums_.size(); ++row) {
      result.push_back(oob_trees_[row] == 0 ? std::numeric_limits<double>::quiet_NaN()
                                            : as_share(oob_sums_[row], oob_trees_[row]));
    }
    return result;
  }

  /// Impurity importance: for each column its share in the decrease of Gini impurity, averaged over trees, largest first.
  /// It favours columns with many distinct values and says nothing about direction. All 0 when no tree has a split.
  std::vector<importance> importances() const { return ranked(columns_, shares_); }

  auto parts() const { return std::tie(columns_, bins_, nodes_, starts_, shares_, oob_sums_, oob_trees_); }

  /// Throws bad_parts unless the parts make a forest whose every walk ends: children behind their parents and inside
  /// their tree, one parent each, columns and bins that exist, leaf shares of at most 1.
  static fitted_forest from_parts(std::vector<feature_info> columns, fitted_bins<Scalar> bins,
                                  std::vector<tree_node> nodes, std::vector<std::uint64_t> starts,
                                  std::vector<double> shares, std::vector<std::uint64_t> oob_sums,
                                  std::vector<std::uint32_t> oob_trees) {
    const auto check = [](bool good, const auto&... what) { require(good, error_code::bad_parts, kind, what...); };
    check(bins.cols() == static_cast<index>(columns.size()) && shares.size() == columns.size(),
          "columns, bins and shares must be as many, got ", columns.size(), ", ", bins.cols(), " and ", shares.size());
    check(!starts.empty() && starts.front() == 0, "the first tree must start at node 0");
    for (const double share : shares) check(share >= 0 && share <= 1, "a share must be in [0, 1], got ", share);
    check(oob_sums.size() == oob_trees.size(), "out-of-bag sums and counts must be as many");
    for (std::size_t row = 0; row < oob_sums.size(); ++row) {
      check(oob_trees[row] <= starts.size() && oob_sums[row] <= std::uint64_t{oob_trees[row]} * tree_node::one,
            "out-of-bag sum of row ", row, " is more than its trees can give");
    }
    for (std::size_t t = 0; t < starts.size(); ++t) {
      const std::uint64_t end = t + 1 < starts.size() ? starts[t + 1] : nodes.size();
      check(starts[t] < end && end <= nodes.size(), "tree ", t, " has no nodes");
      std::uint64_t next_child = 1;  // children come in pairs, in the order in which their parents were split
      std::vector<bool> is_child(end - starts[t], false);
      for (std::uint64_t i = starts[t]; i < end; ++i) {
        const tree_node& node = nodes[i];
        if (node.leaf) {
          check(node.next <= tree_node::one, "leaf ", i, " has a share above 1");
          continue;
        }
        check(node.feature < columns.size(), "node ", i, " asks for column ", node.feature);
        check(node.bin < fitted_bins<Scalar>::missing_code, "node ", i, " asks for bin ", node.bin);
        check(node.next > i - starts[t] && node.next + std::uint64_t{1} < end - starts[t], "node ", i,
              " has children outside its tree");
        check(!is_child[node.next] && !is_child[node.next + 1], "node ", i, " shares a child");
        is_child[node.next] = is_child[node.next + 1] = true;
        next_child += 2;
      }
      check(next_child == end - starts[t], "tree ", t, " has nodes without a parent");
    }
    fitted_forest result;
    result.columns_ = std::move(columns);
    result.bins_ = std::move(bins);
    result.nodes_ = std::move(nodes);
    result.starts_ = std::move(starts);
    result.shares_ = std::move(shares);
    result.oob_sums_ = std::move(oob_sums);
    result.oob_trees_ = std::move(oob_trees);
    return result;
  }
  bool operator==(const fitted_forest& other) const { return same_parts(*this, other); }

 private:
  static double as_share(std::uint64_t sum, index trees) noexcept {
    return static_cast<double>(sum) / (static_cast<double>(trees) * tree_node::one);
  }

  std::vector<feature_info> columns_;
  fitted_bins<Scalar> bins_;
  std::vector<tree_node> nodes_;
  std::vector<std::uint64_t> starts_;
  std::vector<double> shares_;
  std::vector<std::uint64_t> oob_sums_;
  std::vector<std::uint32_t> oob_trees_;
};

/// The recipe of a random forest for labels of 0 and 1. Missing values are welcome; infinity is not.
struct random_forest {
  int trees = 300;               ///< at least 1; more trees never hurt quality, only time and size
  int features_per_split = 0;    ///< columns drawn at each node (mtry); 0: the square root of their number, rounded down
  int max_depth = 0;             ///< questions on the longest path; 0: no limit
  int min_leaf = 1;              ///< sessions that a leaf must hold, counted with weights and with repeated draws
  int bins = 255;                ///< codes a column, in [2, 255]; with no more distinct values than this, splits are exact
  bool bootstrap = true;         ///< grow each tree on as many sessions drawn with putting back; false: on all of them
  bool out_of_bag = true;        ///< keep the out-of-bag score of every training session; needs bootstrap to be useful
  std::uint64_t seed = 0;        ///< the same seed gives the same forest, whatever the threads, batches and machines

  /// Grows the forest on sessions `x` with labels `y`. A weight that is an integer counts as so many equal sessions; real
  /// weights are rounded to 2^-k with the largest k that leaves room for the sum in 32 bits. Sessions whose weight is then 0
  /// take no part.
  /// Cost: about trees x sessions x features_per_split x depth byte look-ups; memory: one byte a value, 20 bytes a session
  /// and thread, 8 bytes a node.
  /// Throws bad_option, wrong_shape, not_finite, one_class, limit, cancelled.
  template <feature_input X>
  fitted_forest<scalar_of<X>> fit(const X& x, const labels& y, const weights& w = {}, const run_options& run = {}) const;
};

namespace detail {

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
  // A tree may draw the heaviest session every time, so n times the largest count must fit into 32 bits. Rounding may add
  // a half to a count, hence the n that is taken off where there is rounding.
  const auto n = static_cast<double>(rows);
  require(!whole || largest * n <= 0xFFFFFFFFp0, error_code::limit, who,
          "sessions times the largest weight must be below 2^32, got ", rows, " times ", largest);
  const double most = std::floor(std::log2((0xFFFFFFFFp0 - n) / n) - std::log2(largest));
  integer_weights result{{}, whole ? 1 : std::exp2(std::min(1000.0, most))};
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
  std::vector<std::size_t> taking_part;
  for (index row = 0; row < rows; ++row) {
    if (weight.counts[static_cast<std::size_t>(row)] == 0) continue;
    ++seen[y[row]];
    taking_part.push_back(static_cast<std::size_t>(row));
  }
  require(seen[0] > 0 && seen[1] > 0, error_code::one_class, who, "both labels must be there, got ", seen[1],
          " positive and ", seen[0], " negative sessions of weight above 0");

  const random_stream stream(seed);
  const auto fitted = fit_bins<scalar>(values, weight.counts, bins, stream.child(0), columns, who, team);
  bin_codes codes{std::vector<std::uint8_t>(static_cast<std::size_t>(rows * values.cols())), rows, values.cols()};
  team.for_each_block(rows, 4096, [&](index begin, index end) {
    const bin_codes block = fitted.codes(values, begin, end, columns, who);
    std::copy(block.values.begin(), block.values.end(), codes.values.begin() + begin * codes.cols);
  });

  const growth options{
      features_per_split > 0 ? features_per_split : std::max(1, static_cast<int>(std::sqrt(double(values.cols())))),
      max_depth > 0 ? max_depth : std::numeric_limits<int>::max(),
      static_cast<std::uint64_t>(std::min(std::ceil(min_leaf * weight.unit), 0x1p33))};  // no leaf holds 2^32
  std::vector<grown_tree> forest(static_cast<std::size_t>(trees));
  const bool keep_oob = bootstrap && out_of_bag;
  std::vector<std::uint64_t> oob_sums(keep_oob ? static_cast<std::size_t>(rows) : 0);
  std::vector<std::uint32_t> oob_trees(oob_sums.size());
  progress_meter meter(run.progress, "random_forest", trees);
  team.for_each_index(trees, [&](index t) {
    const random_stream own = stream.child(1 + static_cast<std::uint64_t>(t));
    std::vector<std::uint32_t> draws(static_cast<std::size_t>(rows), bootstrap ? 0 : 1);
    if (bootstrap) {
      random_stream bag = own.child(0);
      for (std::size_t i = 0; i < taking_part.size(); ++i) ++draws[taking_part[bag.below(taking_part.size())]];
    }
    std::vector<detail::class_counts> sessions(static_cast<std::size_t>(rows));
    for (std::size_t row = 0; row < sessions.size(); ++row) {
      sessions[row] = detail::class_counts::of(draws[row] * weight.counts[row], y[static_cast<index>(row)]);
    }
    grown_tree& tree = forest[static_cast<std::size_t>(t)];
    tree = detail::tree_grower(codes, sessions, options, own.child(1)).grow();
    for (std::size_t row = 0; row < oob_sums.size(); ++row) {
      if (draws[row] > 0 || weight.counts[row] == 0) continue;
      // Integer sums: the order in which trees add theirs does not matter.
      const std::uint32_t value = leaf_value(tree.nodes.data(), codes.row(static_cast<index>(row)));
      std::atomic_ref(oob_sums[row]).fetch_add(value, std::memory_order_relaxed);
      std::atomic_ref(oob_trees[row]).fetch_add(1, std::memory_order_relaxed);
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
