// SPDX-License-Identifier: MIT
// How well each session sits in its segment: the exact silhouette, without a matrix of distances.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/finite.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/simd/distance.hpp>
#include <footfall/simd/pairwise.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Silhouettes in [-1, 1]: 1 far from all other segments, 0 between two, below 0 nearer to another one than to its own.
struct silhouette_result {
  double mean = 0;                  ///< of all sessions
  std::vector<double> per_segment;  ///< mean of each segment, by number; NaN for a number without sessions
  std::vector<double> per_session;  ///< in the order of the rows

  bool operator==(const silhouette_result&) const = default;
};

namespace detail {

/// Sessions sorted by segment, one after the other: what a kernel reads run by run.
template <class Scalar>
struct segment_runs {
  row_set rows;                ///< the row of each place
  std::vector<index> begins;   ///< where each segment's run begins, and one more: the end of the last
  std::vector<Scalar> values;  ///< a value a column, then the next session

  segment_runs(const matrix_view<Scalar>& x, const segment_ids& ids, std::size_t segments)
      : rows(ids.size()), begins(segments + 1, 0), values(ids.size() * static_cast<std::size_t>(x.cols())) {
    for (const auto id : ids) ++begins[static_cast<std::size_t>(id) + 1];
    for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
    std::vector<index> next(begins.begin(), begins.end() - 1);
    for (std::size_t row = 0; row < ids.size(); ++row) {
      const index place = next[static_cast<std::size_t>(ids[row])]++;
      rows[static_cast<std::size_t>(place)] = static_cast<index>(row);
      for (index column = 0; column < x.cols(); ++column) {
        values[static_cast<std::size_t>(place * x.cols() + column)] = x(static_cast<index>(row), column);
      }
    }
  }

  std::size_t segments() const { return begins.size() - 1; }
  index size(std::size_t segment) const { return begins[segment + 1] - begins[segment]; }
};

}  // namespace detail

/// The silhouette of each session with Euclidean distances (Rousseeuw 1987): (b - a) / max(a, b), where a is the mean
/// distance to the other sessions of its segment and b the least mean distance to another segment. 0 for the only
/// session of a segment and where a and b are 0, as in scikit-learn. Distances are taken in the scalar of `x`, sums of
/// them in double; bits do not depend on threads. Throws wrong_shape unless there is one number for each row,
/// missing_value or not_finite for NaN or infinity, bad_value for a negative number, fewer than 2 segments or as many
/// as rows, limit when distances overflow or a number is 2^20 or more. Cost: rows^2 x columns time, rows x columns
/// memory.
template <feature_input X>
silhouette_result silhouette(const X& x, const segment_ids& ids, const run_options& run = {}) {
  using scalar = scalar_of<X>;
  constexpr std::string_view who = "silhouette";
  constexpr std::int32_t most_segments = 1 << 20;
  const auto view = view_of(x);
  const auto rows = static_cast<std::size_t>(view.rows());
  require(view.cols() > 0, error_code::wrong_shape, who, "there must be at least one column, got 0");
  require(ids.size() == rows, error_code::wrong_shape, who, "there must be one segment number for each of ", rows,
          " rows, got ", ids.size());
  std::int32_t last = -1;
  for (std::size_t row = 0; row < rows; ++row) {
    require(ids[row] >= 0, error_code::bad_value, who, "a segment number must be at least 0, got ", ids[row],
            " in row ", row);
    require(ids[row] < most_segments, error_code::limit, who, "a segment number must be below ", most_segments,
            ", got ", ids[row], " in row ", row);
    last = std::max(last, ids[row]);
  }
  const detail::segment_runs<scalar> runs(view, ids, static_cast<std::size_t>(last + 1));
  std::size_t filled = 0;
  for (std::size_t segment = 0; segment < runs.segments(); ++segment) filled += runs.size(segment) > 0;
  require(filled >= 2 && filled < rows, error_code::bad_value, who,
          "there must be at least 2 segments and fewer than the ", rows, " rows, got ", filled);

  const std::vector<scalar> no_origin(static_cast<std::size_t>(view.cols()), scalar{0});
  silhouette_result result;
  result.per_session.resize(rows);
  std::atomic<bool> usable = true;
  workers(run).for_each_block(view.rows(), simd::tile_rows, [&](index begin, index end) {
    simd::tile<scalar> sessions(simd::tile_rows, view.cols());
    simd::fill(sessions,
               Eigen::Map<const Eigen::Matrix<scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
                   runs.values.data() + begin * view.cols(), end - begin, view.cols()),
               no_origin.data());
    simd::tile_values<double> own{};
    simd::tile_values<double> other;
    other.fill(std::numeric_limits<double>::infinity());
    for (std::size_t segment = 0; segment < runs.segments(); ++segment) {
      if (runs.size(segment) == 0) continue;
      simd::tile_values<double> sums{};
      simd::add_distances(simd::view_of_tile(sessions), runs.values.data() + runs.begins[segment] * view.cols(),
                          runs.size(segment), sums);
      for (index place = begin; place < end; ++place) {
        const auto i = static_cast<std::size_t>(place - begin);
        if (place >= runs.begins[segment] && place < runs.begins[segment + 1]) {
          own[i] = sums[i];
        } else {
          other[i] = std::min(other[i], sums[i] / static_cast<double>(runs.size(segment)));
        }
      }
    }
    for (index place = begin; place < end; ++place) {
      const auto i = static_cast<std::size_t>(place - begin);
      const auto row = static_cast<std::size_t>(runs.rows[static_cast<std::size_t>(place)]);
      const index neighbours = runs.size(static_cast<std::size_t>(ids[row])) - 1;
      if (!std::isfinite(own[i]) || !std::isfinite(other[i])) usable.store(false, std::memory_order_relaxed);
      const double within = neighbours > 0 ? own[i] / static_cast<double>(neighbours) : 0;
      const double larger = std::max(within, other[i]);
      result.per_session[row] = neighbours > 0 && larger > 0 ? (other[i] - within) / larger : 0;
    }
  });
  if (!usable) {
    require_finite(view, columns_of(x), who);
    fail(error_code::limit, who, "distances are too large for their squares");
  }

  result.per_segment.assign(runs.segments(), 0.0);
  for (std::size_t row = 0; row < rows; ++row) {
    result.per_segment[static_cast<std::size_t>(ids[row])] += result.per_session[row];
    result.mean += result.per_session[row];
  }
  result.mean /= static_cast<double>(rows);
  for (std::size_t segment = 0; segment < runs.segments(); ++segment) {
    const auto size = static_cast<double>(runs.size(segment));
    result.per_segment[segment] =
        size > 0 ? result.per_segment[segment] / size : std::numeric_limits<double>::quiet_NaN();
  }
  return result;
}

FOOTFALL_END_NAMESPACE
