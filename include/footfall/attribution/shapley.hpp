// SPDX-License-Identifier: MIT
// Shapley values of channels: each one's mean contribution over all orders in which the channels could have joined.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/attribution/credit.hpp>
#include <footfall/attribution/journey.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/exact_sum.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The game in which a set of channels is worth the conversions of all journeys that need no other channel. Its Shapley
/// value has a closed form (Zhao, Mahboobi and Bagheri 2018): each journey's conversion goes in equal parts to its different
/// channels. Any number of channels; one reading.
struct additive_shapley {
  credit credit_of(const journeys& paths, visitor_counts counts = {}) const {
    std::vector<index> seen_in(paths.channels().size(), -1);
    index journey = 0;
    return detail::share_out(paths, counts, "additive_shapley", [&](auto touches, auto, auto shares) {
      double different = 0;
      for (std::size_t at = 0; at < touches.size(); ++at) {
        auto& seen = seen_in[static_cast<std::size_t>(touches[at])];
        if (seen == journey) continue;
        seen = journey;
        shares[at] = 1;
        ++different;
      }
      for (double& each : shares) each /= different;
      ++journey;
    });
  }
};

/// What `rate_shapley` finds, one number a channel. The values add up to the conversion rate and to the revenue per
/// journey of all journeys; a channel that drags the rate down has a negative one.
struct rate_contributions {
  std::vector<double> conversion;
  std::vector<double> revenue;
  bool exact = true;
  std::vector<double> conversion_error;  ///< standard errors of the sampling; 0 where exact
  std::vector<double> revenue_error;
};

/// The game in which a set of channels is worth the conversion rate of the journeys that need no other channel (0 without
/// such journeys). Exact up to 20 channels that occur: all sets are filled and weighed at once, n 2^n steps. Beyond, up to 64,
/// orders are drawn in mirrored pairs, and the standard error is stated. Throws bad_option for fewer than two pairs, limit
/// beyond 64 channels.
struct rate_shapley {
  int pairs = 500;  ///< of orders, where they are drawn
  std::uint64_t seed = 1;
  int exact_up_to = 20;  ///< channels, in [0, 20]

  rate_contributions contributions(const journeys& paths, visitor_counts counts = {},
                                   const run_options& run = {}) const;

  /// The contributions times the number of journeys: they add up to the conversions and the revenue.
  credit credit_of(const journeys& paths, visitor_counts counts = {}) const;
};

namespace detail {

/// Journeys with the same set of channels.
struct channel_set {
  std::uint64_t members = 0;  // bits
  double journeys = 0;
  double conversions = 0;
  double revenue = 0;
};

/// Sets in ascending order of their bits; bit i is the i-th channel of `used`.
inline std::vector<channel_set> channel_sets(const journeys& paths, visitor_counts counts,
                                             std::vector<std::int32_t>& used) {
  std::vector<std::int32_t> bit(paths.channels().size(), -1);
  for (index i = 0; i < paths.size(); ++i) {
    for (const auto channel : paths.touches(i)) bit[static_cast<std::size_t>(channel)] = 0;
  }
  used.clear();
  for (std::size_t channel = 0; channel < bit.size(); ++channel) {
    if (bit[channel] < 0) continue;
    bit[channel] = static_cast<std::int32_t>(used.size());
    used.push_back(static_cast<std::int32_t>(channel));
  }
  require(used.size() <= 64, error_code::limit, "rate_shapley", "at most 64 channels, got ", used.size());
  std::vector<std::pair<std::uint64_t, index>> order;
  for (index i = 0; i < paths.size(); ++i) {
    if (paths.times(i, counts) == 0) continue;
    std::uint64_t members = 0;
    for (const auto channel : paths.touches(i)) members |= std::uint64_t{1} << bit[static_cast<std::size_t>(channel)];
    order.emplace_back(members, i);
  }
  std::sort(order.begin(), order.end());
  std::vector<channel_set> sets;
  for (std::size_t begin = 0; begin < order.size();) {
    channel_set set{.members = order[begin].first};
    exact_sum revenue;
    for (; begin < order.size() && order[begin].first == set.members; ++begin) {
      const index i = order[begin].second;
      const auto times = paths.times(i, counts);
      set.journeys += times;
      set.conversions += paths.converted(i) ? times : 0;
      if (paths.revenue(i) > 0) revenue.add_product(paths.revenue(i), times);
    }
    set.revenue = revenue.value();
    sets.push_back(set);
  }
  return sets;
}

/// Turns the worth of journeys with exactly each set into that of all journeys within it, in place.
inline void sum_over_subsets(std::vector<double>& of_set, int channels) {
  for (int i = 0; i < channels; ++i) {
    const std::size_t bit = std::size_t{1} << i;
    for (std::size_t base = 0; base < of_set.size(); base += 2 * bit) {
      for (std::size_t low = base; low < base + bit; ++low) of_set[low + bit] += of_set[low];
    }
  }
}

/// The mean over all orders of what channel i adds to a set that it joins: weights 1 / (n choose(n - 1, size)) are all
/// positive, so nothing cancels but the game's own differences.
inline std::vector<double> shapley_values(const std::vector<double>& worth, int channels) {
  std::vector<double> weight(static_cast<std::size_t>(channels));
  double ways = 1;
  for (int size = 0; size < channels; ++size) {
    weight[static_cast<std::size_t>(size)] = 1 / (channels * ways);
    ways = ways * (channels - 1 - size) / (size + 1);
  }
  std::vector<double> values;
  for (int i = 0; i < channels; ++i) {
    const std::size_t bit = std::size_t{1} << i;
    std::vector<double> by_size(static_cast<std::size_t>(channels));
    for (std::size_t base = 0; base < worth.size(); base += 2 * bit) {
      for (std::size_t set = base; set < base + bit; ++set) {
        by_size[static_cast<std::size_t>(std::popcount(set))] += worth[set + bit] - worth[set];
      }
    }
    double value = 0;  // fused in every build, not only where the processor can: the same bits everywhere
    for (std::size_t size = 0; size < by_size.size(); ++size) value = std::fma(by_size[size], weight[size], value);
    values.push_back(value);
  }
  return values;
}

/// What each channel adds in one order, from the sets alone: a set is complete when its last member has joined.
inline void add_marginals(const std::vector<channel_set>& sets, std::span<const std::int32_t> order,
                          std::span<double> conversion, std::span<double> revenue) {
  const std::size_t channels = order.size();
  std::vector<std::int32_t> place(channels);
  for (std::size_t at = 0; at < channels; ++at)
    place[static_cast<std::size_t>(order[at])] = static_cast<std::int32_t>(at);
  std::vector<channel_set> joined(channels);
  for (const auto& set : sets) {
    std::int32_t last = 0;
    for (std::uint64_t rest = set.members; rest != 0; rest &= rest - 1) {
      last = std::max(last, place[static_cast<std::size_t>(std::countr_zero(rest))]);
    }
    auto& at = joined[static_cast<std::size_t>(last)];
    at.journeys += set.journeys;
    at.conversions += set.conversions;
    at.revenue += set.revenue;
  }
  channel_set within;
  double rate = 0;
  double value = 0;
  for (std::size_t at = 0; at < channels; ++at) {
    within.journeys += joined[at].journeys;
    within.conversions += joined[at].conversions;
    within.revenue += joined[at].revenue;
    if (within.journeys == 0) continue;
    const auto channel = static_cast<std::size_t>(order[at]);
    conversion[channel] += within.conversions / within.journeys - rate;
    revenue[channel] += within.revenue / within.journeys - value;
    rate = within.conversions / within.journeys;
    value = within.revenue / within.journeys;
  }
}

}  // namespace detail

