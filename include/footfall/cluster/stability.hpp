// SPDX-License-Identifier: MIT
// Does a segment come back when the sessions are drawn anew? Bootstrap stability, segment by segment.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include <footfall/cluster/distinct_sessions.hpp>
#include <footfall/cluster/kmeans.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

struct stability_options {
  int clusters = 0;        ///< segments looked for; 0: as many as `ids` tells of, the largest number and one
  int resamples = 20;      ///< times the sessions are drawn anew
  int restarts = 3;        ///< of k-means on each resample
  std::uint64_t seed = 0;  ///< of the resamples and of all k-means
};

/// For each segment 0, 1, ... the mean over resamples of its likeness to the segment that is most like it there
/// (Hennig 2007). A resample is as many sessions, drawn with putting back, on which k-means finds as many segments; the
/// likeness is Jaccard's over the sessions drawn: those in both over those in either. Hennig reads below 0.6 as not to
/// be trusted, from 0.75 as a pattern that is there, from 0.85 as stable. A resample with fewer distinct sessions than
/// segments is left out, and so is one without any session of a segment for that segment; NaN if none is left. Bits do
/// not depend on threads. Throws wrong_shape unless there is one number for each row, bad_value for a negative number
/// or one that is not below the number of rows, bad_option for options out of range or fewer than 2 segments, otherwise as `kmeans`. Cost: resamples x restarts
/// k-means.
template <feature_input X>
std::vector<double> segment_stability(const X& x, const segment_ids& ids, const stability_options& options = {},
                                      const run_options& run = {}) {
  using scalar = scalar_of<X>;
  constexpr std::string_view who = "segment_stability";
  const auto view = view_of(x);
  const auto rows = static_cast<std::size_t>(view.rows());
  require(rows > 0, error_code::wrong_shape, who, "there must be at least one row, got 0");
  require(ids.size() == rows, error_code::wrong_shape, who, "there must be one segment number for each of ", rows,
          " rows, got ", ids.size());
  require(options.resamples >= 1, error_code::bad_option, who, "resamples must be at least 1, got ", options.resamples);
  require(options.restarts >= 1, error_code::bad_option, who, "restarts must be at least 1, got ", options.restarts);
  for (std::size_t row = 0; row < rows; ++row) {
    require(ids[row] >= 0, error_code::bad_value, who, "a segment number must be at least 0, got ", ids[row],
            " in row ", row);
  }
  const std::int32_t largest = *std::max_element(ids.begin(), ids.end());
  require(static_cast<std::size_t>(largest) < rows, error_code::bad_value, who,
          "a segment number must be below the number of rows, got ", largest, " for ", rows);
  const int clusters = options.clusters == 0 ? largest + 1 : options.clusters;
  require(clusters >= 2 && clusters > largest, error_code::bad_option, who,
          "clusters must be at least 2 and above every segment number, got ", clusters);

  const auto segments = static_cast<std::size_t>(clusters);
  const kmeans groups{.clusters = clusters, .restarts = options.restarts, .seed = options.seed};
  const random_stream root(options.seed);
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  std::vector<std::vector<double>> likeness(static_cast<std::size_t>(options.resamples),
                                            std::vector<double>(segments, none));
  workers(run).for_each_index(options.resamples, [&](index resample) {
    auto stream = root.child(static_cast<std::uint64_t>(resample));
    std::vector<double> times(rows, 0.0);
    for (std::size_t i = 0; i < rows; ++i) times[stream.below(rows)] += 1;
    // Sessions drawn twice are one session of weight 2.
    row_set drawn;
    std::vector<double> weight;
    for (std::size_t row = 0; row < rows; ++row) {
      if (times[row] == 0) continue;
      drawn.push_back(static_cast<index>(row));
      weight.push_back(times[row]);
    }
    const matrix<scalar> sessions = view(drawn, Eigen::all);
    if (distinct_sessions<scalar>(sessions, clusters) < clusters) return;
    const run_options alone{.threads = 1, .executor = {}, .progress = {}};
    const auto found = groups.fit(sessions, weights(weight), alone).assign(sessions, alone);

    matrix<double> both = matrix<double>::Zero(clusters, clusters);
    for (std::size_t i = 0; i < drawn.size(); ++i) both(ids[static_cast<std::size_t>(drawn[i])], found[i]) += 1;
    for (index segment = 0; segment < clusters; ++segment) {
      const double size = both.row(segment).sum();
      if (size == 0) continue;
      double best = 0;
      for (index other = 0; other < clusters; ++other) {
        best = std::max(best, both(segment, other) / (size + both.col(other).sum() - both(segment, other)));
      }
      likeness[static_cast<std::size_t>(resample)][static_cast<std::size_t>(segment)] = best;
    }
  });

  std::vector<double> result(segments, none);
  for (std::size_t segment = 0; segment < segments; ++segment) {
    double sum = 0;
    int count = 0;
    for (const auto& each : likeness) {
      if (std::isnan(each[segment])) continue;
      sum += each[segment];
      ++count;
    }
    if (count > 0) result[segment] = sum / count;
  }
  return result;
}

FOOTFALL_END_NAMESPACE
