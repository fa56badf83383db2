// SPDX-License-Identifier: MIT
// Which columns a forest leans on.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/core/features.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The share of a column in what the splits of a forest gained; the shares of all columns add up to 1.
struct importance {
  std::string name;
  std::string source;
  double share = 0;

  bool operator==(const importance&) const = default;
};

/// The shares by column, largest first, equal ones in the order of the columns.
inline std::vector<importance> ranked(const std::vector<feature_info>& columns, const std::vector<double>& shares) {
  std::vector<importance> result;
  for (std::size_t i = 0; i < columns.size(); ++i) result.push_back({columns[i].name, columns[i].source, shares[i]});
  std::stable_sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.share > b.share; });
  return result;
}

/// The same added up by the column of the table that the features were made from: the levels of a one-hot column together.
inline std::vector<importance> by_source(const std::vector<importance>& importances) {
  std::vector<importance> result;
  for (const auto& each : importances) {
    const auto found =
        std::find_if(result.begin(), result.end(), [&](const auto& group) { return group.source == each.source; });
    if (found == result.end()) {
      result.push_back({each.source, each.source, each.share});
    } else {
      found->share += each.share;
    }
  }
  std::stable_sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.share > b.share; });
  return result;
}

FOOTFALL_END_NAMESPACE
