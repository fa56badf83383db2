// SPDX-License-Identifier: MIT
// The trees of a forest, grown side by side on sessions made ready once: new ones, or more of them onto a forest.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/progress.hpp>
#include <footfall/core/random.hpp>
#include <footfall/forest/bag.hpp>
#include <footfall/forest/counts.hpp>
#include <footfall/forest/fitted_bins.hpp>
#include <footfall/forest/fitted_forest.hpp>
#include <footfall/forest/grow.hpp>
#include <footfall/forest/level_columns.hpp>
#include <footfall/forest/out_of_bag_auc.hpp>
#include <footfall/forest/recounted_tree.hpp>
#include <footfall/forest/training_rows.hpp>
#include <footfall/forest/tree.hpp>
#include <footfall/forest/walk.hpp>

FOOTFALL_BEGIN_NAMESPACE

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

/// What decides about trees beside the sessions: the options of a recipe after all checks.
struct forest_plan {
  growth tree;
  bool bootstrap = true;
  bool out_of_bag = true;   ///< false without bootstrap
  random_stream stream{0};  ///< child 1 + t is that of tree t: a tree does not depend on how many there are
};

/// Holds the training sessions and the trees so far. `counts` says what each session counts when it is drawn once.
template <std::floating_point Scalar>
class forest_grower {
 public:
  static constexpr std::string_view who = fitted_forest<Scalar>::kind;

  forest_grower(const matrix_view<Scalar>& values, std::vector<feature_info> columns, fitted_bins<Scalar> bins,
                const labels& y, std::vector<std::uint32_t> counts, const forest_plan& plan, bool walks_all,
                workers& team)
      : columns_(std::move(columns)),
        bins_(std::move(bins)),
        levels_(bins_.levels()),
        counts_(std::move(counts)),
        plan_(plan),
        rows_(counts_.size()),
        sessions_(rows_of(values, y, team)),
        groups_(plan.out_of_bag || walks_all ? values.rows() : 0, values.cols()),
        oob_sums_(plan.out_of_bag ? rows_ : 0),
        oob_trees_(oob_sums_.size()),
        team_(team) {
    groups_.encode(bins_, values, 0, columns_, who);
    for (std::size_t row = 0; row < rows_; ++row) {
      if (counts_[row] > 0) taking_part_.push_back(static_cast<std::uint32_t>(row));
    }
    if (taking_part_.size() == rows_) taking_part_.clear();  // an empty list means all
  }

  /// Grows trees up to `trees` of them in all. An observer that takes figures hears the out-of-bag AUC after 10, 20, ...,
  /// 100, 200, ..., 1000, 2000, ... trees and after the last: threads then wait for each other at these counts, so that
  /// the figure is that of the forest of so many trees.
  void grow_to(index trees, progress_meter& meter) {
    if (!plan_.out_of_bag || !meter.wants_figures()) return grow_on(trees, meter);
    for (auto grown = static_cast<index>(forest_.size()); grown < trees;) {
      grown = std::min(trees, report_after(grown));
      grow_on(grown, meter);
      meter.tell({"out-of-bag AUC", out_of_bag_auc()});
    }
  }

