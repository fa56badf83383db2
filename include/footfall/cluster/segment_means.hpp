// SPDX-License-Identifier: MIT
// Where the middle of each segment lies, and how far its sessions are from it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/finite.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The means of the segments, relative to `origin`, in double. Differences are what counts, and far from zero only
/// those to a session nearby keep their digits: so the first session is the origin.
struct segment_means {
  std::vector<double> origin;
  matrix<double> means;      ///< a row a segment; zeros for a number without sessions
  std::vector<double> mean;  ///< of all sessions
  std::vector<index> sizes;
  index filled = 0;  ///< segments with sessions

  std::size_t segments() const noexcept { return sizes.size(); }
};

/// Means of the segments 0, 1, ..., the largest in `ids`. Bits do not depend on threads. Throws wrong_shape without
/// columns or unless there is one number for each row, bad_value for a negative number, fewer than 2 segments or as
/// many as rows, limit for a number of 4,096 or more, missing_value or not_finite naming column and row.
template <std::floating_point Scalar>
segment_means means_by_segment(const matrix_view<Scalar>& x, const std::vector<feature_info>& columns,
                               const segment_ids& ids, workers& team, std::string_view who) {
  constexpr std::int32_t most_segments = 4096;
  const auto rows = static_cast<std::size_t>(x.rows());
  require(x.cols() > 0, error_code::wrong_shape, who, "there must be at least one column, got 0");
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
  segment_means result;
  result.sizes.assign(static_cast<std::size_t>(last + 1), 0);
  for (const auto id : ids) ++result.sizes[static_cast<std::size_t>(id)];
  result.filled = std::count_if(result.sizes.begin(), result.sizes.end(), [](index size) { return size > 0; });
  require(result.filled >= 2 && result.filled < x.rows(), error_code::bad_value, who,
          "there must be at least 2 segments and fewer than the ", rows, " rows, got ", result.filled);
  require_finite(x, columns, who);

  result.means = matrix<double>::Zero(last + 1, x.cols());
  result.origin.resize(static_cast<std::size_t>(x.cols()));
  result.mean.resize(result.origin.size());
  // A column is one task, summed in the order of its rows: so nothing depends on who does it.
  team.for_each_index(x.cols(), [&](index column) {
    const auto origin = static_cast<double>(x(0, column));
    for (index row = 0; row < x.rows(); ++row) {
      result.means(ids[static_cast<std::size_t>(row)], column) += static_cast<double>(x(row, column)) - origin;
    }
    const auto at = static_cast<std::size_t>(column);
    result.origin[at] = origin;
    result.mean[at] = result.means.col(column).sum() / static_cast<double>(x.rows());
    for (std::size_t i = 0; i < result.sizes.size(); ++i) {
      if (result.sizes[i] > 0) result.means(static_cast<index>(i), column) /= static_cast<double>(result.sizes[i]);
    }
  });
  return result;
}

/// The squared distance of each session to the mean of its segment. Bits do not depend on threads.
template <std::floating_point Scalar>
std::vector<double> squares_to_means(const matrix_view<Scalar>& x, const segment_means& of, const segment_ids& ids,
                                     workers& team) {
  std::vector<double> squares(ids.size(), 0.0);
  team.for_each_block(x.rows(), 4096, [&](index begin, index end) {
    for (index column = 0; column < x.cols(); ++column) {
      const double origin = of.origin[static_cast<std::size_t>(column)];
      for (index row = begin; row < end; ++row) {
        const auto at = static_cast<std::size_t>(row);
        const double away = static_cast<double>(x(row, column)) - origin - of.means(ids[at], column);
        squares[at] += away * away;
      }
    }
  });
  return squares;
}

FOOTFALL_END_NAMESPACE
