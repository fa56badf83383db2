// SPDX-License-Identifier: MIT
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/evaluate/platt.hpp>

#include <tests/oracle/calibration.hpp>
#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

TEST_CASE("the curve is scikit-learn's sigmoid, followed to its end") {
  for (const auto& known : oracle::calibration_cases) {
    const ff::labels y(known.label);
    const auto plain = ff::platt{}.fit(known.score, y);
    CHECK(close(plain.slope(), known.platt[0], 1e-11));
    CHECK(close(plain.intercept(), known.platt[1], 1e-11));
    const auto weighted = ff::platt{}.fit(known.score, y, ff::weights(known.weight));
    CHECK(close(weighted.slope(), known.weighted_platt[0], 1e-11));
    CHECK(close(weighted.intercept(), known.weighted_platt[1], 1e-11));
    CHECK(plain(0.25) == ff::logistic(plain.intercept() + plain.slope() * 0.25));
  }
}

TEST_CASE("labels that one score parts have a finite curve") {
  const ff::scores score{1, 2, 3, 4, 5, 6};
  const auto map = ff::platt{}.fit(score, ff::labels(std::vector{0, 0, 0, 1, 1, 1}));
  // Three sessions a label: no session with the outcome is more certain than 4/5.
  CHECK(map.slope() > 0);
  CHECK(std::isfinite(map.slope()));
  CHECK(map(3.5) == doctest::Approx(0.5));
  CHECK(map(1) < 0.2);
  CHECK(map(6) > 0.8);
  const ff::scores far{1, 2, 3, 1e8, 2e8, 3e8};
  CHECK(std::isfinite(ff::platt{}.fit(far, ff::labels(std::vector{0, 0, 0, 1, 1, 1})).slope()));
}

TEST_CASE("scores that rank backwards, or not at all, give one probability") {
  const ff::labels y(std::vector{1, 1, 0, 1, 0, 0});
  // Targets: 4/5 three times and 1/5 three times.
  for (const ff::scores& score : {ff::scores{1, 2, 3, 4, 5, 6}, ff::scores{0.1, 0.1, 0.1, 0.1, 0.1, 0.1}}) {
    const auto map = ff::platt{}.fit(score, y);
    CHECK(map.slope() == 0);
    CHECK(map(3) == doctest::Approx(0.5));
  }
  const auto uneven = ff::platt{}.fit(ff::scores{0.3, 0.3, 0.3}, ff::labels(std::vector{0, 1, 0}));
  CHECK(close(uneven(0.3), (2.0 / 3 + 0.25 + 0.25) / 3, 1e-12));
}

TEST_CASE("scores beyond what can be squared") {
  const ff::labels y(std::vector{0, 1});
  CHECK(code_thrown_by([&] { return ff::platt{}.fit(ff::scores{-1e160, 0}, y); }) == "limit");
  CHECK(ff::platt{}.fit(ff::scores{-1e140, 1e140}, y)(0) == doctest::Approx(0.5));
}

TEST_CASE("parts that make no curve") {
  const auto code = [](double intercept, double slope) {
    return code_thrown_by([&] { return ff::fitted_platt::from_parts(intercept, slope); });
  };
  CHECK(code(-3, 0) == "");
  for (const double bad : {std::nan(""), HUGE_VAL}) {
    CHECK(code(bad, 1) == "bad_parts");
    CHECK(code(0, bad) == "bad_parts");
  }
  CHECK(code(0, -1e-9) == "bad_parts");
}
