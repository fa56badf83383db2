// SPDX-License-Identifier: MIT
// Choosing k: k-means for every k of a range, measured in several ways, and a verdict that may be "no clear k".
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/cluster/calinski_harabasz.hpp>
#include <footfall/cluster/chosen_k.hpp>
#include <footfall/cluster/davies_bouldin.hpp>
#include <footfall/cluster/distinct_sessions.hpp>
#include <footfall/cluster/gap_statistic.hpp>
#include <footfall/cluster/kmeans.hpp>
#include <footfall/cluster/silhouette.hpp>
#include <footfall/cluster/silhouette_estimate.hpp>
#include <footfall/cluster/stability.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/finite.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/progress.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Tries every k of a range. The fitted value assigns sessions by the k with the largest mean silhouette, and its verdict
/// says whether that means anything. Scale first (`standard_scaler`), as for `kmeans`. Bits do not depend on threads.
struct choose_k {
  int from = 2;                     ///< at least 2: one segment has no silhouette
  int to = 10;                      ///< at most the number of distinct sessions
  int restarts = 10;                ///< of k-means on all sessions
  std::uint64_t seed = 0;           ///< of everything that is drawn
  index exact_up_to = 30'000;       ///< sessions up to which silhouettes are exact
  index silhouette_sample = 4'000;  ///< above, how many are drawn, by segment, and each held against all
  int references = 10;              ///< made-up sets of sessions behind the gap statistic
  int resamples = 20;               ///< times the sessions are drawn anew for the stability
  index resampled_up_to = 10'000;   ///< above so many sessions, gap and stability are those of this many drawn ones:
                                    ///< the stability comes out rather too low than too high
  int resample_restarts = 3;        ///< of k-means for gap and stability

  /// `x` without missing values; weights are refused, since a silhouette counts sessions alike. Throws bad_option naming
  /// the option, otherwise as `kmeans` and `silhouette`. Progress: three parts a k and one. Cost: for each k, restarts k-means
  /// on all sessions, a silhouette, and (references + resamples + 1) x resample_restarts k-means on those drawn.
  template <feature_input X>
  chosen_k<scalar_of<X>> fit(const X& x, const weights& w = {}, const run_options& run = {}) const {
    using scalar = scalar_of<X>;
    const auto view = view_of(x);
    require_options(view.rows(), w);
    const random_stream stream(seed);
    const auto resampled = drawn(view.rows(), resampled_up_to, stream.child(0));
    const features<scalar> all(view, columns_of(x));
    require_finite(view, all.columns(), kind);
    const auto some = all.rows(resampled);
    const index distinct = distinct_sessions<scalar>(some.values(), to);
    require(distinct == to, error_code::bad_option, kind, "to must be at most the number of distinct sessions, got ",
            to, " for ", distinct);

    const run_options within{.threads = run.threads, .executor = run.executor, .progress = {}};
    progress_meter meter(run.progress, "choose_k", 3 * (index{to} - from + 1) + 1);
    std::vector<k_figures> figures;
    std::vector<fitted_kmeans<scalar>> fitted;
    std::vector<segment_ids> assigned;
    for (int k = from; k <= to; ++k) {
      fitted.push_back(kmeans{.clusters = k, .restarts = restarts, .seed = seed}.fit(all, {}, within));
      assigned.push_back(fitted.back().assign(all, within));
      k_figures of{.clusters = k, .inertia = fitted.back().inertia()};
      of.calinski_harabasz = calinski_harabasz(all, assigned.back(), within);
      of.davies_bouldin = davies_bouldin(all, assigned.back(), within);
      figures.push_back(std::move(of));
      meter.advance();
    }
    measure_silhouettes(figures, all, assigned, within);
    meter.advance();
    double gap_of_one = 0;
    for (auto& of : figures) {
      const auto gap = gap_statistic(some, of.clusters,
                                     {.references = references, .restarts = resample_restarts, .seed = seed}, within);
      of.gap = gap.gap;
      of.gap_error = gap.error;
      of.gap_over_one_low = gap.over_one.low;
      of.gap_over_one_high = gap.over_one.high;
      gap_of_one = gap.one;
      meter.advance();
      of.stability = segment_stability(
          some, picked(assigned[static_cast<std::size_t>(of.clusters - from)], resampled),
          {.clusters = of.clusters, .resamples = resamples, .restarts = resample_restarts, .seed = seed}, within);
      meter.advance();
    }
    return chosen_k<scalar>::from_parts(std::move(figures), std::move(fitted), gap_of_one);
  }

