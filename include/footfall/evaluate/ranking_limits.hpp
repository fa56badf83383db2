// SPDX-License-Identifier: MIT
// What a few rows of a lift table leave open: the areas that any score with these rows can have.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include <unsupported/Eigen/SpecialFunctions>

#include <footfall/core/error.hpp>
#include <footfall/statistics/interval.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A row of a lift table: the best-scored `sessions` hold `positives`.
struct ranking_cut {
  std::int64_t sessions = 0;
  std::int64_t positives = 0;

  bool operator==(const ranking_cut&) const = default;
};

/// Lowest and highest value that the two areas can have (confidence 1: no sampling is meant).
struct ranking_limits {
  interval roc_auc{0, 1, 1};
  interval average_precision{0, 1, 1};

  bool operator==(const ranking_limits&) const = default;
};

namespace detail {

// The cuts as points of the ROC curve, in counts: `negatives` to the right, `positives` up; the origin and the end are
// among them.
struct roc_points {
  std::vector<double> negatives, positives;
};

inline roc_points roc_points_of(std::int64_t sessions, std::int64_t positives, std::span<const ranking_cut> cuts,
                                std::string_view who) {
  require(positives > 0 && positives < sessions, error_code::one_class, who, "needs sessions of both kinds, got ",
          positives, " positives of ", sessions);
  roc_points points{{0}, {0}};
  ranking_cut before;
  const auto add = [&](const ranking_cut& cut) {
    const std::int64_t size = cut.sessions - before.sessions;
    const std::int64_t found = cut.positives - before.positives;
    require(size > 0 && found >= 0 && found <= size, error_code::bad_value, who,
            "cuts must rise and hold at most one positive a session, got ", cut.positives, " of ", cut.sessions,
            " after ", before.positives, " of ", before.sessions);
    points.negatives.push_back(static_cast<double>(cut.sessions - cut.positives));
    points.positives.push_back(static_cast<double>(cut.positives));
    before = cut;
  };
  for (const auto& cut : cuts) {
    if (cut.sessions < sessions) add(cut);
  }
  add({sessions, positives});
  return points;
}

// The sum over j = from + 1 ... to of j / (j + at + slope (j - from)): precisions where `at` negatives stand above positive
// number `from`, and `slope` more join with each positive. Closed, by digamma: 1 / (j + c) sums to a difference of it.
inline double sum_of_precisions(double from, double to, double at, double slope) {
  if (to <= from) return 0;
  const double scale = 1 + slope;
  const double shift = (at - slope * from) / scale;
  if (shift == 0) return (to - from) / scale;
  const double reciprocals = Eigen::numext::digamma(to + shift + 1) - Eigen::numext::digamma(from + shift + 1);
  return ((to - from) - shift * reciprocals) / scale;
}

// Area under the concave hull of points that rise to the right.
inline double area_under_hull(const std::vector<double>& x, const std::vector<double>& y) {
  std::vector<std::size_t> hull;
  for (std::size_t i = 0; i < x.size(); ++i) {
    while (hull.size() >= 2) {
      const auto a = hull[hull.size() - 2], b = hull.back();
      if ((x[b] - x[a]) * (y[i] - y[a]) < (y[b] - y[a]) * (x[i] - x[a])) break;
      hull.pop_back();
    }
    hull.push_back(i);
  }
  double area = 0;
  for (std::size_t i = 1; i < hull.size(); ++i) {
    area += (x[hull[i]] - x[hull[i - 1]]) * (y[hull[i]] + y[hull[i - 1]]) / 2;
  }
  return area;
}

}  // namespace detail

/// Limits for scores that are all different. At best every part between two cuts starts with its positives, at worst it
/// ends with them; both limits are reached. Cuts deepen; one at all sessions says nothing. Throws one_class without
/// sessions of both kinds, bad_value for cuts that no ranking can have. Cost O(cuts), as for the other two.
inline ranking_limits limits_without_ties(std::int64_t sessions, std::int64_t positives,
                                          std::span<const ranking_cut> cuts) {
  const auto [x, y] = detail::roc_points_of(sessions, positives, cuts, "limits_without_ties");
  double worst = 0, best = 0, lowest = 0, highest = 0;
  for (std::size_t k = 1; k < x.size(); ++k) {
    worst += (x[k] - x[k - 1]) * y[k - 1];
    best += (x[k] - x[k - 1]) * y[k];
    lowest += detail::sum_of_precisions(y[k - 1], y[k], x[k], 0);
    highest += detail::sum_of_precisions(y[k - 1], y[k], x[k - 1], 0);
  }
  const double pairs = x.back() * y.back();
  return {{worst / pairs, best / pairs, 1}, {lowest / y.back(), highest / y.back(), 1}};
}

