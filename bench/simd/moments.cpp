// SPDX-License-Identifier: MIT
// Mean and spread of a column: the vector kernel beside its portable twin, which is the same source on plain numbers.
// Bytes are those of the column. Floor: one reading of it.
#include <benchmark/benchmark.h>

#include <footfall/simd/moments.hpp>

#include "bench/workload.hpp"

namespace ff = footfall;

namespace {

template <class Scalar, class Batch>
void chunk(benchmark::State& state) {
  ff::random_stream random(1);
  std::vector<Scalar> values;
  for (int i = 0; i < ff::simd::chunk_rows; ++i) values.push_back(static_cast<Scalar>(random.normal()));
  for (auto _ : state) {
    benchmark::DoNotOptimize(ff::simd::chunk_moments<Scalar, Batch>(values.data(), nullptr, ff::simd::chunk_rows,
                                                                    static_cast<double>(values[0])));
  }
  state.SetBytesProcessed(state.iterations() * ff::simd::chunk_rows * static_cast<std::int64_t>(sizeof(Scalar)));
}
BENCHMARK(chunk<double, ff::simd::batch<double>>)->Name("chunk_moments/double/vector");
BENCHMARK(chunk<double, double>)->Name("chunk_moments/double/plain");
BENCHMARK(chunk<float, ff::simd::batch<double>>)->Name("chunk_moments/float/vector");
BENCHMARK(chunk<float, double>)->Name("chunk_moments/float/plain");

}  // namespace
