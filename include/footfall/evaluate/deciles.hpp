// SPDX-License-Identifier: MIT
// The lift table: sessions ranked by score, cut into equal parts, and how many buyers each part holds.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/evaluate/descending.hpp>
#include <footfall/evaluate/lift.hpp>
#include <footfall/evaluate/ranking.hpp>
#include <footfall/statistics/interval.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// One part of the ranking, the best-scored part first. Where a cut goes through sessions of one score, it is chance which
/// of them fall on which side: `positives` is then the mean over all their orders, and `fewest` and `most` say what some
/// order could make of it. Without such ties the three are equal. Intervals of rates are Wilson's, for the sessions of this
/// part as they are; those of lifts and captures also take base rate and cuts as estimated (`capture_interval`).
struct decile {
  int number = 0;  ///< from 1
  std::int64_t sessions = 0;
  double score_low = 0;   ///< lowest score in it
  double score_high = 0;  ///< highest score in it
  double score_mean = 0;
  double positives = 0;
  std::int64_t fewest = 0;
  std::int64_t most = 0;
  double rate = 0;  ///< positives / sessions
  interval rate_interval;
  double lift = 0;  ///< rate / rate of all sessions; `lift - 1` is what H2O calls gain
  interval lift_interval;
  double capture = 0;  ///< positives / all positives
  interval capture_interval;
  std::int64_t cumulative_sessions = 0;  ///< of this part and all better ones, as below
  double cumulative_positives = 0;
  double cumulative_rate = 0;
  interval cumulative_rate_interval;
  double cumulative_lift = 0;
  interval cumulative_lift_interval;
  double cumulative_capture = 0;
  interval cumulative_capture_interval;
  double random_capture = 0;   ///< what sessions in a random order would have captured so far: their share
  double perfect_capture = 0;  ///< what a ranking that makes no mistake would have
  double ks = 0;               ///< cumulative_capture less the same share of the negatives; NaN without negatives
  double revenue = 0;          ///< where given: of the sessions in it, tied ones sharing theirs evenly
  double cumulative_revenue = 0;

  bool operator==(const decile&) const = default;
};

struct decile_options {
  int parts = 10;            ///< in [1, sessions]; part k ends after floor(k x sessions / parts) sessions
  double confidence = 0.95;  ///< of every interval, in (0, 1)
};