/// Limits for any score, whatever its ties and however they were ordered when the table was cut (both areas count tied
/// sessions as scikit-learn does: half a pair, and the precision at the end of the group). Wider than without ties: a
/// table can be lucky or unlucky with sessions of one score on both sides of a cut. Both limits are reached. Throws as
/// above.
inline ranking_limits limits_with_ties(std::int64_t sessions, std::int64_t positives,
                                       std::span<const ranking_cut> cuts) {
  const auto [x, y] = detail::roc_points_of(sessions, positives, cuts, "limits_with_ties");
  const std::size_t bands = x.size() - 1;
  // Groups of one score end somewhere in the rectangles that neighbouring cuts span on the ROC plane, and the curve is
  // straight between such ends. So it stays between the hulls of the upper left and of the lower right corners.
  std::vector<double> left{0}, top{0}, right{0}, bottom{0};
  for (std::size_t k = 1; k <= bands; ++k) {
    left.push_back(x[k - 1]);
    top.push_back(y[k]);
    right.push_back(x[k]);
    bottom.push_back(y[k - 1]);
  }
  left.push_back(x[bands]);
  top.push_back(y[bands]);
  right.push_back(x[bands]);
  bottom.push_back(y[bands]);
  const double pairs = x[bands] * y[bands];
  // The lower hull is the upper one of the plane turned by half a turn.
  std::vector<double> turned_x, turned_y;
  for (std::size_t i = right.size(); i-- > 0;) {
    turned_x.push_back(x[bands] - right[i]);
    turned_y.push_back(y[bands] - bottom[i]);
  }
  const interval area{1 - detail::area_under_hull(turned_x, turned_y) / pairs,
                      detail::area_under_hull(left, top) / pairs, 1};

  // A positive has the precision at the end of its group: at best the best corner at or after its part ...
  double highest = 0, best_corner = 0;
  for (std::size_t k = bands; k >= 1; --k) {
    if (y[k] > 0) best_corner = std::max(best_corner, y[k] / (x[k - 1] + y[k]));
    highest += (y[k] - y[k - 1]) * best_corner;
  }
  // ... and at worst that of its own place behind all negatives of its part, or of a later part's lowest corner.
  double lowest = 0, worst_corner = 1;
  for (std::size_t k = bands; k >= 1; --k) {
    // Its own place, j / (x + j), is the lower of the two up to this j.
    const double turn = worst_corner < 1 ? std::floor(worst_corner * x[k] / (1 - worst_corner)) : y[k];
    const double own = std::clamp(turn, y[k - 1], y[k]);
    lowest += detail::sum_of_precisions(y[k - 1], own, x[k], 0) + (y[k] - own) * worst_corner;
    if (y[k - 1] > 0) worst_corner = std::min(worst_corner, y[k - 1] / (x[k] + y[k - 1]));
  }
  return {area, {lowest / y[bands], highest / y[bands], 1}};
}

/// Do the cuts allow a rate that never rises from one score to the next, as that of a sound score does but for noise?
inline bool rate_can_fall(std::int64_t sessions, std::int64_t positives, std::span<const ranking_cut> cuts) {
  const auto [x, y] = detail::roc_points_of(sessions, positives, cuts, "rate_can_fall");
  for (std::size_t k = 2; k < x.size(); ++k) {
    if ((y[k] - y[k - 1]) * (x[k - 1] - x[k - 2]) > (y[k - 1] - y[k - 2]) * (x[k] - x[k - 1])) return false;
  }
  return true;
}

