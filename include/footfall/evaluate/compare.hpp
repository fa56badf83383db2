// SPDX-License-Identifier: MIT
// Is it better? A model against another, against the best rule on a single column, and against chance, in numbers and words.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/evaluate/delong.hpp>
#include <footfall/evaluate/lift.hpp>
#include <footfall/evaluate/ranking.hpp>
#include <footfall/evaluate/ranking_intervals.hpp>
#include <footfall/statistics/resample.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The difference of two models at a depth, second less first, on the same resamples.
struct compared_depth {
  double depth = 0;
  resampled_figure lift;
  resampled_figure capture;

  bool operator==(const compared_depth&) const = default;
};

/// Two models on the same sessions; differences are second less first.
struct compared_models {
  delong_difference roc_auc;
  resampled_figure roc_auc_resampled;  ///< the same difference over resamples: of visitors, where these were given
  resampled_figure average_precision;
  std::vector<compared_depth> depths;
  double p_value = 1;   ///< of equal areas: DeLong's, or from resampled visitors
  std::string verdict;  ///< a sentence, with the test that it rests on

  bool operator==(const compared_models&) const = default;
};

/// The best rule that looks at one column.
struct column_rule {
  std::string column;
  bool highest = true;   ///< takes the sessions with the highest values, otherwise the lowest
  double threshold = 0;  ///< the last value that is taken
  best_sessions best;

  bool operator==(const column_rule&) const = default;
};

struct compared_with_rule {
  column_rule rule;
  best_sessions model;
  resampled_figure lift;  ///< of the model less that of the rule
  resampled_figure capture;
  double p_value = 1;  ///< of equal captures
  std::string verdict;

  bool operator==(const compared_with_rule&) const = default;
};

struct compared_with_chance {
  delong_result roc_auc;
  average_precision_result average_precision;
  double z = 0;
  double p_value =
      1;  ///< two-sided: how often scores without any meaning would do so (Mann and Whitney 1947, with ties)
  std::string verdict;

  bool operator==(const compared_with_chance&) const = default;
};

namespace detail {

inline double two_sided(double z) { return std::erfc(std::fabs(z) / std::sqrt(2.0)); }

inline double rounded(double value) { return std::round(value * 1000) / 1000 + 0.0; }

inline std::string p_in_words(double p) { return p < 0.001 ? "p < 0.001" : text("p = ", rounded(p)); }

inline std::string range_in_words(double value, const interval& range) {
  return text(rounded(value), " (", rounded(range.low), " to ", rounded(range.high), ")");
}

/// z of a resampled difference; without spread it is 0 where the difference is.
inline double z_of(const resampled_figure& difference) {
  if (difference.standard_error > 0) return difference.value / difference.standard_error;
  return difference.value == 0 ? 0 : std::copysign(std::numeric_limits<double>::infinity(), difference.value);
}

/// Differences of all figures of two orders, second less first.
inline std::vector<resampled_figure> differences(const ordered_sessions& first, const ordered_sessions& second,
                                                 const resampled_units& units, const resampling& draws,
                                                 const run_options& run) {
  const auto count = static_cast<std::size_t>(first.figures());
  const auto read = [&](std::span<const std::uint32_t> times, std::span<double> figures) {
    std::vector<double> less(count);
    first.read(times, less);
    second.read(times, figures);
    for (std::size_t i = 0; i < count; ++i) figures[i] -= less[i];
  };
  std::vector<double> values(count);
  read(std::vector<std::uint32_t>(static_cast<std::size_t>(first.sessions()), 1), values);
  const auto replicates = resample(units, first.figures(), read, draws, run);
  std::vector<resampled_figure> result;
  for (std::size_t i = 0; i < count; ++i) {
    const auto column = replicates.col(static_cast<index>(i));
    result.push_back(summary_of_replicates(values[i], {column.begin(), column.end()}, draws.confidence));
  }
  return result;
}

inline compared_models compared(std::span<const double> first, std::span<const double> second, const labels& y,
                                const resampled_units& units, bool of_visitors, const ranking_interval_options& options,
                                const run_options& run) {
  compared_models result;
  result.roc_auc = delong(first, second, y, options.draws.confidence, run);
  require(units.sessions() == y.size(), error_code::wrong_shape, "compare_models", "there are ", y.size(),
          " sessions, but units of ", units.sessions());
  for (const double depth : options.depths) sessions_at(depth, y.size());
  const auto all = differences(ordered_sessions(first, y, options.depths, run),
                               ordered_sessions(second, y, options.depths, run), units, options.draws, run);
  result.roc_auc_resampled = all[0];
  result.average_precision = all[1];
  for (std::size_t k = 0; k < options.depths.size(); ++k) {
    result.depths.push_back({options.depths[k], all[3 + 3 * k], all[4 + 3 * k]});
  }
  result.p_value = of_visitors ? two_sided(z_of(all[0])) : result.roc_auc.p_value;
  const auto& range = of_visitors ? all[0].range : result.roc_auc.range;
  const bool shown = result.p_value < 1 - options.draws.confidence;
  result.verdict = text(!shown                          ? "No difference is shown"
                        : result.roc_auc.difference > 0 ? "The second model ranks better"
                                                        : "The first model ranks better",
                        ": areas ", rounded(result.roc_auc.first.value), " and ", rounded(result.roc_auc.second.value),
                        ", difference ", range_in_words(result.roc_auc.difference, range), ", ",
                        p_in_words(result.p_value), of_visitors ? " (visitors resampled)" : " (DeLong)");
  return result;
}

}  // namespace detail

