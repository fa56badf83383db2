// SPDX-License-Identifier: MIT
// Which columns a forest leans on, as bars.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include <footfall/forest/importance.hpp>
#include <footfall/forest/permutation_importance.hpp>
#include <footfall/report/bar_chart.hpp>
#include <footfall/report/number_format.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The `most` largest shares of what the splits gained.
inline bar_chart importance_chart(std::span<const importance> importances, std::size_t most) {
  bar_chart result{.what = "Column", .value = "Share of what the splits gained", .format = as_percent(1)};
  for (std::size_t i = 0; i < std::min(most, importances.size()); ++i) {
    result.bars.push_back({importances[i].name, importances[i].share});
  }
  return result;
}

/// The `most` largest drops when a column is dealt out anew; the range reaches from the smallest to the largest drop of
/// the repeats, where there are several.
inline bar_chart permutation_chart(const permutation_result& found, std::size_t most) {
  bar_chart result{.what = "Column", .value = "Drop when permuted", .format = as_number(4)};
  for (std::size_t i = 0; i < std::min(most, found.columns.size()); ++i) {
    const auto& column = found.columns[i];
    bar drawn{column.name, column.mean};
    if (column.drops.size() > 1) {
      const auto [low, high] = std::minmax_element(column.drops.begin(), column.drops.end());
      drawn.range = interval{*low, *high, 1};
    }
    result.bars.push_back(std::move(drawn));
  }
  return result;
}

FOOTFALL_END_NAMESPACE
