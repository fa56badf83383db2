// SPDX-License-Identifier: MIT
// Published figures of models, and the whole numbers of sessions and positives that they imply.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/evaluate/figure.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What was published of the best-scored `depth` of the sessions. Figures that were not stay as they are.
struct published_depth {
  double depth = 0;           ///< share of all sessions, in (0, 1); the first floor(depth x sessions) of them
  std::int64_t sessions = 0;  ///< how many these were said to be; 0 where it was not said
  figure rate{};              ///< positives / sessions in it
  figure lift{};              ///< that rate / rate of all
  figure capture{};           ///< positives in it / all positives

  bool operator==(const published_depth&) const = default;
};

/// What was published of one model.
struct published_ranking {
  std::string name{};  ///< goes before the names of its figures, e.g. `Model A`
  figure roc_auc{};
  figure average_precision{};
  std::vector<published_depth> depths{};  ///< deeper and deeper

  bool operator==(const published_ranking&) const = default;
};

/// What was published of models judged on the same sessions.
struct published_evaluation {
  std::vector<std::int64_t> sessions{};  ///< how many these can have been, e.g. all 25,000 or a quarter of them
  figure base_rate{};                    ///< share of the positives among all
  std::vector<published_ranking> rankings{};

  bool operator==(const published_evaluation&) const = default;
};

/// Numbers that make every published rate, lift and capture true.
struct implied_counts {
  std::int64_t sessions = 0;
  std::int64_t positives = 0;
  std::vector<std::vector<count_range>> at_depth;  ///< positives, for each ranking and each of its depths

  bool operator==(const implied_counts&) const = default;
};

namespace detail {

inline std::int64_t sessions_at(double depth, std::int64_t sessions) {
  // 0.3 x 10 is a hair below 3: the product is rounded down only where it is not whole.
  return static_cast<std::int64_t>(std::floor(depth * static_cast<double>(sessions) + 1e-6));
}

inline void require_evaluation(const published_evaluation& published) {
  const auto who = "audit";
  const auto require_figure = [&](const figure& each, const char* what, double largest) {
    require(each.decimals >= -15 && each.decimals <= 15, error_code::bad_option, who, what,
            ": decimals must be in [-15, 15], got ", each.decimals);
    require(!each.given() || (each.value >= 0 && each.value <= largest), error_code::bad_value, who, what,
            " must be in [0, ", largest, "], got ", each.value);
  };
  require(!published.sessions.empty(), error_code::bad_option, who, "at least one number of sessions is needed, got 0");
  for (const std::int64_t sessions : published.sessions) {
    require(sessions >= 2, error_code::bad_option, who, "sessions must be at least 2, got ", sessions);
  }
  require_figure(published.base_rate, "the base rate", 1);
  for (const auto& ranking : published.rankings) {
    require_figure(ranking.roc_auc, "a ROC-AUC", 1);
    require_figure(ranking.average_precision, "an average precision", 1);
    double before = 0;
    for (const auto& at : ranking.depths) {
      require(at.depth > before && at.depth < 1, error_code::bad_option, who, "depths must rise within (0, 1), got ",
              at.depth, " after ", before);
      before = at.depth;
      require(at.sessions >= 0, error_code::bad_value, who, "sessions at a depth must be at least 0, got ",
              at.sessions);
      require_figure(at.rate, "a rate", 1);
      require_figure(at.lift, "a lift", std::numeric_limits<double>::max());
      require_figure(at.capture, "a capture", 1);
    }
  }
}

// The positives at each depth that `positives` of `sessions` leave; nothing if some depth has none. Ranges are as narrow as
// neighbours make them: positives rise with depth, by at most one a session.
inline std::optional<std::vector<count_range>> counts_at(const published_ranking& ranking, std::int64_t sessions,
                                                         std::int64_t positives) {
  const double base = static_cast<double>(positives) / static_cast<double>(sessions);
  std::vector<count_range> at;
  std::vector<std::int64_t> size;
  for (const auto& each : ranking.depths) {
    size.push_back(sessions_at(each.depth, sessions));
    if (size.back() < 1 || (each.sessions > 0 && each.sessions != size.back())) return {};
    const auto n = static_cast<double>(size.back());
    count_range range{std::max<std::int64_t>(0, positives - (sessions - size.back())),
                      std::min(positives, size.back())};
    if (each.rate.given()) range = range & counts_behind(each.rate, n);
    if (each.lift.given()) range = range & counts_behind(each.lift, n * base);
    if (each.capture.given()) range = range & counts_behind(each.capture, static_cast<double>(positives));
    at.push_back(range);
  }
  for (std::size_t k = 1; k < at.size(); ++k) {
    const std::int64_t more = size[k] - size[k - 1];
    at[k] = at[k] & count_range{at[k - 1].low, at[k - 1].high + more};
  }
  for (std::size_t k = at.size(); k-- > 1;) {
    const std::int64_t more = size[k] - size[k - 1];
    at[k - 1] = at[k - 1] & count_range{at[k].low - more, at[k].high};
  }
  for (const auto& range : at) {
    if (range.empty()) return {};
  }
  return at;
}

}  // namespace detail

/// Every number of positives, for each of the possible numbers of sessions, that makes all published rates, lifts and
/// captures true at once. Throws bad_option or bad_value for figures that make no sense by themselves. Cost O(sessions x
/// depths), less where the base rate is known.
inline std::vector<implied_counts> counts_implied(const published_evaluation& published) {
  detail::require_evaluation(published);
  std::vector<implied_counts> found;
  for (const std::int64_t sessions : published.sessions) {
    count_range positives{1, sessions - 1};
    if (published.base_rate.given()) {
      positives = positives & counts_behind(published.base_rate, static_cast<double>(sessions));
    }
    for (std::int64_t each = positives.low; each <= positives.high; ++each) {
      implied_counts counts{sessions, each, {}};
      for (const auto& ranking : published.rankings) {
        auto at = detail::counts_at(ranking, sessions, each);
        if (!at) break;
        counts.at_depth.push_back(std::move(*at));
      }
      if (counts.at_depth.size() == published.rankings.size()) found.push_back(std::move(counts));
    }
  }
  return found;
}

FOOTFALL_END_NAMESPACE