/// Two models on the same sessions: areas by DeLong's test, average precision and what the best sessions hold by resampling
/// both alike. A difference counts as shown when its p-value is below 1 - confidence. Throws as `delong` and
/// `ranking_intervals` do.
inline compared_models compare_models(std::span<const double> first, std::span<const double> second, const labels& y,
                                      const ranking_interval_options& options = {}, const run_options& run = {}) {
  detail::require_scores(first, y, "compare_models");
  return detail::compared(first, second, y, resampled_units(y.size()), false, options, run);
}

/// The same where sessions are not independent: what is drawn are `units`, and so is the test (z of the difference over its
/// resampled error).
inline compared_models compare_models(std::span<const double> first, std::span<const double> second, const labels& y,
                                      const resampled_units& units, const ranking_interval_options& options = {},
                                      const run_options& run = {}) {
  return detail::compared(first, second, y, units, true, options, run);
}

/// The rule on one column, highest or lowest values first, whose best `share` of the sessions holds most outcomes; the first
/// such column and highest values where several are equal. Ties at the cut count with their mean. Throws missing_value or
/// not_finite for a value that is not a number, bad_option, wrong_shape, one_class.
inline column_rule best_column_rule(const features<double>& x, const labels& y, double share, double confidence = 0.95,
                                    const run_options& run = {}) {
  require(x.cols() > 0, error_code::wrong_shape, "best_column_rule", "there must be at least one column, got 0");
  column_rule result;
  for (index column = 0; column < x.cols(); ++column) {
    scores values(x.values().col(column).begin(), x.values().col(column).end());
    for (const bool highest : {true, false}) {
      const auto best = lift_at(values, y, share, confidence, run);
      if (result.column.empty() || best.positives > result.best.positives) {
        result = {x.columns()[static_cast<std::size_t>(column)].name, highest,
                  highest ? best.score_low : -best.score_low, best};
      }
      for (double& value : values) value = -value;
    }
  }
  return result;
}

/// A model against the best rule on one column at the same reach: what more does it capture with the same number of sessions?
/// The rule is chosen on these very sessions, which flatters the rule and not the model. Throws as above.
inline compared_with_rule compare_with_best_column(std::span<const double> score, const features<double>& x,
                                                   const labels& y, double share, const resampling& draws = {},
                                                   const run_options& run = {}) {
  compared_with_rule result;
  result.model = lift_at(score, y, share, draws.confidence, run);
  result.rule = best_column_rule(x, y, share, draws.confidence, run);
  scores by_rule;
  for (index column = 0; column < x.cols(); ++column) {
    if (x.columns()[static_cast<std::size_t>(column)].name != result.rule.column || !by_rule.empty()) continue;
    for (const double value : x.values().col(column)) by_rule.push_back(result.rule.highest ? value : -value);
  }
  const auto all = detail::differences(ordered_sessions(by_rule, y, {share}, run),
                                       ordered_sessions(score, y, {share}, run), resampled_units(y.size()), draws, run);
  result.lift = all[3];
  result.capture = all[4];
  result.p_value = detail::two_sided(detail::z_of(result.capture));
  const bool shown = result.p_value < 1 - draws.confidence;
  result.verdict = text(!shown                     ? "The model is not shown to beat a rule on one column"
                        : result.capture.value > 0 ? "The model beats every rule on one column"
                                                   : "A rule on one column beats the model",
                        ": of the outcomes it captures ", detail::rounded(result.model.capture), ", the ",
                        result.rule.highest ? "highest " : "lowest ", result.rule.column, " ",
                        detail::rounded(result.rule.best.capture), ", difference ",
                        detail::range_in_words(result.capture.value, result.capture.range), ", ",
                        detail::p_in_words(result.p_value), " (sessions resampled)");
  return result;
}

/// A model against scores that mean nothing. From groups of equal scores, highest first. Throws as `delong` does.
inline compared_with_chance compare_with_chance(std::span<const tied_group> ranking, double confidence = 0.95) {
  compared_with_chance result;
  result.roc_auc = delong(ranking, confidence);
  result.average_precision = average_precision(ranking);
  const auto area = roc_auc(ranking);
  const auto positives = static_cast<double>(area.positives);
  const auto negatives = static_cast<double>(area.negatives);
  const double n = positives + negatives;
  double ties = 0;
  for (const auto& group : ranking) {
    const auto size = static_cast<double>(group.sessions);
    ties += size * (size * size - 1);
  }
  const double variance =
      (n + 1 - ties / (n * (n - 1))) / (12 * positives * negatives);  // of the area, in random orders
  if (variance > 0) {
    result.z = (area.value - 0.5) / std::sqrt(variance);
    result.p_value = detail::two_sided(result.z);
  }
  const bool shown = result.p_value < 1 - confidence;
  result.verdict = text(!shown         ? "The scores are not shown to rank better than chance"
                        : result.z > 0 ? "The scores rank better than chance"
                                       : "The scores rank worse than chance: turned around they would say something",
                        ": area ", detail::range_in_words(area.value, result.roc_auc.range), " against 0.5, ",
                        detail::p_in_words(result.p_value), " (Mann-Whitney)");
  return result;
}
inline compared_with_chance compare_with_chance(std::span<const double> score, const labels& y,
                                                double confidence = 0.95, const run_options& run = {}) {
  return compare_with_chance(ranking(score, y, run), confidence);
}

FOOTFALL_END_NAMESPACE
