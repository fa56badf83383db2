// SPDX-License-Identifier: MIT
// One reading of sessions that K-Means takes: each to its nearest centre, and what belongs to a centre summed up.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/finite.hpp>
#include <footfall/core/labels.hpp>
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

/// Calls `f(numbers, squares, row, rows)` for tiles of the rows [begin, end): for each session the number of the nearest
/// centre and the squared distance to it. False when a distance could not be had.
template <class Scalar, class F>
bool for_each_nearest(const kmeans_sessions<Scalar>& from, const std::vector<Scalar>& centers, index count, index begin,
                      index end, F f) {
  simd::tile_values<Scalar> numbers;
  simd::tile_values<Scalar> squares;
  simd::tile<Scalar> copy;
  bool usable = true;
  for (index row = begin; row < end; row += simd::tile_rows) {
    const index rows = std::min(simd::tile_rows, end - row);
    simd::tile_view<Scalar> sessions{from.x.data() + row, from.x.outerStride(), from.x.cols(), from.origin.data()};
    if (rows < simd::tile_rows || from.x.cols() > simd::most_unrolled_columns) {  // short, or read once a centre
      copy.resize(simd::tile_rows, from.x.cols());
      simd::fill(copy, from.x.middleRows(row, rows), from.origin.data());
      sessions = simd::view_of_tile(copy);
    }
    usable = simd::nearest(sessions, centers.data(), count, numbers, squares) && usable;
    f(numbers, squares, row, rows);
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

/// The sums of one chunk of sessions by segment: first the columns minus the origin, then the weight. Up to
/// `most_masked` segments, all sessions are added for every segment and those of other segments left out; with more,
/// one session after the other.
template <class Scalar>
class chunk_adder {
 public:
  chunk_adder(const kmeans_sessions<Scalar>& from, const weights& w, index clusters)
      : from_(from), w_(w), clusters_(clusters), columns_(from.x.cols() + 1) {
    const auto size = static_cast<std::size_t>(clusters * columns_);
    if (clusters > most_masked) {
      sums_.assign(size, 0.0);
    } else {
      sums_.assign(size * simd::running_lanes, 0.0);
      if (w.empty()) {
        plain_.emplace(columns_, size);
      } else {
        weighted_.emplace(columns_, size);
      }
    }
  }

  /// The sessions of a tile, from row `row` on, each with the number of its segment.
  void add(const simd::tile_values<Scalar>& numbers, index row, index rows) {
    if (plain_) {
      add_masked(*plain_, numbers, row, rows);
    } else if (weighted_) {
      add_masked(*weighted_, numbers, row, rows);
    } else {
      for (index i = 0; i < rows; ++i) {
        const auto number = static_cast<index>(numbers[static_cast<std::size_t>(i)]);
        double* const sums = sums_.data() + number * columns_;
        const double weight = w_[row + i];
        for (index column = 0; column < columns_ - 1; ++column)
          sums[column] += weight * value_of(from_, row + i, column);
        sums[columns_ - 1] += weight;
      }
    }
  }

  /// Writes `columns + 1` numbers for each segment to `to`.
  void finish(double* to) {
    if (plain_) flush(*plain_);
    if (weighted_) flush(*weighted_);
    const index count = clusters_ * columns_;
    for (index i = 0; i < count; ++i) {
      if (clusters_ > most_masked) {
        to[i] = sums_[static_cast<std::size_t>(i)];
      } else {
        simd::lane_array lanes;
        std::copy_n(sums_.data() + i * simd::running_lanes, simd::running_lanes, lanes.begin());
        to[i] = simd::fold(lanes, [](double a, double b) { return a + b; });
      }
    }
  }

  /// A value minus the origin.
  static double value_of(const kmeans_sessions<Scalar>& from, index row, index column) {
    return static_cast<double>(from.x(row, column)) -
           static_cast<double>(from.origin[static_cast<std::size_t>(column)]);
  }

 private:
  static constexpr index most_masked = 32;
  static constexpr int most_tiles = 4;

  // Running numbers of a few tiles: in `Number` no more than 32 values meet in one of them.
  template <class Number>
  struct running {
    simd::tile<Number> values;
    std::vector<Number> lanes;
    int tiles = 0;

    running(index columns, std::size_t sums)
        : values(simd::tile<Number>::Ones(simd::tile_rows, columns)),
          lanes(sums * static_cast<std::size_t>(simd::running_lanes), Number{0}) {}
  };

  template <class Number>
  void add_masked(running<Number>& some, const simd::tile_values<Scalar>& numbers, index row, index rows) {
    simd::tile_values<Number> own;
    for (std::size_t i = 0; i < own.size(); ++i) own[i] = static_cast<Number>(numbers[i]);
    std::fill(own.begin() + rows, own.end(), Number{-1});
    for (index column = 0; column < columns_ - 1; ++column) {
      const Scalar* const from = from_.x.data() + column * from_.x.outerStride() + row;
      const auto zero = static_cast<Number>(from_.origin[static_cast<std::size_t>(column)]);
      Number* const to = some.values.col(column).data();
      for (index i = 0; i < rows; ++i) to[i] = static_cast<Number>(from[i]) - zero;
    }
    if (!w_.empty()) {
      some.values.col(columns_ - 1).setOnes();
      for (index column = 0; column < columns_; ++column) {
        Number* const to = some.values.col(column).data();
        for (index i = 0; i < rows; ++i) to[i] *= static_cast<Number>(w_[row + i]);
      }
    }
    simd::add_by_number(some.values, own, clusters_, some.lanes.data());
    if (++some.tiles == most_tiles) flush(some);
  }

  template <class Number>
  void flush(running<Number>& some) {
    for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += static_cast<double>(some.lanes[i]);
    std::fill(some.lanes.begin(), some.lanes.end(), Number{0});
    some.tiles = 0;
  }

  const kmeans_sessions<Scalar>& from_;
  const weights& w_;
  index clusters_;
  index columns_;
  std::optional<running<Scalar>> plain_;
  std::optional<running<double>> weighted_;  // weights are double
  std::vector<double> sums_;
};

/// Chunks put together in their order: `columns + 1` numbers for each segment of each chunk.
inline center_sums merged(const std::vector<double>& chunks, index columns, index clusters) {
  center_sums whole(columns, clusters);
  const auto size = static_cast<std::size_t>(clusters * (columns + 1));
  for (std::size_t chunk = 0; chunk < chunks.size(); chunk += size) {
    for (index center = 0; center < clusters; ++center) {
      const double* const sums = chunks.data() + chunk + static_cast<std::size_t>(center * (columns + 1));
      for (index column = 0; column < columns; ++column) whole.sums(column, center) += sums[column];
      whole.weight[static_cast<std::size_t>(center)] += sums[columns];
    }
  }
  return whole;
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

/// One pass: writes the number of the nearest centre of each session to `ids` and returns the sums for the next
/// centres, made in chunks of `simd::chunk_rows` sessions that are merged in their order. What passes over two shards
/// return can be merged. Throws as `nearest_segments` does.
template <std::floating_point Scalar>
center_sums lloyd_pass(const kmeans_sessions<Scalar>& sessions, const matrix<double>& centers, const weights& w,
                       segment_ids& ids, workers& team) {
  const index rows = sessions.x.rows();
  const index columns = sessions.x.cols();
  const index clusters = centers.rows();
  const auto shifted = detail::shifted_centers(centers, sessions.origin);
  const auto chunk_count = static_cast<std::size_t>((rows + simd::chunk_rows - 1) / simd::chunk_rows);
  const auto chunk_size = static_cast<std::size_t>(clusters * (columns + 1));
  std::vector<double> sums(chunk_count * chunk_size);
  std::vector<double> inertia(chunk_count);
  std::vector<index> moved(chunk_count, 0);
  std::atomic<bool> usable = true;
  team.for_each_block(rows, simd::chunk_rows, [&](index begin, index end) {
    const auto chunk = static_cast<std::size_t>(begin / simd::chunk_rows);
    detail::chunk_adder<Scalar> adder(sessions, w, clusters);
    std::vector<Scalar> distances(static_cast<std::size_t>(end - begin));
    const bool good =
        detail::for_each_nearest(sessions, shifted, clusters, begin, end,
                                 [&](const auto& numbers, const auto& squares, index first, index count) {
                                   for (index i = 0; i < count; ++i) {
                                     const auto id = static_cast<std::int32_t>(numbers[static_cast<std::size_t>(i)]);
                                     auto& known = ids[static_cast<std::size_t>(first + i)];
                                     moved[chunk] += known != id;
                                     known = id;
                                   }
                                   std::copy_n(squares.begin(), count, distances.begin() + (first - begin));
                                   adder.add(numbers, first, count);
                                 });
    adder.finish(sums.data() + chunk * chunk_size);
    const double* const chunk_weights = w.empty() ? nullptr : w.values().data() + begin;
    inertia[chunk] = simd::sum(distances.data(), chunk_weights, end - begin);
    if (!good) usable.store(false, std::memory_order_relaxed);
  });
  if (!usable) detail::refuse_distances(sessions);
  auto whole = detail::merged(sums, columns, clusters);
  for (const double part : inertia) whole.inertia += part;
  for (const index part : moved) whole.moved += part;
  return whole;
}

FOOTFALL_END_NAMESPACE
