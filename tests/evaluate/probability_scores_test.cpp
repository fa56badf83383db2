// SPDX-License-Identifier: MIT
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/evaluate/probability_scores.hpp>

#include <tests/oracle/calibration.hpp>
#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

TEST_CASE("Brier score and log-loss are scikit-learn's, also at scores of 0 and 1") {
  int certain = 0;
  for (const auto& known : oracle::calibration_cases) {
    if (known.brier == 0) continue;  // scores that are no probabilities
    const ff::labels y(known.label);
    const ff::weights w(known.weight);
    CHECK(close(ff::brier_score(known.score, y).value, known.brier, 1e-12));
    CHECK(close(ff::brier_score(known.score, y, w).value, known.weighted_brier, 1e-12));
    CHECK(close(ff::log_loss(known.score, y).value, known.log_loss, 1e-12));
    CHECK(close(ff::log_loss(known.score, y, w).value, known.weighted_log_loss, 1e-12));
    for (const double each : known.score) certain += each == 0 || each == 1 ? 1 : 0;
  }
  CHECK(certain > 5);
}

TEST_CASE("by hand") {
  const ff::labels y(std::vector{1, 0, 0, 1});
  const ff::scores score{0.5, 0.25, 0, 1};
  const auto brier = ff::brier_score(score, y);
  CHECK(brier.value == (0.25 + 0.0625) / 4);
  CHECK(brier.base == 0.25);
  CHECK(brier.skill() == 1 - brier.value / 0.25);
  const auto loss = ff::log_loss(score, y, {}, {.least = 0});
  CHECK(close(loss.value, (std::log(2.0) - std::log(0.75)) / 4, 1e-15));
  CHECK(close(loss.base, std::log(2.0), 1e-15));
  CHECK(loss.moved == 0);
  CHECK(ff::log_loss(score, y).moved == 2);
  CHECK(close(ff::log_loss(score, y, {}, {.least = 0.1}).value,
              (std::log(2.0) - std::log(0.75) - 2 * std::log(0.9)) / 4, 1e-15));
}

TEST_CASE("a certain score that is wrong costs infinity, or what was said") {
  const ff::labels y(std::vector{0, 1});
  const ff::scores wrong{1, 0.5};
  CHECK(std::isinf(ff::log_loss(wrong, y, {}, {.least = 0}).value));
  CHECK(std::isinf(ff::log_loss(ff::scores{0.5, 0}, y, {}, {.least = 0}).value));
  CHECK(close(ff::log_loss(wrong, y).value, (52 * std::log(2.0) + std::log(2.0)) / 2, 1e-14));
  CHECK(ff::log_loss(wrong, y, ff::weights({0, 1}), {.least = 0}).value == doctest::Approx(std::log(2.0)));
}

TEST_CASE("a weight of two is two sessions, and one class has a loss too") {
  const ff::labels y(std::vector{1, 0, 1});
  const ff::scores score{0.75, 0.5, 0.125};
  const ff::labels twice(std::vector{1, 1, 0, 1});
  const ff::scores twice_score{0.75, 0.75, 0.5, 0.125};
  const ff::weights w({2, 1, 1});
  CHECK(ff::brier_score(score, y, w) == ff::brier_score(twice_score, twice));
  CHECK(close(ff::log_loss(score, y, w).value, ff::log_loss(twice_score, twice).value, 1e-15));
  CHECK(ff::log_loss(score, y, w).base == ff::log_loss(twice_score, twice).base);
  const ff::labels ones(std::vector{1, 1, 1});
  CHECK(ff::brier_score(score, ones).base == 0);
  CHECK(std::isnan(ff::brier_score(score, ones).skill()));
  CHECK(ff::log_loss(score, ones).base == 0);
  CHECK(ff::log_loss(score, ones).value > 0);
}

