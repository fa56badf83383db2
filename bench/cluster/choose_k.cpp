// SPDX-License-Identifier: MIT
// The choice of k among 2..10 on 25,000 sessions of 12 columns, and each of its parts alone. Items are sessions. Floors, by
// their own rows elsewhere: passes of k-means (bench/peers), pairs of sessions (bench/simd/pairwise.cpp).
#include <vector>

#include <benchmark/benchmark.h>

#include <footfall/cluster/choose_k.hpp>
#include <footfall/features/standard_scaler.hpp>

#include "bench/workload.hpp"

namespace ff = footfall;

namespace {

constexpr ff::index rows = 25'000;
constexpr int from = 2, to = 10;

const ff::matrix<float>& scaled() {
  static const ff::matrix<float> x = [] {
    const auto shop = workload::shop(rows, 12);
    return ff::matrix<float>(ff::standard_scaler{}.fit(shop.x).transform(shop.x).values());
  }();
  return x;
}

const std::vector<ff::segment_ids>& segments() {
  static const std::vector<ff::segment_ids> ids = [] {
    std::vector<ff::segment_ids> all;
    for (int k = from; k <= to; ++k)
      all.push_back(ff::kmeans{.clusters = k, .restarts = 1}.fit(scaled()).assign(scaled()));
    return all;
  }();
  return ids;
}

ff::run_options on_threads(const benchmark::State& state) { return {.threads = static_cast<int>(state.range(0))}; }

void choose_k(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(ff::choose_k{}.fit(scaled(), {}, on_threads(state)));
  state.SetItemsProcessed(state.iterations() * rows);
}

void kmeans_of_every_k(benchmark::State& state) {
  for (auto _ : state) {
    for (int k = from; k <= to; ++k) {
      benchmark::DoNotOptimize(ff::kmeans{.clusters = k, .restarts = 10}.fit(scaled(), {}, on_threads(state)));
    }
  }
}

void silhouettes_in_one_pass(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(ff::silhouettes(scaled(), segments(), on_threads(state)));
}

/// The twin of the row above: as if each k were asked for alone.
void silhouettes_one_by_one(benchmark::State& state) {
  for (auto _ : state) {
    for (const auto& ids : segments()) benchmark::DoNotOptimize(ff::silhouette(scaled(), ids, on_threads(state)));
  }
}

void gap_of_every_k(benchmark::State& state) {
  const ff::matrix<float> some = scaled().topRows(10'000);
  for (auto _ : state) {
    for (int k = from; k <= to; ++k) benchmark::DoNotOptimize(ff::gap_statistic(some, k, {}, on_threads(state)));
  }
}

void stability_of_every_k(benchmark::State& state) {
  const ff::matrix<float> some = scaled().topRows(10'000);
  for (auto _ : state) {
    for (const auto& all : segments()) {
      const ff::segment_ids ids(all.begin(), all.begin() + 10'000);
      benchmark::DoNotOptimize(ff::segment_stability(some, ids, {}, on_threads(state)));
    }
  }
}

void each(benchmark::internal::Benchmark* row) {
  row->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime()->MeasureProcessCPUTime()->Unit(benchmark::kMillisecond);
}
BENCHMARK(choose_k)->Apply(each);
BENCHMARK(kmeans_of_every_k)->Apply(each);
BENCHMARK(silhouettes_in_one_pass)->Apply(each);
BENCHMARK(silhouettes_one_by_one)->Apply(each);
BENCHMARK(gap_of_every_k)->Apply(each);
BENCHMARK(stability_of_every_k)->Apply(each);

}  // namespace
