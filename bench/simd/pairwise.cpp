// SPDX-License-Identifier: MIT
// Distances between blocks of sessions: the vector kernel beside its portable twin. Items are pairs, each counted for both
// of its sessions. Floor: columns subtractions and fused products and one square root a pair, a register at a time.
#include <array>
#include <vector>

#include <benchmark/benchmark.h>

#include <footfall/core/random.hpp>
#include <footfall/simd/pairwise.hpp>

namespace ff = footfall;

namespace {

template <class Scalar, class Batch>
void block_distances(benchmark::State& state) {
  constexpr ff::index others = 128;
  const auto columns = static_cast<ff::index>(state.range(0));
  ff::random_stream random(1);
  std::vector<Scalar> values;
  for (ff::index i = 0; i < others * columns; ++i) values.push_back(static_cast<Scalar>(random.normal()));
  const std::vector<Scalar> mask(static_cast<std::size_t>(ff::simd::block_rows), Scalar{1});
  std::vector<Scalar> met(static_cast<std::size_t>(others * ff::simd::block_rows), Scalar{0});
  std::array<double, static_cast<std::size_t>(ff::simd::block_rows)> sums{};
  for (auto _ : state) {
    ff::simd::add_block_distances<Scalar, Batch>(values.data(), values.data(), columns, others, sums.data(),
                                                 mask.data(), met.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * others * ff::simd::block_rows);
}
BENCHMARK(block_distances<float, ff::simd::batch<float>>)
    ->Name("block_distances/float/vector")
    ->Arg(4)
    ->Arg(12)
    ->Arg(24);
BENCHMARK(block_distances<float, float>)->Name("block_distances/float/plain")->Arg(4)->Arg(12);

}  // namespace
