// SPDX-License-Identifier: MIT
// The area under the ROC curve of a forest that still grows, counted in integers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include <footfall/forest/counts.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// The score of a session, or of some that share it, and what they count.
struct scored_counts {
  double score = 0;
  class_counts counts;
};

/// The share of pairs of a positive and a negative session in which the positive one has the higher score, equal scores
/// for a half (Hanley and McNeil 1982); sessions count what they count. NaN where one label is missing. Counts add up to
/// less than 2^32, so that twice the pairs fit into 64 bits: the one rounding is that of the last division.
inline double auc_of(std::vector<scored_counts> sessions) {
  std::sort(sessions.begin(), sessions.end(), [](const auto& a, const auto& b) { return a.score < b.score; });
  class_counts below;
  std::uint64_t doubled = 0;
  for (std::size_t i = 0; i < sessions.size();) {
    class_counts tied;
    const double score = sessions[i].score;
    for (; i < sessions.size() && sessions[i].score == score; ++i) tied = tied + sessions[i].counts;
    const std::uint64_t lower = below.all() - below.positives();
    doubled += tied.positives() * (2 * lower + (tied.all() - tied.positives()));
    below = below + tied;
  }
  const std::uint64_t pairs = below.positives() * (below.all() - below.positives());
  return pairs == 0 ? std::numeric_limits<double>::quiet_NaN()
                    : static_cast<double>(doubled) / (2 * static_cast<double>(pairs));
}

}  // namespace detail

FOOTFALL_END_NAMESPACE
