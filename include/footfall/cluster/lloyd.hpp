// SPDX-License-Identifier: MIT
// Lloyd's passes: every session to its nearest centre, every centre to the mean of its sessions, until nothing moves.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/finite.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/simd/distance.hpp>
#include <footfall/simd/sum.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Sessions as K-Means sees them. Distances are taken after `origin`, a point in their midst, is subtracted from
/// sessions and centres, so that a large offset costs no digits. Refers to its sources.
template <std::floating_point Scalar>
struct kmeans_sessions {
  matrix_view<Scalar> x;
  const std::vector<feature_info>& columns;  ///< named in errors
  const std::vector<Scalar>& origin;         ///< a number a column
};

/// What one pass over sessions leaves, segment by segment.
struct center_sums {
  matrix<double> sums;         ///< column by segment: weighted sums of the sessions minus the origin
  std::vector<double> weight;  ///< total weight of the sessions
  double inertia = 0;          ///< weighted sum of squared distances to the nearest centre
  index moved = 0;             ///< sessions whose nearest centre is another one than before

  center_sums(index columns, index clusters)
      : sums(matrix<double>::Zero(columns, clusters)), weight(static_cast<std::size_t>(clusters), 0.0) {}

  /// Adds what the pass found in other sessions. Bits depend on the order of merging.
  void merge(const center_sums& other) {
    sums += other.sums;
    for (std::size_t i = 0; i < weight.size(); ++i) weight[i] += other.weight[i];
    inertia += other.inertia;
    moved += other.moved;
  }
};

namespace detail {

/// Calls `f(sessions, numbers, squares, row, rows)` for tiles of the rows [begin, end): the sessions minus the origin,
/// for each the number of the nearest centre and the squared distance to it. False when a distance could not be had.
template <class Scalar, class F>
bool for_each_nearest(const kmeans_sessions<Scalar>& from, const std::vector<Scalar>& centers, index count, index begin,
                      index end, F f) {
  simd::tile<Scalar> sessions(simd::tile_rows, from.x.cols());
  simd::tile_values<Scalar> numbers;
  simd::tile_values<Scalar> squares;
  bool usable = true;
  for (index row = begin; row < end; row += simd::tile_rows) {
    const index rows = std::min(simd::tile_rows, end - row);
    simd::fill(sessions, from.x.middleRows(row, rows), from.origin.data());
    simd::nearest(sessions, centers.data(), count, numbers, squares);
    usable = usable && std::isfinite(simd::sum(squares.data(), nullptr, rows));
    f(sessions, numbers, squares, row, rows);
  }
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
        sessions, shifted, centers.rows(), begin, end,
        [&](const auto&, const auto& numbers, const auto&, index row, index rows) {
          for (index i = 0; i < rows; ++i) {
            ids[static_cast<std::size_t>(row + i)] = static_cast<std::int32_t>(numbers[static_cast<std::size_t>(i)]);
          }
        });
    if (!good) usable.store(false, std::memory_order_relaxed);
  });
  if (!usable) detail::refuse_distances(sessions);
  return ids;
}

/// One pass: writes the number of the nearest centre of each session to `ids` and returns the sums for the next
/// centres, made in chunks of `simd::chunk_rows` sessions that are merged in their order. Throws as `nearest_segments`
/// does.
template <std::floating_point Scalar>
center_sums lloyd_pass(const kmeans_sessions<Scalar>& sessions, const matrix<double>& centers, const weights& w,
                       segment_ids& ids, workers& team) {
  const index rows = sessions.x.rows();
  const index columns = sessions.x.cols();
  const auto shifted = detail::shifted_centers(centers, sessions.origin);
  std::vector<center_sums> chunks(static_cast<std::size_t>((rows + simd::chunk_rows - 1) / simd::chunk_rows),
                                  center_sums(columns, centers.rows()));
  std::atomic<bool> usable = true;
  team.for_each_block(rows, simd::chunk_rows, [&](index begin, index end) {
    center_sums& chunk = chunks[static_cast<std::size_t>(begin / simd::chunk_rows)];
    std::vector<Scalar> distances(static_cast<std::size_t>(end - begin));
    const bool good = detail::for_each_nearest(
        sessions, shifted, centers.rows(), begin, end,
        [&](const simd::tile<Scalar>& tile, const auto& numbers, const auto& squares, index first, index count) {
          for (index i = 0; i < count; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const auto id = static_cast<std::int32_t>(numbers[at]);
            auto& known = ids[static_cast<std::size_t>(first + i)];
            chunk.moved += known != id;
            known = id;
            distances[static_cast<std::size_t>(first - begin) + at] = squares[at];
            const double weight = w[first + i];
            chunk.weight[static_cast<std::size_t>(id)] += weight;
            double* const sums = chunk.sums.col(id).data();
            for (index column = 0; column < columns; ++column) {
              sums[column] += weight * static_cast<double>(tile(i, column));
            }
          }
        });
    const double* const chunk_weights = w.empty() ? nullptr : w.values().data() + begin;
    chunk.inertia = simd::sum(distances.data(), chunk_weights, end - begin);
    if (!good) usable.store(false, std::memory_order_relaxed);
  });
  if (!usable) detail::refuse_distances(sessions);
  center_sums whole(columns, centers.rows());
  for (const auto& chunk : chunks) whole.merge(chunk);
  return whole;
}

