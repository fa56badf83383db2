// SPDX-License-Identifier: MIT
// The nearest of several centres: the vector kernel beside its portable twin. Items are sessions of a tile that stays in
// the first cache. Floor: columns x centres subtractions and as many fused products a session, a register at a time.
#include <vector>

#include <benchmark/benchmark.h>

#include <footfall/core/random.hpp>
#include <footfall/simd/distance.hpp>

namespace ff = footfall;

namespace {

template <class Scalar, class Batch>
void nearest(benchmark::State& state) {
  const auto columns = static_cast<ff::index>(state.range(0));
  const auto count = static_cast<ff::index>(state.range(1));
  ff::random_stream random(1);
  ff::simd::tile<Scalar> sessions(ff::simd::tile_rows, columns);
  for (ff::index i = 0; i < sessions.size(); ++i) sessions.data()[i] = static_cast<Scalar>(random.normal());
  std::vector<Scalar> centers;
  for (ff::index i = 0; i < columns * count; ++i) centers.push_back(static_cast<Scalar>(random.normal()));
  ff::simd::tile_values<Scalar> numbers, squares;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        ff::simd::nearest<Scalar, Batch>(ff::simd::view_of_tile(sessions), centers.data(), count, numbers, squares));
    benchmark::DoNotOptimize(numbers.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * ff::simd::tile_rows);
}
BENCHMARK(nearest<float, ff::simd::batch<float>>)
    ->Name("nearest/float/vector")
    ->ArgNames({"columns", "centres"})
    ->Args({4, 4})
    ->Args({12, 6})
    ->Args({16, 8})
    ->Args({24, 8});
BENCHMARK(nearest<float, float>)
    ->Name("nearest/float/plain")
    ->ArgNames({"columns", "centres"})
    ->Args({4, 4})
    ->Args({16, 8});

}  // namespace
