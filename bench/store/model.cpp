// SPDX-License-Identifier: MIT
// Saving and loading a forest, beside writing and reading the same bytes. Floor of loading: the bytes are read once, summed
// up once and copied once.
#include <cstdint>
#include <filesystem>
#include <vector>

#include <benchmark/benchmark.h>

#include <footfall/forest/random_forest.hpp>
#include <footfall/store/model.hpp>

#include "bench/workload.hpp"

namespace ff = footfall;

namespace {

const ff::fitted_forest<float>& forest() {
  static const auto fitted = [] {
    const auto shop = workload::shop(20'000, 18);
    return ff::random_forest{.trees = 100, .out_of_bag = false, .seed = 1}.fit(shop.x, shop.y);
  }();
  return fitted;
}

std::filesystem::path saved() {
  static const auto path = [] {
    const auto at = std::filesystem::temp_directory_path() / "footfall_bench.ffm";
    ff::save(at, forest());
    return at;
  }();
  return path;
}

void count(benchmark::State& state) {
  const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(saved()));
  state.SetBytesProcessed(state.iterations() * bytes);
  state.counters["bytes_a_node"] = static_cast<double>(bytes) / static_cast<double>(forest().nodes());
}

void read_the_bytes(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(ff::store::read_bytes(saved(), std::uint64_t{1} << 40));
  count(state);
}
BENCHMARK(read_the_bytes)->Unit(benchmark::kMicrosecond);

void checksum(benchmark::State& state) {
  const auto bytes = ff::store::read_bytes(saved(), std::uint64_t{1} << 40);
  for (auto _ : state) benchmark::DoNotOptimize(ff::store::checksum(bytes));
  count(state);
}
BENCHMARK(checksum)->Unit(benchmark::kMicrosecond);

void load(benchmark::State& state) {
  const auto path = saved();
  for (auto _ : state) benchmark::DoNotOptimize(ff::load<ff::fitted_forest<float>>(path));
  count(state);
}
BENCHMARK(load)->Unit(benchmark::kMicrosecond);

void to_bytes(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(ff::store::to_bytes(forest()));
  count(state);
}
BENCHMARK(to_bytes)->Unit(benchmark::kMicrosecond);

}  // namespace
