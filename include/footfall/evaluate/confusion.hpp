// SPDX-License-Identifier: MIT
// What a yes-or-no decision at one threshold gets right and wrong.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <span>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/rate.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Counts of decisions by outcome. The rates carry Wilson intervals; one without trials is NaN.
struct confusion {
  std::int64_t true_positives = 0;
  std::int64_t false_positives = 0;
  std::int64_t true_negatives = 0;
  std::int64_t false_negatives = 0;

  rate accuracy() const {
    return rate_of(true_positives + true_negatives,
                   true_positives + false_positives + true_negatives + false_negatives);
  }
  rate precision() const { return rate_of(true_positives, true_positives + false_positives); }
  rate recall() const { return rate_of(true_positives, true_positives + false_negatives); }

  /// Harmonic mean of precision and recall; NaN when nothing is positive and nothing was called so.
  double f1() const {
    const auto found = static_cast<double>(2 * true_positives);
    const auto wrong = static_cast<double>(false_positives + false_negatives);
    return found + wrong > 0 ? found / (found + wrong) : std::numeric_limits<double>::quiet_NaN();
  }

  bool operator==(const confusion&) const = default;
};

/// Calls a session positive when its score is at least `threshold`. Throws wrong_shape if scores and labels are not as many
/// or there are none, missing_value for a score that is NaN, bad_option for a threshold that is.
inline confusion confusion_at(std::span<const double> score, const labels& y, double threshold = 0.5) {
  require(static_cast<index>(score.size()) == y.size() && !score.empty(), error_code::wrong_shape, "confusion_at",
          "there must be one label for each score and at least one, got ", score.size(), " scores and ", y.size(),
          " labels");
  require(!std::isnan(threshold), error_code::bad_option, "confusion_at", "the threshold is missing");
  confusion result;
  for (index row = 0; row < y.size(); ++row) {
    const double at = score[static_cast<std::size_t>(row)];
    require(!std::isnan(at), error_code::missing_value, "confusion_at", "the score is missing in row ", row);
    if (at >= threshold) {
      ++(y[row] ? result.true_positives : result.false_positives);
    } else {
      ++(y[row] ? result.false_negatives : result.true_negatives);
    }
  }
  return result;
}

FOOTFALL_END_NAMESPACE
