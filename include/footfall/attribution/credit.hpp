// SPDX-License-Identifier: MIT
// Credit: how the conversions and the revenue of all journeys are shared out among channels. Whatever the model, it adds up.
#pragma once

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <footfall/attribution/journey.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/exact_sum.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// One number a channel, in the order of `journeys::channels()`. The conversions add up to those of the journeys, the
/// revenue to theirs.
struct credit {
  std::vector<double> conversions;
  std::vector<double> revenue;

  bool operator==(const credit&) const = default;
};

/// What shares out credit: `model.credit_of(journeys, counts)`, where a visitor of count 2 counts as two such visitors.
template <class Model>
concept attribution_model = requires(const Model& model, const journeys& paths, visitor_counts counts) {
  { model.credit_of(paths, counts) } -> std::same_as<credit>;
};

namespace detail {

/// Credit by a rule that looks at one journey at a time: `share(touches, ages, out)` writes the share of each touch. Exact
/// sums: the order of the journeys changes nothing.
template <class Share>
credit share_out(const journeys& paths, visitor_counts counts, std::string_view who, Share&& share) {
  paths.require_counts(counts, who);
  std::vector<exact_sum> conversions(paths.channels().size()), revenue(conversions.size());
  std::vector<double> shares;
  for (index i = 0; i < paths.size(); ++i) {
    const auto times = paths.times(i, counts);
    if (!paths.converted(i) || times == 0) continue;
    const auto touches = paths.touches(i);
    shares.assign(touches.size(), 0);
    share(touches, paths.ages(i), std::span(shares));
    for (std::size_t at = 0; at < touches.size(); ++at) {
      if (shares[at] == 0) continue;
      const auto channel = static_cast<std::size_t>(touches[at]);
      const double of_all = shares[at] * times;
      conversions[channel].add(of_all);
      if (paths.revenue(i) > 0) revenue[channel].add(of_all * paths.revenue(i));
    }
  }
  credit result;
  for (std::size_t channel = 0; channel < conversions.size(); ++channel) {
    result.conversions.push_back(conversions[channel].value());
    result.revenue.push_back(revenue[channel].value());
  }
  return result;
}

/// Credit in proportion to `effects`, which are at least 0; nothing where all are 0.
inline credit in_proportion(const journeys& paths, visitor_counts counts, const std::vector<double>& effects) {
  double sum = 0;
  for (const double each : effects) sum += each;
  const auto conversions = static_cast<double>(paths.conversions(counts));
  const double revenue = paths.revenue_of_all(counts);
  credit result;
  for (const double each : effects) {
    result.conversions.push_back(sum > 0 ? conversions * (each / sum) : 0);
    result.revenue.push_back(sum > 0 ? revenue * (each / sum) : 0);
  }
  return result;
}

}  // namespace detail

FOOTFALL_END_NAMESPACE
