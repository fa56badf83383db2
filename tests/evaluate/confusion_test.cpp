// SPDX-License-Identifier: MIT
// Decisions at one threshold, counted by hand and against scikit-learn.
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/evaluate/confusion.hpp>

#include <tests/oracle/ranking.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("a score of the threshold is called positive") {
  const ff::scores score{0.9, 0.5, 0.49, 0.5, 0.1, 0.7};
  const ff::labels y(std::vector{1, 1, 1, 0, 0, 0});
  CHECK(ff::confusion_at(score, y) == ff::confusion{2, 2, 1, 1});
  CHECK(ff::confusion_at(score, y, 0.8) == ff::confusion{1, 0, 3, 2});
  CHECK(ff::confusion_at(score, y, 0) == ff::confusion{3, 3, 0, 0});
  CHECK(ff::confusion_at(score, y, infinity) == ff::confusion{0, 0, 3, 3});
  CHECK(ff::confusion_at(score, y, -infinity) == ff::confusion{3, 3, 0, 0});
}

TEST_CASE("rates carry their counts and intervals") {
  const ff::confusion counts{30, 10, 50, 10};
  CHECK(counts.accuracy() == ff::rate_of(80, 100));
  CHECK(counts.precision() == ff::rate_of(30, 40));
  CHECK(counts.recall() == ff::rate_of(30, 40));
  CHECK(counts.f1() == 0.75);
  CHECK(counts.accuracy().wilson.contains(0.8));
}

TEST_CASE("what has no trials is not known") {
  const ff::confusion never_called{0, 0, 4, 2};
  CHECK(std::isnan(never_called.precision().value));
  CHECK(never_called.recall().value == 0);
  CHECK(never_called.f1() == 0);
  const ff::confusion nothing_there{0, 3, 4, 0};
  CHECK(std::isnan(nothing_there.recall().value));
  CHECK(nothing_there.f1() == 0);
  CHECK(std::isnan(ff::confusion{0, 0, 4, 0}.f1()));
  CHECK(std::isnan(ff::confusion{}.accuracy().value));
}

TEST_CASE("scikit-learn counts the same") {
  for (const auto& expected : oracle::ranking_cases) {
    CAPTURE(expected.level.size());
    ff::scores score;
    for (const int level : expected.level) score.push_back(level / 1024.0);
    const auto counts = ff::confusion_at(score, ff::labels(expected.label));
    CHECK(std::fabs(counts.accuracy().value - expected.accuracy) <= 1e-12);
    CHECK(std::fabs(counts.precision().value - expected.precision) <= 1e-12);
    CHECK(std::fabs(counts.recall().value - expected.recall) <= 1e-12);
    CHECK(std::fabs(counts.f1() - expected.f1) <= 1e-12);
  }
}

TEST_CASE("scores that cannot be decided on are refused") {
  const ff::labels y(std::vector{1, 0});
  const auto refusal = [&](const ff::scores& score, double threshold = 0.5) {
    return thrown_by([&] { return ff::confusion_at(score, y, threshold); });
  };
  CHECK(
      refusal({0.5, 0.6, 0.7}) ==
      "wrong_shape: confusion_at: there must be one label for each score and at least one, got 3 scores and 2 labels");
  CHECK(code_thrown_by([&] { return ff::confusion_at(ff::scores{}, ff::labels()); }) == "wrong_shape");
  CHECK(refusal({0.5, missing}) == "missing_value: confusion_at: the score is missing in row 1");
  CHECK(refusal({0.5, infinity}) == "");
  CHECK(refusal({0.5, 0.6}, missing) == "bad_option: confusion_at: the threshold is missing");
}
