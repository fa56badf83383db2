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

/// Sessions that are held in one place of a block; the same for every register.
inline constexpr index block_rows = 16;

namespace detail {

/// A block of sessions in registers, as far as they are; the rest is read where it lies.
template <class Batch, index Columns, class Scalar>
struct held_block {
  static constexpr index parts = block_rows / lanes<Batch>;
  static constexpr index held = Columns * parts <= 20 ? Columns : 0;

  const Scalar* values;
  index columns;
  std::array<std::array<Batch, static_cast<std::size_t>(parts)>, static_cast<std::size_t>(held == 0 ? 1 : held)>
      registers;

  [[gnu::always_inline]] held_block(const Scalar* block, index column_count) : values(block), columns(column_count) {
    unrolled<held>([&](index column) __attribute__((always_inline)) {
      unrolled<parts>([&](index part) __attribute__((always_inline)) {
        registers[static_cast<std::size_t>(column)][static_cast<std::size_t>(part)] =
            read<Batch>(block + column * block_rows + part * lanes<Batch>);
      });
    });
  }

  /// To one session, whose columns are `block_rows` apart.
  [[gnu::always_inline]] auto distances_to(const Scalar* other) const {
    std::array<Batch, static_cast<std::size_t>(parts)> squares;
    squares.fill(Batch(Scalar{0}));
    const auto add = [&](index column) __attribute__((always_inline)) {
      const Batch coordinate(other[column * block_rows]);
      unrolled<parts>([&](index part) __attribute__((always_inline)) {
        const auto i = static_cast<std::size_t>(part);
        const Batch own = held > 0 ? registers[held > 0 ? static_cast<std::size_t>(column) : 0][i]
                                   : read<Batch>(values + column * block_rows + part * lanes<Batch>);
        const Batch difference = own - coordinate;
        squares[i] += difference * difference;
      });
    };
    if constexpr (Columns > 0) {
      unrolled<Columns>(add);
    } else {
      for (index column = 0; column < columns; ++column) add(column);
    }
    unrolled<parts>([&](index part) __attribute__((always_inline)) {
      const auto i = static_cast<std::size_t>(part);
      squares[i] = square_root(squares[i]);
    });
    return squares;
  }
};

template <class Batch, index Columns, bool Met, class Scalar>
void add_held_distances(const Scalar* block, const Scalar* others, index columns, index count, double* sums,
                        const Scalar* mask, Scalar* met) {
  using held = held_block<Batch, Columns, Scalar>;
  constexpr index parts = held::parts;
  constexpr index run = 2 * block_rows;
  const held mine(block, columns);
  std::array<Batch, static_cast<std::size_t>(parts)> counts;
  if constexpr (Met) {
    unrolled<parts>([&](index part) __attribute__((always_inline)) {
      counts[static_cast<std::size_t>(part)] = read<Batch>(mask + part * lanes<Batch>);
    });
  }
  for (index from = 0; from < count; from += run) {
    std::array<Batch, static_cast<std::size_t>(parts)> total;
    total.fill(Batch(Scalar{0}));
    for (index first = from; first < std::min(count, from + run); first += block_rows) {
      const Scalar* const values = others + first * columns;
      const index rows = std::min(block_rows, count - first);
      for (index row = 0; row < rows; ++row) {
        const auto distances = mine.distances_to(values + row);
        unrolled<parts>([&](index part) __attribute__((always_inline)) {
          const auto i = static_cast<std::size_t>(part);
          total[i] += distances[i];
          if constexpr (Met) {
            Scalar* const lane = met + (first + row) * block_rows + part * lanes<Batch>;
            write(lane, Batch(read<Batch>(lane) + distances[i] * counts[i]));
          }
        });
      }
    }
    std::array<Scalar, static_cast<std::size_t>(block_rows)> lane;
    unrolled<parts>([&](index part) __attribute__((always_inline)) {
      write(lane.data() + part * lanes<Batch>, total[static_cast<std::size_t>(part)]);
    });
    for (std::size_t i = 0; i < lane.size(); ++i) sums[i] += static_cast<double>(lane[i]);
  }
}

}  // namespace detail

/// Distances of the `block_rows` sessions of a block (a column after the other) to `count` others, which lie in blocks as
/// well. Adds them to `sums`, one for each session of the block, in the order of the others: runs of 32 in `Scalar`, the
/// runs in double. Where `met` is not null, adds each distance times the `mask` of its session to lane i of the
/// `block_rows` lanes that `met` has for each of the others.
template <std::floating_point Scalar, class Batch = batch<Scalar>>
void add_block_distances(const Scalar* block, const Scalar* others, index columns, index count, double* sums,
                         const Scalar* mask, Scalar* met) {
  with_columns(columns, [&](auto constant) {
    if (met != nullptr) {
      detail::add_held_distances<Batch, constant, true>(block, others, columns, count, sums, mask, met);
    } else {
      detail::add_held_distances<Batch, constant, false>(block, others, columns, count, sums, mask, met);
    }
  });
}

}  // namespace simd

FOOTFALL_END_NAMESPACE
