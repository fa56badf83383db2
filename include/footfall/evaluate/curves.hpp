// SPDX-License-Identifier: MIT
// Curves of a ranking, as few points as draw them exactly, and what is read off them: Kolmogorov-Smirnov, partial area.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/evaluate/ranking.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Every session that scores at least `threshold` is called positive. The first point calls none: its threshold is infinite.
struct roc_point {
  double threshold = 0;
  double false_positive_rate = 0;
  double true_positive_rate = 0;

  bool operator==(const roc_point&) const = default;
};

struct precision_recall_point {
  double threshold = 0;
  double recall = 0;
  double precision = 0;

  bool operator==(const precision_recall_point&) const = default;
};

/// How much of all positives the best share of the sessions holds (the gain or Lorenz curve).
struct gain_point {
  double threshold = 0;
  double share = 0;
  double capture = 0;

  double lift() const { return capture / share; }  ///< NaN at the origin
  bool operator==(const gain_point&) const = default;
};

/// Where positives and negatives part most.
struct ks_result {
  double value = 0;      ///< |true positive rate - false positive rate|, the two-sample Kolmogorov-Smirnov distance
  double threshold = 0;  ///< the highest score at which it is reached
  double share = 0;      ///< of the sessions that score at least so
  double true_positive_rate = 0;
  double false_positive_rate = 0;

  bool operator==(const ks_result&) const = default;
};

/// Area under the ROC curve up to a false positive rate.
struct partial_auc_result {
  double area = 0;          ///< in [0, max_fpr]
  double standardised = 0;  ///< 0.5 for a constant score, 1 for a perfect one (McClish 1989), as scikit-learn's max_fpr

  bool operator==(const partial_auc_result&) const = default;
};

enum class curve_points : unsigned char {
  corners,  ///< those at which the curve bends: straight lines between them draw it exactly
  all       ///< one for each different score
};

namespace detail {

/// Sums down to a score.
template <class Count>
struct curve_sums {
  double threshold;
  Count negatives;
  Count positives;

  /// No bend here between these two. Products of whole counts are exact.
  bool straight(const curve_sums& before, const curve_sums& after) const {
    return (positives - before.positives) * (after.negatives - negatives) ==
           (after.positives - positives) * (negatives - before.negatives);
  }
};

template <class Group>
auto curve_of(std::span<const Group> ranking, curve_points points) {
  using count = decltype(Group::sessions);
  std::vector<curve_sums<count>> sums{{std::numeric_limits<double>::infinity(), 0, 0}};
  count negatives = 0;
  count positives = 0;
  for (const auto& group : ranking) {
    negatives += group.sessions - group.positives;
    positives += group.positives;
    const curve_sums<count> next{group.score, negatives, positives};
    if (points == curve_points::corners && sums.size() > 1 && sums.back().straight(sums[sums.size() - 2], next)) {
      sums.back() = next;
    } else {
      sums.push_back(next);
    }
  }
  return sums;
}

template <class Sums>
void require_both_labels(const Sums& last, std::string_view who) {
  require(last.positives > 0 && last.negatives > 0, error_code::one_class, who,
          "is undefined without both labels, got ", last.positives, " positive and ", last.negatives, " negative");
}

template <class Group>
std::vector<roc_point> roc_curve_of(std::span<const Group> ranking, curve_points points) {
  const auto sums = curve_of(ranking, points);
  require_both_labels(sums.back(), "roc_curve");
  std::vector<roc_point> curve;
  for (const auto& at : sums) {
    curve.push_back({at.threshold, static_cast<double>(at.negatives) / static_cast<double>(sums.back().negatives),
                     static_cast<double>(at.positives) / static_cast<double>(sums.back().positives)});
  }
  return curve;
}

template <class Group>
std::vector<gain_point> gain_curve_of(std::span<const Group> ranking, curve_points points) {
  const auto sums = curve_of(ranking, points);
  const auto& last = sums.back();
  require(last.positives > 0, error_code::one_class, "gain_curve", "is undefined without a positive label");
  std::vector<gain_point> curve;
  for (const auto& at : sums) {
    curve.push_back(
        {at.threshold,
         static_cast<double>(at.negatives + at.positives) / static_cast<double>(last.negatives + last.positives),
         static_cast<double>(at.positives) / static_cast<double>(last.positives)});
  }
  return curve;
}

template <class Group>
std::vector<precision_recall_point> precision_recall_curve_of(std::span<const Group> ranking, curve_points points) {
  const auto sums = curve_of(ranking, curve_points::all);
  const auto& last = sums.back();
  require(last.positives > 0, error_code::one_class, "precision_recall_curve", "is undefined without a positive label");
  std::vector<precision_recall_point> curve;
  for (std::size_t i = 1; i < sums.size(); ++i) {
    const auto& at = sums[i];
    // Between two gains of recall precision falls straight down: only its ends are needed.
    const bool fell = i > 1 && sums[i - 1].positives == at.positives;
    const bool falls = i + 1 < sums.size() && sums[i + 1].positives == at.positives;
    if (points == curve_points::corners && fell && falls) continue;
    curve.push_back({at.threshold, static_cast<double>(at.positives) / static_cast<double>(last.positives),
                     static_cast<double>(at.positives) / static_cast<double>(at.positives + at.negatives)});
  }
  return curve;
}

template <class Group>
ks_result ks_of(std::span<const Group> ranking) {
  using count = decltype(Group::sessions);
  curve_sums<count> all{0, 0, 0};
  for (const auto& group : ranking) {
    all.negatives += group.sessions - group.positives;
    all.positives += group.positives;
  }
  require_both_labels(all, "ks_statistic");
  curve_sums<count> at{0, 0, 0};
  curve_sums<count> best{0, 0, 0};
  count widest = -1;  // the distance times positives and negatives: exact for whole counts
  for (const auto& group : ranking) {
    at.negatives += group.sessions - group.positives;
    at.positives += group.positives;
    const count apart = at.positives * all.negatives - at.negatives * all.positives;
    const count distance = apart < 0 ? -apart : apart;
    if (distance <= widest) continue;
    widest = distance;
    best = {group.score, at.negatives, at.positives};
  }
  const auto positives = static_cast<double>(all.positives);
  const auto negatives = static_cast<double>(all.negatives);
  return {static_cast<double>(widest) / (positives * negatives), best.threshold,
          static_cast<double>(best.negatives + best.positives) / (positives + negatives),
          static_cast<double>(best.positives) / positives, static_cast<double>(best.negatives) / negatives};
}

template <class Group>
partial_auc_result partial_auc_of(std::span<const Group> ranking, double max_fpr) {
  require(max_fpr > 0 && max_fpr <= 1, error_code::bad_option, "partial_auc", "max_fpr must be in (0, 1], got ",
          max_fpr);
  const auto curve = roc_curve_of(ranking, curve_points::corners);
  double area = 0;
  for (std::size_t i = 1; i < curve.size() && curve[i - 1].false_positive_rate < max_fpr; ++i) {
    const auto& from = curve[i - 1];
    const auto& to = curve[i];
    const double width = std::min(to.false_positive_rate, max_fpr) - from.false_positive_rate;
    if (!(width > 0)) continue;
    const double slope =
        (to.true_positive_rate - from.true_positive_rate) / (to.false_positive_rate - from.false_positive_rate);
    area += width * (from.true_positive_rate + slope * width / 2);
  }
  const double by_chance = max_fpr * max_fpr / 2;
  return {area, 0.5 * (1 + (area - by_chance) / (max_fpr - by_chance))};
}

}  // namespace detail

