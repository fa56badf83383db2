// SPDX-License-Identifier: MIT
// The lift table: sessions ranked by score, cut into equal parts, and how many buyers each part holds.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/types.hpp>
#include <footfall/evaluate/ranking.hpp>
#include <footfall/statistics/interval.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// One part of the ranking, the best-scored part first. Where a cut goes through sessions of one score, it is chance which
/// of them fall on which side: `positives` is then the mean over all their orders, and `fewest` and `most` say what some
/// order could make of it. Without such ties the three are equal.
struct decile {
  int number = 0;  ///< from 1
  std::int64_t sessions = 0;
  double score_low = 0;   ///< lowest score in it
  double score_high = 0;  ///< highest score in it
  double positives = 0;
  std::int64_t fewest = 0;
  std::int64_t most = 0;
  double rate = 0;         ///< positives / sessions
  interval rate_interval;  ///< Wilson
  double lift = 0;         ///< rate / rate of all sessions
  interval lift_interval;  ///< that of the rate over the rate of all sessions, the latter taken as known
  std::int64_t cumulative_sessions = 0;
  double cumulative_positives = 0;
  double cumulative_rate = 0;
  interval cumulative_rate_interval;
  double cumulative_lift = 0;
  double capture = 0;  ///< cumulative_positives / all positives

  bool operator==(const decile&) const = default;
};

struct decile_options {
  int parts = 10;            ///< in [1, sessions]; part k ends after floor(k x sessions / parts) sessions
  double confidence = 0.95;  ///< of every interval, in (0, 1)
};

/// From groups of equal scores, highest first. Throws bad_option, and one_class without a positive session.
inline std::vector<decile> decile_table(std::span<const tied_group> ranking, const decile_options& options = {}) {
  std::int64_t sessions = 0;
  std::int64_t positives = 0;
  for (const auto& group : ranking) {
    sessions += group.sessions;
    positives += group.positives;
  }
  require(options.parts >= 1 && options.parts <= sessions, error_code::bad_option, "decile_table",
          "parts must be in [1, ", sessions, "], got ", options.parts);
  require(positives > 0, error_code::one_class, "decile_table", "lift is undefined without a positive label");
  const double base = static_cast<double>(positives) / static_cast<double>(sessions);

  std::vector<decile> table;
  std::size_t at = 0;      // the group that the cut has reached
  std::int64_t used = 0;   // how many of its sessions are above the cut
  std::int64_t whole = 0;  // positives of the groups before it: integers, so that sums of shares cannot drift
  std::int64_t reached = 0;
  double before = 0;
  for (int k = 1; k <= options.parts; ++k) {
    decile part;
    part.number = k;
    part.cumulative_sessions = k * sessions / options.parts;
    part.sessions = part.cumulative_sessions - reached;
    reached = part.cumulative_sessions;
    if (used == ranking[at].sessions) {
      whole += ranking[at++].positives;
      used = 0;
    }
    part.score_high = ranking[at].score;
    for (std::int64_t missing = part.sessions; missing > 0;) {
      if (used == ranking[at].sessions) {
        whole += ranking[at++].positives;
        used = 0;
      }
      const auto& group = ranking[at];
      const std::int64_t taken = std::min(missing, group.sessions - used);
      part.fewest += std::max<std::int64_t>(0, group.positives - (group.sessions - taken));
      part.most += std::min(group.positives, taken);
      used += taken;
      missing -= taken;
    }
    const auto& last = ranking[at];
    part.score_low = last.score;
    // Multiplied before it is divided: a group of buyers only gives whole buyers, and no build can fuse product and
    // sum.
    const auto share = static_cast<double>(last.positives * used) / static_cast<double>(last.sessions);
    part.cumulative_positives = static_cast<double>(whole) + share;
    part.positives = part.cumulative_positives - before;
    before = part.cumulative_positives;

    const auto size = static_cast<double>(part.sessions);
    const auto depth = static_cast<double>(part.cumulative_sessions);
    part.rate = part.positives / size;
    part.rate_interval = wilson_interval_of_share(part.rate, size, options.confidence);
    part.lift = part.rate / base;
    part.lift_interval = {part.rate_interval.low / base, part.rate_interval.high / base, options.confidence};
    part.cumulative_rate = part.cumulative_positives / depth;
    part.cumulative_rate_interval = wilson_interval_of_share(part.cumulative_rate, depth, options.confidence);
    part.cumulative_lift = part.cumulative_rate / base;
    part.capture = part.cumulative_positives / static_cast<double>(positives);
    table.push_back(part);
  }
  return table;
}
inline std::vector<decile> decile_table(std::span<const double> score, const labels& y,
                                        const decile_options& options = {}) {
  return decile_table(ranking(score, y), options);
}

FOOTFALL_END_NAMESPACE
