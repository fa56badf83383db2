// SPDX-License-Identifier: MIT
// Resampled ranking figures against sessions that are really repeated and ranked anew, and against known truths.
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/evaluate/ranking_intervals.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

struct scored {
  ff::scores score;
  std::vector<int> label;
  ff::labels y() const { return ff::labels(label); }
};

/// Normal scores, those of the share `base` of buyers higher by `shift`; as many `levels` of them, 0: all different.
scored drawn(int rows, double base, double shift, int levels, ff::random_stream& stream) {
  scored made;
  for (int row = 0; row < rows; ++row) {
    made.label.push_back(stream.uniform() < base);
    const double score = stream.normal() + shift * made.label.back();
    made.score.push_back(levels == 0 ? score : std::round(score * levels / 4));
  }
  return made;
}

double above(double z) { return std::erfc(z / std::sqrt(2.0)) / 2; }

}  // namespace

TEST_CASE("figures of a resample are those of its sessions, ranked anew") {
  ff::random_stream stream(8);
  for (const int levels : {0, 2, 12}) {
    const auto made = drawn(237, 0.2, 1, levels, stream);
    const std::vector<double> depths{0.05, 0.1, 0.1, 0.5, 1};
    const ff::ordered_sessions ordered(made.score, made.y(), depths);
    REQUIRE(ordered.figures() == 17);
    for (int repeat = 0; repeat < 30; ++repeat) {
      std::vector<std::uint32_t> times;
      scored again;
      for (std::size_t row = 0; row < made.score.size(); ++row) {
        times.push_back(repeat == 0 ? 1 : static_cast<std::uint32_t>(stream.below(4) * stream.below(2)));
        again.score.insert(again.score.end(), times.back(), made.score[row]);
        again.label.insert(again.label.end(), times.back(), made.label[row]);
      }
      std::vector<double> figures(17);
      ordered.read(times, figures);
      const auto groups = ff::ranking(again.score, again.y());
      CHECK(figures[0] == ff::roc_auc(groups).value);
      CHECK(figures[1] == ff::average_precision(groups).value);
      for (std::size_t k = 0; k < depths.size(); ++k) {
        const auto best = ff::lift_at(groups, depths[k]);
        CHECK(figures[2 + 3 * k] == best.rate);
        CHECK(figures[3 + 3 * k] == best.lift);
        CHECK(figures[4 + 3 * k] == best.capture);
      }
    }
  }
}

TEST_CASE("a resample without outcomes has no figures") {
  const ff::scores score{3, 2, 1};
  const ff::ordered_sessions ordered(score, ff::labels(std::vector{1, 0, 0}), {0.5});
  std::vector<double> figures(5);
  ordered.read(std::vector<std::uint32_t>{0, 2, 1}, figures);
  CHECK(std::isnan(figures[0]));
  CHECK(std::isnan(figures[1]));
  CHECK(figures[2] == 0);
  CHECK(std::isnan(figures[3]));
  CHECK(std::isnan(figures[4]));
  ordered.read(std::vector<std::uint32_t>{3, 0, 0}, figures);
  CHECK(std::isnan(figures[0]));
  CHECK(figures[1] == 1);
  CHECK(figures[3] == 1);
  ordered.read(std::vector<std::uint32_t>{0, 0, 0}, figures);
  for (const double each : figures) CHECK(std::isnan(each));
  // About a third of the resamples of three sessions with one outcome have none: 8/27.
  const auto result = ff::ranking_intervals(score, ff::labels(std::vector{1, 0, 0}), {.depths = {0.5}});
  CHECK(result.average_precision.undefined > 2000 * 0.25);
  CHECK(result.average_precision.undefined < 2000 * 0.35);
  CHECK(result.depths[0].rate.undefined == 0);
}

TEST_CASE("intervals do not depend on the threads, and say what they were made of") {
  ff::random_stream stream(9);
  const auto made = drawn(500, 0.1, 1, 0, stream);
  const ff::ranking_interval_options options{.depths = {0.1},
                                             .draws = {.replicates = 300, .seed = 4, .confidence = 0.9}};
  const auto one = ff::ranking_intervals(made.score, made.y(), options, {.threads = 1});
  CHECK(ff::ranking_intervals(made.score, made.y(), options, {.threads = 3}) == one);
  CHECK(one.roc_auc.value == ff::roc_auc(made.score, made.y()).value);
  CHECK(one.depths[0].depth == 0.1);
  CHECK(one.depths[0].lift.value == ff::lift_at(made.score, made.y(), 0.1).lift);
  CHECK(one.roc_auc.range.confidence == 0.9);
  auto other = options;
  other.draws.seed = 5;
  CHECK(ff::ranking_intervals(made.score, made.y(), other) != one);
}

