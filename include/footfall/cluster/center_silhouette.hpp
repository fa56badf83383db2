// SPDX-License-Identifier: MIT
// Relatives of the silhouette that need no pairs: with squared distances, and with distances to centres.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

#include <footfall/cluster/silhouette.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// Sizes, means and sums of squared distances to them, of each segment.
struct segments_around_means {
  std::vector<index> sizes;
  matrix<double> means;  ///< one column a segment
  std::vector<double> spreads;

  template <class Scalar>
  segments_around_means(const matrix_view<Scalar>& x, const segment_ids& ids, std::size_t segments)
      : sizes(segments, 0),
        means(matrix<double>::Zero(x.cols(), static_cast<index>(segments))),
        spreads(segments, 0.0) {
    // Values are taken minus the first session, so that a large offset costs no digits.
    const Eigen::VectorXd first = x.row(0).transpose().template cast<double>();
    for (index row = 0; row < x.rows(); ++row) {
      const auto segment = ids[static_cast<std::size_t>(row)];
      ++sizes[static_cast<std::size_t>(segment)];
      for (index column = 0; column < x.cols(); ++column) {
        means(column, segment) += static_cast<double>(x(row, column)) - first[column];
      }
    }
    for (std::size_t segment = 0; segment < segments; ++segment) {
      if (sizes[segment] == 0) continue;
      for (index column = 0; column < x.cols(); ++column) {
        double& mean = means(column, static_cast<index>(segment));
        mean = mean / static_cast<double>(sizes[segment]) + first[column];
      }
    }
    for (index row = 0; row < x.rows(); ++row) {
      const auto segment = ids[static_cast<std::size_t>(row)];
      spreads[static_cast<std::size_t>(segment)] += square_to(x, row, segment);
    }
  }

  template <class Scalar>
  double square_to(const matrix_view<Scalar>& x, index row, index segment) const {
    double square = 0;
    for (index column = 0; column < x.cols(); ++column) {
      const double difference = static_cast<double>(x(row, column)) - means(column, segment);
      square += difference * difference;
    }
    return square;
  }
};

/// `distance(square, own, segment)` of a session to each segment, from the squared distance to the segment's mean.
template <feature_input X, class Distance>
silhouette_result center_silhouettes(const X& x, const segment_ids& ids, const run_options& run, std::string_view who,
                                     Distance distance) {
  const auto view = view_of(x);
  require(view.cols() > 0, error_code::wrong_shape, who, "there must be at least one column, got 0");
  const auto count = require_segments(ids, view.rows(), who);
  const segments_around_means means(view, ids, count.numbers);
  if (!std::ranges::all_of(means.spreads, [](double spread) { return std::isfinite(spread); })) {
    refuse_distances<scalar_of<X>>(view, columns_of(x), who);
  }
  silhouette_result result;
  result.per_session.resize(ids.size());
  workers(run).for_each_block(view.rows(), simd::chunk_rows, [&](index begin, index end) {
    for (index row = begin; row < end; ++row) {
      const auto own = static_cast<std::size_t>(ids[static_cast<std::size_t>(row)]);
      double within = 0;
      double other = std::numeric_limits<double>::infinity();
      for (std::size_t segment = 0; segment < count.numbers; ++segment) {
        if (means.sizes[segment] == 0) continue;
        const double to = distance(means.square_to(view, row, static_cast<index>(segment)), segment == own,
                                   means.spreads[segment], static_cast<double>(means.sizes[segment]));
        if (segment == own) {
          within = to;
        } else {
          other = std::min(other, to);
        }
      }
      result.per_session[static_cast<std::size_t>(row)] = silhouette_of(within, other, means.sizes[own]);
    }
  });
  if (!std::ranges::all_of(result.per_session, [](double s) { return std::isfinite(s); })) {
    fail(error_code::limit, who, "distances are too large for their squares");
  }
  summarise(result, ids, count.numbers);
  return result;
}

}  // namespace detail

/// The silhouette with squared Euclidean distances in place of distances: another number than `silhouette`, and exact
/// without looking at pairs, since the squares from a session to a segment add up to its size times the square to its
/// mean, plus the segment's own spread. Conventions and errors as `silhouette`. Cost: rows x columns x segments.
template <feature_input X>
silhouette_result squared_silhouette(const X& x, const segment_ids& ids, const run_options& run = {}) {
  return detail::center_silhouettes(x, ids, run, "squared_silhouette",
                                    [](double square, bool own, double spread, double size) {
                                      return (size * square + spread) / (own ? std::max(1.0, size - 1) : size);
                                    });
}

/// The simplified silhouette (Hruschka, Campello and de Castro 2004): a and b are the distances to the mean of the own
/// and of the nearest other segment. Another number than `silhouette`, usually larger. 0 for the only session of a
/// segment. Errors as `silhouette`. Cost: rows x columns x segments.
template <feature_input X>
silhouette_result simplified_silhouette(const X& x, const segment_ids& ids, const run_options& run = {}) {
  return detail::center_silhouettes(x, ids, run, "simplified_silhouette",
                                    [](double square, bool, double, double) { return std::sqrt(square); });
}

FOOTFALL_END_NAMESPACE
