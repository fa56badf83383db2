// SPDX-License-Identifier: MIT
// Ranking figures: one sort, then one pass. Items are sessions. Floor of the sort, a session: the score is read three times
// and its item written and read three times, 8 bytes each, and a group of 24 bytes is written: 100 bytes where no two
// scores are equal, 72 where nearly all are.
#include <algorithm>
#include <numeric>

#include <benchmark/benchmark.h>

#include <footfall/evaluate/curves.hpp>
#include <footfall/evaluate/deciles.hpp>
#include <footfall/evaluate/ranking.hpp>

#include "bench/workload.hpp"

namespace ff = footfall;

namespace {

/// The same groups, by a sort that compares: what the sort by digits is held against.
std::vector<ff::tied_group> ranking_by_comparing(const ff::scores& score, const ff::labels& y) {
  ff::row_set order(score.size());
  std::iota(order.begin(), order.end(), ff::index{0});
  const auto of = [&](ff::index row) { return score[static_cast<std::size_t>(row)]; };
  std::sort(order.begin(), order.end(), [&](ff::index a, ff::index b) { return of(a) > of(b); });
  std::vector<ff::tied_group> groups;
  for (const ff::index row : order) {
    if (groups.empty() || groups.back().score != of(row)) groups.push_back({of(row), 0, 0});
    ++groups.back().sessions;
    groups.back().positives += y[row] ? 1 : 0;
  }
  return groups;
}

void group(benchmark::State& state) {
  const auto [score, y] = workload::scored(state.range(0), static_cast<int>(state.range(1)));
  for (auto _ : state) benchmark::DoNotOptimize(ff::ranking(score, y, {.threads = static_cast<int>(state.range(2))}));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(group)
    ->ArgNames({"sessions", "distinct", "threads"})
    ->ArgsProduct({{25'000, 1'000'000, 10'000'000}, {0, 300}, {1, 2}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void group_by_comparing(benchmark::State& state) {
  const auto [score, y] = workload::scored(state.range(0), static_cast<int>(state.range(1)));
  for (auto _ : state) benchmark::DoNotOptimize(ranking_by_comparing(score, y));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(group_by_comparing)
    ->ArgNames({"sessions", "distinct"})
    ->ArgsProduct({{25'000, 1'000'000}, {0, 300}})
    ->Unit(benchmark::kMillisecond);

// All figures from one ranking: 24 bytes are read for each group, twice for Kolmogorov-Smirnov and three times for the table.
void figures(benchmark::State& state) {
  const auto [score, y] = workload::scored(state.range(0), 0);
  const auto groups = ff::ranking(score, y);
  for (auto _ : state) {
    benchmark::DoNotOptimize(ff::roc_auc(groups));
    benchmark::DoNotOptimize(ff::average_precision(groups));
    benchmark::DoNotOptimize(ff::ks_statistic(groups));
    benchmark::DoNotOptimize(ff::decile_table(groups));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(figures)->ArgName("sessions")->Arg(25'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

}  // namespace
