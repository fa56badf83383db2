// SPDX-License-Identifier: MIT
// What the best-scored sessions hold: their rate, their lift and their share of all outcomes, with intervals.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/evaluate/ranking.hpp>
#include <footfall/statistics/interval.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// How many sessions the best `share` of them are: share x sessions, cut to a whole number; 0.29 of 100 are 29 though the
/// product of these doubles lies a hair below. Throws bad_option unless share is in (0, 1] and that is at least one session.
inline std::int64_t sessions_at(double share, std::int64_t sessions) {
  const double depth = std::floor(share * static_cast<double>(sessions) * (1 + 0x1p-50));
  require(share > 0 && share <= 1 && depth >= 1, error_code::bad_option, "sessions_at",
          "the share must be in (0, 1] and hold at least one of ", sessions, " sessions, got ", share);
  return static_cast<std::int64_t>(depth);
}

/// A cut through a ranking below its best sessions.
struct depth_cut {
  double positives = 0;    ///< above it, on average over all orders of sessions of one score
  double rate_around = 0;  ///< of n^(2/3) sessions, half of them above and half below

  bool operator==(const depth_cut&) const = default;
};

/// Cuts below the best `depths[i]` sessions, each in [0, sessions], in any order. Ranking: groups of equal scores, highest
/// first, `sessions` in all. Cost: one pass over the groups, and a sort of the depths.
inline std::vector<depth_cut> cuts_at(std::span<const tied_group> ranking, std::span<const std::int64_t> depths,
                                      std::int64_t sessions) {
  const auto n = static_cast<double>(sessions);
  const auto reach = static_cast<std::int64_t>(std::ceil(std::cbrt(n * n) / 2));
  struct wanted {
    std::int64_t depth;
    double positives;
  };
  std::vector<wanted> wants;  // three for each cut: at it, as far above as the rate reaches, and below
  for (const auto depth : depths) {
    wants.push_back({depth, 0});
    wants.push_back({std::max<std::int64_t>(0, depth - reach), 0});
    wants.push_back({std::min(sessions, depth + reach), 0});
  }
  std::vector<std::size_t> rising(wants.size());
  std::iota(rising.begin(), rising.end(), std::size_t{0});
  std::sort(rising.begin(), rising.end(), [&](auto a, auto b) { return wants[a].depth < wants[b].depth; });

  std::int64_t reached = 0;
  std::int64_t positives = 0;
  auto group = ranking.begin();
  for (const auto i : rising) {
    for (; group != ranking.end() && reached + group->sessions <= wants[i].depth; ++group) {
      reached += group->sessions;
      positives += group->positives;
    }
    wants[i].positives = static_cast<double>(positives);
    // Multiplied before it is divided: a group of buyers only gives whole buyers, and no build can fuse product and sum.
    if (reached < wants[i].depth) {
      wants[i].positives +=
          static_cast<double>(group->positives * (wants[i].depth - reached)) / static_cast<double>(group->sessions);
    }
  }
  std::vector<depth_cut> cuts;
  for (std::size_t i = 0; i < wants.size(); i += 3) {
    const auto around = static_cast<double>(wants[i + 2].depth - wants[i + 1].depth);
    cuts.push_back({wants[i].positives, (wants[i + 2].positives - wants[i + 1].positives) / around});
  }
  return cuts;
}

/// A part of a ranking between two cuts, in sessions and outcomes; and the rates around its two cuts.
struct depth_part {
  double above = 0;  ///< sessions ranked above the part
  double sessions = 0;
  double positives_above = 0;
  double positives = 0;
  double rate_at_top = 0;
  double rate_at_bottom = 0;
};