/// From groups of equal scores, highest first, and the revenue of each group, or none. Throws bad_option, one_class without
/// a positive session, wrong_shape unless there are as many revenues as groups.
inline std::vector<decile> decile_table(std::span<const tied_group> ranking, std::span<const double> revenue,
                                        const decile_options& options = {}) {
  std::int64_t sessions = 0;
  std::int64_t positives = 0;
  for (const auto& group : ranking) {
    sessions += group.sessions;
    positives += group.positives;
  }
  require(options.parts >= 1 && options.parts <= sessions, error_code::bad_option, "decile_table",
          "parts must be in [1, ", sessions, "], got ", options.parts);
  require(positives > 0, error_code::one_class, "decile_table", "lift is undefined without a positive label");
  require(revenue.empty() || revenue.size() == ranking.size(), error_code::wrong_shape, "decile_table",
          "there must be one revenue for each of ", ranking.size(), " groups, got ", revenue.size());
  std::vector<std::int64_t> depths{0};
  for (int k = 1; k <= options.parts; ++k) depths.push_back(k * sessions / options.parts);
  const auto cuts = cuts_at(ranking, depths, sessions);
  const auto n = static_cast<double>(sessions);
  const auto all = static_cast<double>(positives);
  const double base = all / n;

  std::vector<decile> table;
  std::size_t at = 0;     // the group that the cut has reached
  std::int64_t used = 0;  // how many of its sessions are above the cut
  double earned = 0;
  for (std::size_t k = 1; k < depths.size(); ++k) {
    decile part;
    part.number = static_cast<int>(k);
    part.cumulative_sessions = depths[k];
    part.sessions = depths[k] - depths[k - 1];
    double below_high = 0;  // from the highest score downwards, so that the mean of equal scores is that score
    for (std::int64_t missing = part.sessions; missing > 0;) {
      if (used == ranking[at].sessions) {
        ++at;
        used = 0;
      }
      const auto& group = ranking[at];
      if (missing == part.sessions) part.score_high = group.score;
      const std::int64_t taken = std::min(missing, group.sessions - used);
      part.fewest += std::max<std::int64_t>(0, group.positives - (group.sessions - taken));
      part.most += std::min(group.positives, taken);
      below_high += (part.score_high - group.score) * static_cast<double>(taken);
      if (!revenue.empty())
        part.revenue += revenue[at] * (static_cast<double>(taken) / static_cast<double>(group.sessions));
      used += taken;
      missing -= taken;
    }
    const auto size = static_cast<double>(part.sessions);
    const auto depth = static_cast<double>(depths[k]);
    part.score_low = ranking[at].score;
    part.score_mean = part.score_high - below_high / size;
    part.cumulative_revenue = earned += part.revenue;
    part.cumulative_positives = cuts[k].positives;
    part.positives = cuts[k].positives - cuts[k - 1].positives;

    const auto scaled = [&](const interval& share, double by) {
      return interval{share.low * by, share.high * by, share.confidence};
    };
    part.rate = part.positives / size;
    part.rate_interval = wilson_interval_of_share(part.rate, size, options.confidence);
    part.lift = part.rate / base;
    part.capture = part.positives / all;
    part.capture_interval = capture_interval({static_cast<double>(depths[k - 1]), size, cuts[k - 1].positives,
                                              part.positives, cuts[k - 1].rate_around, cuts[k].rate_around},
                                             n, all, options.confidence);
    part.lift_interval = scaled(part.capture_interval, n / size);
    part.cumulative_rate = cuts[k].positives / depth;
    part.cumulative_rate_interval = wilson_interval_of_share(part.cumulative_rate, depth, options.confidence);
    part.cumulative_lift = part.cumulative_rate / base;
    part.cumulative_capture = cuts[k].positives / all;
    part.cumulative_capture_interval =
        capture_interval({0, depth, 0, cuts[k].positives, 0, cuts[k].rate_around}, n, all, options.confidence);
    part.cumulative_lift_interval = scaled(part.cumulative_capture_interval, n / depth);
    part.random_capture = depth / n;
    part.perfect_capture = std::min(1.0, depth / all);
    part.ks = sessions > positives ? part.cumulative_capture - (depth - cuts[k].positives) / (n - all)
                                   : std::numeric_limits<double>::quiet_NaN();
    table.push_back(part);
  }
  return table;
}
inline std::vector<decile> decile_table(std::span<const tied_group> ranking, const decile_options& options = {}) {
  return decile_table(ranking, {}, options);
}
inline std::vector<decile> decile_table(std::span<const double> score, const labels& y,
                                        const decile_options& options = {}, const run_options& run = {}) {
  return decile_table(ranking(score, y, run), options);
}

/// With the revenue of each session, finite; refunds are negative. Throws as `ranking` does, and missing_value or
/// not_finite for a revenue.
inline std::vector<decile> decile_table(std::span<const double> score, const labels& y, std::span<const double> revenue,
                                        const decile_options& options = {}, const run_options& run = {}) {
  const auto who = "decile_table";
  require(revenue.size() == score.size(), error_code::wrong_shape, who, "there must be one revenue for each of ",
          score.size(), " sessions, got ", revenue.size());
  const auto groups = ranking(score, y, run);
  std::vector<double> of_group;
  std::int64_t left = 0;
  for (const index row : descending_order(score, run)) {
    const double each = revenue[static_cast<std::size_t>(row)];
    require(!std::isnan(each), error_code::missing_value, who, "the revenue is missing in row ", row);
    require(std::isfinite(each), error_code::not_finite, who, "a revenue must be finite, got ", each, " in row ", row);
    if (left == 0) {
      left = groups[of_group.size()].sessions;
      of_group.push_back(0);
    }
    of_group.back() += each;
    --left;
  }
  return decile_table(groups, of_group, options);
}

FOOTFALL_END_NAMESPACE
