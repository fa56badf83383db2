// SPDX-License-Identifier: MIT
// The kernels of the forest against their plain twins (plain:1), on the sizes that growing and scoring meet.
#include <array>
#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

#include <footfall/core/random.hpp>
#include <footfall/simd/above_mask.hpp>
#include <footfall/simd/random_words.hpp>
#include <footfall/simd/split_gain.hpp>
#include <footfall/simd/weigh_below.hpp>

namespace ff = footfall;
namespace simd = footfall::simd;

namespace {

std::vector<std::uint8_t> random_bytes(std::size_t count, std::uint64_t below) {
  ff::random_stream stream(1);
  std::vector<std::uint8_t> bytes(count);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(stream.below(below));
  return bytes;
}

void split_gains(benchmark::State& state) {
  const auto count = static_cast<ff::index>(state.range(0));
  std::vector<std::uint64_t> left;
  for (std::uint64_t i = 1; i <= 264; ++i) left.push_back((40 * i) << 32 | 3 * i);
  std::vector<double> gains(264);
  const simd::split_node node{40 * 265, 1200, 1};
  const simd::packed_sides sides{left.data()};
  for (auto _ : state) {
    const double best = state.range(1) == 1 ? simd::split_gains_plain(node, sides, count, gains.data())
                                            : simd::split_gains(node, sides, count, gains.data());
    benchmark::DoNotOptimize(best);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * count);
}
BENCHMARK(split_gains)->ArgNames({"splits", "plain"})->ArgsProduct({{16, 240}, {0, 1}});

void weigh_below(benchmark::State& state) {
  const auto rows = static_cast<ff::index>(state.range(0));
  const auto codes = random_bytes(192, 200);
  const auto weights = random_bytes(192, 2);
  std::vector<std::uint8_t> below(192), positives(192);
  const auto kernel = state.range(1) == 1 ? simd::weigh_below_plain : simd::weigh_below;
  for (auto _ : state) {
    kernel(codes.data(), weights.data(), weights.data(), rows, below.data(), positives.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * rows);
}
BENCHMARK(weigh_below)->ArgNames({"rows", "plain"})->ArgsProduct({{6, 16, 64, 128}, {0, 1}});

void random_words(benchmark::State& state) {
  std::vector<std::uint32_t> words(1024);
  const auto kernel = state.range(0) == 1 ? simd::random_words_plain : simd::random_words;
  for (auto _ : state) {
    kernel(7, 0, words);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * 1024);
}
BENCHMARK(random_words)->ArgName("plain")->Arg(0)->Arg(1);

/// Sixty-three questions to 64 sessions: the upper six levels of a tree.
void above_mask(benchmark::State& state) {
  const auto codes = random_bytes(64 * 63, 256);
  for (auto _ : state) {
    std::uint64_t all = 0;
    for (std::size_t i = 0; i < 63; ++i) {
      const std::uint8_t* const column = codes.data() + 64 * i;
      all ^= state.range(0) == 1 ? simd::above_mask_plain(column, 100) : simd::above_mask(column, 100);
    }
    benchmark::DoNotOptimize(all);
  }
  state.SetItemsProcessed(state.iterations() * 64);
}
BENCHMARK(above_mask)->ArgName("plain")->Arg(0)->Arg(1);

}  // namespace
