// SPDX-License-Identifier: MIT
// Isotonic calibration: the rising curve that fits best, whatever its shape.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/types.hpp>
#include <footfall/evaluate/calibration_map.hpp>
#include <footfall/evaluate/ranking.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Neighbouring scores that the curve gives one probability, and the sessions it comes from.
struct isotonic_level {
  double score_low = 0;
  double score_high = 0;
  double sessions = 0;   ///< their weight, where there were weights
  double positives = 0;  ///< that of those with the outcome

  double value() const { return positives / sessions; }

  auto parts() const { return std::tie(score_low, score_high, sessions, positives); }
  static isotonic_level from_parts(double score_low, double score_high, double sessions, double positives) {
    return {score_low, score_high, sessions, positives};
  }
  bool operator==(const isotonic_level&) const = default;
};

/// The fitted form of `isotonic`: levels, a straight line from one to the next, and the outermost level beyond the scores
/// that were seen.
class fitted_isotonic {
 public:
  static constexpr std::string_view kind = "isotonic";

  /// The probability at a score. Throws missing_value or not_finite. Cost: a search among the levels.
  double operator()(double score) const {
    detail::require_score(score, kind);
    const auto after = std::upper_bound(levels_.begin(), levels_.end(), score,
                                        [](double at, const isotonic_level& level) { return at < level.score_low; });
    if (after == levels_.begin()) return after->value();
    const auto& level = *(after - 1);
    if (score <= level.score_high || after == levels_.end()) return level.value();
    // Each operation keeps the order of scores when it rounds; only the last one could pass the next level.
    const double way = (score - level.score_high) / (after->score_low - level.score_high);
    return std::min(after->value(), level.value() + way * (after->value() - level.value()));
  }

  /// The same for many. Throws as above.
  scores score(std::span<const double> of) const { return detail::mapped(*this, of); }

  /// From the lowest scores to the highest; values rise.
  const std::vector<isotonic_level>& levels() const noexcept { return levels_; }

  auto parts() const { return std::tie(levels_); }
  /// Throws bad_parts unless there is a level, scores and values rise, and each level has sessions.
  static fitted_isotonic from_parts(std::vector<isotonic_level> levels) {
    require(!levels.empty(), error_code::bad_parts, kind, "there must be at least one level");
    for (std::size_t i = 0; i < levels.size(); ++i) {
      const auto& level = levels[i];
      require(level.sessions > 0 && std::isfinite(level.sessions), error_code::bad_parts, kind,
              "a level needs sessions, got ", level.sessions);
      require(level.positives >= 0 && level.positives <= level.sessions, error_code::bad_parts, kind, "of ",
              level.sessions, " sessions ", level.positives, " cannot have the outcome");
      require(level.score_low <= level.score_high && (i == 0 || levels[i - 1].score_high < level.score_low),
              error_code::bad_parts, kind, "scores must rise, got ", level.score_low, " to ", level.score_high);
      require(i == 0 || levels[i - 1].value() <= level.value(), error_code::bad_parts, kind, "values must rise, got ",
              level.value());
    }
    require(std::isfinite(levels.back().score_high - levels.front().score_low), error_code::bad_parts, kind,
            "scores must not be further apart than the largest number");
    fitted_isotonic result;
    result.levels_ = std::move(levels);
    return result;
  }
  bool operator==(const fitted_isotonic& other) const { return same_parts(*this, other); }

 private:
  fitted_isotonic() = default;
  std::vector<isotonic_level> levels_;
};

namespace detail {

/// Pools neighbours until the shares of positives rise (Ayer, Brunk, Ewing, Reid and Silverman 1955). Shares are compared by
/// multiplying crosswise where they are of counts: exact, since sessions squared fit into 63 bits.
template <class Group>
std::vector<isotonic_level> pooled(std::span<const Group> highest_first) {
  struct block {
    double low, high;
    decltype(Group::sessions) sessions, positives;
  };
  const auto at_least = [](const block& a, const block& b) {
    if constexpr (std::is_integral_v<decltype(Group::sessions)>) {
      return a.positives * b.sessions >= b.positives * a.sessions;
    } else {
      return a.positives / a.sessions >= b.positives / b.sessions;
    }
  };
  std::vector<block> blocks;
  for (auto group = highest_first.rbegin(); group != highest_first.rend(); ++group) {
    block next{group->score, group->score, group->sessions, group->positives};
    while (!blocks.empty() && at_least(blocks.back(), next)) {
      next.low = blocks.back().low;
      next.sessions += blocks.back().sessions;
      next.positives += blocks.back().positives;
      blocks.pop_back();
    }
    blocks.push_back(next);
  }
  std::vector<isotonic_level> levels;
  levels.reserve(blocks.size());
  for (const auto& each : blocks) {
    levels.push_back({each.low, each.high, static_cast<double>(each.sessions), static_cast<double>(each.positives)});
  }
  return levels;
}

}  // namespace detail

/// The non-decreasing function of the score with the least squared error, and the least log-loss too; scikit-learn's
/// IsotonicRegression that clips. Scores may be any finite numbers; equal ones are pooled first. It needs many sessions (a
/// thousand with the outcome is not too many), makes ties, and its lowest and highest levels are often 0 and 1. No options.
struct isotonic {
  /// Throws wrong_shape without rows or for another number of labels or weights, missing_value or not_finite for a score,
  /// one_class, limit where scores lie too far apart or there are more than 3 x 10^9. The order of the rows does not matter.
  /// Cost: one sort.
  fitted_isotonic fit(std::span<const double> score, const labels& y, const weights& w = {},
                      const run_options& run = {}) const {
    const auto who = fitted_isotonic::kind;
    require(score.size() <= 3'000'000'000, error_code::limit, who, "at most 3 x 10^9 sessions, got ", score.size());
    require_rows(static_cast<index>(score.size()), y, w, who);
    const auto fitted = [&](const auto& groups) {
      require(std::isfinite(groups.front().score - groups.back().score), error_code::limit, who,
              "scores lie too far apart: ", groups.back().score, " and ", groups.front().score);
      decltype(groups.front().sessions) sessions = 0, positives = 0;
      for (const auto& group : groups) {
        sessions += group.sessions;
        positives += group.positives;
      }
      detail::require_both_classes(static_cast<double>(positives), static_cast<double>(sessions - positives), who);
      return fitted_isotonic::from_parts(detail::pooled(std::span(groups)));
    };
    return w.empty() ? fitted(ranking(score, y, run)) : fitted(ranking(score, y, w, run));
  }
};

FOOTFALL_END_NAMESPACE