inline rate_contributions rate_shapley::contributions(const journeys& paths, visitor_counts counts,
                                                      const run_options& run) const {
  const std::string_view who = "rate_shapley";
  require(pairs >= 2, error_code::bad_option, who, "pairs must be at least 2, got ", pairs);
  require(exact_up_to >= 0 && exact_up_to <= 20, error_code::bad_option, who, "exact_up_to must be in [0, 20], got ",
          exact_up_to);
  paths.require_counts(counts, who);
  std::vector<std::int32_t> used;
  const auto sets = detail::channel_sets(paths, counts, used);
  const std::size_t channels = used.size();
  const std::vector<double> none(paths.channels().size(), 0.0);
  rate_contributions result{none, none, static_cast<int>(channels) <= exact_up_to, none, none};
  if (channels == 0) return result;

  if (result.exact) {
    std::vector<double> total(std::size_t{1} << channels), conversions(total.size()), revenue(total.size());
    for (const auto& set : sets) {
      total[set.members] = set.journeys;
      conversions[set.members] = set.conversions;
      revenue[set.members] = set.revenue;
    }
    for (auto* each : {&total, &conversions, &revenue}) detail::sum_over_subsets(*each, static_cast<int>(channels));
    for (std::size_t set = 0; set < total.size(); ++set) {
      conversions[set] = total[set] > 0 ? conversions[set] / total[set] : 0;
      revenue[set] = total[set] > 0 ? revenue[set] / total[set] : 0;
    }
    const auto of_rate = detail::shapley_values(conversions, static_cast<int>(channels));
    const auto of_revenue = detail::shapley_values(revenue, static_cast<int>(channels));
    for (std::size_t i = 0; i < channels; ++i) {
      result.conversion[static_cast<std::size_t>(used[i])] = of_rate[i];
      result.revenue[static_cast<std::size_t>(used[i])] = of_revenue[i];
    }
    return result;
  }

  // A pair of orders is one draw; pairs are added in their order, whichever thread made them.
  matrix<double> conversion = matrix<double>::Zero(static_cast<index>(channels), pairs);
  matrix<double> revenue = conversion;
  workers(run).for_each_index(pairs, [&](index pair) {
    std::vector<std::int32_t> order(channels);
    std::iota(order.begin(), order.end(), 0);
    random_stream(seed).child(static_cast<std::uint64_t>(pair)).shuffle(std::span(order));
    const std::span of_rate(conversion.col(pair).data(), channels);
    const std::span of_revenue(revenue.col(pair).data(), channels);
    detail::add_marginals(sets, order, of_rate, of_revenue);
    std::reverse(order.begin(), order.end());
    detail::add_marginals(sets, order, of_rate, of_revenue);
  });
  const auto summarise = [&](const matrix<double>& draws, index i, double& mean, double& error) {
    exact_moments moments;
    for (index pair = 0; pair < draws.cols(); ++pair) moments.add(draws(i, pair) / 2);
    mean = moments.summary().mean;
    error = moments.summary().standard_error();
  };
  for (std::size_t i = 0; i < channels; ++i) {
    const auto channel = static_cast<std::size_t>(used[i]);
    summarise(conversion, static_cast<index>(i), result.conversion[channel], result.conversion_error[channel]);
    summarise(revenue, static_cast<index>(i), result.revenue[channel], result.revenue_error[channel]);
  }
  return result;
}

inline credit rate_shapley::credit_of(const journeys& paths, visitor_counts counts) const {
  const auto found = contributions(paths, counts, {.threads = 1});
  double total = 0;
  for (index i = 0; i < paths.size(); ++i) total += paths.times(i, counts);
  credit result{found.conversion, found.revenue};
  for (double& each : result.conversions) each *= total;
  for (double& each : result.revenue) each *= total;
  return result;
}

FOOTFALL_END_NAMESPACE
