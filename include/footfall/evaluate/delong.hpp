// SPDX-License-Identifier: MIT
// How sure an area under the ROC curve is, and the difference of two areas on the same sessions.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/evaluate/descending.hpp>
#include <footfall/evaluate/ranking.hpp>
#include <footfall/statistics/interval.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// An area under the ROC curve with its error (DeLong, DeLong and Clarke-Pearson 1988).
struct delong_result {
  double value = 0;           ///< the area
  double standard_error = 0;  ///< 0 for a perfect, a wholly wrong and a constant score, which show no spread
  interval range;             ///< on the logit scale, so within (0, 1); for an area of 0 or 1 a one-sided bound

  bool operator==(const delong_result&) const = default;
};

/// Two models on the same sessions. `difference` is the area of the second less that of the first.
struct delong_difference {
  delong_result first;
  delong_result second;
  double difference = 0;
  double standard_error = 0;
  interval range;      ///< of the difference
  double z = 0;        ///< difference / standard_error; 0 where both are 0, infinite where only the error is
  double p_value = 1;  ///< two-sided: how often equal models would differ at least so

  bool operator==(const delong_difference&) const = default;
};

namespace detail {

/// Sum over groups or sessions of squared distances from a mean, as the variance of that mean.
class spread {
 public:
  void add(double distance, double times = 1) { sum_ += times * (distance * distance); }
  double variance_of_mean(double n) const { return sum_ / (n - 1) / n; }

 private:
  double sum_ = 0;
};

inline void require_two_of_each(std::int64_t positives, std::int64_t negatives) {
  require(positives >= 2 && negatives >= 2, error_code::one_class, "delong",
          "there must be two sessions of each label, got ", positives, " positive and ", negatives, " negative");
}

inline delong_result delong_of(const roc_auc_result& area, double variance, double confidence) {
  require(confidence > 0 && confidence < 1, error_code::bad_option, "delong", "confidence must be in (0, 1), got ",
          confidence);
  const double z = normal_quantile(0.5 + confidence / 2);
  delong_result result{area.value, std::sqrt(variance), {area.value, area.value, confidence}};
  const auto pairs = 2 * static_cast<std::uint64_t>(area.positives) * static_cast<std::uint64_t>(area.negatives);
  // Of m = min(P, N) pairs without a session in common each is won with the probability that is sought, and a perfect
  // score won them all: probabilities below the m-th root of 1 - confidence would do so more rarely than that.
  const auto disjoint = static_cast<double>(std::min(area.positives, area.negatives));
  const double bound = std::pow(1 - confidence, 1 / disjoint);
  if (area.twice_wins == pairs) {
    result.range.low = bound;
  } else if (area.twice_wins == 0) {
    result.range.high = 1 - bound;
  } else {
    const double logit = std::log(area.value / (1 - area.value));
    const double half = z * result.standard_error / (area.value * (1 - area.value));
    result.range.low = 1 / (1 + std::exp(half - logit));
    result.range.high = 1 / (1 + std::exp(-half - logit));
  }
  return result;
}

/// For each session the share of sessions of the other label that it stands right to, ties counting half: of a positive
/// those below it, of a negative those above it (mid-ranks: Sun and Xu 2014).
struct placements {
  roc_auc_result area;
  std::vector<double> share;
};

inline placements placements_of(std::span<const double> score, const labels& y, workers& team) {
  const auto range = range_of_scores(score, team, "delong");
  const auto sorted = sort_descending(score, range, team, [&](std::size_t row) {
    return keyed_row{descending_key(score[row]), static_cast<index>(row)};
  });
  const std::span items(sorted.items.get(), score.size());
  placements result{{}, std::vector<double>(score.size())};
  std::vector<tied_group> groups;
  const auto positives = static_cast<double>(y.positives());
  const auto negatives = static_cast<double>(y.negatives());
  std::int64_t above = 0;  // positives above the group
  std::int64_t below = y.negatives();
  for (std::size_t begin = 0, end = 0; begin < items.size(); begin = end) {
    tied_group group;
    for (; end < items.size() && items[end].sort_key == items[begin].sort_key; ++end) {
      ++group.sessions;
      group.positives += y[items[end].row] ? 1 : 0;
    }
    const std::int64_t missed = group.sessions - group.positives;
    below -= missed;
    for (std::size_t i = begin; i < end; ++i) {
      const index row = items[i].row;
      result.share[static_cast<std::size_t>(row)] =
          y[row] ? static_cast<double>(2 * below + missed) / (2 * negatives)
                 : static_cast<double>(2 * above + group.positives) / (2 * positives);
    }
    above += group.positives;
    groups.push_back(group);
  }
  result.area = roc_auc(groups);
  return result;
}

}  // namespace detail