  /// Takes over the trees and out-of-bag sums of a forest that was grown on the same sessions with the same options.
  /// What its trees gained is counted again on the way, and so it shows when sessions or options are others: the first
  /// tree must grow again node by node, and every leaf of every tree hold what these sessions say.
  /// Throws bad_value.
  void take_over(const fitted_forest<Scalar>& forest) {
    const auto parts = forest.parts();
    const std::vector<std::uint64_t>& sums = std::get<5>(parts);
    const auto differ = [](const auto&... what) {
      fail(error_code::bad_value, who,
           "sessions, labels, weights and recipe must be those that the forest was grown with; ", what...);
    };
    if (!(forest.bins() == bins_)) differ("these sessions have other bins");
    if (sums.size() != oob_sums_.size()) {
      differ("it has out-of-bag sums of ", sums.size(), " sessions, with this recipe it would have ", oob_sums_.size());
    }
    const grown_tree first = grown(0, bag_of(0)), theirs = tree_of(forest, 0);
    if (!same(first.nodes, theirs.nodes) || first.ranks != theirs.ranks) differ("their first tree is another one");
    forest_.resize(static_cast<std::size_t>(forest.trees()));
    team_.for_each_index(forest.trees(), [&](index t) {
      grown_tree own = tree_of(forest, t);
      auto leaves = leaves_of(own, bag_of(t));
      for (std::size_t i = 0; i < own.nodes.size(); ++i) {
        const tree_node& node = own.nodes[i];
        if (!node.leaf || (leaves[i].all() > 0 && leaves[i].share() == node.next)) continue;
        differ("leaf ", i, " of tree ", t, " says ", node.next * 0x1p-31, " of its positives, they say ",
               leaves[i].all() > 0 ? leaves[i].share() * 0x1p-31 : 0.0);
      }
      own.decrease = recounted_decrease(own.nodes, std::move(leaves), columns_.size());
      forest_[static_cast<std::size_t>(t)] = std::move(own);
    });
    oob_sums_ = sums;
    oob_trees_ = std::get<6>(parts);
  }

