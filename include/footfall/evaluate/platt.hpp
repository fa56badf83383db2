// SPDX-License-Identifier: MIT
// Platt's calibration: a logistic curve of the score, two numbers that also few sessions can tell.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/types.hpp>
#include <footfall/evaluate/calibration_map.hpp>
#include <footfall/evaluate/logistic_curve.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The fitted form of `platt`: 1 / (1 + e^-(intercept + slope * score)).
class fitted_platt {
 public:
  static constexpr std::string_view kind = "platt";

  /// The probability at a score. Throws missing_value or not_finite.
  double operator()(double score) const {
    detail::require_score(score, kind);
    return logistic(intercept_ + slope_ * score);
  }
  /// The same for many. Throws as above.
  scores score(std::span<const double> of) const { return detail::mapped(*this, of); }

  double intercept() const noexcept { return intercept_; }
  double slope() const noexcept { return slope_; }  ///< at least 0

  auto parts() const { return std::tie(intercept_, slope_); }
  /// Throws bad_parts unless both are finite and the slope is at least 0.
  static fitted_platt from_parts(double intercept, double slope) {
    require(std::isfinite(intercept), error_code::bad_parts, kind, "the intercept must be finite, got ", intercept);
    require(slope >= 0 && std::isfinite(slope), error_code::bad_parts, kind,
            "the slope must be finite and at least 0, got ", slope);
    fitted_platt result;
    result.intercept_ = intercept;
    result.slope_ = slope;
    return result;
  }
  bool operator==(const fitted_platt& other) const { return same_parts(*this, other); }

 private:
  fitted_platt() = default;
  double intercept_ = 0;
  double slope_ = 0;
};

namespace detail {

/// Targets a little inside 0 and 1 (Platt 1999): (P + 1) / (P + 2) for sessions with the outcome, 1 / (N + 2) for those
/// without. They make the answer finite also where one score parts the labels.
inline logistic_data softened(std::span<const weighted_group> groups, std::string_view who) {
  double sessions = 0, positives = 0;
  for (const auto& group : groups) {
    sessions += group.sessions;
    positives += group.positives;
  }
  require_both_classes(positives, sessions - positives, who);
  const double high = (positives + 1) / (positives + 2);
  const double low = 1 / (sessions - positives + 2);
  const auto rows = static_cast<index>(groups.size());
  logistic_data data{{}, Eigen::VectorXd(rows), Eigen::VectorXd(rows)};
  for (index row = 0; row < rows; ++row) {
    const auto& group = groups[static_cast<std::size_t>(row)];
    data.weight(row) = group.sessions;
    data.target(row) = group.positives * high + (group.sessions - group.positives) * low;
  }
  return data;
}

}  // namespace detail

/// The logistic curve with the least log-loss against Platt's targets; what scikit-learn calls sigmoid, at its exact end.
/// Scores may be any finite numbers. Where higher scores buy less the slope is 0, not negative: a map never reverses an
/// order. Scores that are all equal give their rate by the targets. No options.
struct platt {
  /// Throws wrong_shape without rows or for another number of labels or weights, missing_value or not_finite for a score,
  /// one_class, limit where scores lie too far apart. The order of the rows does not matter. Cost: one sort and some ten
  /// readings of the distinct scores.
  fitted_platt fit(std::span<const double> score, const labels& y, const weights& w = {},
                   const run_options& run = {}) const {
    const auto who = fitted_platt::kind;
    require_rows(static_cast<index>(score.size()), y, w, who);
    const auto groups = detail::ascending_groups(score, y, w, run);
    auto data = detail::softened(groups, who);
    const double largest = std::max(std::fabs(groups.front().score), std::fabs(groups.back().score));
    require(largest <= 1e150, error_code::limit, who, "scores beyond 1e150 cannot be squared, got ", largest);
    data.terms.resize(data.weight.size(), 1);
    for (index row = 0; row < data.weight.size(); ++row) {
      data.terms(row, 0) = groups[static_cast<std::size_t>(row)].score;
    }
    auto curve = fit_logistic_curve(data, who);
    if (!(curve.slopes(0) >= 0)) {
      data.terms.resize(data.weight.size(), 0);
      curve = fit_logistic_curve(data, who);
      return fitted_platt::from_parts(curve.intercept, 0);
    }
    return fitted_platt::from_parts(curve.intercept, curve.slopes(0));
  }
};

FOOTFALL_END_NAMESPACE
