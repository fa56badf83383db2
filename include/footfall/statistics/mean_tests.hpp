// SPDX-License-Identifier: MIT
// Tests of means that do not suppose equal variances: of two samples, of pairs, of several samples.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/statistics/distributions.hpp>
#include <footfall/statistics/effect_size.hpp>
#include <footfall/statistics/mean.hpp>
#include <footfall/statistics/tests.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Are the means of two independent samples different (Welch 1947)? Two-sided; the effect is Cohen's d. Equal means give
/// t = 0 and p = 1. Throws bad_value for fewer than two values on a side, or when means differ and neither side varies.
inline test_result welch_t(const sample_summary& a, const sample_summary& b) {
  detail::require_summary(a, 2, "welch_t");
  detail::require_summary(b, 2, "welch_t");
  const double difference = a.mean - b.mean;
  if (difference == 0 && a.variance == 0 && b.variance == 0) return {"Welch's t", 0, 0, 1, "Cohen's d", 0};
  require(a.variance > 0 || b.variance > 0, error_code::bad_value, "welch_t", "neither side varies, and ", a.mean,
          " is not ", b.mean);
  const double t = difference / std::hypot(a.standard_error(), b.standard_error());
  const double degrees = detail::welch_degrees(a, b);
  return {"Welch's t", t, degrees, student_t_both_tails(t, degrees), "Cohen's d", cohens_d(a, b)};
}

/// Do two values of the same sessions differ on average (Student 1908)? From `paired_differences`; the effect is their mean
/// in units of their standard deviation. A mean of 0 gives t = 0 and p = 1. Throws bad_value for fewer than two pairs, or
/// when all differ by the same amount.
inline test_result paired_t(const sample_summary& differences) {
  detail::require_summary(differences, 2, "paired_t");
  if (differences.mean == 0) return {"paired t", 0, static_cast<double>(differences.count - 1), 1, "Cohen's d", 0};
  require(differences.variance > 0, error_code::bad_value, "paired_t", "all pairs differ by ", differences.mean);
  const double t = differences.mean / differences.standard_error();
  const auto degrees = static_cast<double>(differences.count - 1);
  return {"paired t",  t,
          degrees,     student_t_both_tails(t, degrees),
          "Cohen's d", differences.mean / std::sqrt(differences.variance)};
}

/// Do the means of several independent samples differ (Welch 1951)? The variances may differ too. The effect is eta
/// squared. Groups without values are left out. When all means are equal, F = 0 and p = 1. Throws bad_value for fewer than
/// two groups, a group of one value, or one whose values are all equal while means differ.
inline test_result welch_anova(std::span<const sample_summary> groups) {
  const auto who = "welch_anova";
  std::vector<sample_summary> used;
  for (const auto& group : groups) {
    if (group.count == 0) continue;
    detail::require_summary(group, 2, who);
    used.push_back(group);
  }
  require(used.size() >= 2, error_code::bad_value, who, "at least two groups need values, got ", used.size());
  const auto many = static_cast<double>(used.size());
  bool differ = false;
  for (const auto& group : used) differ = differ || group.mean != used.front().mean;
  if (!differ) return {"Welch's F", 0, many - 1, 1, "eta squared", 0};

  double total = 0;
  double mean = 0;
  for (const auto& group : used) {
    require(group.variance > 0, error_code::bad_value, who, "in one group all values are ", group.mean);
    total += static_cast<double>(group.count) / group.variance;
  }
  for (const auto& group : used) mean += static_cast<double>(group.count) / group.variance / total * group.mean;
  double between = 0;
  double correction = 0;
  for (const auto& group : used) {
    const double weight = static_cast<double>(group.count) / group.variance;
    between += weight * (group.mean - mean) * (group.mean - mean);
    correction += (1 - weight / total) * (1 - weight / total) / static_cast<double>(group.count - 1);
  }
  const double f = between / (many - 1) / (1 + 2 * (many - 2) / (many * many - 1) * correction);
  const double denominator = (many * many - 1) / (3 * correction);
  return {"Welch's F", f, many - 1, f_tail(f, many - 1, denominator), "eta squared", eta_squared(used), denominator};
}

FOOTFALL_END_NAMESPACE
