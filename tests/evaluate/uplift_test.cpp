// SPDX-License-Identifier: MIT
// Uplift by hand, over all orders of ties, and in worlds where it is known who gains.
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/evaluate/uplift.hpp>
#include <footfall/statistics/rate_comparison.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

/// Sessions buy with probability 0.2, and treated ones with `gain` x their score more, which is uniform in [0, 1].
struct experiment {
  ff::scores score;
  std::vector<int> label, treatment;

  experiment(int rows, double gain, std::uint64_t seed) {
    ff::random_stream stream(seed);
    for (int row = 0; row < rows; ++row) {
      score.push_back(stream.uniform());
      treatment.push_back(stream.below(2) == 0);
      label.push_back(stream.uniform() < 0.2 + gain * score.back() * treatment.back());
    }
  }
  ff::labels y() const { return ff::labels(label); }
  ff::labels treated() const { return ff::labels(treatment); }
};

}  // namespace

TEST_CASE("uplift by hand") {
  // Ranked: 5 treated bought; 4 untreated; then of score 3 a treated one that bought and an untreated one that bought; 2
  // treated; 1 untreated bought.
  const ff::scores score{5, 4, 3, 3, 2, 1};
  const ff::labels y(std::vector{1, 0, 1, 1, 0, 1}), treated(std::vector{1, 0, 1, 0, 1, 0});
  const auto groups = ff::uplift_ranking(score, y, treated);
  CHECK(groups == std::vector<ff::uplift_group>{
                      {5, 1, 1, 0, 0}, {4, 0, 0, 1, 0}, {3, 1, 1, 1, 1}, {2, 1, 0, 0, 0}, {1, 0, 0, 1, 1}});
  constexpr double infinity = std::numeric_limits<double>::infinity();
  CHECK(ff::qini_curve(groups) ==
        std::vector<ff::qini_point>{
            {infinity, 0, 0}, {5, 1.0 / 6, 1}, {4, 2.0 / 6, 1}, {3, 4.0 / 6, 1}, {2, 5.0 / 6, 0.5}, {1, 1, 0}});
  const auto table = ff::uplift_table(groups, {.parts = 2});
  CHECK(table[0].sessions == 3);
  CHECK(table[0].treated == 1.5);  // half of the pair of score 3
  CHECK(table[0].treated_positives == 1.5);
  CHECK(table[0].control == 1.5);
  CHECK(table[0].control_positives == 0.5);
  CHECK(table[0].uplift == doctest::Approx(2.0 / 3).epsilon(1e-15));
  CHECK(table[0].score_high == 5);
  CHECK(table[0].score_low == 3);
  CHECK(table[1].uplift == doctest::Approx(0.5 / 1.5 - 1).epsilon(1e-15));

  const auto figures = ff::evaluate_uplift(score, y, treated, {.replicates = 50});
  CHECK(figures.average.value == 0);
  // Area under the curve: (0.5 + 1 + 2 + 0.75 + 0.25) / 6 outcomes; the line to its end is flat at 0; three treated.
  CHECK(figures.qini.value == doctest::Approx(4.5 / 6 / 3).epsilon(1e-14));
  // Uplift so far x sessions: -, 2, 2, 5/6, 0 after 1, 2, 4, 5, 6 sessions; trapezoids of 0, 1, 4, 17/12, 5/12.
  CHECK(figures.auuc.value == doctest::Approx((1 + 4 + 17.0 / 12 + 5.0 / 12) / 36).epsilon(1e-14));
}

TEST_CASE("intervals are Newcombe's") {
  const experiment made(500, 0.4, 1);
  const auto table = ff::uplift_table(made.score, made.y(), made.treated());
  for (const auto& part : table) {
    const auto whole = [](double count) { return static_cast<std::int64_t>(std::llround(count)); };
    const auto expected = ff::difference_interval(ff::rate_of(whole(part.treated_positives), whole(part.treated)),
                                                  ff::rate_of(whole(part.control_positives), whole(part.control)));
    CHECK(part.uplift_interval.low == doctest::Approx(expected.low).epsilon(1e-12));
    CHECK(part.uplift_interval.high == doctest::Approx(expected.high).epsilon(1e-12));
  }
  const std::vector<ff::uplift_group> apart{{2, 3, 1, 0, 0}, {1, 0, 0, 3, 2}};
  const auto halves = ff::uplift_table(apart, {.parts = 2});
  CHECK(std::isnan(halves[0].uplift));
  CHECK(halves[0].uplift_interval == ff::interval{-1, 1, 0.95});
}

