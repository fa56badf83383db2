// SPDX-License-Identifier: MIT
// Path-dependent Shapley values of one tree, for eight sessions at a time, exact whatever the depth.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <footfall/core/types.hpp>
#include <footfall/forest/plain_tree.hpp>
#include <footfall/simd/shapley.hpp>
#include <footfall/statistics/quadrature.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A question with the share of sessions that go left, or a leaf with its value; in the order of reading.
struct weighted_node {
  double number = 0;  ///< the share, or the value
  std::uint32_t right = 0;
  std::uint16_t column = 0;
  std::uint8_t bin = 0;
  std::uint8_t missing_left = 0;

  bool leaf() const noexcept { return right == 0; }
};

/// A tree as explanations walk it, with what it needs of them.
struct weighted_tree {
  std::vector<weighted_node> nodes;
  double mean = 0;   ///< the value of the root: leaves averaged by their shares
  int depth = 0;     ///< questions on the longest path
  int distinct = 0;  ///< most columns that one path asks for

  /// `covers` says how much reaches each leaf, leaves from left to right. A question that nothing reaches sends halves.
  static weighted_tree of(const plain_tree& tree, std::span<const double> covers, index columns) {
    weighted_tree result;
    std::vector<double> cover(tree.size()), mean(tree.size());
    std::size_t leaf = 0;
    for (const plain_node& node : tree) {
      if (node.leaf()) cover[static_cast<std::size_t>(&node - tree.data())] = covers[leaf++];
      result.nodes.push_back({node.share * 0x1p-31, node.right, node.column, node.bin, node.missing_left});
    }
    for (std::size_t i = tree.size(); i-- > 0;) {  // children come after their question
      weighted_node& node = result.nodes[i];
      if (node.leaf()) {
        mean[i] = node.number;
        continue;
      }
      cover[i] = cover[i + 1] + cover[node.right];
      node.number = cover[i] > 0 ? cover[i + 1] / cover[i] : 0.5;
      mean[i] = node.number * mean[i + 1] + (1 - node.number) * mean[node.right];
    }
    result.mean = mean[0];
    result.measure(columns);
    return result;
  }

 private:
  void measure(index columns) {
    std::vector<int> asked(static_cast<std::size_t>(columns), 0);
    std::vector<std::uint32_t> path;  // the questions above
    int now = 0;
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
      // After a leaf comes the right side of the deepest question that still waits for it.
      while (i > 0 && nodes[i - 1].leaf() && nodes[path.back()].right != i) {
        if (--asked[nodes[path.back()].column] == 0) --now;
        path.pop_back();
      }
      if (nodes[i].leaf()) continue;
      path.push_back(i);
      now += asked[nodes[i].column]++ == 0 ? 1 : 0;
      depth = std::max(depth, static_cast<int>(path.size()));
      distinct = std::max(distinct, now);
    }
  }
};

/// The points that are exact for paths of at most `distinct` columns: half as many, since the integrand has one degree
/// less than there are columns.
inline simd::shapley_points points_for(int distinct) {
  const quadrature_rule rule = gauss_legendre(std::max(1, (distinct + 1) / 2));
  simd::shapley_points result{static_cast<index>(rule.points.size()), {}, {}, {}, {}};
  const std::size_t lines = (rule.points.size() + 7) / 8;
  for (auto* each : {&result.at, &result.rest, &result.weight, &result.cold}) each->resize(lines);
  for (std::size_t i = 0; i < 8 * lines; ++i) {
    const bool there = i < rule.points.size();
    const double t = there ? rule.points[i] : 0.5;
    const double weight = there ? rule.weights[i] : 0;
    result.at[i / 8].values[i % 8] = t;
    result.rest[i / 8].values[i % 8] = 1 - t;
    result.weight[i / 8].values[i % 8] = weight;
    result.cold[i / 8].values[i % 8] = weight / (1 - t);
  }
  return result;
}

