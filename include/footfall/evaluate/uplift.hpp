// SPDX-License-Identifier: MIT
// Where some sessions were treated at random: do those that score high gain more by the treatment?
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
#include <footfall/evaluate/ranking.hpp>
#include <footfall/statistics/interval.hpp>
#include <footfall/statistics/resample.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Sessions of one score, treated and not.
struct uplift_group {
  double score = 0;
  std::int64_t treated = 0;
  std::int64_t treated_positives = 0;
  std::int64_t control = 0;
  std::int64_t control_positives = 0;

  bool operator==(const uplift_group&) const = default;
};

/// One part of the ranking. Where a cut goes through sessions of one score, counts are their mean over all orders.
struct uplift_part {
  int number = 0;  ///< from 1, the best-scored part first
  std::int64_t sessions = 0;
  double score_low = 0;
  double score_high = 0;
  double treated = 0;
  double treated_positives = 0;
  double control = 0;
  double control_positives = 0;
  double uplift = 0;         ///< rate of the treated less that of the others; NaN without one of them
  interval uplift_interval;  ///< from the two Wilson intervals (Newcombe 1998); from -1 to 1 without one of them

  bool operator==(const uplift_part&) const = default;
};

/// A point of the Qini curve.
struct qini_point {
  double threshold = 0;
  double share = 0;        ///< of all sessions that score at least so
  double incremental = 0;  ///< outcomes of the treated among them, less those that as many of the others would have had

  bool operator==(const qini_point&) const = default;
};

struct uplift_options {
  int parts = 10;            ///< in [1, sessions]
  double confidence = 0.95;  ///< of every interval, in (0, 1)
};

/// How much the score says about who gains.
struct uplift_figures {
  resampled_figure average;  ///< uplift of all sessions: what any score finds in them
  resampled_figure qini;     ///< area between the Qini curve and the straight line to its end, per treated session
  resampled_figure auuc;     ///< area under the uplift so far x share of the sessions; a random order has average / 2

  bool operator==(const uplift_figures&) const = default;
};

namespace detail {

/// Reads the areas off groups that come in falling order of their scores. Within a group the curves are straight: the mean
/// over all orders of its sessions, up to how unevenly the treated lie among these.
class uplift_sums {
 public:
  void add(double treated, double treated_hits, double control, double control_hits) {
    const double size = treated + control;
    if (size == 0) return;
    treated_ += treated;
    treated_hits_ += treated_hits;
    control_ += control;
    control_hits_ += control_hits;
    sessions_ += size;
    const double gained = incremental();
    const double lifted = treated_ > 0 && control_ > 0 ? uplift() * sessions_ : 0;
    qini_ += size * (gained + last_gained_) / 2;
    auuc_ += size * (lifted + last_lifted_) / 2;
    last_gained_ = gained;
    last_lifted_ = lifted;
  }

  double sessions() const { return sessions_; }
  bool both() const { return treated_ > 0 && control_ > 0; }
  double uplift() const { return treated_hits_ / treated_ - control_hits_ / control_; }
  double incremental() const {
    return control_ > 0 ? treated_hits_ - control_hits_ * (treated_ / control_) : treated_hits_;
  }
  double qini() const { return (qini_ / sessions_ - incremental() / 2) / treated_; }
  double auuc() const { return auuc_ / sessions_ / sessions_; }

 private:
  double treated_ = 0, treated_hits_ = 0, control_ = 0, control_hits_ = 0, sessions_ = 0;
  double qini_ = 0, auuc_ = 0, last_gained_ = 0, last_lifted_ = 0;
};

inline void require_treatment(std::span<const double> score, const labels& y, const labels& treated) {
  require_scores(score, y, "uplift");
  require(treated.size() == y.size(), error_code::wrong_shape, "uplift", "there must be one treatment for each of ",
          y.size(), " sessions, got ", treated.size());
  require(treated.positives() > 0 && treated.negatives() > 0, error_code::one_class, "uplift",
          "is undefined without treated and untreated sessions, got ", treated.positives(), " and ",
          treated.negatives());
}

}  // namespace detail

/// The sessions grouped by equal score, highest first. `treated` is 1 for sessions that were treated; this must not have
/// depended on what else is known of them. Throws wrong_shape, one_class without treated or untreated sessions,
/// missing_value or not_finite for a score. Cost: one sort.
inline std::vector<uplift_group> uplift_ranking(std::span<const double> score, const labels& y, const labels& treated,
                                                const run_options& run = {}) {
  detail::require_treatment(score, y, treated);
  workers team(run);
  const auto range = range_of_scores(score, team, "uplift");
  const auto sorted = sort_descending(score, range, team, [&](std::size_t row) {
    return keyed_row{descending_key(score[row]), static_cast<index>(row)};
  });
  return detail::groups_of<uplift_group>(sorted, 0, team, [&](uplift_group& group, const keyed_row& item) {
    const int hit = y[item.row] ? 1 : 0;
    ++(treated[item.row] ? group.treated : group.control);
    (treated[item.row] ? group.treated_positives : group.control_positives) += hit;
  });
}

