// SPDX-License-Identifier: MIT
// Products of columns: the vector kernel beside its portable twin. Items are sessions of a tile that stays in the first
// cache. Floor: columns x (columns + 1) / 2 fused products a session, a register of doubles at a time.
#include <vector>

#include <benchmark/benchmark.h>

#include <footfall/core/random.hpp>
#include <footfall/simd/covariance.hpp>
#include <footfall/simd/project.hpp>

namespace ff = footfall;

namespace {

template <class Batch>
void products(benchmark::State& state) {
  const auto columns = static_cast<ff::index>(state.range(0));
  ff::random_stream random(1);
  ff::simd::tile<double> sessions(ff::simd::tile_rows, columns);
  for (ff::index i = 0; i < sessions.size(); ++i) sessions.data()[i] = random.normal();
  std::vector<double> sums(static_cast<std::size_t>(columns * columns * ff::simd::product_lanes), 0.0);
  for (auto _ : state) {
    ff::simd::add_products<Batch>(sessions, sessions, sums.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * ff::simd::tile_rows);
}
BENCHMARK(products<ff::simd::batch<double>>)->Name("products/vector")->Arg(4)->Arg(16);
BENCHMARK(products<double>)->Name("products/plain")->Arg(4)->Arg(16);

}  // namespace