/// Interval for the share of all outcomes that a part holds: Wilson's, with as many trials as give the variance that the share
/// has when sessions are drawn anew and cut again at the same depths. That variance is the mean square of the share's
/// influence function: an outcome counts where it falls, and every session moves the cuts, past sessions of the rate around
/// them. So the base rate is not taken as known, nor the score at which the cut falls. Times sessions / part it is
/// the interval of the lift. A part of all sessions holds exactly all. Throws as `wilson_interval_of_share` does.
inline interval capture_interval(const depth_part& part, double sessions, double positives, double confidence) {
  const double share = part.positives / positives;
  const double base = positives / sessions;
  const double top = part.above / sessions;
  const double bottom = (part.above + part.sessions) / sessions;
  const double size[] = {top, bottom - top, 1 - bottom};
  const double outcomes[] = {part.positives_above, part.positives, positives - part.positives_above - part.positives};
  double variance = 0;  // times sessions x base^2
  for (int place = 0; place < 3; ++place) {
    const double moved =
        part.rate_at_top * ((place == 0 ? 1 : 0) - top) - part.rate_at_bottom * ((place <= 1 ? 1 : 0) - bottom);
    const double counted = (place == 1 ? 1 : 0) - share + moved;
    const double with = outcomes[place] / sessions;
    variance += with * (counted * counted) + (size[place] - with) * (moved * moved);
  }
  if (!(part.sessions < sessions) || (variance <= 0 && share > 0 && share < 1)) return {share, share, confidence};
  const double trials = share > 0 && share < 1 ? share * (1 - share) * base * positives / variance : positives;
  return wilson_interval_of_share(share, trials, confidence);
}

/// A number of best-scored sessions and what they hold. Where the cut goes through sessions of one score, `positives` is the
/// mean over all orders of these, and `fewest` and `most` say what some order could make of it.
struct best_sessions {
  std::int64_t sessions = 0;
  double positives = 0;
  std::int64_t fewest = 0;
  std::int64_t most = 0;
  double score_low = 0;    ///< the lowest score among them
  double rate = 0;         ///< positives / sessions
  interval rate_interval;  ///< Wilson
  double lift = 0;         ///< rate / rate of all sessions
  interval lift_interval;  ///< that of the capture, times all sessions / sessions
  double capture = 0;      ///< positives / all positives
  interval capture_interval;

  bool operator==(const best_sessions&) const = default;
};

/// The best `share` of all sessions (see `sessions_at`). Ranking: groups of equal scores, highest first. Throws bad_option, and
/// one_class without a positive session.
inline best_sessions lift_at(std::span<const tied_group> ranking, double share, double confidence = 0.95) {
  std::int64_t sessions = 0;
  std::int64_t positives = 0;
  for (const auto& group : ranking) {
    sessions += group.sessions;
    positives += group.positives;
  }
  require(positives > 0, error_code::one_class, "lift_at", "lift is undefined without a positive label");
  best_sessions best;
  best.sessions = sessions_at(share, sessions);
  const std::int64_t depth[] = {best.sessions};
  const auto cut = cuts_at(ranking, depth, sessions).front();
  best.positives = cut.positives;
  for (std::int64_t left = best.sessions, at = 0; left > 0; ++at) {
    const auto& group = ranking[static_cast<std::size_t>(at)];
    const std::int64_t taken = std::min(left, group.sessions);
    best.fewest += std::max<std::int64_t>(0, group.positives - (group.sessions - taken));
    best.most += std::min(group.positives, taken);
    best.score_low = group.score;
    left -= taken;
  }
  const auto size = static_cast<double>(best.sessions);
  const auto n = static_cast<double>(sessions);
  const auto all = static_cast<double>(positives);
  best.rate = best.positives / size;
  best.rate_interval = wilson_interval_of_share(best.rate, size, confidence);
  best.capture = best.positives / all;
  best.capture_interval = capture_interval({0, size, 0, best.positives, 0, cut.rate_around}, n, all, confidence);
  best.lift = best.rate / (all / n);
  best.lift_interval = {best.capture_interval.low * (n / size), best.capture_interval.high * (n / size), confidence};
  return best;
}
inline best_sessions lift_at(std::span<const double> score, const labels& y, double share, double confidence = 0.95,
                             const run_options& run = {}) {
  return lift_at(ranking(score, y, run), share, confidence);
}

FOOTFALL_END_NAMESPACE
