// SPDX-License-Identifier: MIT
// Growing a forest and scoring with it. Items are (session, tree) pairs, so that the time an item stays comparable when
// sessions or trees change. Floor of a pair: one random byte a level when scoring, and features_per_split bytes, one
// addition each, a level when growing.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <time.h>

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

double microseconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) * 1e-3;
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
/// over the shortest of each session's calls: what the sessions themselves differ by. `fixed_p50` and `fixed_p99` are of a fixed
/// piece of work done after each call, 150 loads that wait for one another in as much memory as the nodes take: where its tail is
/// as long, the tail is the machine's. The four of `cpu_` are the same in processor time of the thread, which leaves out the
/// time that other programs had the processor.
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
  std::vector<std::uint32_t> order(static_cast<std::size_t>(forest.nodes())), next(order.size());
  std::iota(order.begin(), order.end(), 0U);
  ff::random_stream(1).shuffle(std::span(order));
  for (std::size_t i = 0; i < order.size(); ++i) next[order[i]] = order[(i + 1) % order.size()];
  std::uint32_t here = 0;

  std::vector<double> calls, cpu, fixed, fixed_cpu, own(sessions.size(), 1e9);
  const auto measure = [](std::vector<double>& wall, std::vector<double>& processor, const auto& work) {
    const double cpu_start = microseconds(CLOCK_THREAD_CPUTIME_ID), start = microseconds(CLOCK_MONOTONIC);
    work();
    wall.push_back(microseconds(CLOCK_MONOTONIC) - start);
    processor.push_back(microseconds(CLOCK_THREAD_CPUTIME_ID) - cpu_start);
  };
  for (auto _ : state) {
    for (std::size_t i = 0; i < sessions.size(); ++i) {
      measure(calls, cpu, [&] { benchmark::DoNotOptimize(forest.score_one(sessions[i])); });
      own[i] = std::min(own[i], calls.back());
      measure(fixed, fixed_cpu, [&] {
        for (int load_number = 0; load_number < 150; ++load_number) here = next[here];
        benchmark::DoNotOptimize(here);
      });
    }
  }
  const auto percentile = [](std::vector<double> values, double share) {
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
  };
  const auto report = [&](const std::string& name, const std::vector<double>& values) {
    state.counters[name + "p50"] = percentile(values, .5);
    state.counters[name + "p99"] = percentile(values, .99);
  };
  report("", calls);
  report("own_", own);
  report("fixed_", fixed);
  report("cpu_", cpu);
  report("cpu_fixed_", fixed_cpu);
}
BENCHMARK(score_one_latency)->Iterations(30)->Unit(benchmark::kMillisecond);

}  // namespace
