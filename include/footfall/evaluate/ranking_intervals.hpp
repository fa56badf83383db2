// SPDX-License-Identifier: MIT
// Every ranking figure with an interval, from resampled sessions or visitors; sessions are put in order once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/evaluate/descending.hpp>
#include <footfall/evaluate/lift.hpp>
#include <footfall/evaluate/ranking.hpp>
#include <footfall/statistics/resample.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Sessions in the order of their scores, from which the figures of any resample can be read in one pass. Sessions of one
/// score stay together, and copies of one session are of one score.
class ordered_sessions {
 public:
  /// Depths are shares of the sessions, each in (0, 1]. Throws bad_option, and as `ranking` does. Cost: one sort.
  ordered_sessions(std::span<const double> score, const labels& y, std::vector<double> depths,
                   const run_options& run = {})
      : depths_(std::move(depths)) {
    detail::require_scores(score, y, "ranking");
    require(score.size() <= std::numeric_limits<std::uint32_t>::max(), error_code::limit, "ranking",
            "more than 2^32 sessions cannot be resampled");
    for (const double depth : depths_) {
      require(depth > 0 && depth <= 1, error_code::bad_option, "ranking", "a depth must be in (0, 1], got ", depth);
    }
    require(std::is_sorted(depths_.begin(), depths_.end()), error_code::bad_option, "ranking", "depths must rise");
    const auto order = descending_order(score, run);
    for (std::size_t i = 0; i < order.size(); ++i) {
      const auto row = static_cast<std::size_t>(order[i]);
      const bool last = i + 1 == order.size() || score[static_cast<std::size_t>(order[i + 1])] != score[row];
      rows_.push_back(static_cast<std::uint32_t>(row));
      marks_.push_back(static_cast<std::uint8_t>((y[order[i]] ? 1 : 0) | (last ? 2 : 0)));
    }
  }

  index sessions() const noexcept { return static_cast<index>(rows_.size()); }
  std::span<const double> depths() const noexcept { return depths_; }

  /// How many figures there are: the area under the ROC curve, the average precision, then rate, lift and capture of the
  /// best sessions at each depth.
  index figures() const noexcept { return static_cast<index>(2 + 3 * depths_.size()); }

  /// The figures when each session was drawn so many times; NaN for one that is undefined, as without outcomes.
  void read(std::span<const std::uint32_t> times, std::span<double> figures) const {
    constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
    std::fill(figures.begin(), figures.end(), undefined);
    std::uint64_t drawn = 0;
    for (const auto each : times) drawn += each;
    const auto n = static_cast<double>(drawn);
    std::size_t next = 0;  // the depth that is looked for
    const auto cut = [&] {
      return next < depths_.size() ? static_cast<std::uint64_t>(depths_[next] * n * (1 + 0x1p-50))
                                   : std::numeric_limits<std::uint64_t>::max();
    };
    std::uint64_t depth = cut();
    std::uint64_t sessions = 0, positives = 0, twice_wins = 0;  // of the groups so far
    std::uint64_t in_group = 0, hits = 0;
    double precisions = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const std::uint64_t copies = times[rows_[i]];
      in_group += copies;
      hits += copies & (std::uint64_t{0} - (marks_[i] & 1U));
      if ((marks_[i] & 2U) == 0) continue;
      twice_wins += (in_group - hits) * (2 * positives + hits);
      while (sessions + in_group >= depth) {
        const auto some =
            in_group > 0 ? static_cast<double>(hits * (depth - sessions)) / static_cast<double>(in_group) : 0;
        figures[2 + 3 * next] = static_cast<double>(positives) + some;  // made a rate, a lift and a capture below
        ++next;
        depth = cut();
      }
      sessions += in_group;
      if (hits > 0) {
        positives += hits;
        precisions += static_cast<double>(hits) * (static_cast<double>(positives) / static_cast<double>(sessions));
      }
      in_group = hits = 0;
    }
    const auto all = static_cast<double>(positives);
    if (positives > 0 && sessions > positives) figures[0] = static_cast<double>(twice_wins) / (2 * (all * (n - all)));
    if (positives > 0) figures[1] = precisions / all;
    for (std::size_t k = 0; k < depths_.size(); ++k) {
      double* const at = &figures[2 + 3 * k];
      const double captured = at[0];
      const auto best = static_cast<double>(static_cast<std::uint64_t>(depths_[k] * n * (1 + 0x1p-50)));
      at[0] = best > 0 ? captured / best : undefined;
      at[1] = positives > 0 ? at[0] / (all / n) : undefined;
      at[2] = positives > 0 ? captured / all : undefined;
    }
  }

 private:
  std::vector<double> depths_;
  std::vector<std::uint32_t> rows_;
  std::vector<std::uint8_t> marks_;  // 1: has the outcome; 2: the last of its score
};

/// What the best sessions hold at a depth.
struct resampled_depth {
  double depth = 0;
  resampled_figure rate;
  resampled_figure lift;
  resampled_figure capture;

  bool operator==(const resampled_depth&) const = default;
};

struct resampled_ranking {
  resampled_figure roc_auc;
  resampled_figure average_precision;
  std::vector<resampled_depth> depths;

  bool operator==(const resampled_ranking&) const = default;
};

struct ranking_interval_options {
  std::vector<double> depths = {0.1, 0.2};  ///< shares of the sessions, rising, in (0, 1]
  resampling draws = {};
};

/// Ranking figures with percentile intervals over resamples of `units`, one of which is drawn as a whole: visitors, where
/// the sessions of one are not independent. For single sessions DeLong's interval of the area is as good and needs no
/// draws. Throws as `ranking` and `resample` do, wrong_shape unless units are of as many sessions.
inline resampled_ranking ranking_intervals(std::span<const double> score, const labels& y, const resampled_units& units,
                                           const ranking_interval_options& options = {}, const run_options& run = {}) {
  const ordered_sessions ordered(score, y, options.depths, run);
  require(units.sessions() == ordered.sessions(), error_code::wrong_shape, "ranking_intervals", "there are ",
          ordered.sessions(), " scores, but units of ", units.sessions(), " sessions");
  for (const double depth : options.depths) sessions_at(depth, ordered.sessions());
  std::vector<double> values(static_cast<std::size_t>(ordered.figures()));
  ordered.read(std::vector<std::uint32_t>(score.size(), 1), values);
  require(y.positives() > 0 && y.negatives() > 0, error_code::one_class, "ranking_intervals",
          "is undefined without both labels, got ", y.positives(), " positive and ", y.negatives(), " negative");
  const auto replicates = resample(
      units, ordered.figures(),
      [&](std::span<const std::uint32_t> times, std::span<double> figures) { ordered.read(times, figures); },
      options.draws, run);
  const auto figure = [&](std::size_t i) {
    const auto column = replicates.col(static_cast<index>(i));
    return summary_of_replicates(values[i], {column.begin(), column.end()}, options.draws.confidence);
  };
  resampled_ranking result{figure(0), figure(1), {}};
  for (std::size_t k = 0; k < options.depths.size(); ++k) {
    result.depths.push_back({options.depths[k], figure(2 + 3 * k), figure(3 + 3 * k), figure(4 + 3 * k)});
  }
  return result;
}

/// The same for single sessions.
inline resampled_ranking ranking_intervals(std::span<const double> score, const labels& y,
                                           const ranking_interval_options& options = {}, const run_options& run = {}) {
  detail::require_scores(score, y, "ranking");
  return ranking_intervals(score, y, resampled_units(y.size()), options, run);
}

FOOTFALL_END_NAMESPACE
