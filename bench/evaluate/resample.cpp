// SPDX-License-Identifier: MIT
// Intervals of all ranking figures from 2,000 resamples of one test set. Items are sessions drawn. Floor, a session drawn:
// 4 bytes of random numbers (ten rounds of Philox on a quarter of a counter), one increment and one read of a counter, and
// 5 bytes of the order.
#include <vector>

#include <benchmark/benchmark.h>

#include <footfall/core/random.hpp>
#include <footfall/evaluate/lift.hpp>
#include <footfall/evaluate/ranking_intervals.hpp>

#include "bench/workload.hpp"

namespace ff = footfall;

namespace {

constexpr int replicates = 2000;

void without_sorting(benchmark::State& state) {
  const auto [score, y] = workload::scored(state.range(0), 0);
  for (auto _ : state) {
    benchmark::DoNotOptimize(ff::ranking_intervals(score, y, {.draws = {.replicates = replicates}},
                                                   {.threads = static_cast<int>(state.range(1))}));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0) * replicates);
}
BENCHMARK(without_sorting)
    ->ArgNames({"sessions", "threads"})
    ->ArgsProduct({{6250, 100'000}, {1, 2}})
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Unit(benchmark::kMillisecond);

/// The textbook's way: repeat the sessions, rank them, read the figures.
void sorting_each(benchmark::State& state) {
  const auto [score, y] = workload::scored(state.range(0), 0);
  for (auto _ : state) {
    for (int replicate = 0; replicate < replicates; ++replicate) {
      auto stream = ff::random_stream(1).child(static_cast<std::uint64_t>(replicate));
      ff::row_set rows(score.size());
      for (auto& row : rows) row = static_cast<ff::index>(stream.below(score.size()));
      ff::scores drawn;
      for (const auto row : rows) drawn.push_back(score[static_cast<std::size_t>(row)]);
      const auto groups = ff::ranking(drawn, y.rows(rows), {.threads = 1});
      benchmark::DoNotOptimize(ff::roc_auc(groups));
      benchmark::DoNotOptimize(ff::average_precision(groups));
      benchmark::DoNotOptimize(ff::lift_at(groups, 0.1));
      benchmark::DoNotOptimize(ff::lift_at(groups, 0.2));
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0) * replicates);
}
BENCHMARK(sorting_each)->ArgName("sessions")->Arg(6250)->Unit(benchmark::kMillisecond);

}  // namespace