 private:
  static constexpr std::string_view kind = "choose_k";

  void require_options(index rows, const weights& w) const {
    const auto option = [](bool good, const auto&... words) { require(good, error_code::bad_option, kind, words...); };
    option(from >= 2, "from must be at least 2, got ", from);
    option(from <= to, "from must be at most to, got ", from, " and ", to);
    option(restarts >= 1, "restarts must be at least 1, got ", restarts);
    option(exact_up_to >= 0, "exact_up_to must be at least 0, got ", exact_up_to);
    option(silhouette_sample >= 1, "silhouette_sample must be at least 1, got ", silhouette_sample);
    option(references >= 2, "references must be at least 2, got ", references);
    option(resamples >= 1, "resamples must be at least 1, got ", resamples);
    option(resampled_up_to >= 2 * index{to}, "resampled_up_to must be at least twice to, got ", resampled_up_to,
           " for ", to);
    option(resample_restarts >= 1, "resample_restarts must be at least 1, got ", resample_restarts);
    option(w.empty(), "silhouettes take no weights, got ", w.size());
    require_rows(rows, w, kind);
    option(to < rows, "to must be below the number of sessions, got ", to, " for ", rows);
  }

  // `most` rows without putting back, ascending; all where there are no more.
  static row_set drawn(index rows, index most, random_stream stream) {
    row_set chosen(static_cast<std::size_t>(rows));
    std::iota(chosen.begin(), chosen.end(), index{0});
    if (rows <= most) return chosen;
    stream.shuffle(std::span(chosen));
    chosen.resize(static_cast<std::size_t>(most));
    std::sort(chosen.begin(), chosen.end());
    return chosen;
  }

  static segment_ids picked(const segment_ids& ids, const row_set& rows) {
    segment_ids chosen;
    chosen.reserve(rows.size());
    for (const index row : rows) chosen.push_back(ids[static_cast<std::size_t>(row)]);
    return chosen;
  }

  // The error says how the mean would vary if other sessions of this kind had come, also where it is exact.
  template <class Scalar>
  void measure_silhouettes(std::vector<k_figures>& figures, const features<Scalar>& all,
                           const std::vector<segment_ids>& assigned, const run_options& run) const {
    const auto count = static_cast<double>(all.rows());
    if (all.rows() <= exact_up_to) {
      const auto found = silhouettes(all, assigned, run);
      for (std::size_t i = 0; i < figures.size(); ++i) {
        double squares = 0;
        for (const double each : found[i].per_session) squares += (each - found[i].mean) * (each - found[i].mean);
        figures[i].silhouette = found[i].mean;
        figures[i].silhouette_error = std::sqrt(squares / (count - 1) / count);
        figures[i].silhouette_sessions = all.rows();
      }
      return;
    }
    for (std::size_t i = 0; i < figures.size(); ++i) {
      const auto found =
          silhouette_estimate(all, assigned[i], {.sessions = silhouette_sample, .least = 30, .seed = seed}, run);
      std::vector<double> sizes(found.sampled.size(), 0.0);
      for (const auto id : assigned[i]) sizes[static_cast<std::size_t>(id)] += 1;
      double variance = 0;
      for (std::size_t segment = 0; segment < sizes.size(); ++segment) {
        const auto drawn = static_cast<double>(found.sampled[segment]);
        if (drawn == 0) continue;
        const double share = sizes[segment] / count;
        const double away = found.per_segment[segment] - found.mean;
        const double error = found.per_segment_error[segment];
        // The estimate's own error is one for these sessions: without the discount for having seen part of them it is
        // one for all of their kind. A segment seen whole is too small to matter.
        if (drawn < sizes[segment]) variance += share * share * error * error / (1 - drawn / sizes[segment]);
        variance += share * away * away / count;
        figures[i].silhouette_sessions += found.sampled[segment];
      }
      figures[i].silhouette = found.mean;
      figures[i].silhouette_error = std::sqrt(variance);
    }
  }
};

FOOTFALL_END_NAMESPACE
