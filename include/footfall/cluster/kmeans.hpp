// SPDX-License-Identifier: MIT
// K-Means: segments of sessions around centres, numbered so that the numbers mean the same for every run.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/cluster/lloyd.hpp>
#include <footfall/cluster/nearest_segments.hpp>
#include <footfall/cluster/seeding.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/finite.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/progress.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/simd/moments.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The fitted form of `kmeans`. Segments are numbered by size, the largest first; equal sizes by their centres, column
/// by column, the smaller first; `numbered_as` keeps the numbers of an earlier fit. (Where many sessions lie exactly halfway between centres, sizes may be left out of
/// order.)
template <std::floating_point Scalar>
class fitted_kmeans {
 public:
  static constexpr std::string_view kind = "kmeans";

  /// The nearest centre of each session, ties to the lowest number. A session's number depends on nothing but the
  /// session. Throws wrong_shape or unknown_name for other columns, missing_value or not_finite for NaN or infinity,
  /// limit for a session so far away that squared distances overflow. Cost: rows x clusters x columns.
  template <feature_input X>
    requires std::same_as<scalar_of<X>, Scalar>
  segment_ids assign(const X& x, const run_options& run = {}) const {
    require_columns(x, columns_, kind);
    workers team(run);
    return nearest_segments(kmeans_sessions<Scalar>{view_of(x), columns_, origin_}, centers_, team);
  }

  /// The Euclidean distance of each session (a row) to each centre (a column). Throws as `assign`. Cost: as `assign`.
  template <feature_input X>
    requires std::same_as<scalar_of<X>, Scalar>
  matrix<Scalar> distances(const X& x, const run_options& run = {}) const {
    require_columns(x, columns_, kind);
    workers team(run);
    return distances_to_centers(kmeans_sessions<Scalar>{view_of(x), columns_, origin_}, centers_, team);
  }

  /// One row a segment, one column a feature, in the units of the training sessions; in double whatever these are.
  const matrix<double>& centers() const noexcept { return centers_; }
  /// How many training sessions each segment has; with weights their total weight. 0 only if `max_passes` ran out.
  const std::vector<double>& sizes() const noexcept { return sizes_; }
  /// The weighted sum of squared distances from the training sessions to their centres.
  double inertia() const noexcept { return inertia_; }
  /// Passes over the sessions that the best start took.
  int passes() const noexcept { return passes_; }
  const std::vector<feature_info>& columns() const noexcept { return columns_; }
  /// A number a column that is subtracted before distances are taken.
  const std::vector<Scalar>& origin() const noexcept { return origin_; }

  auto parts() const { return std::tie(columns_, origin_, centers_, sizes_, inertia_, passes_); }
  /// `origin`: a number a column that is subtracted before distances are taken. Throws bad_parts unless shapes agree
  /// and all is finite.
  static fitted_kmeans from_parts(std::vector<feature_info> columns, std::vector<Scalar> origin, matrix<double> centers,
                                  std::vector<double> sizes, double inertia, int passes) {
    const auto finite = [](auto value) { return std::isfinite(value); };
    require(centers.rows() > 0 && static_cast<std::size_t>(centers.rows()) == sizes.size(), error_code::bad_parts, kind,
            "there must be a size for each centre, got ", sizes.size(), " for ", centers.rows());
    require(!columns.empty() && static_cast<std::size_t>(centers.cols()) == columns.size() &&
                origin.size() == columns.size(),
            error_code::bad_parts, kind, "centres and origin must have one number for each of ", columns.size(),
            " columns, got ", centers.cols(), " and ", origin.size());
    require(centers.allFinite() && std::all_of(origin.begin(), origin.end(), finite), error_code::bad_parts, kind,
            "centres and origin must be finite");
    require(std::all_of(sizes.begin(), sizes.end(), [&](double size) { return finite(size) && size >= 0; }),
            error_code::bad_parts, kind, "sizes must be finite and not negative");
    require(finite(inertia) && inertia >= 0 && passes > 0, error_code::bad_parts, kind,
            "inertia must be finite and not negative, passes at least 1, got ", inertia, " and ", passes);
    fitted_kmeans result;
    result.columns_ = std::move(columns);
    result.origin_ = std::move(origin);
    result.centers_ = std::move(centers);
    result.sizes_ = std::move(sizes);
    result.inertia_ = inertia;
    result.passes_ = passes;
    return result;
  }
  bool operator==(const fitted_kmeans& other) const { return same_parts(*this, other); }

 private:
  std::vector<feature_info> columns_;
  std::vector<Scalar> origin_;
  matrix<double> centers_;
  std::vector<double> sizes_;
  double inertia_ = 0;
  int passes_ = 1;
};

