// SPDX-License-Identifier: MIT
// How well scores rank: do the sessions with the outcome stand above those without?
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/evaluate/descending.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Sessions of one score: `sessions` of them, `positives` of these with the outcome.
struct tied_group {
  double score = 0;
  std::int64_t sessions = 0;
  std::int64_t positives = 0;

  bool operator==(const tied_group&) const = default;
};

/// The same where sessions have weights: the sum of them, and the sum of those with the outcome.
struct weighted_group {
  double score = 0;
  double sessions = 0;
  double positives = 0;

  bool operator==(const weighted_group&) const = default;
};

namespace detail {

/// Groups of equal scores out of sorted items; `count(group, item)` adds an item to its group.
template <class Group, class Item, class Count>
std::vector<Group> groups_of(const sorted_parts<Item>& sorted, std::uint64_t first_key, workers& team,
                             const Count& count) {
  std::vector<std::size_t> place(static_cast<std::size_t>(sorted.size()));
  const auto each_part = [&](auto&& visit) {
    team.for_each_block(sorted.size(), 32, [&](index begin, index end) {
      for (index part = begin; part < end; ++part) {
        if (!sorted[part].empty()) visit(sorted[part], place[static_cast<std::size_t>(part)]);
      }
    });
  };
  each_part([](std::span<const Item> items, std::size_t& groups) {
    groups = 1;
    for (std::size_t i = 1; i < items.size(); ++i) groups += items[i].key() != items[i - 1].key() ? 1 : 0;
  });
  std::size_t groups = 0;
  for (auto& each : place) groups += std::exchange(each, groups);
  std::vector<Group> result(groups);
  each_part([&](std::span<const Item> items, std::size_t begin) {
    auto* to = &result[begin];
    std::uint64_t key = items.front().key();
    Group group{score_of_key(key + first_key), 0, 0};
    for (const Item& item : items) {
      if (item.key() != key) {
        *to++ = group;
        key = item.key();
        group = {score_of_key(key + first_key), 0, 0};
      }
      count(group, item);
    }
    *to = group;
  });
  return result;
}

/// A session whose key leaves a bit for its label.
struct keyed_label {
  std::uint64_t bits = 0;
  std::uint64_t key() const noexcept { return bits >> 1; }
};

inline void require_scores(std::span<const double> score, const labels& y, std::string_view who) {
  require(static_cast<index>(score.size()) == y.size(), error_code::wrong_shape, who,
          "there must be one label for each score, got ", score.size(), " scores and ", y.size(), " labels");
  require(!score.empty(), error_code::wrong_shape, who, "there must be at least one score, got 0");
}

}  // namespace detail

/// The sessions grouped by equal score, highest score first: all that ranking figures need. Scores are equal only if they
/// are the same number. Cost O(rows): one sort. The same for any number of threads.
/// Throws wrong_shape if scores and labels are not as many or there are none, missing_value or not_finite for a score.
inline std::vector<tied_group> ranking(std::span<const double> score, const labels& y, const run_options& run = {}) {
  detail::require_scores(score, y, "ranking");
  workers team(run);
  const auto range = range_of_scores(score, team, "ranking");
  const auto label = y.values();
  // Keys count from the best one. That leaves a bit free unless scores reach far on both sides of zero.
  const std::uint64_t first = descending_key(range.high);
  if ((descending_key(range.low) - first) >> 63 == 0) {
    const auto sorted = sort_descending(score, range, team, [&](std::size_t row) {
      return detail::keyed_label{(descending_key(score[row]) - first) << 1 | label[row]};
    });
    return detail::groups_of<tied_group>(sorted, first, team, [](tied_group& group, const detail::keyed_label& item) {
      ++group.sessions;
      group.positives += static_cast<std::int64_t>(item.bits & 1);
    });
  }
  const auto sorted = sort_descending(score, range, team, [&](std::size_t row) {
    return keyed_row{descending_key(score[row]), static_cast<index>(label[row])};  // the label is all we need of a row
  });
  return detail::groups_of<tied_group>(sorted, 0, team, [](tied_group& group, const keyed_row& item) {
    ++group.sessions;
    group.positives += item.row;
  });
}

