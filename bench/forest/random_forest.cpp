// SPDX-License-Identifier: MIT
// Growing a forest and scoring with it. Items are (session, tree) pairs, so that the time an item stays comparable when
// sessions or trees change. Floor of a pair: one random byte a level when scoring, and features_per_split bytes, one
// addition each, a level when growing.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

#include <benchmark/benchmark.h>

#include <footfall/forest/random_forest.hpp>

#include "bench/workload.hpp"

namespace ff = footfall;

namespace {

constexpr ff::index rows = 18'750;
constexpr int trees = 20;

ff::random_forest recipe(int max_depth, int min_leaf) {
  return {.trees = trees,
          .features_per_split = 4,
          .max_depth = max_depth,
          .min_leaf = min_leaf,
          .out_of_bag = false,
          .seed = 1};
}

void grow(benchmark::State& state) {
  const auto load = workload::shop(rows, 18);
  const auto forest = recipe(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
  for (auto _ : state)
    benchmark::DoNotOptimize(forest.fit(load.x, load.y, {}, {.threads = static_cast<int>(state.range(2))}));
  state.SetItemsProcessed(state.iterations() * rows * trees);
}
BENCHMARK(grow)
    ->ArgNames({"max_depth", "min_leaf", "threads"})
    ->Args({0, 1, 1})
    ->Args({0, 1, 2})
    ->Args({12, 5, 1})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// A fifth more trees onto a forest: first the old trees are walked and checked, then the new ones grow.
void grow_more(benchmark::State& state) {
  const auto load = workload::shop(rows, 18);
  const auto forest = recipe(0, 1).fit(load.x, load.y);
  ff::random_forest larger = recipe(0, 1);
  larger.trees = static_cast<int>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(larger.grow_more(forest, load.x, load.y, {}, {.threads = 1}));
}
BENCHMARK(grow_more)->ArgName("trees")->Arg(trees)->Arg(trees + trees / 5)->Unit(benchmark::kMillisecond);

void score_batch(benchmark::State& state) {
  const auto load = workload::shop(rows, 18);
  const auto forest = recipe(0, 1).fit(load.x, load.y);
  for (auto _ : state) benchmark::DoNotOptimize(forest.score(load.x, {.threads = static_cast<int>(state.range(0))}));
  state.SetItemsProcessed(state.iterations() * rows * trees);
}
BENCHMARK(score_batch)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

void score_one(benchmark::State& state) {
  const auto load = workload::shop(rows, 18);
  const auto forest = recipe(0, 1).fit(load.x, load.y);
  std::vector<std::vector<float>> sessions;
  for (ff::index row = 0; row < 1000; ++row) {
    sessions.emplace_back();
    for (ff::index column = 0; column < load.x.cols(); ++column) sessions.back().push_back(load.x(row, column));
  }
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(forest.score_one(sessions[next]));
    next = (next + 1) % sessions.size();
  }
  state.SetItemsProcessed(state.iterations() * trees);
}
BENCHMARK(score_one)->Unit(benchmark::kMicrosecond);

/// How long single calls take, one session after the other, in a forest of full trees that no second cache holds. `p50`
/// and `p99` are over all calls: what a server sees, other programs on the machine included. `own_p50` and `own_p99` are
/// over the shortest of each session's calls: what the sessions themselves differ by.
void score_one_latency(benchmark::State& state) {
  const auto load = workload::shop(rows, 18);
  ff::random_forest full = recipe(0, 1);
  full.trees = 300;
  const auto forest = full.fit(load.x, load.y);
  std::vector<std::vector<float>> sessions;
  for (ff::index row = 0; row < 2000; ++row) {
    sessions.emplace_back();
    for (ff::index column = 0; column < load.x.cols(); ++column) sessions.back().push_back(load.x(row, column));
  }
  std::vector<double> calls, own(sessions.size(), 1e9);
  for (auto _ : state) {
    for (std::size_t i = 0; i < sessions.size(); ++i) {
      const auto start = std::chrono::steady_clock::now();
      benchmark::DoNotOptimize(forest.score_one(sessions[i]));
      const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
      calls.push_back(took.count());
      own[i] = std::min(own[i], took.count());
    }
  }
  const auto percentile = [](std::vector<double> values, double share) {
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
  };
  state.counters["p50"] = percentile(calls, .5);
  state.counters["p99"] = percentile(calls, .99);
  state.counters["own_p50"] = percentile(own, .5);
  state.counters["own_p99"] = percentile(own, .99);
}
BENCHMARK(score_one_latency)->Iterations(30)->Unit(benchmark::kMillisecond);

}  // namespace