namespace detail {

/// Gives every segment without weight the session that lies farthest from its centre, ties to the lowest row, and takes
/// it from the segment it was in, which must keep another one. Returns whether there was such a segment.
template <class Scalar>
bool relocate_empty(const kmeans_sessions<Scalar>& sessions, const matrix<double>& centers, const weights& w,
                    const segment_ids& ids, center_sums& sums, workers& team) {
  if (std::all_of(sums.weight.begin(), sums.weight.end(), [](double weight) { return weight > 0; })) return false;
  const index rows = sessions.x.rows();
  const auto shifted = shifted_centers(centers, sessions.origin);
  std::vector<Scalar> distances(static_cast<std::size_t>(rows));
  team.for_each_block(rows, simd::chunk_rows, [&](index begin, index end) {
    for_each_nearest(sessions, shifted, centers.rows(), begin, end,
                     [&](const auto&, const auto&, const auto& squares, index row, index count) {
                       std::copy_n(squares.begin(), count, distances.begin() + row);
                     });
  });
  std::vector<index> members(sums.weight.size(), 0);
  for (index row = 0; row < rows; ++row) {
    if (w[row] > 0) ++members[static_cast<std::size_t>(ids[static_cast<std::size_t>(row)])];
  }
  for (std::size_t empty = 0; empty < sums.weight.size(); ++empty) {
    if (sums.weight[empty] > 0) continue;
    index farthest = -1;
    for (index row = 0; row < rows; ++row) {
      const auto at = static_cast<std::size_t>(row);
      const auto home = static_cast<std::size_t>(ids[at]);
      const bool movable = w[row] > 0 && distances[at] >= 0 && members[home] > 1 && sums.weight[home] > w[row];
      if (movable && (farthest < 0 || distances[at] > distances[static_cast<std::size_t>(farthest)])) farthest = row;
    }
    require(farthest >= 0, error_code::bad_option, "kmeans", "clusters must be at most the number of sessions, got ",
            sums.weight.size());
    const auto at = static_cast<std::size_t>(farthest);
    const auto home = static_cast<std::size_t>(ids[at]);
    distances[at] = -1;  // taken
    --members[home];
    sums.weight[home] -= w[farthest];
    sums.weight[empty] = w[farthest];
    for (index column = 0; column < sessions.x.cols(); ++column) {
      const Scalar value = sessions.x(farthest, column) - sessions.origin[static_cast<std::size_t>(column)];
      const double share = w[farthest] * static_cast<double>(value);
      sums.sums(column, static_cast<index>(home)) -= share;
      sums.sums(column, static_cast<index>(empty)) = share;
    }
  }
  return true;
}

}  // namespace detail

/// Where a run of passes ended.
struct lloyd_end {
  matrix<double> centers;      ///< one row a segment, in the units of the sessions
  std::vector<double> weight;  ///< of the sessions nearest to each centre
  double inertia = 0;
  int passes = 0;
};

/// Passes from `centers` on, until no session changes its segment, or the squared length of all the centres' steps is
/// at most `tolerance`, or `max_passes` are done (Lloyd 1982). A segment that loses all sessions gets the session
/// farthest from its centre. `weight` and `inertia` belong to the final centres. Throws as `nearest_segments` does.
template <std::floating_point Scalar>
lloyd_end lloyd(const kmeans_sessions<Scalar>& sessions, matrix<double> centers, const weights& w, int max_passes,
                double tolerance, workers& team) {
  segment_ids ids(static_cast<std::size_t>(sessions.x.rows()), -1);
  for (int pass = 1;; ++pass) {
    auto sums = lloyd_pass(sessions, centers, w, ids, team);
    const bool relocated = detail::relocate_empty(sessions, centers, w, ids, sums, team);
    double steps = 0;
    for (index center = 0; center < centers.rows(); ++center) {
      for (index column = 0; column < centers.cols(); ++column) {
        const double mean = sums.sums(column, center) / sums.weight[static_cast<std::size_t>(center)];
        const double next = static_cast<double>(sessions.origin[static_cast<std::size_t>(column)]) + mean;
        const double step = next - centers(center, column);
        steps += step * step;
        centers(center, column) = next;
      }
    }
    // Same segments as before: the same sums, hence the same centres, so that these sums belong to them already.
    if (sums.moved == 0 && !relocated) return {std::move(centers), std::move(sums.weight), sums.inertia, pass};
    if (steps <= tolerance || pass == max_passes) {
      const auto last = lloyd_pass(sessions, centers, w, ids, team);
      return {std::move(centers), last.weight, last.inertia, pass};
    }
  }
}

FOOTFALL_END_NAMESPACE
