// SPDX-License-Identifier: MIT
// Saving and loading a forest, beside reading the same bytes: out of memory, where the system keeps files that were read
// lately, and from the disk. Floor of loading: the bytes are read once, summed up once and turned into nodes once.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <vector>

#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

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

// The file alone, as the standard library reads it.
std::vector<char> plainly_read(const std::filesystem::path& path) {
  std::vector<char> bytes(std::filesystem::file_size(path));
  std::ifstream(path, std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

// The system forgets what it keeps of the file; on a virtual disk the host may still remember.
void forget(const std::filesystem::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  (void)posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
  close(file);
}

template <class Work>
void each_time(benchmark::State& state, bool from_disk, const Work& work) {
  const auto path = saved();
  for (auto _ : state) {
    if (from_disk) {
      state.PauseTiming();
      forget(path);
      state.ResumeTiming();
    }
    benchmark::DoNotOptimize(work(path));
  }
  count(state);
}

void read_bytes(benchmark::State& state) { each_time(state, state.range(0) != 0, plainly_read); }
BENCHMARK(read_bytes)->ArgName("from_disk")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond)->UseRealTime();

void load(benchmark::State& state) {
  each_time(state, state.range(0) != 0, [](const auto& path) { return ff::load<ff::fitted_forest<float>>(path); });
}
BENCHMARK(load)->ArgName("from_disk")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond)->UseRealTime();

void checksum(benchmark::State& state) {
  const auto bytes = ff::store::read_bytes(saved(), std::uint64_t{1} << 40);
  for (auto _ : state) benchmark::DoNotOptimize(ff::store::checksum(bytes));
  count(state);
}
BENCHMARK(checksum)->Unit(benchmark::kMicrosecond);

/// What loading does to bytes that are there, and its parts.
void from_bytes(benchmark::State& state) {
  const auto bytes = ff::store::read_bytes(saved(), std::uint64_t{1} << 40);
  for (auto _ : state) benchmark::DoNotOptimize(ff::store::from_bytes<ff::fitted_forest<float>>(bytes));
  count(state);
}
BENCHMARK(from_bytes)->Unit(benchmark::kMicrosecond);

void check_trees(benchmark::State& state) {
  const auto parts = forest().parts();
  for (auto _ : state) {
    ff::detail::require_trees(std::get<2>(parts), std::get<3>(parts), std::get<0>(parts).size(), "bench");
  }
  count(state);
}
BENCHMARK(check_trees)->Unit(benchmark::kMicrosecond);

void to_bytes(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(ff::store::to_bytes(forest()));
  count(state);
}
BENCHMARK(to_bytes)->Unit(benchmark::kMicrosecond);

}  // namespace