/// From groups of equal scores, highest first. Throws one_class unless there are two sessions of each label, bad_option
/// unless confidence is in (0, 1). Cost: two passes.
inline delong_result delong(std::span<const tied_group> ranking, double confidence = 0.95) {
  const auto area = roc_auc(ranking);
  detail::require_two_of_each(area.positives, area.negatives);
  const auto positives = static_cast<double>(area.positives);
  const auto negatives = static_cast<double>(area.negatives);
  detail::spread of_positives;
  detail::spread of_negatives;
  std::int64_t above = 0;
  std::int64_t below = area.negatives;
  for (const auto& group : ranking) {
    const std::int64_t missed = group.sessions - group.positives;
    below -= missed;
    of_positives.add(static_cast<double>(2 * below + missed) / (2 * negatives) - area.value,
                     static_cast<double>(group.positives));
    of_negatives.add(static_cast<double>(2 * above + group.positives) / (2 * positives) - area.value,
                     static_cast<double>(missed));
    above += group.positives;
  }
  return detail::delong_of(area, of_positives.variance_of_mean(positives) + of_negatives.variance_of_mean(negatives),
                           confidence);
}
inline delong_result delong(std::span<const double> score, const labels& y, double confidence = 0.95,
                            const run_options& run = {}) {
  return delong(ranking(score, y, run), confidence);
}

/// Two models on the same sessions: their errors go together, and the difference is surer than either. Where neither shows
/// any spread (a perfect model against a constant one) the interval is put together from the two single ones (Zou 2007) and
/// p is that of a sign test over min(P, N) pairs without a session in common. Cost O(rows). Throws as above, and as
/// `ranking` does.
inline delong_difference delong(std::span<const double> first, std::span<const double> second, const labels& y,
                                double confidence = 0.95, const run_options& run = {}) {
  detail::require_scores(first, y, "delong");
  detail::require_scores(second, y, "delong");
  detail::require_two_of_each(y.positives(), y.negatives());
  workers team(run);
  const auto a = detail::placements_of(first, y, team);
  const auto b = detail::placements_of(second, y, team);
  delong_difference result;
  result.difference = b.area.value - a.area.value;
  detail::spread spreads[2][3];  // of negatives and positives: first, second, difference
  for (index row = 0; row < y.size(); ++row) {
    const double in_a = a.share[static_cast<std::size_t>(row)];
    const double in_b = b.share[static_cast<std::size_t>(row)];
    auto& each = spreads[y[row] ? 1 : 0];
    each[0].add(in_a - a.area.value);
    each[1].add(in_b - b.area.value);
    each[2].add((in_b - in_a) - result.difference);
  }
  const auto variance = [&](int which) {
    return spreads[0][which].variance_of_mean(static_cast<double>(y.negatives())) +
           spreads[1][which].variance_of_mean(static_cast<double>(y.positives()));
  };
  result.first = detail::delong_of(a.area, variance(0), confidence);
  result.second = detail::delong_of(b.area, variance(1), confidence);
  result.standard_error = std::sqrt(variance(2));
  const double half = normal_quantile(0.5 + confidence / 2) * result.standard_error;
  result.range = {result.difference - half, result.difference + half, confidence};
  if (a.area.twice_wins == b.area.twice_wins) {
    result.difference = 0;
  } else if (result.standard_error > 0) {
    result.z = result.difference / result.standard_error;
    result.p_value = std::erfc(std::fabs(result.z) / std::sqrt(2.0));
  } else {
    const auto side = [&](double of_first, double of_second) {
      return std::hypot(result.first.value - of_first, result.second.value - of_second);
    };
    result.range.low = result.difference - side(result.first.range.high, result.second.range.low);
    result.range.high = result.difference + side(result.first.range.low, result.second.range.high);
    result.z = std::copysign(std::numeric_limits<double>::infinity(), result.difference);
    result.p_value = std::min(
        1.0, std::ldexp(1.0, 1 - static_cast<int>(std::min<index>(1000, std::min(y.positives(), y.negatives())))));
  }
  return result;
}

FOOTFALL_END_NAMESPACE
