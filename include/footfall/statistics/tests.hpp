// SPDX-License-Identifier: MIT
// Tests: how often chance alone would show a difference at least this large.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

#include <unsupported/Eigen/SpecialFunctions>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/rate.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What a test says: the statistic, its degrees of freedom where it has some, the p-value, and the size of the effect in
/// the unit that `effect_name` states. A large p-value is not evidence of equality.
struct test_result {
  std::string test;
  double statistic = 0;
  double degrees_of_freedom = 0;
  double p_value = 1;
  std::string effect_name;
  double effect = 0;

  bool operator==(const test_result&) const = default;
};

/// Are two rates different? Two-sided z-test with the pooled rate (the square of z is Pearson's chi-square); the effect is
/// `a.value - b.value`. When all or none hit on both sides there is no difference to test: z = 0, p = 1.
/// Throws bad_value if a side has no trials.
inline test_result two_proportions(const rate& a, const rate& b) {
  require(a.trials > 0 && b.trials > 0, error_code::bad_value, "two_proportions", "both sides need trials, got ",
          a.trials, " and ", b.trials);
  const auto trials_a = static_cast<double>(a.trials);
  const auto trials_b = static_cast<double>(b.trials);
  const double pooled = static_cast<double>(a.hits + b.hits) / (trials_a + trials_b);
  const double variance = pooled * (1 - pooled) * (1 / trials_a + 1 / trials_b);
  const double z = variance > 0 ? (a.value - b.value) / std::sqrt(variance) : 0;
  return {"two proportions", z, 0, std::erfc(std::fabs(z) / std::sqrt(2.0)), "difference", a.value - b.value};
}

/// Are rows and columns of a table of counts independent (Pearson 1900)? The effect is Cramer's V in [0, 1]. Rows and
/// columns without any count are left out. Throws bad_value for a negative, infinite or missing count, or when fewer than
/// two rows or columns have counts.
inline test_result chi_square(const matrix<double>& counts) {
  const auto who = "chi_square";
  require((counts.array() >= 0).all() && counts.allFinite(), error_code::bad_value, who,
          "counts must be finite and at least 0");
  const Eigen::VectorXd row_totals = counts.rowwise().sum();
  const Eigen::RowVectorXd column_totals = counts.colwise().sum();
  const double total = row_totals.sum();
  const auto rows = static_cast<double>((row_totals.array() > 0).count());
  const auto columns = static_cast<double>((column_totals.array() > 0).count());
  require(rows >= 2 && columns >= 2, error_code::bad_value, who, "at least two rows and two columns need counts, got ",
          rows, " and ", columns);
  double statistic = 0;
  for (index row = 0; row < counts.rows(); ++row) {
    for (index column = 0; column < counts.cols(); ++column) {
      const double expected = row_totals(row) * column_totals(column) / total;
      if (expected > 0) statistic += (counts(row, column) - expected) * (counts(row, column) - expected) / expected;
    }
  }
  const double degrees = (rows - 1) * (columns - 1);
  const double cramer = std::sqrt(statistic / (total * std::min(rows - 1, columns - 1)));
  return {"chi-square", statistic, degrees, Eigen::numext::igammac(degrees / 2, statistic / 2), "Cramer's V", cramer};
}

FOOTFALL_END_NAMESPACE
