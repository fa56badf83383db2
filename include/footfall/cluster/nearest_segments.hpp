// SPDX-License-Identifier: MIT
// Each session to its nearest centre, and how far it is from all of them.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/finite.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/simd/distance.hpp>
#include <footfall/simd/sum.hpp>
#include <footfall/simd/sum_by_number.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Sessions as K-Means sees them. Distances are taken after `origin`, a point in their midst, is subtracted from
/// sessions and centres, so that a large offset costs no digits. Refers to its sources.
template <std::floating_point Scalar>
struct kmeans_sessions {
  matrix_view<Scalar> x;
  const std::vector<feature_info>& columns;  ///< named in errors
  const std::vector<Scalar>& origin;         ///< a number a column
};

namespace detail {

/// Calls `look(tile, at)` for the tiles of `simd::summed_rows` of the rows [begin, end), `at` rows from the first of these,
/// then `f(row, rows)`, and so on with the next ones.
template <class Scalar, class Look, class F>
void for_each_summed(const kmeans_sessions<Scalar>& from, index begin, index end, Look look, F f) {
  simd::tile<Scalar> copy;
  for (index row = begin; row < end; row += simd::summed_rows) {
    const index rows = std::min(simd::summed_rows, end - row);
    for (index at = 0; at < rows; at += simd::tile_rows) {
      const index some = std::min(simd::tile_rows, rows - at);
      simd::tile_view<Scalar> sessions{from.x.data() + row + at, from.x.outerStride(), from.x.cols(),
                                       from.origin.data()};
      if (some < simd::tile_rows || from.x.cols() > simd::most_unrolled_columns) {  // short, or read once a centre
        copy.resize(simd::tile_rows, from.x.cols());
        simd::fill(copy, from.x.middleRows(row + at, some), from.origin.data());
        sessions = simd::view_of_tile(copy);
      }
      look(sessions, at);
    }
    f(row, rows);
  }
}

/// Calls `f(numbers, squares, row, rows)` for `simd::summed_rows` of the rows [begin, end) after another: for each session
/// the number of the nearest centre and the squared distance to it. False when a distance could not be had.
template <class Scalar, class F>
bool for_each_nearest(const kmeans_sessions<Scalar>& from, const std::vector<Scalar>& centers, index count, index begin,
                      index end, F f) {
  simd::summed_values<Scalar> numbers, squares;
  bool usable = true;
  for_each_summed(
      from, begin, end,
      [&](const simd::tile_view<Scalar>& tile, index at) {
        usable = simd::nearest(tile, centers.data(), count, numbers.data() + at, squares.data() + at) && usable;
      },
      [&](index row, index rows) { f(numbers, squares, row, rows); });
  return usable;
}

/// Centres (one a row, in the units of the sessions) as the kernels take them: minus the origin, one after the other.
template <class Scalar>
std::vector<Scalar> shifted_centers(const matrix<double>& centers, const std::vector<Scalar>& origin) {
  std::vector<Scalar> shifted;
  for (index center = 0; center < centers.rows(); ++center) {
    for (index column = 0; column < centers.cols(); ++column) {
      const auto zero = static_cast<double>(origin[static_cast<std::size_t>(column)]);
      shifted.push_back(static_cast<Scalar>(centers(center, column) - zero));
    }
  }
  return shifted;
}

/// Half of the squared length of each of `count` centres that lie one after the other.
template <class Scalar>
std::vector<Scalar> half_squares(const std::vector<Scalar>& centers, index count) {
  const std::size_t columns = centers.size() / static_cast<std::size_t>(count);
  std::vector<Scalar> halves;
  for (std::size_t begin = 0; begin < centers.size(); begin += columns) {
    Scalar sum = 0;
    for (std::size_t column = 0; column < columns; ++column) {
      const Scalar value = centers[begin + column];
      sum = sum + value * value;
    }
    halves.push_back(sum / 2);
  }
  return halves;
}

/// Why a distance could not be had: NaN or infinity in a session, or values too large for their squares.
template <class Scalar>
[[noreturn]] void refuse_distances(const kmeans_sessions<Scalar>& sessions) {
  require_finite(sessions.x, sessions.columns, "kmeans");
  fail(error_code::limit, "kmeans", "a session lies too far from every centre: the squared distance is too large");
}

}  // namespace detail

/// The number of the nearest centre of each session, ties to the lowest. `centers` has one row a segment. Each
/// session's number depends on nothing but the session. Throws missing_value, not_finite or limit.
template <std::floating_point Scalar>
segment_ids nearest_segments(const kmeans_sessions<Scalar>& sessions, const matrix<double>& centers, workers& team) {
  const auto shifted = detail::shifted_centers(centers, sessions.origin);
  segment_ids ids(static_cast<std::size_t>(sessions.x.rows()));
  std::atomic<bool> usable = true;
  team.for_each_block(sessions.x.rows(), simd::chunk_rows, [&](index begin, index end) {
    const bool good = detail::for_each_nearest(
        sessions, shifted, centers.rows(), begin, end, [&](const auto& numbers, const auto&, index row, index rows) {
          for (index i = 0; i < rows; ++i) {
            ids[static_cast<std::size_t>(row + i)] = static_cast<std::int32_t>(numbers[static_cast<std::size_t>(i)]);
          }
        });
    if (!good) usable.store(false, std::memory_order_relaxed);
  });
  if (!usable) detail::refuse_distances(sessions);
  return ids;
}

/// The Euclidean distance of each session (a row) to each centre (a column). Throws as `nearest_segments`.
template <std::floating_point Scalar>
matrix<Scalar> distances_to_centers(const kmeans_sessions<Scalar>& sessions, const matrix<double>& centers,
                                    workers& team) {
  const auto shifted = detail::shifted_centers(centers, sessions.origin);
  matrix<Scalar> distances(sessions.x.rows(), centers.rows());
  std::atomic<bool> usable = true;
  team.for_each_block(sessions.x.rows(), simd::tile_rows, [&](index begin, index end) {
    simd::tile<Scalar> tile(simd::tile_rows, sessions.x.cols());
    simd::fill(tile, sessions.x.middleRows(begin, end - begin), sessions.origin.data());
    simd::tile_values<Scalar> squares;
    for (index center = 0; center < centers.rows(); ++center) {
      simd::squared_distances(simd::view_of_tile(tile), shifted.data() + center * sessions.x.cols(), squares);
      for (index i = 0; i < end - begin; ++i) {
        const Scalar distance = std::sqrt(squares[static_cast<std::size_t>(i)]);
        if (!std::isfinite(distance)) usable.store(false, std::memory_order_relaxed);
        distances(begin + i, center) = distance;
      }
    }
  });
  if (!usable) detail::refuse_distances(sessions);
  return distances;
}

FOOTFALL_END_NAMESPACE
