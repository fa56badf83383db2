// SPDX-License-Identifier: MIT
// Squared Euclidean distances of many sessions to few points: to the nearest centre, or to one candidate.
#pragma once

#include <array>
#include <limits>

#include <footfall/core/types.hpp>
#include <footfall/simd/batch.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace simd {

/// Sessions that are worked on together: small enough to stay in the first cache, a multiple of every register.
inline constexpr index tile_rows = 128;

/// A tile: one row a session, one column a feature, rows without a session zero.
template <std::floating_point Scalar>
using tile = Eigen::Matrix<Scalar, tile_rows, Eigen::Dynamic>;

/// Puts at most `tile_rows` sessions (a matrix expression) minus `origin`, a number a column, into a tile; rows without
/// a session become zero.
template <std::floating_point Scalar, class Rows>
void fill(tile<Scalar>& sessions, const Rows& rows, const Scalar* origin) {
  for (index column = 0; column < rows.cols(); ++column) {
    sessions.col(column).head(rows.rows()) = rows.col(column).array() - origin[column];
    sessions.col(column).tail(tile_rows - rows.rows()).setZero();
  }
}

/// One number for each session of a tile.
template <std::floating_point Scalar>
using tile_values = std::array<Scalar, static_cast<std::size_t>(tile_rows)>;

namespace detail {

/// Registers that a kernel works on at a time, to have enough independent additions under way.
inline constexpr index group = 4;

/// Squared distances of `group` batches of sessions, from row `row` of the tile on, to a point; columns are added in
/// order.
template <class Batch, class Scalar>
std::array<Batch, static_cast<std::size_t>(group)> squared_group(const tile<Scalar>& sessions, index row,
                                                                 const Scalar* point) {
  std::array<Batch, static_cast<std::size_t>(group)> squares;
  squares.fill(Batch(Scalar{0}));
  const Scalar* values = sessions.data() + row;
  for (index column = 0; column < sessions.cols(); ++column, values += tile_rows) {
    const Batch coordinate(point[column]);
    unrolled<group>([&](index part) {
      const Batch difference = read<Batch>(values + part * lanes<Batch>) - coordinate;
      squares[static_cast<std::size_t>(part)] += difference * difference;
    });
  }
  return squares;
}

}  // namespace detail

/// The squared distance of each session of the tile to `point`, a coordinate a column.
template <std::floating_point Scalar, class Batch = batch<Scalar>>
void squared_distances(const tile<Scalar>& sessions, const Scalar* point, tile_values<Scalar>& squares) {
  for (index row = 0; row < tile_rows; row += detail::group * lanes<Batch>) {
    const auto found = detail::squared_group<Batch>(sessions, row, point);
    unrolled<detail::group>(
        [&](index part) { write(squares.data() + row + part * lanes<Batch>, found[static_cast<std::size_t>(part)]); });
  }
}

/// For each session of the tile the nearest of `count` > 0 centres, ties to the lowest number, and the squared distance
/// to it; infinite when no distance can be had, since a value is NaN or too large. Centres lie one after the other, a
/// coordinate a column. The number of a centre is kept as `Scalar`, exact below 2^24.
template <std::floating_point Scalar, class Batch = batch<Scalar>>
void nearest(const tile<Scalar>& sessions, const Scalar* centers, index count, tile_values<Scalar>& numbers,
             tile_values<Scalar>& squares) {
  for (index row = 0; row < tile_rows; row += detail::group * lanes<Batch>) {
    std::array<Batch, static_cast<std::size_t>(detail::group)> best_square;
    std::array<Batch, static_cast<std::size_t>(detail::group)> best_number;
    best_square.fill(Batch(std::numeric_limits<Scalar>::infinity()));
    best_number.fill(Batch(Scalar{0}));
    for (index center = 0; center < count; ++center) {
      const auto square = detail::squared_group<Batch>(sessions, row, centers + center * sessions.cols());
      const Batch number(static_cast<Scalar>(center));
      unrolled<detail::group>([&](index part) {
        const auto i = static_cast<std::size_t>(part);
        const auto closer = square[i] < best_square[i];
        best_square[i] = select(closer, square[i], best_square[i]);
        best_number[i] = select(closer, number, best_number[i]);
      });
    }
    unrolled<detail::group>([&](index part) {
      const index at = row + part * lanes<Batch>;
      write(squares.data() + at, best_square[static_cast<std::size_t>(part)]);
      write(numbers.data() + at, best_number[static_cast<std::size_t>(part)]);
    });
  }
}

}  // namespace simd

FOOTFALL_END_NAMESPACE
