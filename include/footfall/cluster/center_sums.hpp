// SPDX-License-Identifier: MIT
// One reading of sessions that K-Means takes: each to its nearest centre, and what belongs to a centre summed up.
#pragma once

#include <algorithm>
#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <footfall/cluster/nearest_segments.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/simd/sum.hpp>
#include <footfall/simd/sum_by_number.hpp>

FOOTFALL_BEGIN_NAMESPACE

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

/// The sums of one chunk of sessions by segment: first the columns minus the origin, then the weight. Up to
/// `most_masked` segments, all sessions are added for every segment and those of other segments left out; with more,
/// one session after the other.
template <class Scalar>
class chunk_adder {
 public:
  chunk_adder(const kmeans_sessions<Scalar>& from, const weights& w, index clusters)
      : from_(from),
        w_(w),
        clusters_(clusters),
        columns_(from.x.cols() + 1),
        sums_(static_cast<std::size_t>(clusters * columns_ * (clusters > most_masked ? 1 : simd::running_lanes)), 0.0) {
    in_place_ = std::ranges::all_of(from.origin, [](Scalar zero) { return zero == 0; });
    ones_.fill(Scalar{1});
  }

  /// At most `simd::summed_rows` sessions from row `row` on, each with the number of its segment; fewer only at the end.
  void add(const simd::summed_values<Scalar>& numbers, index row, index rows) {
    if (clusters_ > most_masked) {
      add_one_by_one(numbers, row, rows);
    } else if (!w_.empty()) {
      add_copied(weighted_, numbers, row, rows);
    } else if (!in_place_ || rows < simd::summed_rows) {
      add_copied(copied_, numbers, row, rows);
    } else {
      add_masked(from_.x.data() + row, from_.x.outerStride(), ones_.data(), numbers);
    }
  }

  /// Writes `columns + 1` numbers for each segment to `to`.
  void finish(double* to) const {
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

  template <class Number>
  void add_masked(const Number* values, index stride, const Number* last_column,
                  const simd::summed_values<Number>& numbers) {
    simd::add_by_number(values, stride, columns_ - 1, last_column, numbers, clusters_, sums_.data());
  }

  // Minus the origin, times the weights, and with rows for sessions that are not there.
  template <class Number>
  void add_copied(std::vector<Number>& copy, const simd::summed_values<Scalar>& numbers, index row, index rows) {
    copy.assign(static_cast<std::size_t>(columns_ * simd::summed_rows), Number{1});
    simd::summed_values<Number> own;
    own.fill(Number{-1});
    std::copy_n(numbers.begin(), rows, own.begin());
    for (index column = 0; column < columns_; ++column) {
      Number* const to = copy.data() + column * simd::summed_rows;
      if (column < columns_ - 1) {
        const Scalar* const from = from_.x.data() + column * from_.x.outerStride() + row;
        const auto zero = static_cast<Number>(from_.origin[static_cast<std::size_t>(column)]);
        for (index i = 0; i < rows; ++i) to[i] = static_cast<Number>(from[i]) - zero;
      }
      if (!w_.empty()) {
        for (index i = 0; i < rows; ++i) to[i] *= static_cast<Number>(w_[row + i]);
      }
    }
    add_masked(copy.data(), simd::summed_rows, copy.data() + (columns_ - 1) * simd::summed_rows, own);
  }

  void add_one_by_one(const simd::summed_values<Scalar>& numbers, index row, index rows) {
    for (index i = 0; i < rows; ++i) {
      double* const sums = sums_.data() + static_cast<index>(numbers[static_cast<std::size_t>(i)]) * columns_;
      const double weight = w_[row + i];
      for (index column = 0; column < columns_ - 1; ++column) sums[column] += weight * value_of(from_, row + i, column);
      sums[columns_ - 1] += weight;
    }
  }

  const kmeans_sessions<Scalar>& from_;
  const weights& w_;
  index clusters_;
  index columns_;
  bool in_place_ = false;  // there is no origin to take away
  simd::summed_values<Scalar> ones_;
  std::vector<Scalar> copied_;
  std::vector<double> weighted_;  // weights are double
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
