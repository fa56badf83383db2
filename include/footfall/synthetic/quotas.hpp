// SPDX-License-Identifier: MIT
// Exact quotas: a fixed total shared out by weights, so that a world has the sizes it states and not about those.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// `total` shared out in proportion to integer weights: everybody gets the whole part of their share, and what is left
/// goes to the largest remainders (Hamilton 1792), the earlier of two equal ones first. Integer arithmetic: the same
/// everywhere. Throws bad_option for a negative total or weight or weights that are all zero, limit if total x sum of
/// weights exceeds 2^62.
inline std::vector<index> largest_remainder(index total, std::span<const std::int64_t> weights) {
  const auto who = "largest_remainder";
  require(total >= 0, error_code::bad_option, who, "the total must be at least 0, got ", total);
  std::int64_t sum = 0;
  for (const std::int64_t weight : weights) {
    require(weight >= 0, error_code::bad_option, who, "a weight must be at least 0, got ", weight);
    require(weight <= (std::int64_t{1} << 62) - sum, error_code::limit, who, "the weights add up to more than 2^62");
    sum += weight;
  }
  require(sum > 0, error_code::bad_option, who, "at least one weight must be above 0");
  require(total <= (std::int64_t{1} << 62) / sum, error_code::limit, who, "total x weights must be at most 2^62, got ",
          total, " x ", sum);

  std::vector<index> quotas;
  index rest = total;
  for (const std::int64_t weight : weights) {
    quotas.push_back(total * weight / sum);
    rest -= quotas.back();
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return total * weights[a] % sum > total * weights[b] % sum; });
  for (index i = 0; i < rest; ++i) ++quotas[order[static_cast<std::size_t>(i)]];
  return quotas;
}

/// One number a row, in random order: the i-th weight's quota of rows has the number i. Throws as `largest_remainder`.
inline segment_ids shuffled_quotas(index rows, std::span<const std::int64_t> weights, random_stream stream) {
  const auto quotas = largest_remainder(rows, weights);
  segment_ids result;
  result.reserve(static_cast<std::size_t>(rows));
  for (std::size_t i = 0; i < quotas.size(); ++i) {
    result.insert(result.end(), static_cast<std::size_t>(quotas[i]), static_cast<std::int32_t>(i));
  }
  stream.shuffle(std::span(result));
  return result;
}

FOOTFALL_END_NAMESPACE
