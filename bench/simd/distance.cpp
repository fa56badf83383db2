// SPDX-License-Identifier: MIT
// The nearest of several centres, and sums by centre: vector kernels beside their portable twins. Items are sessions of a tile that stays in
// the first cache. Floor: columns x centres subtractions and as many fused products a session, a register at a time.
#include <vector>

#include <benchmark/benchmark.h>

#include <footfall/core/random.hpp>
#include <footfall/simd/distance.hpp>
#include <footfall/simd/sum_by_number.hpp>

namespace ff = footfall;

namespace {

/// Sessions and centres drawn from one normal law.
template <class Scalar>
struct scene {
  explicit scene(const benchmark::State& state)
      : columns(state.range(0)), count(state.range(1)), sessions(ff::simd::tile_rows, columns) {
    ff::random_stream random(1);
    for (ff::index i = 0; i < sessions.size(); ++i) sessions.data()[i] = static_cast<Scalar>(random.normal());
    for (ff::index i = 0; i < columns * count; ++i) centers.push_back(static_cast<Scalar>(random.normal()));
  }

  ff::index columns, count;
  ff::simd::tile<Scalar> sessions;
  std::vector<Scalar> centers;
};

template <class Scalar, class Batch>
void nearest(benchmark::State& state) {
  const scene<Scalar> seen(state);
  ff::simd::tile_values<Scalar> numbers, squares;
  for (auto _ : state) {
    benchmark::DoNotOptimize(ff::simd::nearest<Scalar, Batch>(
        ff::simd::view_of_tile(seen.sessions), seen.centers.data(), seen.count, numbers.data(), squares.data()));
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

/// By products alone, without the distances. Floor: columns x centres fused products a session.
template <class Scalar, class Batch>
void nearest_by_products(benchmark::State& state) {
  const scene<Scalar> seen(state);
  const std::vector<Scalar> halves(seen.centers.size() / static_cast<std::size_t>(seen.columns),
                                   static_cast<Scalar>(seen.columns) / 2);
  ff::simd::tile_values<Scalar> numbers;
  for (auto _ : state) {
    ff::simd::nearest_by_products<Scalar, Batch>(ff::simd::view_of_tile(seen.sessions), seen.centers.data(),
                                                 halves.data(), seen.count, numbers.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * ff::simd::tile_rows);
}
BENCHMARK(nearest_by_products<float, ff::simd::batch<float>>)
    ->Name("nearest_by_products/float/vector")
    ->ArgNames({"columns", "centres"})
    ->Args({4, 4})
    ->Args({12, 6})
    ->Args({16, 8})
    ->Args({24, 8});
BENCHMARK(nearest_by_products<float, float>)
    ->Name("nearest_by_products/float/plain")
    ->ArgNames({"columns", "centres"})
    ->Args({4, 4})
    ->Args({16, 8});

/// Sums of 512 sessions by the number of their segment. Floor: (columns + 1) x centres masked additions a session.
template <class Scalar, class Batch>
void sums_by_number(benchmark::State& state) {
  const auto columns = static_cast<ff::index>(state.range(0));
  const auto count = static_cast<ff::index>(state.range(1));
  ff::random_stream random(1);
  std::vector<Scalar> values;
  for (ff::index i = 0; i < (columns + 1) * ff::simd::summed_rows; ++i) {
    values.push_back(static_cast<Scalar>(random.normal()));
  }
  ff::simd::summed_values<Scalar> numbers;
  for (auto& number : numbers) number = static_cast<Scalar>(random.below(static_cast<std::uint64_t>(count)));
  std::vector<double> sums(static_cast<std::size_t>(count * (columns + 1) * ff::simd::running_lanes), 0.0);
  for (auto _ : state) {
    ff::simd::add_by_number<Scalar, Batch>(values.data(), ff::simd::summed_rows, columns,
                                           values.data() + columns * ff::simd::summed_rows, numbers, count,
                                           sums.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * ff::simd::summed_rows);
}
BENCHMARK(sums_by_number<float, ff::simd::batch<float>>)
    ->Name("sums_by_number/float/vector")
    ->ArgNames({"columns", "centres"})
    ->Args({4, 4})
    ->Args({12, 6})
    ->Args({16, 8});
BENCHMARK(sums_by_number<float, float>)
    ->Name("sums_by_number/float/plain")
    ->ArgNames({"columns", "centres"})
    ->Args({4, 4})
    ->Args({16, 8});

}  // namespace
