// SPDX-License-Identifier: MIT
// Quantiles of weighted values: one rule, under which a weight of two is the value twice.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// For each share s in [0, 1] the value below which s of the weight lies; where a step of the distribution ends at s (to
/// 1e-12 of the weight), the mean of the values on both sides of it. This is the mean of the two inverses of the
/// distribution function (type 2 of Hyndman and Fan 1996): the median is the usual one, and values of weight 0 play no
/// part. Throws wrong_shape for no values or another number of weights, missing_value or not_finite for NaN or infinity,
/// bad_option for a share outside [0, 1]. Cost: one sort.
inline std::vector<double> quantiles(std::span<const double> values, const weights& w, std::span<const double> shares,
                                     std::string_view who = "quantiles") {
  require_rows(static_cast<index>(values.size()), w, who);
  for (const double share : shares) {
    require(share >= 0 && share <= 1, error_code::bad_option, who, "a share must be in [0, 1], got ", share);
  }
  std::vector<std::size_t> order;
  order.reserve(values.size());
  for (std::size_t row = 0; row < values.size(); ++row) {
    require(!std::isnan(values[row]), error_code::missing_value, who, "a value is missing (NaN) in row ", row);
    require(!std::isinf(values[row]), error_code::not_finite, who, "a value is infinite in row ", row);
    if (w[static_cast<index>(row)] > 0) order.push_back(row);
  }
  // Equal values change places freely: neither their value nor the weight up to the last of them depends on it.
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> reached;  // weight of this value and all before
  reached.reserve(order.size());
  double total = 0;
  for (const std::size_t row : order) reached.push_back(total += w[static_cast<index>(row)]);

  std::vector<double> result;
  for (const double share : shares) {
    const double slack = 1e-12 * total;
    const auto at = [&](double weight) {
      const auto found = std::lower_bound(reached.begin(), reached.end(), weight);
      return values[order[static_cast<std::size_t>(std::min(found, reached.end() - 1) - reached.begin())]];
    };
    const double low = at(share * total - slack);
    const double high = at(share * total + slack);
    result.push_back(std::midpoint(low, high));
  }
  return result;
}

FOOTFALL_END_NAMESPACE
