// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/evaluate/isotonic.hpp>
#include <footfall/evaluate/probability_scores.hpp>

#include <tests/oracle/calibration.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

TEST_CASE("the curve is that of scikit-learn's IsotonicRegression") {
  for (const auto& known : oracle::calibration_cases) {
    const ff::labels y(known.label);
    const auto plain = ff::isotonic{}.fit(known.score, y);
    const auto weighted = ff::isotonic{}.fit(known.score, y, ff::weights(known.weight));
    for (std::size_t i = 0; i < known.probe.size(); ++i) {
      CAPTURE(known.probe[i]);
      CHECK(std::fabs(plain(known.probe[i]) - known.isotonic[i]) <= 1e-12);
      CHECK(std::fabs(weighted(known.probe[i]) - known.weighted_isotonic[i]) <= 1e-12);
    }
  }
}

TEST_CASE("levels and lines, by hand") {
  // 1 at 0.2 pools with the 0s at 0.4: a level of 1/3. Equal shares are one level: 0.6 and 0.7 with 1 of 2 each.
  const ff::scores score{0.1, 0.2, 0.4, 0.4, 0.6, 0.6, 0.7, 0.7, 0.9};
  const ff::labels y(std::vector{0, 1, 0, 0, 0, 1, 1, 0, 1});
  const auto map = ff::isotonic{}.fit(score, y);
  CHECK(map.levels() ==
        std::vector<ff::isotonic_level>{{0.1, 0.1, 1, 0}, {0.2, 0.4, 3, 1}, {0.6, 0.7, 4, 2}, {0.9, 0.9, 1, 1}});
  CHECK(map(0.1) == 0);
  CHECK(map(-5) == 0);
  CHECK(map(0.15) == doctest::Approx(1.0 / 6));
  CHECK(map(0.2) == 1.0 / 3);
  CHECK(map(0.3) == 1.0 / 3);
  CHECK(map(0.5) == doctest::Approx((1.0 / 3 + 0.5) / 2));
  CHECK(map(0.65) == 0.5);
  CHECK(map(0.8) == doctest::Approx(0.75));
  CHECK(map(0.9) == 1);
  CHECK(map(7) == 1);
}

// The least squared error over all rising functions, by trying every way to cut the scores into levels.
TEST_CASE("no rising curve fits better") {
  ff::random_stream stream(12);
  for (int round = 0; round < 60; ++round) {
    constexpr int rows = 9;
    ff::scores score;
    std::vector<int> label;
    for (int row = 0; row < rows; ++row) {
      score.push_back(row);
      label.push_back(static_cast<int>(stream.below(2)));
    }
    label[0] = 1;
    label[8] = 0;
    double best = std::numeric_limits<double>::infinity();
    for (unsigned cuts = 0; cuts < 1U << (rows - 1); ++cuts) {
      double error = 0;
      double before = 0;
      bool rises = true;
      for (int begin = 0; begin < rows;) {
        int end = begin + 1;
        while (end < rows && (cuts >> (end - 1) & 1) == 0) ++end;
        double positives = 0;
        for (int row = begin; row < end; ++row) positives += label[static_cast<std::size_t>(row)];
        const double level = positives / (end - begin);
        rises = rises && level >= before;
        before = level;
        error += positives * (1 - level) * (1 - level) + (end - begin - positives) * level * level;
        begin = end;
      }
      if (rises) best = std::min(best, error);
    }
    const ff::labels y(label);
    const auto map = ff::isotonic{}.fit(score, y);
    CHECK(ff::brier_score(map.score(score), y).value * rows == doctest::Approx(best).epsilon(1e-12));
  }
}

TEST_CASE("counts are compared exactly where quotients would be equal") {
  // 94906265 / 94906266 < 94906266 / 94906267, and both are the same double.
  const std::vector<ff::tied_group> highest_first{{0.9, 94'906'267, 94'906'266}, {0.1, 94'906'266, 94'906'265}};
  CHECK(ff::detail::pooled(std::span(highest_first)).size() == 2);
  const std::vector<ff::tied_group> falling{{0.9, 94'906'266, 94'906'265}, {0.1, 94'906'267, 94'906'266}};
  CHECK(ff::detail::pooled(std::span(falling)).size() == 1);
}

TEST_CASE("weights of any size") {
  const ff::scores score{1, 2, 3, 4};
  const ff::labels y(std::vector{0, 1, 0, 1});
  const auto plain = ff::isotonic{}.fit(score, y);
  for (const double size : {1e-200, 1e200}) {
    const auto map = ff::isotonic{}.fit(score, y, ff::weights({size, size, size, size}));
    for (const double at : score) CHECK(map(at) == plain(at));
  }
  const auto without = ff::isotonic{}.fit(score, y, ff::weights({1, 0, 1, 1}));  // the 1 at score 2 is not there
  CHECK(without(3) == 0);
}

TEST_CASE("scores at the ends of the numbers") {
  const ff::labels y(std::vector{0, 1});
  const auto wide = ff::isotonic{}.fit(ff::scores{-8e307, 8e307}, y);
  CHECK(wide(0) == doctest::Approx(0.5));
  CHECK(wide(1.7e308) == 1);
  CHECK(thrown_by([&] {
          return ff::isotonic{}.fit(ff::scores{-1e308, 1e308}, y);
        }) == "limit: isotonic: scores lie too far apart: -1e+308 and 1e+308");
  const double next = std::nextafter(0.5, 1.0);
  const auto near = ff::isotonic{}.fit(ff::scores{0.5, next}, y);
  CHECK(near(0.5) == 0);
  CHECK(near(next) == 1);
}

TEST_CASE("parts that make no curve") {
  using levels = std::vector<ff::isotonic_level>;
  const auto code = [](const levels& of) {
    return code_thrown_by([&] { return ff::fitted_isotonic::from_parts(of); });
  };
  const double nan = std::nan("");
  CHECK(code({{0, 0, 1, 0}, {1, 2, 2, 1}}) == "");
  CHECK(code({}) == "bad_parts");
  CHECK(code({{0, 0, 0, 0}}) == "bad_parts");
  CHECK(code({{0, 0, HUGE_VAL, 0}}) == "bad_parts");
  CHECK(code({{0, 0, 1, 2}}) == "bad_parts");
  CHECK(code({{0, 0, 1, -1}}) == "bad_parts");
  CHECK(code({{0, 0, 1, nan}}) == "bad_parts");
  CHECK(code({{1, 0, 1, 0}}) == "bad_parts");
  CHECK(code({{nan, 0, 1, 0}}) == "bad_parts");
  CHECK(code({{0, HUGE_VAL, 1, 0}}) == "bad_parts");
  CHECK(code({{0, 1, 1, 0}, {1, 2, 2, 1}}) == "bad_parts");
  CHECK(code({{0, 0, 2, 1}, {1, 2, 3, 1}}) == "bad_parts");
}