/// Uplift of equal parts of the ranking (part k ends after floor(k x sessions / parts) sessions). Throws bad_option.
inline std::vector<uplift_part> uplift_table(std::span<const uplift_group> ranking,
                                             const uplift_options& options = {}) {
  std::int64_t sessions = 0;
  for (const auto& group : ranking) sessions += group.treated + group.control;
  require(options.parts >= 1 && options.parts <= sessions, error_code::bad_option, "uplift_table",
          "parts must be in [1, ", sessions, "], got ", options.parts);
  std::vector<uplift_part> table;
  std::size_t at = 0;
  std::int64_t used = 0;
  std::int64_t reached = 0;
  for (int k = 1; k <= options.parts; ++k) {
    uplift_part part;
    part.number = k;
    part.sessions = k * sessions / options.parts - reached;
    reached += part.sessions;
    for (std::int64_t missing = part.sessions; missing > 0;) {
      if (used == ranking[at].treated + ranking[at].control) {
        ++at;
        used = 0;
      }
      const auto& group = ranking[at];
      const std::int64_t size = group.treated + group.control;
      const std::int64_t taken = std::min(missing, size - used);
      const auto of = [&](std::int64_t count) {
        return static_cast<double>(count * taken) / static_cast<double>(size);
      };
      if (missing == part.sessions) part.score_high = group.score;
      part.score_low = group.score;
      part.treated += of(group.treated);
      part.treated_positives += of(group.treated_positives);
      part.control += of(group.control);
      part.control_positives += of(group.control_positives);
      used += taken;
      missing -= taken;
    }
    part.uplift = std::numeric_limits<double>::quiet_NaN();
    part.uplift_interval = {-1, 1, options.confidence};
    if (part.treated > 0 && part.control > 0) {
      // Shares of ties may round to a hair above 1.
      const double with = std::min(1.0, part.treated_positives / part.treated);
      const double without = std::min(1.0, part.control_positives / part.control);
      const auto a = wilson_interval_of_share(with, part.treated, options.confidence);
      const auto b = wilson_interval_of_share(without, part.control, options.confidence);
      part.uplift = with - without;
      part.uplift_interval.low = part.uplift - std::hypot(with - a.low, b.high - without);
      part.uplift_interval.high = part.uplift + std::hypot(a.high - with, without - b.low);
    }
    table.push_back(part);
  }
  return table;
}
inline std::vector<uplift_part> uplift_table(std::span<const double> score, const labels& y, const labels& treated,
                                             const uplift_options& options = {}, const run_options& run = {}) {
  return uplift_table(uplift_ranking(score, y, treated, run), options);
}

/// The Qini curve (Radcliffe 2007), from (0, 0), a point for each score: treated outcomes so far, less the untreated ones times
/// the number of treated for each untreated so far; before the first untreated session, treated outcomes alone.
inline std::vector<qini_point> qini_curve(std::span<const uplift_group> ranking) {
  std::int64_t sessions = 0;
  for (const auto& group : ranking) sessions += group.treated + group.control;
  std::vector<qini_point> curve{{std::numeric_limits<double>::infinity(), 0, 0}};
  detail::uplift_sums sums;
  for (const auto& group : ranking) {
    sums.add(static_cast<double>(group.treated), static_cast<double>(group.treated_positives),
             static_cast<double>(group.control), static_cast<double>(group.control_positives));
    curve.push_back({group.score, sums.sessions() / static_cast<double>(sessions), sums.incremental()});
  }
  return curve;
}

/// Average uplift, Qini coefficient and AUUC with percentile intervals over resamples in which treated and untreated
/// sessions stay as many as they are. A Qini interval that holds 0 says that the score may order nobody. Throws as
/// `uplift_ranking` and `resample` do.
inline uplift_figures evaluate_uplift(std::span<const double> score, const labels& y, const labels& treated,
                                      const resampling& draws = {}, const run_options& run = {}) {
  detail::require_treatment(score, y, treated);
  const auto order = descending_order(score, run);
  const auto read = [&](std::span<const std::uint32_t> times, std::span<double> figures) {
    detail::uplift_sums sums;
    double counts[2][2] = {};  // of one score: untreated and treated, all and positives
    for (std::size_t i = 0; i < order.size(); ++i) {
      const index row = order[i];
      auto& count = counts[treated[row] ? 1 : 0];
      const double copies = times[static_cast<std::size_t>(row)];
      count[0] += copies;
      count[1] += y[row] ? copies : 0;
      if (i + 1 < order.size() && score[static_cast<std::size_t>(order[i + 1])] == score[static_cast<std::size_t>(row)])
        continue;
      sums.add(counts[1][0], counts[1][1], counts[0][0], counts[0][1]);
      for (auto& each : counts) each[0] = each[1] = 0;
    }
    figures[0] = sums.uplift();
    figures[1] = sums.qini();
    figures[2] = sums.auuc();
  };
  double values[3];
  read(std::vector<std::uint32_t>(score.size(), 1), values);
  const auto replicates = resample(resampled_units(y.size()).stratified_by(treated.values()), 3, read, draws, run);
  const auto figure = [&](index i) {
    const auto column = replicates.col(i);
    return summary_of_replicates(values[i], {column.begin(), column.end()}, draws.confidence);
  };
  return {figure(0), figure(1), figure(2)};
}

FOOTFALL_END_NAMESPACE