TEST_CASE("one score for all orders nobody") {
  const experiment made(400, 0.5, 2);
  const ff::scores constant(400, 1);
  const auto figures = ff::evaluate_uplift(constant, made.y(), made.treated(), {.replicates = 200});
  CHECK(std::fabs(figures.qini.value) <= 1e-15);
  CHECK(figures.qini.range.low >= -1e-15);
  CHECK(figures.qini.range.high <= 1e-15);
  CHECK(figures.auuc.value == doctest::Approx(figures.average.value / 2).epsilon(1e-12));
  for (const auto& part : ff::uplift_table(constant, made.y(), made.treated()))
    CHECK(part.uplift == doctest::Approx(figures.average.value).epsilon(1e-12));
}

TEST_CASE("the figures do not depend on threads, and only on the order of scores") {
  const experiment made(600, 0.5, 3);
  const auto one = ff::evaluate_uplift(made.score, made.y(), made.treated(), {.replicates = 200}, {.threads = 1});
  CHECK(ff::evaluate_uplift(made.score, made.y(), made.treated(), {.replicates = 200}, {.threads = 3}) == one);
  auto stretched = made.score;
  for (double& each : stretched) each = std::exp(20 * each);
  CHECK(ff::evaluate_uplift(stretched, made.y(), made.treated(), {.replicates = 200}) == one);
}

// True figures: the average is gain / 2. With uniform scores the best share s gains gain x (1 - s/2) a session, so that the
// Qini curve is gain (s - s^2/2) per treated session, and the area above its line gain (1/2 - 1/6 - 1/4) = gain / 12.
TEST_CASE("resampled intervals hold what they promise") {
  constexpr double gain = 0.4;
  constexpr int draws = 600;
  int averages = 0, qinis = 0, areas = 0, nothing = 0;
  for (std::uint64_t draw = 0; draw < draws; ++draw) {
    const experiment made(400, gain, 100 + draw);
    const auto figures =
        ff::evaluate_uplift(made.score, made.y(), made.treated(), {.replicates = 300, .seed = draw}, {.threads = 1});
    averages += figures.average.range.contains(gain / 2);
    qinis += figures.qini.range.contains(gain / 12);
    areas += figures.auuc.range.contains(gain / 3);
    const experiment flat(400, 0, 5000 + draw);
    nothing +=
        ff::evaluate_uplift(flat.score, flat.y(), flat.treated(), {.replicates = 300, .seed = draw}, {.threads = 1})
            .qini.range.contains(0);
  }
  for (const int held : {averages, qinis, areas, nothing}) {
    CHECK(held >= 0.93 * draws);
    CHECK(held <= 0.97 * draws);
  }
}

TEST_CASE("no experiment, no uplift") {
  const ff::scores score{1, 2, 3};
  const ff::labels y(std::vector{1, 0, 1}), all(std::vector{1, 1, 1}), some(std::vector{1, 0, 1}),
      two(std::vector{1, 0});
  CHECK(thrown_by([&] { return ff::uplift_ranking(score, y, all); }) ==
        "one_class: uplift: is undefined without treated and untreated sessions, got 3 and 0");
  CHECK(code_thrown_by([&] { return ff::uplift_ranking(score, y, two); }) == "wrong_shape");
  CHECK(code_thrown_by([&] { return ff::evaluate_uplift(score, two, some); }) == "wrong_shape");
  CHECK(code_thrown_by([&] { return ff::evaluate_uplift(score, y, all); }) == "one_class");
  CHECK(thrown_by([&] { return ff::uplift_table(score, y, some, {.parts = 4}); }) ==
        "bad_option: uplift_table: parts must be in [1, 3], got 4");
  const ff::scores missing{1, std::nan(""), 3};
  CHECK(thrown_by([&] { return ff::uplift_ranking(missing, y, some); }) ==
        "missing_value: uplift: the score is missing in row 1");
}
