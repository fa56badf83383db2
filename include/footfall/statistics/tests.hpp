// SPDX-License-Identifier: MIT
// Tests of rates and counts: how often chance alone would show a difference at least this large.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/distributions.hpp>
#include <footfall/statistics/rate.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What a test says: the statistic, its degrees of freedom where it has some, the p-value, and the size of the effect in
/// the unit that `effect_name` states. A ratio of mean squares has a second number of degrees of freedom, below the line. A
/// large p-value is not evidence of equality.
struct test_result {
  std::string test;
  double statistic = 0;
  double degrees_of_freedom = 0;
  double p_value = 1;
  std::string effect_name;
  double effect = 0;
  double denominator_degrees_of_freedom = 0;

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
  return {"two proportions", z, 0, 2 * normal_tail(std::fabs(z)), "difference", a.value - b.value};
}

/// What the cells of a table of counts add up to, and how many rows and columns have counts at all.
struct count_totals {
  Eigen::VectorXd of_row;
  Eigen::VectorXd of_column;
  double all = 0;
  index rows = 0;
  index columns = 0;
};

/// Sums run from the first cell of a row or column to its last. Throws bad_value for a negative, infinite or missing count.
inline count_totals count_totals_of(const matrix<double>& counts, std::string_view who) {
  count_totals totals{Eigen::VectorXd(counts.rows()), Eigen::VectorXd(counts.cols())};
  totals.of_row.setZero();
  totals.of_column.setZero();
  for (index column = 0; column < counts.cols(); ++column) {
    for (index row = 0; row < counts.rows(); ++row) {
      const double count = counts(row, column);
      require(count >= 0 && std::isfinite(count), error_code::bad_value, who, "counts must be finite and at least 0");
      totals.of_row(row) += count;
      totals.of_column(column) += count;
    }
    totals.columns += totals.of_column(column) > 0 ? 1 : 0;
  }
  for (index row = 0; row < counts.rows(); ++row) {
    totals.all += totals.of_row(row);
    totals.rows += totals.of_row(row) > 0 ? 1 : 0;
  }
  return totals;
}

/// Are rows and columns of a table of counts independent (Pearson 1900)? The effect is Cramer's V in [0, 1]. Rows and
/// columns without any count are left out. Throws bad_value for a negative, infinite or missing count, or when fewer than
/// two rows or columns have counts.
inline test_result chi_square(const matrix<double>& counts) {
  const auto who = "chi_square";
  const auto totals = count_totals_of(counts, who);
  require(totals.rows >= 2 && totals.columns >= 2, error_code::bad_value, who,
          "at least two rows and two columns need counts, got ", totals.rows, " and ", totals.columns);
  double statistic = 0;
  for (index row = 0; row < counts.rows(); ++row) {
    for (index column = 0; column < counts.cols(); ++column) {
      const double expected = totals.of_row(row) * totals.of_column(column) / totals.all;
      if (expected > 0) statistic += (counts(row, column) - expected) * (counts(row, column) - expected) / expected;
    }
  }
  const auto degrees = static_cast<double>((totals.rows - 1) * (totals.columns - 1));
  const auto side = static_cast<double>(std::min(totals.rows, totals.columns) - 1);
  const double cramer = std::sqrt(statistic / (totals.all * side));
  return {"chi-square", statistic, degrees, chi_square_tail(statistic, degrees), "Cramer's V", cramer};
}

/// Do two yes-or-no decisions on the same sessions differ, when `only_a` sessions have the first alone and `only_b` the
/// second alone, of `pairs` in all (McNemar 1947)? Sessions where both agree say nothing about it. The p-value is the exact
/// binomial one, twice the smaller tail; the statistic is z of the large-sample form; the effect is the difference of the
/// two rates. Without a disagreement p = 1. Throws bad_value for counts that are none or no pairs.
inline test_result mcnemar(std::int64_t only_a, std::int64_t only_b, std::int64_t pairs) {
  require(only_a >= 0 && only_b >= 0 && pairs > 0 && only_a <= pairs - only_b, error_code::bad_value, "mcnemar",
          "disagreements must be at least 0 and at most the pairs, got ", only_a, " and ", only_b, " of ", pairs);
  const auto a = static_cast<double>(only_a);
  const auto b = static_cast<double>(only_b);
  const double z = a + b > 0 ? (a - b) / std::sqrt(a + b) : 0;
  const double p = std::min(1.0, 2 * binomial_cdf(std::min(only_a, only_b), only_a + only_b, 0.5));
  return {"McNemar", z, 0, p, "difference", (a - b) / static_cast<double>(pairs)};
}

FOOTFALL_END_NAMESPACE
