// SPDX-License-Identifier: MIT
// Who buys in a made-up fashion shop, and for how much.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/interval.hpp>
#include <footfall/synthetic/fashion_behaviour.hpp>
#include <footfall/synthetic/fashion_parameters.hpp>
#include <footfall/synthetic/quotas.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// For each session how much its context and its views speak for a purchase, compared within its segment.
inline std::vector<double> early_appeal(const fashion_draws& d) {
  using p = fashion_parameters;
  std::array<double, 6> count{}, sum{}, squares{};
  std::vector<double> views(d.rows());
  for (std::size_t row = 0; row < d.rows(); ++row) {
    const auto kind = static_cast<std::size_t>(d.segment[row]);
    views[row] = std::log1p(d.product_views[row]);
    count[kind] += 1;
    sum[kind] += views[row];
  }
  for (std::size_t row = 0; row < d.rows(); ++row) {
    const auto kind = static_cast<std::size_t>(d.segment[row]);
    views[row] -= sum[kind] / count[kind];
    squares[kind] += views[row] * views[row];
  }
  for (std::size_t row = 0; row < d.rows(); ++row) {
    const auto kind = static_cast<std::size_t>(d.segment[row]);
    const double deviation = std::sqrt(squares[kind] / count[kind]);
    const bool in_the_evening = d.hour[row] >= 19 && d.hour[row] <= 22;
    views[row] = p::views * (deviation > 0 ? views[row] / deviation : 0) + (in_the_evening ? p::evening : 0) +
                 p::comes_back * d.returning[row];
  }
  return views;
}

/// Marks `count` of the candidates, or all if there are fewer, as buyers, drawn without putting back with weights exp(appeal): those with the
/// smallest keys, where a key is exponential with that rate (Efraimidis and Spirakis 2006).
inline void draw_buyers(fashion_draws& d, const std::vector<std::size_t>& candidates, const std::vector<double>& appeal,
                        index count, const fashion_streams& streams) {
  std::vector<std::pair<double, std::size_t>> keys;
  for (const std::size_t row : candidates) {
    auto own = streams.of(fashion_variable::buyer, row);
    keys.emplace_back(-std::log1p(-own.uniform()) / std::exp(appeal[row]), row);
  }
  std::sort(keys.begin(), keys.end());
  for (std::size_t i = 0; i < std::min(keys.size(), static_cast<std::size_t>(count)); ++i)
    d.purchased[keys[i].second] = 1;
}

/// How many buyers each segment has, or all have: exact quotas, or as many as a sample of these sessions would have.
inline std::vector<index> buyers_by_segment(const fashion_draws& d, bool exact, const fashion_streams& streams) {
  using p = fashion_parameters;
  if (exact) {
    const auto rows = static_cast<index>(d.rows());
    return largest_remainder((rows * p::all_buyers + p::all_sessions / 2) / p::all_sessions, p::buyers);
  }
  std::vector<index> buyers(p::buyers.size(), 0);
  for (std::size_t row = 0; row < d.rows(); ++row) {
    const auto kind = static_cast<std::size_t>(d.segment[row]);
    const double rate = static_cast<double>(p::buyers[kind]) / static_cast<double>(p::sessions[kind]);
    if (streams.of(fashion_variable::sampled_buyer, row).uniform() < rate) ++buyers[kind];
  }
  return buyers;
}

}  // namespace detail

/// Who buys: `purchased`, and what the label changes of the cart and the checkout. `exact`: each segment has its quota of
/// buyers; otherwise their number is drawn. Cost O(sessions x log sessions).
inline void draw_purchases(fashion_draws& d, fashion_label label, bool exact, const fashion_streams& streams) {
  using p = fashion_parameters;
  const auto quotas = detail::buyers_by_segment(d, exact, streams);
  auto appeal = detail::early_appeal(d);
  if (label == fashion_label::funnel) {
    std::vector<std::size_t> candidates;
    for (std::size_t row = 0; row < d.rows(); ++row) {
      if (d.checkout[row] > 0) candidates.push_back(row);
    }
    detail::draw_buyers(d, candidates, appeal, std::accumulate(quotas.begin(), quotas.end(), index{0}), streams);
    for (const std::size_t row : candidates) {
      auto own = streams.of(fashion_variable::abandoned_step, row);
      d.step[row] = d.purchased[row] > 0 ? 4 : static_cast<double>(1 + own.pick(p::abandoned_step));
    }
    return;
  }
  std::array<std::vector<std::size_t>, 6> candidates;
  for (std::size_t row = 0; row < d.rows(); ++row) {
    candidates[static_cast<std::size_t>(d.segment[row])].push_back(row);
    appeal[row] += d.in(row, fashion_segment::buyer) ? p::each_step * d.step[row] : p::has_cart * d.cart[row];
  }
  for (std::size_t kind = 0; kind < quotas.size(); ++kind) {
    detail::draw_buyers(d, candidates[kind], appeal, quotas[kind], streams);
  }
  if (label != fashion_label::repair) return;
  for (std::size_t row = 0; row < d.rows(); ++row) {
    if (d.purchased[row] == 0) continue;
    d.cart[row] = d.checkout[row] = 1;
    d.step[row] = 4;
  }
}

/// Order values by segment, one from each of as many equal slices of the distribution as there are orders: their mean
/// then hardly depends on the seed.
inline void draw_revenue(fashion_draws& d, const fashion_streams& streams) {
  using p = fashion_parameters;
  const double log_sd = std::sqrt(std::log1p(p::order_variation * p::order_variation));
  for (std::size_t kind = 0; kind < p::order_value.size(); ++kind) {
    std::vector<std::size_t> slices;
    for (std::size_t row = 0; row < d.rows(); ++row) {
      if (static_cast<std::size_t>(d.segment[row]) == kind && d.purchased[row] > 0) slices.push_back(row);
    }
    streams.of(fashion_variable::order_place).child(kind).shuffle(std::span(slices));
    for (std::size_t slice = 0; slice < slices.size(); ++slice) {
      auto own = streams.of(fashion_variable::order_value, slices[slice]);
      const double at =
          (static_cast<double>(slice) + std::max(own.uniform(), 0x1p-53)) / static_cast<double>(slices.size());
      const double value = p::order_value[kind] * std::exp(log_sd * normal_quantile(at) - log_sd * log_sd / 2);
      d.revenue[slices[slice]] = std::round(value * 100) / 100;
    }
  }
}

FOOTFALL_END_NAMESPACE
