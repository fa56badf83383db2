// SPDX-License-Identifier: MIT
// Reasons for scores. Items are (session, tree) pairs. Floor of a pair, for the nodes N of a tree and m points (half the
// most columns on a path): per question and point seven additions and multiplications on the way down and five on the way
// up for every session, on as many sessions as a register holds: 6 N m operations. `tree_shap` is the twin: the
// published recursion (Lundberg, Erion and Lee 2018, algorithm 2), which takes the square of the depth at every leaf.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include <benchmark/benchmark.h>

#include <footfall/evaluate/measures.hpp>
#include <footfall/forest/explain.hpp>
#include <footfall/forest/partial_dependence.hpp>
#include <footfall/forest/permutation_importance.hpp>

#include "bench/workload.hpp"

namespace ff = footfall;

namespace {

constexpr ff::index rows = 18'750;
constexpr ff::index explained = 256;
constexpr int trees = 20;

ff::random_forest recipe() { return {.trees = trees, .features_per_split = 4, .seed = 1}; }

struct path_part {
  int column;
  double zero, one, weight;
};

void extend(path_part* path, int depth, double zero, double one, int column) {
  path[depth] = {column, zero, one, depth == 0 ? 1.0 : 0.0};
  for (int i = depth - 1; i >= 0; --i) {
    path[i + 1].weight += one * path[i].weight * (i + 1) / (depth + 1);
    path[i].weight = zero * path[i].weight * (depth - i) / (depth + 1);
  }
}

/// The weights without the part at `at` of a path that ends at `depth`; returns their sum and, where `keep`, leaves the
/// path without it.
double unwind(path_part* path, int depth, int at, bool keep) {
  const auto [column, zero, one, ignored] = path[at];
  double next = path[depth].weight;
  double sum = 0;
  for (int i = depth - 1; i >= 0; --i) {
    double less = 0;
    if (one != 0) {
      less = next * (depth + 1) / ((i + 1) * one);
      next = path[i].weight - less * zero * (depth - i) / (depth + 1);
    } else {
      less = path[i].weight * (depth + 1) / (zero * (depth - i));
    }
    sum += less;
    if (keep) path[i].weight = less;
  }
  for (int i = at; keep && i < depth; ++i) {
    path[i].column = path[i + 1].column;
    path[i].zero = path[i + 1].zero;
    path[i].one = path[i + 1].one;
  }
  return sum;
}

/// `path` lies in a buffer of which each level takes the place behind its parent's.
void tree_shap(const ff::weighted_tree& tree, const std::uint8_t* codes, std::uint32_t at, const path_part* above,
               path_part* path, int depth, double zero, double one, int column, double* gained) {
  std::copy_n(above, depth, path);
  extend(path, depth, zero, one, column);
  const auto& node = tree.nodes[at];
  if (node.leaf()) {
    for (int i = 1; i <= depth; ++i) {
      gained[path[i].column] += unwind(path, depth, i, false) * (path[i].one - path[i].zero) * node.number;
    }
    return;
  }
  const auto code = static_cast<std::uint8_t>(codes[node.column] + node.missing_left);
  const bool left = code <= node.bin + node.missing_left;
  double zero_before = 1;
  double one_before = 1;
  for (int i = 1; i <= depth; ++i) {
    if (path[i].column != node.column) continue;
    zero_before = path[i].zero;
    one_before = path[i].one;
    unwind(path, depth--, i, true);
    break;
  }
  const double share = left ? node.number : 1 - node.number;
  path_part* const below = path + depth + 1;
  tree_shap(tree, codes, left ? at + 1 : node.right, path, below, depth + 1, zero_before * share, one_before,
            node.column, gained);
  tree_shap(tree, codes, left ? node.right : at + 1, path, below, depth + 1, zero_before * (1 - share), 0, node.column,
            gained);
}

void explain_tree_shap(benchmark::State& state) {
  const auto load = workload::shop(rows, 18);
  const auto forest = recipe().fit(load.x, load.y);
  const auto explainer = ff::explainer_for(forest, load.x);
  const auto codes = forest.bins().codes(load.x, 0, rows, forest.columns(), "bench");
  std::vector<ff::weighted_tree> weighted;
  for (ff::index t = 0; t < trees; ++t) {
    const auto tree = ff::plain(forest.tree(t));
    std::vector<double> reached(tree.size(), 0), covers;
    for (ff::index row = 0; row < rows; ++row) ++reached[ff::leaf_of(tree, codes.row(row))];
    for (std::size_t i = 0; i < tree.size(); ++i) {
      if (tree[i].leaf()) covers.push_back(reached[i]);
    }
    weighted.push_back(ff::weighted_tree::of(tree, covers, 18));
  }
  constexpr ff::index few = 8;  // it is slow
  ff::matrix<double> values(18, few);
  std::vector<path_part> buffer(20 * 60);  // at most 19 parts on each of the levels
  for (auto _ : state) {
    values.setZero();
    for (const auto& tree : weighted) {
      for (ff::index row = 0; row < few; ++row)
        tree_shap(tree, codes.row(row), 0, nullptr, buffer.data(), 0, 1, 1, -1, values.col(row).data());
    }
    benchmark::DoNotOptimize(values.data());
  }
  const ff::matrix<float> first = load.x.topRows(few);
  if ((explainer.explain(first).values - values.transpose() / trees).cwiseAbs().maxCoeff() > 1e-9) std::abort();
  state.SetItemsProcessed(state.iterations() * few * trees);
}
BENCHMARK(explain_tree_shap)->Unit(benchmark::kMillisecond);

void explain_batch(benchmark::State& state) {
  const auto load = workload::shop(rows, 18);
  const auto explainer = ff::explainer_for(recipe().fit(load.x, load.y), load.x);
  const ff::matrix<float> some = load.x.topRows(explained);
  for (auto _ : state) {
    benchmark::DoNotOptimize(explainer.explain(some, {.threads = static_cast<int>(state.range(0))}));
  }
  state.SetItemsProcessed(state.iterations() * explained * trees);
}
BENCHMARK(explain_batch)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

void explain_one(benchmark::State& state) {
  const auto load = workload::shop(rows, 18);
  const auto explainer = ff::explainer_for(recipe().fit(load.x, load.y), load.x);
  std::vector<std::vector<float>> sessions(100);
  for (ff::index row = 0; row < 100; ++row) {
    for (ff::index column = 0; column < 18; ++column)
      sessions[static_cast<std::size_t>(row)].push_back(load.x(row, column));
  }
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(explainer.explain_one(sessions[next++ % 100]));
  state.SetItemsProcessed(state.iterations() * trees);
}
BENCHMARK(explain_one)->Unit(benchmark::kMillisecond);

// Items: (session, tree, column, repeat) that a session left out by the tree stands for.
void permute(benchmark::State& state) {
  const auto load = workload::shop(rows, 18);
  const auto forest = recipe().fit(load.x, load.y);
  const ff::permutation_importance importance{.repeats = 5, .seed = 1};
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        importance.of(recipe(), forest, load.x, load.y, ff::measure::roc_auc{}, {}, {.threads = 1}));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(std::exp(-1) * static_cast<double>(state.iterations() * rows) *
                                                    trees * 18 * importance.repeats));
}
BENCHMARK(permute)->Unit(benchmark::kMillisecond);

void depend(benchmark::State& state) {
  const auto load = workload::shop(rows, 18);
  const auto forest = recipe().fit(load.x, load.y);
  const ff::partial_dependence dependence{.column = "x0"};
  for (auto _ : state) benchmark::DoNotOptimize(dependence.of(forest, load.x, {}, {.threads = 1}));
  state.SetItemsProcessed(state.iterations() * rows * trees);
}
BENCHMARK(depend)->Unit(benchmark::kMillisecond);

}  // namespace
