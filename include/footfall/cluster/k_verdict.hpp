// SPDX-License-Identifier: MIT
// How many segments? What was measured of every k, and what may be said about it.
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/distributions.hpp>
#include <footfall/statistics/interval.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What was measured of one k.
struct k_figures {
  int clusters = 0;
  double inertia = 0;             ///< sum of squared distances to the centres
  double silhouette = 0;          ///< mean, in [-1, 1]
  double silhouette_error = 0;    ///< its standard error: how it would vary if other sessions of this kind had come
  index silhouette_sessions = 0;  ///< sessions it was measured on; fewer than all where it is an estimate
  double calinski_harabasz = 0;   ///< the larger the better
  double davies_bouldin = 0;      ///< the smaller the better
  double gap = 0;                 ///< gap statistic; infinite where inertia is 0
  double gap_error = 0;           ///< s of Tibshirani, Walther and Hastie
  double gap_over_one_low = 0;    ///< 95 % range of the gap less that of a single group
  double gap_over_one_high = 0;
  std::vector<double> stability{};  ///< of each segment, in [0, 1], as `segment_stability`

  interval silhouette_range(double confidence = 0.95) const {
    const double half = normal_quantile(0.5 + confidence / 2) * silhouette_error;
    return {silhouette - half, silhouette + half, confidence};
  }
  interval gap_over_one() const { return {gap_over_one_low, gap_over_one_high, 0.95}; }

  auto parts() const {
    return std::tie(clusters, inertia, silhouette, silhouette_error, silhouette_sessions, calinski_harabasz,
                    davies_bouldin, gap, gap_error, gap_over_one_low, gap_over_one_high, stability);
  }
  static k_figures from_parts(int clusters, double inertia, double silhouette, double silhouette_error,
                              index silhouette_sessions, double calinski_harabasz, double davies_bouldin, double gap,
                              double gap_error, double gap_over_one_low, double gap_over_one_high,
                              std::vector<double> stability) {
    return {clusters,       inertia, silhouette, silhouette_error, silhouette_sessions, calinski_harabasz,
            davies_bouldin, gap,     gap_error,  gap_over_one_low, gap_over_one_high,   std::move(stability)};
  }
  bool operator==(const k_figures& other) const { return same_parts(*this, other); }
};

enum class k_answer : unsigned char {
  clear,         ///< one k is ahead of all others by more than noise
  within_noise,  ///< several are as good
  none           ///< no number of segments stands out
};

/// What may be said about k, in words and for programs.
struct k_verdict {
  /// Kaufman and Rousseeuw (1990) read a mean silhouette up to here as no substantial structure.
  static constexpr double least_silhouette = 0.25;
  /// Hennig (2007) reads a likeness below this as a segment that is not to be trusted.
  static constexpr double least_stability = 0.6;

  k_answer answer = k_answer::none;
  int best = 0;                          ///< the k with the largest mean silhouette, ties the smaller
  std::vector<int> within_noise{};       ///< every other k whose silhouette is not told apart from it
  std::vector<std::int32_t> unstable{};  ///< segments of the best k that do not come back in resamples
  std::string words{};                   ///< a sentence or a few

  bool operator==(const k_verdict&) const = default;
};

namespace detail {

inline std::string three_decimals(double value) {
  char digits[400];
  const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 3).ptr;
  return {digits, end};
}

template <class Values>
std::string listed(const Values& values) {
  std::string out;
  for (std::size_t i = 0; i < values.size(); ++i) {
    out += i == 0 ? "" : i + 1 < values.size() ? ", " : " and ";
    out += text(values[i]);
  }
  return out;
}

}  // namespace detail

/// The verdict on what was measured, at least one k in ascending order. The best k has the largest mean silhouette. Two
/// k are within noise when their silhouettes differ by no more than 1.96 times the root of the summed squares of both
/// errors: the sessions are the same, so this rather says "within noise" once too often. There is no clear k when the
/// best k's groups are no tighter than those of evenly spread sessions (its gap over one group does not exclude 0), when
/// its silhouette is at most `least_silhouette`, or when most of its segments do not come back (`least_stability`).
inline k_verdict judge_k(const std::vector<k_figures>& figures) {
  require(!figures.empty(), error_code::wrong_shape, "judge_k", "there must be figures of at least one k, got 0");
  const auto best = std::max_element(figures.begin(), figures.end(),
                                     [](const auto& a, const auto& b) { return a.silhouette < b.silhouette; });
  const k_figures* next = nullptr;  // the best of the others
  k_verdict result;
  result.best = best->clusters;
  const double z = normal_quantile(0.975);
  for (const auto& each : figures) {
    if (&each == &*best) continue;
    if (next == nullptr || each.silhouette > next->silhouette) next = &each;
    const double noise = z * std::hypot(best->silhouette_error, each.silhouette_error);
    if (best->silhouette - each.silhouette <= noise) result.within_noise.push_back(each.clusters);
  }
  for (std::size_t i = 0; i < best->stability.size(); ++i) {
    if (best->stability[i] < k_verdict::least_stability) result.unstable.push_back(static_cast<std::int32_t>(i));
  }

  using detail::three_decimals;
  std::vector<std::string> against;
  if (!(best->gap_over_one_low > 0)) {
    against.push_back(text("its groups are no tighter than groups of evenly spread sessions (gap over one group ",
                           three_decimals(best->gap_over_one_low), " to ", three_decimals(best->gap_over_one_high),
                           ")"));
  }
  if (!(best->silhouette > k_verdict::least_silhouette)) {
    against.push_back(text("a mean silhouette of at most ", k_verdict::least_silhouette, " shows no structure"));
  }
  if (2 * result.unstable.size() > best->stability.size()) {
    against.push_back("most of its segments do not come back in resamples");
  }
  const auto range = best->silhouette_range();
  const std::string measured = text("mean silhouette ", three_decimals(best->silhouette), " (",
                                    three_decimals(range.low), " to ", three_decimals(range.high), ")");
  if (!against.empty()) {
    result.answer = k_answer::none;
    result.words = text("There is no clear k. k = ", best->clusters, " has the largest ", measured, ", but ",
                        detail::listed(against), ".");
  } else if (!result.within_noise.empty()) {
    result.answer = k_answer::within_noise;
    auto all = result.within_noise;
    all.push_back(best->clusters);
    std::sort(all.begin(), all.end());
    result.words = text("k = ", detail::listed(all), " are within noise of each other. k = ", best->clusters,
                        " has the largest ", measured, ".");
  } else if (next == nullptr) {
    result.answer = k_answer::clear;
    result.words = text("k = ", best->clusters, " is the only one that was tried: ", measured, ".");
  } else {
    result.answer = k_answer::clear;
    result.words = text("k = ", best->clusters, " is clear: ", measured, ", ahead of k = ", next->clusters, " with ",
                        three_decimals(next->silhouette), " by more than noise.");
  }
  if (!result.unstable.empty() && result.answer != k_answer::none) {
    result.words += text(result.unstable.size() == 1 ? " Segment " : " Segments ", detail::listed(result.unstable),
                         result.unstable.size() == 1 ? " does" : " do", " not come back in resamples.");
  }
  return result;
}

FOOTFALL_END_NAMESPACE