/// Limits where the rate never rises from one score to the next and no tie crosses a cut: the ROC curve is then concave and
/// passes through the cuts. The area's limits and the lowest average precision are reached; the highest is a bound that
/// no such curve exceeds. Throws bad_value where the rate cannot fall (`rate_can_fall`), and as above.
inline ranking_limits limits_where_rate_falls(std::int64_t sessions, std::int64_t positives,
                                              std::span<const ranking_cut> cuts) {
  const auto who = "limits_where_rate_falls";
  const auto points = detail::roc_points_of(sessions, positives, cuts, who);
  const auto& x = points.negatives;
  const auto& y = points.positives;
  require(rate_can_fall(sessions, positives, cuts), error_code::bad_value, who,
          "the rate rises between two cuts: no falling rate has them");
  const std::size_t bands = x.size() - 1;
  const double pairs = x[bands] * y[bands];
  const double steep = 1e18 * y[bands] / x[bands];  // the tangent at the origin may be upright
  std::vector<double> width(bands), slope(bands);
  double chords = 0, lowest = 0;
  for (std::size_t k = 0; k < bands; ++k) {
    width[k] = x[k + 1] - x[k];
    slope[k] = width[k] > 0 ? (y[k + 1] - y[k]) / width[k] : steep;
    chords += width[k] * (y[k + 1] + y[k]) / 2;
    lowest += (y[k + 1] - y[k]) * y[k + 1] / (x[k + 1] + y[k + 1]);
  }

  // With tangents of slopes a and b at its ends, the curve over a chord of slope m and width w gains at most the triangle
  // w^2 / 2 (a - m)(m - b) / (a - b), concave in a and b. The tangent at a cut serves both sides, so the sum is maximised
  // over the tangents, each between the chords beside it: one at a time, by sections, until nothing moves.
  std::vector<double> tangent(bands + 1, 0);
  tangent[0] = steep;
  for (std::size_t k = 1; k < bands; ++k) tangent[k] = width[k - 1] > 0 ? (slope[k - 1] + slope[k]) / 2 : steep;
  const auto triangle = [&](std::size_t k, double a, double b) {
    return a > b ? width[k] * width[k] / 2 * (slope[k] - b) * ((a - slope[k]) / (a - b)) : 0;
  };
  double gained = 0;
  for (int round = 0; round < 200; ++round) {
    for (std::size_t k = 1; k < bands; ++k) {
      if (width[k - 1] == 0) continue;  // nothing to gain before it: upright
      double low = slope[k], high = slope[k - 1];
      const auto beside = [&](double t) { return triangle(k - 1, tangent[k - 1], t) + triangle(k, t, tangent[k + 1]); };
      for (int step = 0; step < 100 && high > low; ++step) {
        const double a = low + (high - low) / 3, b = high - (high - low) / 3;
        if (beside(a) < beside(b))
          low = a;
        else
          high = b;
      }
      tangent[k] = low;
    }
    double total = 0;
    for (std::size_t k = 0; k < bands; ++k) total += triangle(k, tangent[k], tangent[k + 1]);
    if (total <= gained * (1 + 1e-15)) break;
    gained = total;
  }

  // No concave curve through the cuts crosses the two chords beside a part, drawn out into it. Precision falls along the
  // curve, so that of a positive is at most the one on these lines at its own height.
  double highest = 0;
  for (std::size_t k = 0; k < bands; ++k) {
    // Negatives above positive j, as a line: `at` for j = y[k] and `more` with each positive.
    struct line {
      double at, more;
    };
    const auto through = [&](std::size_t chord) {
      const double more = 1 / slope[chord];
      return line{x[chord] + more * (y[k] - y[chord]), more};
    };
    line before{x[k], 0}, after{x[k], 0};
    if (k > 0 && slope[k - 1] < steep) before = through(k - 1);
    if (k + 1 < bands && slope[k + 1] > 0) after = through(k + 1);
    // The line of the earlier chord starts at the cut and lies to the right first; the later one ends at the next cut.
    const double apart = after.more - before.more;
    const double meet = apart > 0 ? (before.at - after.at) / apart : y[k + 1] - y[k];
    const double turn = y[k] + std::clamp(std::floor(meet), 0.0, y[k + 1] - y[k]);
    highest += detail::sum_of_precisions(y[k], turn, before.at, before.more);
    highest += detail::sum_of_precisions(turn, y[k + 1], after.at + after.more * (turn - y[k]), after.more);
  }
  return {{chords / pairs, (chords + gained) / pairs, 1}, {lowest / y[bands], highest / y[bands], 1}};
}

FOOTFALL_END_NAMESPACE