  /// The forest. Nothing is left here.
  fitted_forest<Scalar> finish() {
    std::vector<tree_node> nodes;
    nodes.reserve(std::accumulate(forest_.begin(), forest_.end(), std::size_t{0},
                                  [](std::size_t sum, const grown_tree& tree) { return sum + tree.nodes.size(); }));
    std::vector<std::uint64_t> starts;
    std::vector<double> shares(columns_.size(), 0.0);
    std::optional<std::vector<std::uint8_t>> ranks;
    if (!levels_.empty()) ranks.emplace();
    for (const auto& tree : forest_) {
      if (ranks.has_value()) ranks->insert(ranks->end(), tree.ranks.begin(), tree.ranks.end());
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
    return fitted_forest<Scalar>::from_parts(std::move(columns_), std::move(bins_), std::move(nodes), std::move(starts),
                                             std::move(shares), std::move(oob_sums_), std::move(oob_trees_),
                                             std::move(ranks));
  }

 private:
  static index report_after(index trees) noexcept {
    index step = 10;
    while (trees / step >= 10) step *= 10;
    return (trees / step + 1) * step;
  }

  void grow_on(index trees, progress_meter& meter) {
    const auto before = static_cast<index>(forest_.size());
    forest_.resize(static_cast<std::size_t>(trees));
    team_.for_each_index(trees - before, [&](index i) {
      const index t = before + i;
      const std::vector<std::uint8_t> draws = bag_of(t);
      grown_tree& tree = forest_[static_cast<std::size_t>(t)];
      tree = grown(t, draws);
      if (plan_.out_of_bag) add_out_of_bag(tree, draws);
      meter.advance();
    });
  }

  double out_of_bag_auc() const {
    std::vector<scored_counts> sessions;
    for (std::size_t row = 0; row < rows_; ++row) {
      if (oob_trees_[row] == 0) continue;
      sessions.push_back({mean_share(oob_sums_[row], oob_trees_[row]), sessions_.layout().counts(sessions_.row(row))});
    }
    return auc_of(std::move(sessions));
  }

  training_rows rows_of(const matrix_view<Scalar>& values, const labels& y, workers& team) const {
    bin_codes codes{std::vector<std::uint8_t>(static_cast<std::size_t>(values.size())), values.rows(), values.cols()};
    team.for_each_block(values.rows(), 4096, [&](index begin, index end) {
      bins_.encode(values, begin, end, columns_, who, codes.values.data() + begin * codes.cols, codes.cols, 1);
    });
    std::vector<class_counts> units;
    units.reserve(rows_);
    for (std::size_t row = 0; row < rows_; ++row) {
      units.push_back(class_counts::of(counts_[row], y[static_cast<index>(row)]));
    }
    return {codes, units};
  }

  /// As it was grown, but for what its splits gained.
  static grown_tree tree_of(const fitted_forest<Scalar>& forest, index t) {
    const auto nodes = forest.tree(t);
    const auto ranks = forest.ranks(t);
    return {{nodes.begin(), nodes.end()}, {}, {ranks.begin(), ranks.end()}};
  }

  random_stream stream_of(index t) const { return plan_.stream.child(1 + static_cast<std::uint64_t>(t)); }

  /// How often tree `t` draws each session.
  std::vector<std::uint8_t> bag_of(index t) const {
    std::vector<std::uint8_t> draws(rows_, plan_.bootstrap ? 0 : 1);
    if (plan_.bootstrap) draw_bag(stream_of(t).child(0), taking_part_, draws);
    return draws;
  }

  grown_tree grown(index t, std::span<const std::uint8_t> draws) {
    auto grower = growers_.take([&] { return tree_grower(sessions_, plan_.tree, levels_); });
    grown_tree tree = grower->grow(draws, stream_of(t).child(1));
    growers_.give_back(std::move(grower));
    return tree;
  }

  /// Calls `f(row, leaf)` for every session that takes part and that `chosen(row)` wants.
  template <class Chosen, class F>
  void for_each_leaf(const grown_tree& tree, const Chosen& chosen, const F& f) const {
    const std::vector<std::uint64_t> start{0};
    const walk_trees walks(tree.nodes, start, bins_.cols());
    ranked_codes codes(levels_, bins_.cols(), group_rows);
    group_numbers wanted, open, leaves;
    for (std::size_t group = 0; group < groups_.groups(); ++group) {
      const std::size_t first = group * group_rows;
      std::size_t count = 0;
      for (std::size_t i = 0; i < groups_.rows(group); ++i) {
        wanted[count] = static_cast<std::uint32_t>(i);
        count += counts_[first + i] > 0 && chosen(first + i) ? 1 : 0;
      }
      open = wanted;
      walks.find_leaves(start, 0, codes.of(groups_.codes(group), tree.ranks), open, count, leaves);
      for (std::size_t k = 0; k < count; ++k) f(first + wanted[k], leaves[wanted[k]]);
    }
  }

  void add_out_of_bag(const grown_tree& tree, const std::vector<std::uint8_t>& draws) {
    const auto unseen = [&](std::size_t row) { return draws[row] == 0; };
    for_each_leaf(tree, unseen, [&](std::size_t row, std::uint32_t leaf) {
      // Integer sums: the order in which trees add theirs does not matter.
      std::atomic_ref(oob_sums_[row]).fetch_add(tree.nodes[leaf].next, std::memory_order_relaxed);
      std::atomic_ref(oob_trees_[row]).fetch_add(1, std::memory_order_relaxed);
    });
  }

  /// What each leaf holds of the sessions that were drawn.
  std::vector<class_counts> leaves_of(const grown_tree& tree, const std::vector<std::uint8_t>& draws) const {
    std::vector<class_counts> result(tree.nodes.size());
    const auto drawn = [&](std::size_t row) { return draws[row] > 0; };
    for_each_leaf(tree, drawn, [&](std::size_t row, std::uint32_t leaf) {
      result[leaf] = result[leaf] + sessions_.layout().counts(sessions_.row(row)) * draws[row];
    });
    return result;
  }

  std::vector<feature_info> columns_;
  fitted_bins<Scalar> bins_;
  level_columns levels_;
  std::vector<std::uint32_t> counts_;
  forest_plan plan_;
  std::size_t rows_;
  training_rows sessions_;
  code_groups groups_;
  std::vector<std::uint32_t> taking_part_;
  std::vector<std::uint64_t> oob_sums_;
  std::vector<std::uint32_t> oob_trees_;
  workers& team_;
  shared_tools<tree_grower> growers_;
  std::vector<grown_tree> forest_;
};

}  // namespace detail

FOOTFALL_END_NAMESPACE
