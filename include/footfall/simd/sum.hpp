// SPDX-License-Identifier: MIT
// Sums over a chunk of sessions whose bits depend neither on the width of the registers nor on the number of threads.
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>

#include <footfall/core/types.hpp>
#include <footfall/simd/batch.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace simd {

/// Long columns are cut into chunks of this many rows, from the first row on; chunks are put together in their order.
inline constexpr index chunk_rows = 4096;

/// Within a chunk, value i is added to running number i % 16: as many as the widest register pair holds doubles.
inline constexpr index running_lanes = 16;

/// Sixteen running numbers of one kind.
using lane_array = std::array<double, static_cast<std::size_t>(running_lanes)>;

/// Keeps `Count` kinds of running numbers, each starting at `start`: calls `visit(state, i)` for i of [0, count), where
/// `state` is an array of `Count` batches, and batch lane l stands for value i + l. Returns them lane by lane.
template <class Batch, std::size_t Count, class Visit>
std::array<lane_array, Count> run_lanes(index count, const std::array<double, Count>& start, Visit visit) {
  constexpr index parts = running_lanes / lanes<Batch>;
  std::array<std::array<Batch, Count>, static_cast<std::size_t>(parts)> state;
  for (auto& part : state) {
    for (std::size_t kind = 0; kind < Count; ++kind) part[kind] = Batch(start[kind]);
  }
  index i = 0;
  for (; i + running_lanes <= count; i += running_lanes) {
    unrolled<parts>([&](index part) __attribute__((always_inline)) {
      visit(state[static_cast<std::size_t>(part)], i + part * lanes<Batch>);
    });
  }
  std::array<lane_array, Count> result;
  for (std::size_t kind = 0; kind < Count; ++kind) {
    for (index part = 0; part < parts; ++part) {
      write(result[kind].data() + part * lanes<Batch>, state[static_cast<std::size_t>(part)][kind]);
    }
  }
  for (std::size_t lane = 0; i < count; ++i, ++lane) {
    std::array<double, Count> single;
    for (std::size_t kind = 0; kind < Count; ++kind) single[kind] = result[kind][lane];
    visit(single, i);
    for (std::size_t kind = 0; kind < Count; ++kind) result[kind][lane] = single[kind];
  }
  return result;
}

/// Adds values, each times its weight, to running numbers: value i to lane i % 16. `weights` may be null: 1 each. Called
/// for one piece of a chunk after another, of which all but the last are multiples of 16, it does what `sum` does.
template <std::floating_point Scalar, class Batch = batch<double>>
void add_to_lanes(const Scalar* values, const double* weights, index count, lane_array& running) {
  constexpr index parts = running_lanes / lanes<Batch>;
  std::array<Batch, static_cast<std::size_t>(parts)> state;
  for (index part = 0; part < parts; ++part) {
    state[static_cast<std::size_t>(part)] = read<Batch>(running.data() + part * lanes<Batch>);
  }
  index i = 0;
  for (; i + running_lanes <= count; i += running_lanes) {
    unrolled<parts>([&](index part) __attribute__((always_inline)) {
      const index at = i + part * lanes<Batch>;
      const auto value = read<Batch>(values + at);
      state[static_cast<std::size_t>(part)] += weights == nullptr ? value : value * read<Batch>(weights + at);
    });
  }
  for (index part = 0; part < parts; ++part) {
    write(running.data() + part * lanes<Batch>, state[static_cast<std::size_t>(part)]);
  }
  for (std::size_t lane = 0; i < count; ++i, ++lane) {
    const auto value = static_cast<double>(values[i]);
    running[lane] += weights == nullptr ? value : value * weights[i];
  }
}

/// One number from sixteen: halves are put together until one is left. `combine` is addition, min or max.
template <class Combine>
double fold(lane_array values, Combine combine) {
  for (std::size_t half = values.size() / 2; half > 0; half /= 2) {
    for (std::size_t lane = 0; lane < half; ++lane) values[lane] = combine(values[lane], values[lane + half]);
  }
  return values[0];
}

/// The sum of the values in double, each times its weight; `weights` may be null: 1 each. Meant for one chunk: the
/// error grows with count / 16.
template <std::floating_point Scalar, class Batch = batch<double>>
double sum(const Scalar* values, const double* weights, index count) {
  const auto running = run_lanes<Batch, 1>(count, {0.0}, [&](auto& state, index i) {
    using wide = std::remove_cvref_t<decltype(state[0])>;
    const auto value = read<wide>(values + i);
    state[0] += weights == nullptr ? value : value * read<wide>(weights + i);
  });
  return fold(running[0], [](double a, double b) { return a + b; });
}

}  // namespace simd

FOOTFALL_END_NAMESPACE
