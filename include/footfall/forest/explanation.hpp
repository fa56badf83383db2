// SPDX-License-Identifier: MIT
// Why a session has the score that it has: what each column adds to the average score.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What one column, or a group of columns from one source, adds to the score of one session; below 0 it takes away.
struct reason {
  std::string name;
  std::string source;
  std::optional<double> value;  ///< the session's own, NaN where missing; empty for a group of several columns
  double contribution = 0;
  std::string level{};  ///< the session's own in a column of categories; empty where missing or not met in training
};

/// The score of one session taken apart: `base` plus all contributions.
struct explanation {
  double base = 0;              ///< the mean score of the sessions that the explainer was made with
  std::vector<reason> reasons;  ///< in the order of the columns

  double score() const {
    double sum = base;
    for (const reason& each : reasons) sum += each.contribution;
    return sum;
  }

  /// The `count` largest contributions of either sign, largest first, equal ones in the order of the columns; fewer where
  /// fewer are not 0.
  std::vector<reason> strongest(std::size_t count) const {
    std::vector<reason> result;
    for (const reason& each : reasons) {
      if (each.contribution != 0) result.push_back(each);
    }
    std::stable_sort(result.begin(), result.end(), [](const reason& a, const reason& b) {
      return std::fabs(a.contribution) > std::fabs(b.contribution);
    });
    if (result.size() > count) result.resize(count);
    return result;
  }
};

/// The scores of many sessions taken apart: the score of session i is `base` plus the sum of row i of `values`.
struct explanations {
  double base = 0;
  matrix<double> values;  ///< one row a session, one column a feature
  std::vector<feature_info> columns;

  /// For each column the mean size of its contributions, whatever their sign.
  std::vector<double> mean_sizes() const {
    std::vector<double> result;
    for (index column = 0; column < values.cols(); ++column) {
      double sum = 0;
      for (index row = 0; row < values.rows(); ++row) sum += std::fabs(values(row, column));
      result.push_back(values.rows() > 0 ? sum / static_cast<double>(values.rows()) : 0);
    }
    return result;
  }
};

/// The columns that came from the same source, in groups in order of first appearance.
inline std::vector<std::vector<index>> columns_by_source(const std::vector<feature_info>& columns) {
  std::vector<std::vector<index>> groups;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto found = std::find_if(groups.begin(), groups.end(), [&](const std::vector<index>& group) {
      return columns[static_cast<std::size_t>(group.front())].source == columns[i].source;
    });
    if (found == groups.end()) {
      groups.push_back({static_cast<index>(i)});
    } else {
      found->push_back(static_cast<index>(i));
    }
  }
  return groups;
}

/// The same with the contributions of columns from one source added up, e.g. the levels of a one-hot column. A group of
/// several columns bears the name of the source.
inline explanation by_source(const explanation& single) {
  std::vector<feature_info> columns;
  for (const reason& each : single.reasons) columns.push_back({each.name, each.source, stage::unknown});
  explanation result{single.base, {}};
  for (const auto& group : columns_by_source(columns)) {
    reason joined = single.reasons[static_cast<std::size_t>(group.front())];
    if (group.size() > 1) {
      joined.name = joined.source;
      joined.value.reset();
      joined.level.clear();
    }
    for (std::size_t i = 1; i < group.size(); ++i) {
      joined.contribution += single.reasons[static_cast<std::size_t>(group[i])].contribution;
    }
    result.reasons.push_back(std::move(joined));
  }
  return result;
}
inline explanations by_source(const explanations& many) {
  const auto groups = columns_by_source(many.columns);
  explanations result{many.base, matrix<double>::Zero(many.values.rows(), static_cast<index>(groups.size())), {}};
  for (std::size_t i = 0; i < groups.size(); ++i) {
    feature_info joined = many.columns[static_cast<std::size_t>(groups[i].front())];
    if (groups[i].size() > 1) joined.name = joined.source;
    result.columns.push_back(std::move(joined));
    for (const index column : groups[i]) result.values.col(static_cast<index>(i)) += many.values.col(column);
  }
  return result;
}

FOOTFALL_END_NAMESPACE
