// SPDX-License-Identifier: MIT
// What the calibration maps share: sessions counted by score at the door of `fit`, and scores mapped one by one.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/evaluate/ranking.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A recipe that learns from scores and labels how to turn a score into a probability. Its fitted value maps one score by
/// `map(score)`, many by `map.score(scores)`, and never reverses the order of two. Fit it on sessions that the model has not
/// learned from; the out-of-bag scores of a forest are such.
template <class Recipe>
concept calibrator = requires(const Recipe& recipe, std::span<const double> score, const labels& y, const weights& w,
                              const run_options& run) {
  { recipe.fit(score, y, w, run)(0.5) } -> std::same_as<double>;
  { recipe.fit(score, y, w, run).score(score) } -> std::same_as<scores>;
};

namespace detail {

inline void require_both_classes(double positives, double negatives, std::string_view who) {
  require(positives > 0 && negatives > 0, error_code::one_class, who, "needs sessions of both labels, got weight ",
          positives, " with the outcome and ", negatives, " without");
}

/// Groups of equal score, lowest first, with whole counts where there are no weights: rows of any order, and any number
/// of threads, give the same groups. Throws as `ranking` does.
inline std::vector<weighted_group> ascending_groups(std::span<const double> score, const labels& y, const weights& w,
                                                    const run_options& run) {
  if (!w.empty()) {
    auto groups = ranking(score, y, w, run);
    std::reverse(groups.begin(), groups.end());
    return groups;
  }
  const auto counted = ranking(score, y, run);
  std::vector<weighted_group> groups;
  groups.reserve(counted.size());
  for (auto group = counted.rbegin(); group != counted.rend(); ++group) {
    groups.push_back({group->score, static_cast<double>(group->sessions), static_cast<double>(group->positives)});
  }
  return groups;
}

inline void require_score(double score, std::string_view who) {
  require(!std::isnan(score), error_code::missing_value, who, "the score is missing");
  require(std::isfinite(score), error_code::not_finite, who, "a score must be finite, got ", score);
}

template <class Map>
scores mapped(const Map& map, std::span<const double> score) {
  scores result(score.size());
  std::transform(score.begin(), score.end(), result.begin(), map);
  return result;
}

}  // namespace detail

FOOTFALL_END_NAMESPACE
