// SPDX-License-Identifier: MIT
// Means with what is needed to judge them: count and variance, and the intervals that follow.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/statistics/distributions.hpp>
#include <footfall/statistics/interval.hpp>
#include <footfall/statistics/long_sum.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A sample as a table of aggregates has it. The variance is divided by `count - 1`; it is NaN for fewer than two values,
/// and so is the mean of none.
struct sample_summary {
  std::int64_t count = 0;
  double mean = std::numeric_limits<double>::quiet_NaN();
  double variance = std::numeric_limits<double>::quiet_NaN();

  double standard_error() const { return std::sqrt(variance / static_cast<double>(count)); }
  bool operator==(const sample_summary&) const = default;
};

/// Summaries of the values of each group 0, 1, ..., as many as `groups` says; group -1 belongs to none and is left out, as
/// the codes of a categorical column have it. Throws wrong_shape if values and groups are not as many, bad_value for
/// another group, missing_value or not_finite for a value, left out or not,
/// limit where a sum overflows. Cost: two readings.
inline std::vector<sample_summary> summaries_by_group(std::span<const double> values,
                                                      std::span<const std::int32_t> group, std::int32_t groups) {
  const std::string_view who = "summaries_by_group";
  require(values.size() == group.size(), error_code::wrong_shape, who, "there must be one group for each value, got ",
          values.size(), " values and ", group.size(), " groups");
  require(groups >= 0, error_code::bad_option, who, "there cannot be ", groups, " groups");
  std::vector<sample_summary> result(static_cast<std::size_t>(groups));
  std::vector<long_sum> sums(result.size()), squares(result.size());
  for (std::size_t row = 0; row < values.size(); ++row) {
    require(!std::isnan(values[row]), error_code::missing_value, who, "the value is missing in row ", row);
    require(std::isfinite(values[row]), error_code::not_finite, who, "a value must be finite, got ", values[row],
            " in row ", row);
    require(group[row] >= -1 && group[row] < groups, error_code::bad_value, who, "a group must be in [-1, ", groups,
            "), got ", group[row], " in row ", row);
    if (group[row] < 0) continue;
    const auto at = static_cast<std::size_t>(group[row]);
    ++result[at].count;
    sums[at].add(values[row]);
  }
  for (std::size_t at = 0; at < result.size(); ++at) {
    if (result[at].count == 0) continue;
    result[at].mean = sums[at].value() / static_cast<double>(result[at].count);
    require(std::isfinite(result[at].mean), error_code::limit, who, "the sum of the values is too large");
  }
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (group[row] < 0) continue;
    const auto at = static_cast<std::size_t>(group[row]);
    const double away = values[row] - result[at].mean;
    squares[at].add(away * away);
  }
  for (std::size_t at = 0; at < result.size(); ++at) {
    if (result[at].count < 2) continue;
    result[at].variance = squares[at].value() / static_cast<double>(result[at].count - 1);
    require(std::isfinite(result[at].variance), error_code::limit, who, "the squares of the differences are too large");
  }
  return result;
}

/// Count, mean and variance of the values. Throws missing_value or not_finite.
inline sample_summary summary_of(std::span<const double> values) {
  return summaries_by_group(values, std::vector<std::int32_t>(values.size()), 1).front();
}

namespace detail {

inline interval around(double middle, double error, double degrees, double confidence) {
  const double half = student_t_quantile(0.5 + confidence / 2, degrees) * error;
  return {middle - half, middle + half, confidence};
}
inline interval anywhere(double confidence) {
  return {-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(), confidence};
}

/// A summary as somebody may have typed it in: a count, a finite mean, a variance that is not negative.
inline void require_summary(const sample_summary& of, std::int64_t least, std::string_view who) {
  require(of.count >= least, error_code::bad_value, who, "at least ", least, " values are needed, got ", of.count);
  require(of.count < 1 || std::isfinite(of.mean), error_code::bad_value, who, "a mean must be finite, got ", of.mean);
  require(of.count < 2 || (of.variance >= 0 && std::isfinite(of.variance)), error_code::bad_value, who,
          "a variance must be finite and at least 0, got ", of.variance);
}

/// Welch's degrees of freedom (1947) for the difference of two means.
inline double welch_degrees(const sample_summary& a, const sample_summary& b) {
  const double of_a = a.variance / static_cast<double>(a.count);
  const double of_b = b.variance / static_cast<double>(b.count);
  // Shares of the whole: their squares neither overflow nor vanish.
  const double share_a = of_a / (of_a + of_b);
  const double share_b = of_b / (of_a + of_b);
  return 1 /
         (share_a * share_a / static_cast<double>(a.count - 1) + share_b * share_b / static_cast<double>(b.count - 1));
}

}  // namespace detail

/// Interval for the mean (Student 1908). It is exact for normal values; for skewed ones, such as revenue, it needs many
/// values, and resampling says more. Fewer than two values: from -infinity to infinity. Throws bad_value for a summary
/// that is none, bad_option unless confidence is in (0, 1).
inline interval mean_interval(const sample_summary& of, double confidence = 0.95) {
  detail::require_confidence(confidence, "mean_interval");
  detail::require_summary(of, 0, "mean_interval");
  if (of.count < 2) return detail::anywhere(confidence);
  return detail::around(of.mean, of.standard_error(), static_cast<double>(of.count - 1), confidence);
}

/// Interval for `a.mean - b.mean` of independent samples whose variances may differ (Welch 1947). Otherwise as
/// `mean_interval`.
inline interval difference_interval(const sample_summary& a, const sample_summary& b, double confidence = 0.95) {
  const auto who = "difference_interval";
  detail::require_confidence(confidence, who);
  detail::require_summary(a, 0, who);
  detail::require_summary(b, 0, who);
  if (a.count < 2 || b.count < 2) return detail::anywhere(confidence);
  const double difference = a.mean - b.mean;
  if (a.variance == 0 && b.variance == 0) return {difference, difference, confidence};
  return detail::around(difference, std::hypot(a.standard_error(), b.standard_error()), detail::welch_degrees(a, b),
                        confidence);
}

/// The differences `a[i] - b[i]` of two values of each session (two models, before and after). Throws wrong_shape if they
/// are not as many, and as `summary_of` does.
inline sample_summary paired_differences(std::span<const double> a, std::span<const double> b) {
  require(a.size() == b.size(), error_code::wrong_shape, "paired_differences", "there must be pairs, got ", a.size(),
          " and ", b.size(), " values");
  std::vector<double> differences(a.size());
  for (std::size_t row = 0; row < a.size(); ++row) differences[row] = a[row] - b[row];
  return summary_of(differences);
}

/// Interval for the mean of `a[i] - b[i]`: narrower than that of two independent samples where a and b move together.
inline interval paired_difference_interval(std::span<const double> a, std::span<const double> b,
                                           double confidence = 0.95) {
  return mean_interval(paired_differences(a, b), confidence);
}

FOOTFALL_END_NAMESPACE