/// From groups of equal scores, highest first, with weights or without; from (0, 0) to (1, 1). Throws one_class without both
/// labels. Cost: one pass.
inline std::vector<roc_point> roc_curve(std::span<const tied_group> ranking,
                                        curve_points points = curve_points::corners) {
  return detail::roc_curve_of(ranking, points);
}
inline std::vector<roc_point> roc_curve(std::span<const weighted_group> ranking,
                                        curve_points points = curve_points::corners) {
  return detail::roc_curve_of(ranking, points);
}

/// The same from (0, 0) to (1, 1), in sessions and positives. Throws one_class without a positive session.
inline std::vector<gain_point> gain_curve(std::span<const tied_group> ranking,
                                          curve_points points = curve_points::corners) {
  return detail::gain_curve_of(ranking, points);
}
inline std::vector<gain_point> gain_curve(std::span<const weighted_group> ranking,
                                          curve_points points = curve_points::corners) {
  return detail::gain_curve_of(ranking, points);
}

/// From the highest score down: precision is undefined where none is called, so there is no point for that. The average
/// precision is the sum of its steps, not the area below its lines. Throws one_class without a positive session.
inline std::vector<precision_recall_point> precision_recall_curve(std::span<const tied_group> ranking,
                                                                  curve_points points = curve_points::corners) {
  return detail::precision_recall_curve_of(ranking, points);
}
inline std::vector<precision_recall_point> precision_recall_curve(std::span<const weighted_group> ranking,
                                                                  curve_points points = curve_points::corners) {
  return detail::precision_recall_curve_of(ranking, points);
}

/// The Kolmogorov-Smirnov distance and where it is reached. Throws one_class without both labels.
inline ks_result ks_statistic(std::span<const tied_group> ranking) { return detail::ks_of(ranking); }
inline ks_result ks_statistic(std::span<const weighted_group> ranking) { return detail::ks_of(ranking); }

/// The area below the ROC curve up to `max_fpr`, in (0, 1]. Throws bad_option, and one_class without both labels.
inline partial_auc_result partial_auc(std::span<const tied_group> ranking, double max_fpr) {
  return detail::partial_auc_of(ranking, max_fpr);
}
inline partial_auc_result partial_auc(std::span<const weighted_group> ranking, double max_fpr) {
  return detail::partial_auc_of(ranking, max_fpr);
}

FOOTFALL_END_NAMESPACE
