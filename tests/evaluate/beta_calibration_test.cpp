// SPDX-License-Identifier: MIT
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/evaluate/beta_calibration.hpp>

#include <tests/oracle/calibration.hpp>
#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

TEST_CASE("the curve is that of an independent fit, on the edge too") {
  int on_edge = 0;
  for (const auto& known : oracle::calibration_cases) {
    if (known.brier == 0) continue;
    const ff::labels y(known.label);
    const ff::beta_calibration recipe{.least = oracle::least_score};
    const auto check = [&](const ff::fitted_beta& map, const std::vector<double>& expected) {
      CHECK(close(map.a(), expected[0], 1e-9));
      CHECK(close(map.b(), expected[1], 1e-9));
      CHECK(close(map.c(), expected[2], 1e-9));
      on_edge += map.a() == 0 || map.b() == 0 ? 1 : 0;
    };
    check(recipe.fit(known.score, y), known.beta);
    check(recipe.fit(known.score, y, ff::weights(known.weight)), known.weighted_beta);
  }
  CHECK(on_edge > 0);
}

TEST_CASE("probabilities stay what they are, and bent ones are bent back") {
  ff::random_stream stream(21);
  ff::scores score, bent;
  std::vector<int> label;
  for (int row = 0; row < 100'000; ++row) {
    const double p = stream.uniform();
    score.push_back(p);
    bent.push_back(ff::logistic(0.7 + 1.5 * std::log(p) - 0.5 * std::log1p(-p)));
    label.push_back(stream.uniform() < p ? 1 : 0);
  }
  const ff::labels y(label);
  const auto kept = ff::beta_calibration{}.fit(score, y);
  CHECK(std::fabs(kept.a() - 1) < 0.1);
  CHECK(std::fabs(kept.b() - 1) < 0.1);
  for (const double p : {0.01, 0.1, 0.5, 0.9, 0.99}) CHECK(std::fabs(kept(p) - p) < 0.01);
  const auto back = ff::beta_calibration{}.fit(bent, y).score(bent);
  for (std::size_t row = 0; row < 1000; ++row) REQUIRE(std::fabs(back[row] - score[row]) < 0.03);
}

TEST_CASE("scores of 0 and 1 count as near as was said") {
  const ff::scores score{0, 0.2, 0.5, 0.8, 1, 0.3, 0.6};
  const ff::labels y(std::vector{0, 0, 1, 1, 1, 1, 0});
  const ff::beta_calibration recipe{.least = 0.01};
  const auto map = recipe.fit(score, y);
  CHECK(map == recipe.fit(ff::scores{0.01, 0.2, 0.5, 0.8, 0.99, 0.3, 0.6}, y));
  CHECK(map.least() == 0.01);
  CHECK(map(0) == map(0.01));
  CHECK(map(1) == map(0.99));
  CHECK(map(0) < map(0.011));
}

TEST_CASE("scores that rank backwards, or not at all, or part the labels") {
  const ff::labels y(std::vector{1, 1, 1, 0, 0, 0});
  const auto backwards = ff::beta_calibration{}.fit(ff::scores{0.1, 0.2, 0.3, 0.4, 0.5, 0.6}, y);
  CHECK(backwards.a() == 0);
  CHECK(backwards.b() == 0);
  CHECK(backwards(0.9) == doctest::Approx(0.5));
  const auto same = ff::beta_calibration{}.fit(ff::scores(6, 0.3), y);
  CHECK(same(0.3) == doctest::Approx(0.5));
  const auto parted = ff::beta_calibration{}.fit(ff::scores{0.6, 0.7, 0.8, 0.1, 0.2, 0.3}, y);
  CHECK(parted(0.8) > 0.7);
  CHECK(parted(0.1) < 0.3);
  const auto two = ff::beta_calibration{}.fit(ff::scores{0.6, 0.6, 0.6, 0.1, 0.1, 0.1}, y);  // more terms than scores
  CHECK(two(0.6) == doctest::Approx(0.8));
  CHECK(two(0.1) == doctest::Approx(0.2));
}

TEST_CASE("options, scores and parts that are none") {
  const ff::labels y(std::vector{1, 0});
  for (const double bad : {0.0, 0.5, -1.0, std::nan("")}) {
    CHECK(code_thrown_by([&] { return ff::beta_calibration{bad}.fit(ff::scores{0.5, 0.6}, y); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::fitted_beta::from_parts(1, 1, 0, bad); }) == "bad_parts");
  }
  CHECK(code_thrown_by([&] { return ff::beta_calibration{}.fit(ff::scores{0.5, 1.5}, y); }) == "bad_value");
  const auto map = ff::fitted_beta::from_parts(1, 1, 0, 1e-9);
  CHECK(map(0.3) == doctest::Approx(0.3));
  CHECK(code_thrown_by([&] { return map(-0.1); }) == "bad_value");
  CHECK(code_thrown_by([&] { return map(1.1); }) == "bad_value");
  for (const double bad : {std::nan(""), HUGE_VAL}) {
    CHECK(code_thrown_by([&] { return ff::fitted_beta::from_parts(bad, 1, 0, 0.1); }) == "bad_parts");
    CHECK(code_thrown_by([&] { return ff::fitted_beta::from_parts(1, bad, 0, 0.1); }) == "bad_parts");
    CHECK(code_thrown_by([&] { return ff::fitted_beta::from_parts(1, 1, bad, 0.1); }) == "bad_parts");
  }
  CHECK(code_thrown_by([&] { return ff::fitted_beta::from_parts(-0.1, 1, 0, 0.1); }) == "bad_parts");
  CHECK(code_thrown_by([&] { return ff::fitted_beta::from_parts(1, -0.1, 0, 0.1); }) == "bad_parts");
}
