// SPDX-License-Identifier: MIT
// Which numeric columns move together.
#pragma once

#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/table.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Correlations of columns, in their order.
struct correlations {
  std::vector<std::string> columns;
  matrix<double> values;  ///< symmetric, in [-1, 1], 1 on the diagonal; NaN for a column that is constant
  index sessions = 0;     ///< without a missing number in any of the columns
  index left_out = 0;     ///< the others
};

/// Pearson's correlation of every two of the columns, over the sessions in which none is missing: so all of them are over the
/// same sessions. Throws unknown_name, wrong_kind, not_finite for infinity, wrong_shape when no session is left, limit when
/// squares overflow. Sums are over deviations from the mean, in the order of the sessions. Cost O(sessions * columns^2).
inline correlations correlations_of(const table& sessions, const std::vector<std::string>& columns) {
  const auto who = "correlations_of";
  std::vector<std::span<const double>> sources;
  for (const auto& name : columns) sources.push_back(sessions[name].numbers());
  row_set whole;
  for (index row = 0; row < sessions.rows(); ++row) {
    bool missing = false;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const double number = sources[i][static_cast<std::size_t>(row)];
      require(!std::isinf(number), error_code::not_finite, who, "column '", columns[i], "' is infinite in row ", row);
      missing = missing || std::isnan(number);
    }
    if (!missing) whole.push_back(row);
  }
  require(!whole.empty(), error_code::wrong_shape, who, "no session has a number in every column");
  const auto count = static_cast<index>(columns.size());
  matrix<double> deviations(static_cast<index>(whole.size()), count);
  for (index i = 0; i < count; ++i) {
    const auto& source = sources[static_cast<std::size_t>(i)];
    const double start = source[static_cast<std::size_t>(whole.front())];  // so that a constant deviates by exactly 0
    double sum = 0;
    for (const index row : whole) sum += source[static_cast<std::size_t>(row)] - start;
    const double mean = sum / static_cast<double>(whole.size());
    for (index k = 0; k < deviations.rows(); ++k) {
      deviations(k, i) = (source[static_cast<std::size_t>(whole[static_cast<std::size_t>(k)])] - start) - mean;
    }
  }
  const auto product = [&](index a, index b) {
    double sum = 0;
    for (index k = 0; k < deviations.rows(); ++k) sum += deviations(k, a) * deviations(k, b);
    return sum;
  };
  correlations result{columns, matrix<double>::Identity(count, count), static_cast<index>(whole.size()),
                      sessions.rows() - static_cast<index>(whole.size())};
  std::vector<double> lengths;
  for (index i = 0; i < count; ++i) {
    lengths.push_back(std::sqrt(product(i, i)));
    require(std::isfinite(lengths.back()), error_code::limit, who, "column '", columns[static_cast<std::size_t>(i)],
            "': the squares of its values' differences are too large");
    if (lengths.back() == 0) result.values(i, i) = std::numeric_limits<double>::quiet_NaN();
    for (index j = 0; j < i; ++j) {
      const double both = lengths[static_cast<std::size_t>(i)] * lengths[static_cast<std::size_t>(j)];
      const double value = both > 0 ? product(i, j) / both : std::numeric_limits<double>::quiet_NaN();
      result.values(i, j) = result.values(j, i) = value > 1 ? 1 : value < -1 ? -1 : value;  // NaN stays
    }
  }
  return result;
}

FOOTFALL_END_NAMESPACE