/// The same with a weight for each session. Sessions of weight 0 are left out, as if they were not there. Weights of one
/// score are added in the order of the rows: whole weights exactly as long as their sum is below 2^53.
inline std::vector<weighted_group> ranking(std::span<const double> score, const labels& y, const weights& w,
                                           const run_options& run = {}) {
  detail::require_scores(score, y, "ranking");
  require_rows(y.size(), w, "ranking");
  workers team(run);
  const auto range = range_of_scores(score, team, "ranking");
  const auto sorted = sort_descending(score, range, team, [&](std::size_t row) {
    return keyed_row{descending_key(score[row]), static_cast<index>(row)};
  });
  auto groups = detail::groups_of<weighted_group>(sorted, 0, team, [&](weighted_group& group, const keyed_row& item) {
    group.sessions += w[item.row];
    group.positives += y[item.row] ? w[item.row] : 0;
  });
  std::erase_if(groups, [](const weighted_group& group) { return group.sessions == 0; });
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
inline roc_auc_result roc_auc(std::span<const double> score, const labels& y, const run_options& run = {}) {
  return roc_auc(ranking(score, y, run));
}

/// The same with weights: a pair counts the product of its two. Whole weights give what repeated sessions give.
inline double roc_auc(std::span<const weighted_group> ranking) {
  double twice_wins = 0;
  double positives = 0;
  double negatives = 0;
  for (const auto& group : ranking) {
    const double missed = group.sessions - group.positives;
    twice_wins += missed * (2 * positives + group.positives);
    positives += group.positives;
    negatives += missed;
  }
  require(positives > 0 && negatives > 0, error_code::one_class, "roc_auc",
          "is undefined without weight on both labels, got ", positives, " positive and ", negatives, " negative");
  return twice_wins / (2 * positives * negatives);
}
inline double roc_auc(std::span<const double> score, const labels& y, const weights& w, const run_options& run = {}) {
  return roc_auc(ranking(score, y, w, run));
}

/// Average precision: the mean, over sessions with the outcome, of the precision at their score; no interpolation, tied
/// sessions share the precision at the end of their group (as scikit-learn defines it). A random order gives `base`.
struct average_precision_result {
  double value = 0;
  double base = 0;  ///< the share of sessions with the outcome

  bool operator==(const average_precision_result&) const = default;
};

namespace detail {

template <class Group>
average_precision_result average_precision_of(std::span<const Group> ranking) {
  decltype(Group::sessions) sessions = 0;
  decltype(Group::sessions) positives = 0;
  double sum = 0;
  for (const auto& group : ranking) {
    sessions += group.sessions;
    if (group.positives == 0) continue;  // most groups, where scores hardly tie: spares a division
    positives += group.positives;
    sum += static_cast<double>(group.positives) * (static_cast<double>(positives) / static_cast<double>(sessions));
  }
  require(positives > 0, error_code::one_class, "average_precision", "is undefined without a positive label");
  return {sum / static_cast<double>(positives), static_cast<double>(positives) / static_cast<double>(sessions)};
}

}  // namespace detail

/// From groups of equal scores, highest first. Throws one_class where it is undefined: without a positive session.
inline average_precision_result average_precision(std::span<const tied_group> ranking) {
  return detail::average_precision_of(ranking);
}
inline average_precision_result average_precision(std::span<const weighted_group> ranking) {
  return detail::average_precision_of(ranking);
}
inline average_precision_result average_precision(std::span<const double> score, const labels& y,
                                                  const run_options& run = {}) {
  return average_precision(ranking(score, y, run));
}
inline average_precision_result average_precision(std::span<const double> score, const labels& y, const weights& w,
                                                  const run_options& run = {}) {
  return average_precision(ranking(score, y, w, run));
}

FOOTFALL_END_NAMESPACE
