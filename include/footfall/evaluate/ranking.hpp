// SPDX-License-Identifier: MIT
// How well scores rank: do the sessions with the outcome stand above those without?
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Sessions of one score: `sessions` of them, `positives` of these with the outcome.
struct tied_group {
  double score = 0;
  std::int64_t sessions = 0;
  std::int64_t positives = 0;

  bool operator==(const tied_group&) const = default;
};

/// The sessions grouped by equal score, highest score first: all that ranking figures need. Cost: one sort.
/// Throws wrong_shape if scores and labels are not as many or there are none, missing_value or not_finite for a score.
inline std::vector<tied_group> ranking(std::span<const double> score, const labels& y) {
  const std::string_view who = "ranking";
  require(static_cast<index>(score.size()) == y.size(), error_code::wrong_shape, who,
          "there must be one label for each score, got ", score.size(), " scores and ", y.size(), " labels");
  require(!score.empty(), error_code::wrong_shape, who, "there must be at least one score, got 0");
  std::vector<index> order(score.size());
  std::iota(order.begin(), order.end(), index{0});
  for (std::size_t row = 0; row < score.size(); ++row) {
    require(!std::isnan(score[row]), error_code::missing_value, who, "the score is missing in row ", row);
    require(std::isfinite(score[row]), error_code::not_finite, who, "a score must be finite, got ", score[row],
            " in row ", row);
  }
  const auto of = [&](index row) { return score[static_cast<std::size_t>(row)]; };
  std::sort(order.begin(), order.end(), [&](index a, index b) { return of(a) > of(b); });
  std::vector<tied_group> groups;
  for (const index row : order) {
    if (groups.empty() || groups.back().score != of(row)) groups.push_back({of(row), 0, 0});
    ++groups.back().sessions;
    groups.back().positives += y[row] ? 1 : 0;
  }
  return groups;
}

/// Area under the ROC curve: the probability that a session with the outcome scores above one without, ties counting half.
struct roc_auc_result {
  double value = 0;
  std::uint64_t twice_wins =
      0;  ///< 2 x pairs won + pairs tied, exact (Mann and Whitney 1947): value = twice_wins / (2 P N)
  std::int64_t positives = 0;  ///< P
  std::int64_t negatives = 0;  ///< N

  bool operator==(const roc_auc_result&) const = default;
};

/// From groups of equal scores, highest first. Throws one_class where it is undefined: without sessions of both kinds.
inline roc_auc_result roc_auc(std::span<const tied_group> ranking) {
  roc_auc_result result;
  for (const auto& group : ranking) {
    const std::int64_t negatives = group.sessions - group.positives;
    // Positives above win against these negatives, those of the same score tie with them.
    result.twice_wins += static_cast<std::uint64_t>(negatives * (2 * result.positives + group.positives));
    result.positives += group.positives;
    result.negatives += negatives;
  }
  require(result.positives > 0 && result.negatives > 0, error_code::one_class, "roc_auc",
          "is undefined without both labels, got ", result.positives, " positive and ", result.negatives, " negative");
  const auto pairs = static_cast<double>(result.positives) * static_cast<double>(result.negatives);
  result.value = static_cast<double>(result.twice_wins) / (2 * pairs);
  return result;
}
inline roc_auc_result roc_auc(std::span<const double> score, const labels& y) { return roc_auc(ranking(score, y)); }

/// Average precision: the mean, over sessions with the outcome, of the precision at their score; no interpolation, tied
/// sessions share the precision at the end of their group (as scikit-learn defines it). A random order gives `base`.
struct average_precision_result {
  double value = 0;
  double base = 0;  ///< the share of sessions with the outcome

  bool operator==(const average_precision_result&) const = default;
};

/// From groups of equal scores, highest first. Throws one_class where it is undefined: without a positive session.
inline average_precision_result average_precision(std::span<const tied_group> ranking) {
  std::int64_t sessions = 0;
  std::int64_t positives = 0;
  double sum = 0;
  for (const auto& group : ranking) {
    sessions += group.sessions;
    positives += group.positives;
    sum += static_cast<double>(group.positives) * (static_cast<double>(positives) / static_cast<double>(sessions));
  }
  require(positives > 0, error_code::one_class, "average_precision", "is undefined without a positive label");
  return {sum / static_cast<double>(positives), static_cast<double>(positives) / static_cast<double>(sessions)};
}
inline average_precision_result average_precision(std::span<const double> score, const labels& y) {
  return average_precision(ranking(score, y));
}

FOOTFALL_END_NAMESPACE