/// Segments with the least sum of squared distances to their centres, as far as Lloyd's passes from K-Means++ starts
/// find it. Every column counts by its spread: scale first (`standard_scaler`). A start ends when no session changes
/// its segment, when its centres have arrived (`tolerance`, as in scikit-learn; 0 leaves it out) or after `max_passes`.
/// Bits do not depend on threads.
struct kmeans {
  int clusters = 8;         ///< segments, the k of the papers: from 2 to the number of distinct sessions
  int restarts = 10;        ///< starts from other sessions; the one with the least inertia stays, ties the first
  int max_passes = 300;     ///< passes over the sessions a start may take
  double tolerance = 1e-4;  ///< times the columns' mean variance: centres whose squared steps sum to less have arrived
  std::uint64_t seed = 0;   ///< start i draws from `random_stream(seed).child(i)`

  /// `x` without missing values; a weight of 2 counts as two equal sessions, sessions of weight 0 only get a segment.
  /// Throws bad_option naming the option, wrong_shape without rows or columns or with another number of weights,
  /// wrong_kind for a column of categories, missing_value or not_finite naming column and row, limit when squared distances
  /// overflow, cancelled. Progress: one part a start. Cost of a pass: rows x clusters x columns.
  template <feature_input X>
  fitted_kmeans<scalar_of<X>> fit(const X& x, const weights& w = {}, const run_options& run = {}) const {
    const training<scalar_of<X>> sessions(*this, x, w, run);
    const random_stream stream(seed);
    std::vector<lloyd_end> ends(static_cast<std::size_t>(restarts));
    progress_meter meter(run.progress, "kmeans", restarts);
    const auto start = [&](index restart, workers& team) {
      const auto rows =
          kmeans_plus_plus(sessions.view, clusters, stream.child(static_cast<std::uint64_t>(restart)), w, team);
      matrix<double> centers(clusters, sessions.view.cols());
      for (index center = 0; center < clusters; ++center) {
        centers.row(center) = sessions.view.row(rows[static_cast<std::size_t>(center)]).template cast<double>();
      }
      ends[static_cast<std::size_t>(restart)] = passes_from(sessions, std::move(centers), w, team);
      meter.advance();
    };
    workers team(run);
    if (sessions.view.rows() >= 16 * simd::chunk_rows) {  // enough chunks to share out within a start
      for (index restart = 0; restart < restarts; ++restart) start(restart, team);
    } else {
      team.for_each_index(restarts, [&](index restart) {
        workers alone(run_options{.threads = 1, .executor = {}, .progress = {}});
        start(restart, alone);
      });
    }
    const auto best =
        std::min_element(ends.begin(), ends.end(), [](const auto& a, const auto& b) { return a.inertia < b.inertia; });
    return numbered(sessions, std::move(*best), w, team);
  }

  /// From given centres, one row a segment, in the units of `x`, e.g. `centers()` of an earlier fit; `restarts` and
  /// `seed` play no part. Otherwise as `fit`. Throws wrong_shape for another number of centres or columns.
  template <feature_input X, class Centers>
  fitted_kmeans<scalar_of<X>> fit_from(const Eigen::MatrixBase<Centers>& centers, const X& x, const weights& w = {},
                                       const run_options& run = {}) const {
    const training<scalar_of<X>> sessions(*this, x, w, run);
    require(centers.rows() == clusters && centers.cols() == x.cols(), error_code::wrong_shape, "kmeans",
            "there must be ", clusters, " start centres of ", x.cols(), " columns, got ", centers.rows(), " of ",
            centers.cols());
    matrix<double> begin = centers.template cast<double>();
    for (index center = 0; center < clusters; ++center) {
      for (index column = 0; column < x.cols(); ++column) {
        const double value = begin(center, column);
        const auto& name = sessions.columns[static_cast<std::size_t>(column)].name;
        require(!std::isnan(value), error_code::missing_value, "kmeans", "start centre ", center,
                " is missing (NaN) in column '", name, "'");
        require(std::isfinite(value), error_code::not_finite, "kmeans", "start centre ", center,
                " is infinite in column '", name, "'");
      }
    }
    progress_meter meter(run.progress, "kmeans", 1);
    workers team(run);
    auto end = passes_from(sessions, std::move(begin), w, team);
    meter.advance();
    return numbered(sessions, std::move(end), w, team);
  }

 private:
  // Sessions that passed the door, and what is learned from them once for all starts.
  template <class Scalar>
  struct training {
    matrix_view<Scalar> view;
    std::vector<feature_info> columns;
    std::vector<Scalar> origin;
    double step_tolerance = 0;

