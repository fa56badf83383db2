// SPDX-License-Identifier: MIT
// Beta calibration: a curve for scores that are already probabilities, and that can also leave them as they are.
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
#include <footfall/evaluate/platt.hpp>
#include <footfall/evaluate/probability_scores.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The fitted form of `beta_calibration`: odds of e^c s^a / (1 - s)^b at a score s. With a = b = 1 and c = 0 scores stay.
class fitted_beta {
 public:
  static constexpr std::string_view kind = "beta_calibration";

  /// The probability at a score in [0, 1], which counts as no nearer to 0 and 1 than `least()`. Throws missing_value or
  /// bad_value.
  double operator()(double score) const {
    require(!std::isnan(score), error_code::missing_value, kind, "the score is missing");
    require(score >= 0 && score <= 1, error_code::bad_value, kind, "a score must be in [0, 1], got ", score);
    const double s = std::clamp(score, least_, 1 - least_);
    return logistic(c_ + a_ * std::log(s) - b_ * std::log1p(-s));
  }
  /// The same for many. Throws as above.
  scores score(std::span<const double> of) const { return detail::mapped(*this, of); }

  double a() const noexcept { return a_; }  ///< at least 0: how steep near 0
  double b() const noexcept { return b_; }  ///< at least 0: how steep near 1
  double c() const noexcept { return c_; }
  double least() const noexcept { return least_; }

  auto parts() const { return std::tie(a_, b_, c_, least_); }
  /// Throws bad_parts unless a and b are finite and at least 0, c is finite, least is in (0, 0.5).
  static fitted_beta from_parts(double a, double b, double c, double least) {
    require(a >= 0 && std::isfinite(a) && b >= 0 && std::isfinite(b), error_code::bad_parts, kind,
            "a and b must be finite and at least 0, got ", a, " and ", b);
    require(std::isfinite(c), error_code::bad_parts, kind, "c must be finite, got ", c);
    require(least > 0 && least < 0.5, error_code::bad_parts, kind, "least must be in (0, 0.5), got ", least);
    fitted_beta result;
    result.a_ = a;
    result.b_ = b;
    result.c_ = c;
    result.least_ = least;
    return result;
  }
  bool operator==(const fitted_beta& other) const { return same_parts(*this, other); }

 private:
  fitted_beta() = default;
  double a_ = 0;
  double b_ = 0;
  double c_ = 0;
  double least_ = 0.25;
};

/// The three-parameter map of Kull, Silva Filho and Flach (2017): logistic regression on log(s) and -log(1 - s), with
/// neither slope below 0 so that it never reverses an order. Unlike Platt's curve it holds the map that changes nothing, and
/// it can be steep at one end only. Targets are Platt's, so that the answer is finite also where one score parts the labels.
struct beta_calibration {
  /// In (0, 0.5). Scores of 0 and 1 have no logarithm: whatever is nearer to an end counts as this near. What
  /// a forest of few trees gives as 0 is far from certain: there a larger one, such as 1 / (10 trees), fits a little better.
  double least = 1e-6;

  /// Throws bad_option for `least`, wrong_shape without rows or for another number of labels or weights, missing_value for
  /// a score, bad_value for one outside [0, 1], one_class. The order of the rows does not matter. Cost: one sort and some
  /// ten readings of the distinct scores; three times that where a slope would fall below 0.
  fitted_beta fit(std::span<const double> score, const labels& y, const weights& w = {},
                  const run_options& run = {}) const {
    const auto who = fitted_beta::kind;
    require(least > 0 && least < 0.5, error_code::bad_option, who, "least must be in (0, 0.5), got ", least);
    require_probabilities(score, y, who);
    require_rows(y.size(), w, who);
    const auto groups = detail::ascending_groups(score, y, w, run);
    auto data = detail::softened(groups, who);
    matrix<double> both(data.weight.size(), 2);
    for (index row = 0; row < both.rows(); ++row) {
      const double s = std::clamp(groups[static_cast<std::size_t>(row)].score, least, 1 - least);
      both(row, 0) = std::log(s);
      both(row, 1) = -std::log1p(-s);
    }
    data.terms = both;
    const auto curve = fit_logistic_curve(data, who);
    if (curve.slopes(0) >= 0 && curve.slopes(1) >= 0) {
      return fitted_beta::from_parts(curve.slopes(0), curve.slopes(1), curve.intercept, least);
    }
    // The loss is convex, so the best allowed curve lies on an edge: one slope is 0, or both are.
    data.terms.resize(both.rows(), 0);
    auto best = fit_logistic_curve(data, who);
    double slopes[2] = {0, 0};
    for (const index kept : {0, 1}) {
      data.terms = both.col(kept);
      const auto edge = fit_logistic_curve(data, who);
      if (!(edge.slopes(0) >= 0) || edge.loss >= best.loss) continue;
      best = edge;
      slopes[kept] = edge.slopes(0);
      slopes[1 - kept] = 0;
    }
    return fitted_beta::from_parts(slopes[0], slopes[1], best.intercept, least);
  }
};

FOOTFALL_END_NAMESPACE
