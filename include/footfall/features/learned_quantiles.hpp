// SPDX-License-Identifier: MIT
// Quantiles of a named column in the training sessions, missing numbers left out.
#pragma once

#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/features/named.hpp>
#include <footfall/statistics/quantile.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// `quantiles` of the numbers of one column that are not missing, with the weights of their sessions. Throws unknown_name or
/// wrong_kind, wrong_shape for no sessions or another number of weights, missing_value where no number has a weight,
/// not_finite for infinity.
template <named_columns X>
std::vector<double> learned_quantiles(const X& x, const std::string& name, const weights& w,
                                      std::span<const double> shares, std::string_view who) {
  const auto numbers = numbers_of(x, name);
  require_rows(x.rows(), w, who);
  std::vector<double> present, weights_of;
  double total = 0;
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    if (std::isnan(numbers[row])) continue;
    require(!std::isinf(numbers[row]), error_code::not_finite, who, "column '", name, "' is infinite in row ", row);
    present.push_back(static_cast<double>(numbers[row]));
    if (!w.empty()) weights_of.push_back(w[static_cast<index>(row)]);
    total += w[static_cast<index>(row)];
  }
  require(total > 0, error_code::missing_value, who, "column '", name, "' has no number to learn from");
  return quantiles(present, weights(std::move(weights_of)), shares, who);
}

FOOTFALL_END_NAMESPACE