// Labels drawn with the scores as probabilities: the p-value is uniform. Drawn with others, it is small.
TEST_CASE("the calibration test holds its level and finds scores that are too certain") {
  ff::random_stream stream(5);
  int below = 0;
  int found = 0;
  constexpr int times = 2000;
  for (int i = 0; i < times; ++i) {
    ff::scores score, sharp;
    std::vector<int> label;
    for (int row = 0; row < 300; ++row) {
      const double p = stream.uniform();
      score.push_back(p);
      sharp.push_back(p * p / (p * p + (1 - p) * (1 - p)));
      label.push_back(stream.uniform() < p ? 1 : 0);
    }
    const ff::labels y(label);
    below += ff::calibration_test(score, y).p_value < 0.1 ? 1 : 0;
    const auto result = ff::calibration_test(sharp, y);
    found += result.p_value < 0.1 && result.statistic > 0 ? 1 : 0;
  }
  CHECK(below > 0.08 * times);
  CHECK(below < 0.12 * times);
  CHECK(found > 0.95 * times);
}

TEST_CASE("the calibration test by hand") {
  // (1 - 0.75) x (1 - 1.5) + (0 - 0.25) x (1 - 0.5) = -0.25; variance 2 x 0.25 x 0.1875; so z = -0.25 / sqrt(0.09375).
  const auto result = ff::calibration_test(ff::scores{0.75, 0.25}, ff::labels(std::vector{1, 0}));
  CHECK(close(result.statistic, -0.25 / std::sqrt(0.09375), 1e-15));
  CHECK(result.effect == -0.125);
  CHECK(result.effect_name == "excess Brier score");
  const auto certain = ff::calibration_test(ff::scores{1, 0, 0.5}, ff::labels(std::vector{1, 0, 0}));
  CHECK(certain.statistic == 0);
  CHECK(certain.p_value == 1);
  CHECK(ff::calibration_test(ff::scores{1, 0.3}, ff::labels(std::vector{0, 0})).p_value == 0);
  CHECK(ff::calibration_test(ff::scores{0, 0.3}, ff::labels(std::vector{1, 0})).p_value == 0);
}

TEST_CASE("scores that are no probabilities") {
  const ff::labels y(std::vector{1, 0});
  const auto thrown = [&](const ff::scores& score, const ff::labels& labels) {
    const auto one = thrown_by([&] { return ff::brier_score(score, labels); });
    const auto two = thrown_by([&] { return ff::log_loss(score, labels); });
    const auto three = thrown_by([&] { return ff::calibration_test(score, labels); });
    CHECK(one.substr(one.rfind(": ")) == two.substr(two.rfind(": ")));
    CHECK(one.substr(one.rfind(": ")) == three.substr(three.rfind(": ")));
    return one;
  };
  CHECK(thrown({0.5, 1.5}, y) == "bad_value: brier_score: a score must be in [0, 1], got 1.5 in row 1");
  CHECK(thrown({-0.1, 0.5}, y) == "bad_value: brier_score: a score must be in [0, 1], got -0.1 in row 0");
  CHECK(thrown({0.5, std::nan("")}, y) == "missing_value: brier_score: the score is missing in row 1");
  CHECK(thrown({0.5}, y) ==
        "wrong_shape: brier_score: there must be one label for each score, got 1 scores and 2 labels");
  CHECK(thrown({}, ff::labels()) == "wrong_shape: brier_score: there must be at least one score, got 0");
  const ff::scores two{0.5, 0.5};
  CHECK(code_thrown_by([&] { return ff::brier_score(two, y, ff::weights({1})); }) == "wrong_shape");
  CHECK(code_thrown_by([&] { return ff::log_loss(two, y, ff::weights({1, 2, 3})); }) == "wrong_shape");
  for (const double bad : {-0.1, 0.5, std::nan("")}) {
    CHECK(code_thrown_by([&] { return ff::log_loss(two, y, {}, {.least = bad}); }) == "bad_option");
  }
}