TEST_CASE("sessions of one visitor are one piece of evidence") {
  ff::random_stream stream(10);
  const auto visitors = drawn(300, 0.3, 1, 0, stream);
  scored sessions;
  std::vector<int> visitor;
  for (std::size_t i = 0; i < visitors.score.size(); ++i) {
    for (int copy = 0; copy < 4; ++copy) {
      sessions.score.push_back(visitors.score[i]);
      sessions.label.push_back(visitors.label[i]);
      visitor.push_back(static_cast<int>(i));
    }
  }
  const auto naive = ff::ranking_intervals(sessions.score, sessions.y());
  const auto honest = ff::ranking_intervals(sessions.score, sessions.y(), ff::resampled_units::of_visitors(visitor));
  const auto truth = ff::ranking_intervals(visitors.score, visitors.y());
  CHECK(honest.roc_auc.value == naive.roc_auc.value);
  CHECK(honest.roc_auc.standard_error == doctest::Approx(2 * naive.roc_auc.standard_error).epsilon(0.06));
  CHECK(honest.roc_auc.standard_error == doctest::Approx(truth.roc_auc.standard_error).epsilon(0.06));
  CHECK(honest.depths[1].lift.standard_error == doctest::Approx(truth.depths[1].lift.standard_error).epsilon(0.06));
}

TEST_CASE("what cannot be resampled is refused") {
  const ff::scores score{3, 2, 1};
  const ff::labels y(std::vector{1, 0, 1});
  CHECK(thrown_by([&] { return ff::ranking_intervals(score, y, ff::resampled_units(4)); }) ==
        "wrong_shape: ranking_intervals: there are 3 scores, but units of 4 sessions");
  CHECK(code_thrown_by([&] { return ff::ranking_intervals(score, y, {.depths = {0.1}}); }) == "bad_option");
  CHECK(code_thrown_by([&] { return ff::ranking_intervals(score, y, {.depths = {0.9, 0.5}}); }) == "bad_option");
  CHECK(code_thrown_by([&] { return ff::ranking_intervals(score, y, {.depths = {1.5}}); }) == "bad_option");
  CHECK(code_thrown_by([&] {
          return ff::ranking_intervals(score, ff::labels(std::vector{1, 1, 1}), {.depths = {0.5}});
        }) == "one_class");
  const ff::scores missing{3, std::numeric_limits<double>::quiet_NaN(), 1};
  CHECK(code_thrown_by([&] { return ff::ranking_intervals(missing, y, {.depths = {0.5}}); }) == "missing_value");
  CHECK(code_thrown_by([&] { return ff::ranking_intervals(ff::scores{}, ff::labels()); }) == "wrong_shape");
}

// The true area is Phi(shift / sqrt 2), the true capture that of the normal tails; the true average precision an integral
// over the scores of buyers, by the rectangle rule.
TEST_CASE("percentile intervals hold what they promise") {
  constexpr double base = 0.3, shift = 1;
  double precision = 0;
  for (double cut = -8; cut < 9; cut += 0.001) {
    const double hits = base * above(cut - shift);
    precision += 0.001 * std::exp(-(cut - shift) * (cut - shift) / 2) / std::sqrt(2 * std::acos(-1.0)) * hits /
                 (hits + (1 - base) * above(cut));
  }
  double low = -8, high = 8;
  for (int i = 0; i < 60; ++i) {
    const double cut = (low + high) / 2;
    (base * above(cut - shift) + (1 - base) * above(cut) > 0.2 ? low : high) = cut;
  }
  const double capture = above(low - shift);
  constexpr int draws = 1000;
  int areas = 0, precisions = 0, lifts = 0;
  ff::random_stream stream(13);
  for (int draw = 0; draw < draws; ++draw) {
    const auto made = drawn(500, base, shift, 0, stream);
    const auto result = ff::ranking_intervals(
        made.score, made.y(), {.depths = {0.2}, .draws = {.replicates = 400, .seed = static_cast<std::uint64_t>(draw)}},
        {.threads = 1});
    areas += result.roc_auc.range.contains(above(-shift / std::sqrt(2.0)));
    precisions += result.average_precision.range.contains(precision);
    lifts += result.depths[0].lift.range.contains(capture / 0.2);
  }
  for (const int held : {areas, precisions, lifts}) {
    CHECK(held >= 0.93 * draws);
    CHECK(held <= 0.97 * draws);
  }
}