/// Walks trees with eight sessions. Keeps its memory from tree to tree: about 130 bytes a point and level of depth.
class shapley_walk {
 public:
  explicit shapley_walk(index columns) : latest_(static_cast<std::size_t>(columns), 0) {}

  /// Adds to `gained`, eight numbers a column, what each column adds to the value of the tree for each session. `codes`
  /// are eight a column; of the sessions only the first `sessions` count, the numbers of the others are without meaning.
  void walk(const weighted_tree& tree, const simd::shapley_points& points, const simd::eight* codes, index sessions,
            simd::eight* gained) {
    make_room(tree.depth, points);
    double* products = room_.data()->data();
    std::fill_n(products, points.count * simd::walkers, 1.0);
    std::size_t depth = 0;
    for (const weighted_node& node : tree.nodes) {
      if (!node.leaf()) {
        level& here = levels_[depth++];
        open(here, node, points, codes, sessions, products);
        products = here.left;
        continue;
      }
      simd::shapley_leaf(node.number, points.count, sessions, products);
      while (depth > 0 && levels_[depth - 1].on_right) close(levels_[--depth], points, sessions, gained);
      if (depth == 0) return;
      level& above = levels_[depth - 1];
      above.on_right = true;
      products = above.right;
    }
  }

 private:
  struct level {
    simd::shapley_question question;
    simd::shapley_side sides[2];
    double *above, *left, *right;  // products on the way down, sums on the way up
    double* factors[4];            // of `sides`
    simd::eight passed[2];
    std::uint16_t column;
    std::uint32_t before;  // 1 + the level that asked for this column last, 0 for none
    bool on_right;
  };

  void make_room(int depth, const simd::shapley_points& points) {
    const auto products = static_cast<std::size_t>(points.count);
    const std::size_t factors = points.at.size();
    levels_.resize(static_cast<std::size_t>(depth));
    room_.resize(products + levels_.size() * (2 * products + 4 * factors));
    simd::eight* next = room_.data() + products;
    const auto take = [&](std::size_t lines) { return std::exchange(next, next + lines)->data(); };
    for (level& each : levels_) {
      each.left = take(products);
      each.right = take(products);
      for (double*& here : each.factors) here = take(factors);
    }
  }

  void open(level& here, const weighted_node& node, const simd::shapley_points& points, const simd::eight* codes,
            index sessions, double* products) {
    simd::shapley_question& question = here.question;
    here.above = products;
    here.column = node.column;
    here.on_right = false;
    here.before = std::exchange(latest_[node.column], static_cast<std::uint32_t>(&here - levels_.data()) + 1);
    question.left = node.number;
    question.right = 1 - node.number;
    question.bin = node.bin;
    question.missing = node.missing_left != 0 ? 255 : 256;
    question.codes = codes[node.column].data();
    question.before = {};
    if (here.before != 0) {
      const level& last = levels_[here.before - 1];
      question.before = last.sides[last.on_right ? 1 : 0];
    }
    for (int side = 0; side < 2; ++side) {
      double* const inverse = here.factors[2 * side];
      double* const gain = here.factors[2 * side + 1];
      const double zero = question.before.zero * (side == 0 ? question.left : question.right);
      simd::shapley_factors(zero, points, inverse, gain);
      here.sides[side] = {zero, inverse, gain, here.passed[side].data()};
    }
    simd::shapley_down(question, points, sessions, products, here.left, here.right, here.passed[0].data(),
                       here.passed[1].data());
  }

  void close(const level& here, const simd::shapley_points& points, index sessions, simd::eight* gained) {
    simd::shapley_up(here.question, points, sessions, here.sides[0], here.sides[1], here.left, here.right, here.above,
                     gained[here.column].data());
    latest_[here.column] = here.before;
  }

  std::vector<level> levels_;
  std::vector<simd::eight> room_;
  std::vector<std::uint32_t> latest_;  // for each column 1 + the level that asked for it last, 0 for none
};

FOOTFALL_END_NAMESPACE
