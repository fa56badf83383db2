// SPDX-License-Identifier: MIT
// Sums of Euclidean distances from many sessions to many others, without keeping a distance.
#pragma once

#include <algorithm>
#include <array>

#include <footfall/core/types.hpp>
#include <footfall/simd/batch.hpp>
#include <footfall/simd/distance.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace simd {

/// Adds to `sums`, for each session of the tile, its distances to `count` others, which lie one after the other, a
/// value a column. Runs of 32 distances are added in `Scalar`, the runs in double, in the order of the others.
template <std::floating_point Scalar, class Batch = batch<Scalar>>
void add_distances(const tile_view<Scalar>& sessions, const Scalar* others, index count, tile_values<double>& sums) {
  constexpr index run = 32;
  for (index row = 0; row < tile_rows; row += detail::group * lanes<Batch>) {
    for (index begin = 0; begin < count; begin += run) {
      const index end = std::min(count, begin + run);
      std::array<Batch, static_cast<std::size_t>(detail::group)> distances;
      distances.fill(Batch(Scalar{0}));
      for (index other = begin; other < end; ++other) {
        const auto square = detail::squared_group<Batch>(sessions, row, others + other * sessions.columns);
        unrolled<detail::group>([&](index part) __attribute__((always_inline)) {
          distances[static_cast<std::size_t>(part)] += square_root(square[static_cast<std::size_t>(part)]);
        });
      }
      std::array<Scalar, static_cast<std::size_t>(detail::group * lanes<Batch>)> lane;
      unrolled<detail::group>([&](index part) __attribute__((always_inline)) {
        write(lane.data() + part * lanes<Batch>, distances[static_cast<std::size_t>(part)]);
      });
      for (std::size_t i = 0; i < lane.size(); ++i) {
        sums[static_cast<std::size_t>(row) + i] += static_cast<double>(lane[i]);
      }
    }
  }
}

}  // namespace simd

FOOTFALL_END_NAMESPACE
