// SPDX-License-Identifier: MIT
// Segments that follow sessions as they come in: K-Means by small batches, none of which is kept.
#pragma once

#include <cmath>
#include <concepts>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/cluster/center_sums.hpp>
#include <footfall/cluster/kmeans.hpp>
#include <footfall/cluster/nearest_segments.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// K-Means that goes on (Sculley 2010): every session of a batch counts for the centre nearest to it, and a centre is the
/// mean of all sessions that ever counted for it, so it moves by less and less. A batch costs its own rows x clusters x
/// columns, whatever came before; it is not kept. Segments keep their numbers. What comes out depends on the order of
/// batches, on how sessions are cut into them, and not on threads.
template <std::floating_point Scalar>
class kmeans_stream {
 public:
  static constexpr std::string_view kind = "kmeans_stream";

  kmeans_stream() = default;
  /// Goes on from an earlier fit, whose sizes say how many sessions stand behind each centre: a large fit moves little.
  explicit kmeans_stream(fitted_kmeans<Scalar> begin)
      : columns_(begin.columns()),
        origin_(begin.origin()),
        centers_(begin.centers()),
        sizes_(begin.sizes()),
        inertia_(begin.inertia()),
        batches_(begin.passes()) {}

  /// Takes in a batch. Throws wrong_shape without rows or with another number of weights or columns, unknown_name for
  /// other columns, missing_value or not_finite for NaN or infinity, limit when squared distances overflow; then nothing
  /// was taken in.
  template <feature_input X>
    requires std::same_as<scalar_of<X>, Scalar>
  void add(const X& x, const weights& w = {}, const run_options& run = {}) {
    require_columns(x, columns_, kind);
    require_rows(x.rows(), w, kind);
    workers team(run);
    segment_ids ids(static_cast<std::size_t>(x.rows()), -1);
    const auto found = lloyd_pass(kmeans_sessions<Scalar>{view_of(x), columns_, origin_}, centers_, w, ids, team);
    require(std::isfinite(found.inertia) && found.sums.allFinite(), error_code::limit, kind,
            "the sums of a batch are too large");
    for (index center = 0; center < centers_.rows(); ++center) {
      const double more = found.weight[static_cast<std::size_t>(center)];
      if (more <= 0) continue;
      double& size = sizes_[static_cast<std::size_t>(center)];
      size += more;
      for (index column = 0; column < centers_.cols(); ++column) {
        const double mean =
            static_cast<double>(origin_[static_cast<std::size_t>(column)]) + found.sums(column, center) / more;
        centers_(center, column) += (mean - centers_(center, column)) * (more / size);
      }
    }
    inertia_ += found.inertia;
    ++batches_;
  }

  /// The segments as they are now. `sizes()` are the sessions that counted for each, those of the earlier fit included;
  /// `inertia()` the sum of squared distances to the centres as they were when sessions came; `passes()` those of the
  /// earlier fit and the batches.
  fitted_kmeans<Scalar> fitted() const {
    return fitted_kmeans<Scalar>::from_parts(columns_, origin_, centers_, sizes_, inertia_, batches_);
  }

  auto parts() const { return std::tie(columns_, origin_, centers_, sizes_, inertia_, batches_); }
  /// Throws bad_parts as `fitted_kmeans` does.
  static kmeans_stream from_parts(std::vector<feature_info> columns, std::vector<Scalar> origin, matrix<double> centers,
                                  std::vector<double> sizes, double inertia, int batches) {
    return kmeans_stream(fitted_kmeans<Scalar>::from_parts(std::move(columns), std::move(origin), std::move(centers),
                                                           std::move(sizes), inertia, batches));
  }
  bool operator==(const kmeans_stream& other) const { return same_parts(*this, other); }

 private:
  std::vector<feature_info> columns_;
  std::vector<Scalar> origin_;
  matrix<double> centers_;
  std::vector<double> sizes_;
  double inertia_ = 0;
  int batches_ = 1;
};

FOOTFALL_END_NAMESPACE