    template <class X>
    training(const kmeans& options, const X& x, const weights& w, const run_options& run)
        : view(view_of(x)), columns(columns_of(x)) {
      const auto option = [](bool good, const auto&... words) {
        require(good, error_code::bad_option, "kmeans", words...);
      };
      option(options.clusters >= 2, "clusters must be at least 2, got ", options.clusters);
      option(options.restarts >= 1, "restarts must be at least 1, got ", options.restarts);
      option(options.max_passes >= 1, "max_passes must be at least 1, got ", options.max_passes);
      option(options.tolerance >= 0 && std::isfinite(options.tolerance),
             "tolerance must be finite and at least 0, got ", options.tolerance);
      require_amounts(columns, "kmeans");
      require_rows(view.rows(), w, "kmeans");
      require(view.cols() > 0, error_code::wrong_shape, "kmeans", "there must be at least one column, got 0");
      workers team(run);
      const auto moments = simd::moments_of(view, w, team);
      if (!std::ranges::all_of(moments, &simd::moments::finite)) require_finite(view, columns, "kmeans");
      double reach = 0;  // no squared distance between sessions is larger
      double variance = 0;
      for (std::size_t column = 0; column < moments.size(); ++column) {
        const double range = moments[column].largest - moments[column].smallest;
        reach += range * range;
        const bool square_fits = reach < static_cast<double>(std::numeric_limits<Scalar>::max() / 4);
        const bool sum_fits = moments[column].weight * reach < std::numeric_limits<double>::max() / 4;
        require(moments[column].finite && square_fits && sum_fits, error_code::limit, "kmeans", "column '",
                columns[column].name, "': squared distances are too large, values are in [", moments[column].smallest,
                ", ", moments[column].largest, "]");
        origin.push_back(static_cast<Scalar>(round_number_near(moments[column].mean, range)));
        variance += moments[column].squares / moments[column].weight;
      }
      step_tolerance = options.tolerance * variance / static_cast<double>(moments.size());
      const index distinct = distinct_sessions(view, w, options.clusters);
      option(distinct == options.clusters, "clusters must be at most the number of distinct sessions, got ",
             options.clusters, " for ", distinct);
    }

    kmeans_sessions<Scalar> sessions() const { return {view, columns, origin}; }
  };

  // A multiple of a power of two above the range: as near as is useful, and values such as counts lose nothing when it
  // is subtracted, so that halfway remains halfway.
  static double round_number_near(double mean, double range) {
    int exponent = 0;
    std::frexp(range, &exponent);
    const double step = std::ldexp(1.0, exponent);
    return range > 0 ? std::round(mean / step) * step : mean;
  }

  // Counts distinct sessions of positive weight up to `enough`.
  template <class Scalar>
  static index distinct_sessions(const matrix_view<Scalar>& x, const weights& w, index enough) {
    row_set found;
    for (index row = 0; row < x.rows() && static_cast<index>(found.size()) < enough; ++row) {
      if (w[row] <= 0) continue;
      const bool known = std::ranges::any_of(found, [&](index other) {
        for (index column = 0; column < x.cols(); ++column) {
          if (x(row, column) != x(other, column)) return false;
        }
        return true;
      });
      if (!known) found.push_back(row);
    }
    return static_cast<index>(found.size());
  }

  template <class Scalar>
  lloyd_end passes_from(const training<Scalar>& sessions, matrix<double> centers, const weights& w,
                        workers& team) const {
    return lloyd(sessions.sessions(), std::move(centers), w, max_passes, sessions.step_tolerance, team);
  }

  // Sizes depend on the numbers where sessions lie halfway between centres. So the numbers start from the centres
  // alone, which makes the outcome a function of the centres, and there may be more than one round, if rarely.
  template <class Scalar>
  fitted_kmeans<Scalar> numbered(const training<Scalar>& sessions, lloyd_end end, const weights& w,
                                 workers& team) const {
    segment_ids ids(static_cast<std::size_t>(sessions.view.rows()), -1);
    std::ranges::fill(end.weight, 0.0);
    for (int round = 0; round < 8; ++round) {
      std::vector<index> order(static_cast<std::size_t>(clusters));
      std::iota(order.begin(), order.end(), index{0});
      std::ranges::stable_sort(order, [&](index a, index b) {
        const double size_a = end.weight[static_cast<std::size_t>(a)];
        const double size_b = end.weight[static_cast<std::size_t>(b)];
        if (size_a != size_b) return size_a > size_b;
        for (index column = 0; column < end.centers.cols(); ++column) {
          if (end.centers(a, column) != end.centers(b, column)) return end.centers(a, column) < end.centers(b, column);
        }
        return false;
      });
      if (round > 0 && std::ranges::is_sorted(order)) break;
      matrix<double> centers(end.centers.rows(), end.centers.cols());
      for (index center = 0; center < clusters; ++center) {
        centers.row(center) = end.centers.row(order[static_cast<std::size_t>(center)]);
      }
      end.centers = std::move(centers);
      const auto sums = lloyd_pass(sessions.sessions(), end.centers, w, ids, team);
      end.weight = sums.weight;
      end.inertia = sums.inertia;
    }
    return fitted_kmeans<Scalar>::from_parts(sessions.columns, sessions.origin, std::move(end.centers),
                                             std::move(end.weight), end.inertia, end.passes);
  }
};

FOOTFALL_END_NAMESPACE
