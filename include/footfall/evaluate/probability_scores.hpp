// SPDX-License-Identifier: MIT
// How good scores are as probabilities, in one number: Brier score and log-loss.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/distributions.hpp>
#include <footfall/statistics/long_sum.hpp>
#include <footfall/statistics/tests.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Checks at the door of what takes scores for probabilities: as many labels as scores and at least one (wrong_shape), none
/// missing (missing_value), each in [0, 1] (bad_value).
inline void require_probabilities(std::span<const double> score, const labels& y, std::string_view who) {
  require(static_cast<index>(score.size()) == y.size(), error_code::wrong_shape, who,
          "there must be one label for each score, got ", score.size(), " scores and ", y.size(), " labels");
  require(!score.empty(), error_code::wrong_shape, who, "there must be at least one score, got 0");
  for (std::size_t row = 0; row < score.size(); ++row) {
    require(!std::isnan(score[row]), error_code::missing_value, who, "the score is missing in row ", row);
    require(score[row] >= 0 && score[row] <= 1, error_code::bad_value, who, "a score must be in [0, 1], got ",
            score[row], " in row ", row);
  }
}

namespace detail {

/// Weight of all sessions, and of those with the outcome.
struct label_weights {
  double all = 0;
  double positive = 0;
};

inline label_weights weights_of(const labels& y, const weights& w) {
  long_sum all, positive;
  for (index row = 0; row < y.size(); ++row) {
    all.add(w[row]);
    if (y[row]) positive.add(w[row]);
  }
  return {all.value(), positive.value()};
}

}  // namespace detail

/// A mean loss, and that of the one probability that is best for all sessions: their rate.
struct brier_result {
  double value = 0;
  double base = 0;

  /// 1 for certainty, 0 for what the rate alone would do, below 0 for worse. NaN where all labels are equal.
  double skill() const { return base > 0 ? 1 - value / base : std::nan(""); }
  bool operator==(const brier_result&) const = default;
};

/// The mean of (score - label)^2 (Brier 1950), as scikit-learn has it. Defined for one class too. Throws as
/// `require_probabilities`, and wrong_shape for another number of weights.
inline brier_result brier_score(std::span<const double> score, const labels& y, const weights& w = {}) {
  require_probabilities(score, y, "brier_score");
  require_rows(y.size(), w, "brier_score");
  long_sum losses;
  for (index row = 0; row < y.size(); ++row) {
    const double away = score[static_cast<std::size_t>(row)] - (y[row] ? 1 : 0);
    losses.add(w[row] * (away * away));
  }
  const auto [all, positive] = detail::weights_of(y, w);
  return {losses.value() / all, positive / all * (1 - positive / all)};
}

/// As `brier_result`, and how many scores had to be moved.
struct log_loss_result {
  double value = 0;
  double base = 0;
  std::int64_t moved = 0;

  bool operator==(const log_loss_result&) const = default;
};

struct log_loss_options {
  double least = 0x1p-52;  ///< scores are moved into [least, 1 - least]; in [0, 0.5)
};

/// The mean of -log(score) of sessions with the outcome and -log(1 - score) of those without, in natural logarithms. A
/// score of 0 or 1 that is wrong would cost infinity, so scores are moved into [least, 1 - least], by default as scikit-learn
/// 1.2 moves them, and the result says how many were. With `least` 0 none is moved, and the loss may be infinite. Defined for
/// one class too. Throws as `brier_score` does, and bad_option for `least`.
inline log_loss_result log_loss(std::span<const double> score, const labels& y, const weights& w = {},
                                const log_loss_options& options = {}) {
  const auto who = "log_loss";
  require(options.least >= 0 && options.least < 0.5, error_code::bad_option, who, "least must be in [0, 0.5), got ",
          options.least);
  require_probabilities(score, y, who);
  require_rows(y.size(), w, who);
  log_loss_result result;
  long_sum losses;
  bool infinite = false;
  for (index row = 0; row < y.size(); ++row) {
    double p = score[static_cast<std::size_t>(row)];
    if (p < options.least || p > 1 - options.least) {
      p = p < options.least ? options.least : 1 - options.least;
      ++result.moved;
    }
    const double loss = y[row] ? -std::log(p) : -std::log1p(-p);
    if (w[row] == 0) continue;
    infinite = infinite || std::isinf(loss);
    if (!infinite) losses.add(w[row] * loss);
  }
  const auto [all, positive] = detail::weights_of(y, w);
  const auto part = [total = all](double weight) {
    return weight > 0 ? -weight / total * std::log(weight / total) : 0;
  };
  result.value = infinite ? HUGE_VAL : losses.value() / all;
  result.base = part(positive) + part(all - positive);
  return result;
}

/// Could labels be drawn with these probabilities (Spiegelhalter 1986)? z is the Brier score less what it should be, in its
/// standard errors: above 0 the scores are more certain than they may be. Two-sided p-value. The effect is that
/// difference. When every score is 0, 0.5 or 1 there is nothing to judge: z = 0 and p = 1 unless a certain score is wrong,
/// which is p = 0. Throws as `require_probabilities`.
inline test_result calibration_test(std::span<const double> score, const labels& y) {
  require_probabilities(score, y, "calibration_test");
  long_sum differences, variances;
  bool impossible = false;
  for (index row = 0; row < y.size(); ++row) {
    const double p = score[static_cast<std::size_t>(row)];
    const double lean = 1 - 2 * p;
    impossible = impossible || (y[row] ? p == 0 : p == 1);
    differences.add(((y[row] ? 1 : 0) - p) * lean);
    variances.add(lean * lean * (p * (1 - p)));
  }
  const double effect = differences.value() / static_cast<double>(y.size());
  const double spread = std::sqrt(variances.value());
  if (impossible) return {"Spiegelhalter", HUGE_VAL, 0, 0, "excess Brier score", effect};
  const double z = spread > 0 ? differences.value() / spread : 0;
  return {"Spiegelhalter", z, 0, 2 * normal_tail(std::fabs(z)), "excess Brier score", effect};
}

FOOTFALL_END_NAMESPACE
