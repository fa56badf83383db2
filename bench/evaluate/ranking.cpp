// SPDX-License-Identifier: MIT
// Ranking figures: one sort, then one pass. Items are sessions. Floor: reading and writing 16 bytes a session for each
// pass of a sort by digits.
#include <benchmark/benchmark.h>

#include <footfall/evaluate/deciles.hpp>
#include <footfall/evaluate/ranking.hpp>

#include "bench/workload.hpp"

namespace ff = footfall;

namespace {

// All figures from one ranking.
void rank_once(benchmark::State& state) {
  const auto [score, y] = workload::scored(state.range(0), static_cast<int>(state.range(1)));
  for (auto _ : state) {
    const auto groups = ff::ranking(score, y);
    benchmark::DoNotOptimize(ff::roc_auc(groups));
    benchmark::DoNotOptimize(ff::average_precision(groups));
    benchmark::DoNotOptimize(ff::decile_table(groups));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(rank_once)
    ->ArgNames({"sessions", "distinct"})
    ->Args({25'000, 0})
    ->Args({1'000'000, 0})
    ->Args({1'000'000, 300})
    ->Unit(benchmark::kMillisecond);

// What it costs to ask for each figure by itself.
void rank_three_times(benchmark::State& state) {
  const auto [score, y] = workload::scored(state.range(0), 0);
  for (auto _ : state) {
    benchmark::DoNotOptimize(ff::roc_auc(score, y));
    benchmark::DoNotOptimize(ff::average_precision(score, y));
    benchmark::DoNotOptimize(ff::decile_table(score, y));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(rank_three_times)->ArgName("sessions")->Arg(25'000)->Unit(benchmark::kMillisecond);

}  // namespace
