// SPDX-License-Identifier: MIT
// The reliability table: do sessions that score 0.2 buy in one case of five?
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/types.hpp>
#include <footfall/evaluate/probability_scores.hpp>
#include <footfall/evaluate/ranking.hpp>
#include <footfall/statistics/long_sum.hpp>
#include <footfall/statistics/rate.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Sessions of similar score: what they were promised on average, and what they did.
struct reliability_bin {
  int number = 0;         ///< from 1, lowest scores first; numbers of bins without sessions are missing
  double score_low = 0;   ///< lowest score in it
  double score_high = 0;  ///< highest score in it
  double mean_score = 0;
  rate observed;  ///< positives of sessions, with its Wilson interval

  bool operator==(const reliability_bin&) const = default;
};

/// Where bins end. `equal_count`: sessions of one score stay together, in the bin where the middle one of them belongs.
/// `equal_width`: bin k of n holds scores in ((k - 1) / n, k / n], the first one 0 too, as scikit-learn's curve has it.
enum class bin_edges : unsigned char { equal_count, equal_width };

struct reliability_options {
  int bins = 10;  ///< at least 1; fewer come back where some are empty
  bin_edges edges = bin_edges::equal_count;
  double confidence = 0.95;  ///< of the intervals, in (0, 1)
};

/// The table, lowest scores first. Throws as `require_probabilities`, and bad_option. Cost: one sort.
inline std::vector<reliability_bin> reliability_table(std::span<const double> score, const labels& y,
                                                      const reliability_options& options = {},
                                                      const run_options& run = {}) {
  const auto who = "reliability_table";
  require(options.bins >= 1, error_code::bad_option, who, "there must be at least one bin, got ", options.bins);
  detail::require_confidence(options.confidence, who);
  require_probabilities(score, y, who);
  auto groups = ranking(score, y, run);
  std::reverse(groups.begin(), groups.end());

  const std::int64_t bins = options.bins;
  std::int64_t before = 0;
  const auto bin_of = [&](const tied_group& group) -> std::int64_t {
    // (before + half the group) / (all / bins), in whole numbers.
    if (options.edges == bin_edges::equal_count) return (2 * before + group.sessions) * bins / (2 * y.size());
    const auto edge = [&](std::int64_t k) { return static_cast<double>(k) / static_cast<double>(bins); };
    auto bin = static_cast<std::int64_t>(group.score * static_cast<double>(bins));
    while (bin > 0 && group.score <= edge(bin)) --bin;
    while (bin + 1 < bins && group.score > edge(bin + 1)) ++bin;
    return bin;
  };
  std::vector<reliability_bin> table;
  std::int64_t sessions = 0, positives = 0;
  long_sum promised;
  const auto close_bin = [&] {
    if (table.empty()) return;
    table.back().mean_score = promised.value() / static_cast<double>(sessions);
    table.back().observed = rate_of(positives, sessions, options.confidence);
    sessions = positives = 0;
    promised = {};
  };
  for (const auto& group : groups) {
    const auto number = static_cast<int>(std::min(bin_of(group), bins - 1)) + 1;
    if (table.empty() || table.back().number != number) {
      close_bin();
      table.push_back({number, group.score, group.score, 0, {}});
    }
    table.back().score_high = group.score;
    sessions += group.sessions;
    positives += group.positives;
    promised.add(group.score * static_cast<double>(group.sessions));
    before += group.sessions;
  }
  close_bin();
  return table;
}

/// How far promise and outcome are apart over the bins of a table.
struct calibration_error {
  double expected = 0;   ///< the mean over sessions (Naeini, Cooper and Hauskrecht 2015); it depends on the bins
  double largest = 0;    ///< that of the worst bin
  double by_chance = 0;  ///< about what `expected` would be if the scores were the true probabilities

  bool operator==(const calibration_error&) const = default;
};

/// `by_chance` is the mean size of a normal deviation, sqrt(2 / pi) of the binomial standard error, in each bin; the expected
/// error is above 0 even for perfect scores, so compare the two. Throws wrong_shape without bins.
inline calibration_error calibration_error_of(std::span<const reliability_bin> table) {
  require(!table.empty(), error_code::wrong_shape, "calibration_error", "there must be at least one bin, got 0");
  calibration_error result;
  double all = 0;
  for (const auto& bin : table) all += static_cast<double>(bin.observed.trials);
  for (const auto& bin : table) {
    const auto sessions = static_cast<double>(bin.observed.trials);
    const double away = std::fabs(bin.mean_score - bin.observed.value);
    const double variance = bin.mean_score * (1 - bin.mean_score) / sessions;
    result.expected += sessions / all * away;
    result.largest = std::max(result.largest, away);
    result.by_chance += sessions / all * std::sqrt(2 / std::numbers::pi * std::max(0.0, variance));
  }
  return result;
}

FOOTFALL_END_NAMESPACE
