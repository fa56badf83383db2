// SPDX-License-Identifier: MIT
// The mean silhouette of many sessions from some of them, with its standard error; no segment is overlooked.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/cluster/silhouette.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// How many sessions an estimate looks at.
struct silhouette_sample {
  index sessions = 2000;  ///< about so many in all, shared out by the sizes of the segments
  index least = 30;       ///< of each segment at least so many, or all it has
  std::uint64_t seed = 0;
};

/// An estimated mean and what is known of each segment.
struct silhouette_estimate_result {
  double mean = 0;
  double standard_error = 0;        ///< 0 when every session was looked at
  std::vector<double> per_segment;  ///< NaN for a number without sessions
  std::vector<double> per_segment_error;
  std::vector<index> sampled;  ///< sessions looked at, segment by segment

  bool operator==(const silhouette_estimate_result&) const = default;
};

/// Estimates `silhouette(x, ids).mean`: of each segment some sessions are drawn without repetition, each is held against
/// all sessions, and segments are put together by their sizes (stratified sampling, Cochran 1977). Unbiased, and a small
/// segment is seen however small. Bits do not depend on threads. Throws as `silhouette`, and bad_option naming the
/// option. Cost: sampled sessions x rows x columns time, rows x columns memory.
template <feature_input X>
silhouette_estimate_result silhouette_estimate(const X& x, const segment_ids& ids, const silhouette_sample& sample = {},
                                               const run_options& run = {}) {
  using scalar = scalar_of<X>;
  constexpr std::string_view who = "silhouette_estimate";
  const auto view = view_of(x);
  require(sample.sessions >= 1, error_code::bad_option, who, "sessions must be at least 1, got ", sample.sessions);
  require(sample.least >= 2, error_code::bad_option, who, "least must be at least 2, got ", sample.least);
  require(view.cols() > 0, error_code::wrong_shape, who, "there must be at least one column, got 0");
  const auto count = detail::require_segments(ids, view.rows(), who);
  const detail::segment_runs<scalar> runs(view, ids, count.numbers);
  const random_stream stream(sample.seed);
  silhouette_estimate_result result;
  std::vector<index> places;
  for (std::size_t segment = 0; segment < count.numbers; ++segment) {
    const index size = runs.size(segment);
    const double share =
        static_cast<double>(sample.sessions) * static_cast<double>(size) / static_cast<double>(ids.size());
    const index wanted = std::min(size, std::max(sample.least, static_cast<index>(std::ceil(std::min(share, 1e18)))));
    // The first `wanted` places of a shuffle (Fisher and Yates), without the rest of it.
    std::vector<index> drawn(static_cast<std::size_t>(size));
    for (index i = 0; i < size; ++i) drawn[static_cast<std::size_t>(i)] = runs.begins[segment] + i;
    auto draw = stream.child(segment);
    for (index i = 0; i < wanted; ++i) {
      const auto other = i + static_cast<index>(draw.below(static_cast<std::uint64_t>(size - i)));
      std::swap(drawn[static_cast<std::size_t>(i)], drawn[static_cast<std::size_t>(other)]);
    }
    places.insert(places.end(), drawn.begin(), drawn.begin() + wanted);
    result.sampled.push_back(wanted);
  }
  workers team(run);
  std::vector<double> found;
  if (!detail::some_silhouettes(runs, places, view.cols(), team, found)) {
    detail::refuse_distances<scalar>(view, columns_of(x), who);
  }
  double variance = 0;
  std::size_t at = 0;
  for (std::size_t segment = 0; segment < count.numbers; ++segment) {
    const auto size = static_cast<double>(runs.size(segment));
    const auto drawn = static_cast<double>(result.sampled[segment]);
    double mean = 0;
    double squares = 0;
    for (index i = 0; i < result.sampled[segment]; ++i) mean += found[at + static_cast<std::size_t>(i)];
    mean = drawn > 0 ? mean / drawn : std::numeric_limits<double>::quiet_NaN();
    for (index i = 0; i < result.sampled[segment]; ++i) {
      const double deviation = found[at + static_cast<std::size_t>(i)] - mean;
      squares += deviation * deviation;
    }
    at += static_cast<std::size_t>(result.sampled[segment]);
    const double error = drawn > 1 ? (1 - drawn / size) * squares / (drawn - 1) / drawn : drawn > 0 ? 0 : mean;
    result.per_segment.push_back(mean);
    result.per_segment_error.push_back(std::sqrt(error));
    if (drawn > 0) {
      const double share = size / static_cast<double>(ids.size());
      result.mean += share * mean;
      variance += share * share * error;
    }
  }
  result.standard_error = std::sqrt(variance);
  return result;
}

FOOTFALL_END_NAMESPACE
