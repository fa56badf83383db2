// SPDX-License-Identifier: MIT
// Comparisons: their numbers against the figures of each side, their verdicts against worlds whose answer is known.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/evaluate/compare.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

/// The second model sees more of what makes sessions buy than the first by `better`.
struct world {
  ff::scores first, second;
  std::vector<int> label;

  world(int rows, double better, std::uint64_t seed) {
    ff::random_stream stream(seed);
    for (int row = 0; row < rows; ++row) {
      label.push_back(stream.uniform() < 0.2);
      const double shared = stream.normal();
      first.push_back(label.back() + shared + 0.5 * stream.normal());
      second.push_back((1 + better) * label.back() + shared + 0.5 * stream.normal());
    }
  }
  ff::labels y() const { return ff::labels(label); }
};

const ff::ranking_interval_options few{.depths = {0.1, 0.3}, .draws = {.replicates = 400, .seed = 2}};

}  // namespace

TEST_CASE("a comparison holds the differences of the two sides' figures") {
  const world made(600, 0.5, 1);
  const auto both = ff::compare_models(made.first, made.second, made.y(), few, {.threads = 1});
  CHECK(both.roc_auc == ff::delong(made.first, made.second, made.y()));
  CHECK(both.roc_auc_resampled.value == doctest::Approx(both.roc_auc.difference).epsilon(1e-12));
  CHECK(both.roc_auc_resampled.standard_error == doctest::Approx(both.roc_auc.standard_error).epsilon(0.15));
  CHECK(both.average_precision.value ==
        ff::average_precision(made.second, made.y()).value - ff::average_precision(made.first, made.y()).value);
  for (const auto& at : both.depths) {
    const auto first = ff::lift_at(made.first, made.y(), at.depth);
    const auto second = ff::lift_at(made.second, made.y(), at.depth);
    CHECK(at.lift.value == doctest::Approx(second.lift - first.lift).epsilon(1e-12));
    CHECK(at.capture.value == doctest::Approx(second.capture - first.capture).epsilon(1e-12));
    CHECK(at.lift.range.contains(at.lift.value));
  }
  CHECK(ff::compare_models(made.first, made.second, made.y(), few, {.threads = 3}) == both);
  CHECK(both.verdict.starts_with("The second model ranks better: areas "));
  CHECK(both.verdict.ends_with(", p < 0.001 (DeLong)"));
  CHECK(ff::compare_models(made.second, made.first, made.y(), few).verdict.starts_with("The first model ranks better"));
}

TEST_CASE("a model is not better than itself") {
  const world made(300, 0, 2);
  const auto same = ff::compare_models(made.first, made.first, made.y(), few);
  CHECK(same.p_value == 1);
  CHECK(same.roc_auc_resampled.range == ff::interval{0, 0, 0.95});
  CHECK(same.depths[0].capture.value == 0);
  CHECK(same.verdict.starts_with("No difference is shown: areas "));
  CHECK(same.verdict.ends_with("difference 0 (0 to 0), p = 1 (DeLong)"));
}

TEST_CASE("copies of a visitor's session add no evidence") {
  const world visitors(200, 0.25, 5);
  world sessions(0, 0, 0);
  std::vector<int> visitor;
  for (std::size_t i = 0; i < visitors.label.size(); ++i) {
    for (int copy = 0; copy < 5; ++copy) {
      sessions.first.push_back(visitors.first[i]);
      sessions.second.push_back(visitors.second[i]);
      sessions.label.push_back(visitors.label[i]);
      visitor.push_back(static_cast<int>(i));
    }
  }
  const auto naive = ff::compare_models(sessions.first, sessions.second, sessions.y(), few);
  const auto honest =
      ff::compare_models(sessions.first, sessions.second, sessions.y(), ff::resampled_units::of_visitors(visitor), few);
  const auto truth = ff::compare_models(visitors.first, visitors.second, visitors.y(), few);
  CHECK(naive.p_value < 0.5 * truth.p_value);
  CHECK(honest.roc_auc_resampled.standard_error ==
        doctest::Approx(truth.roc_auc_resampled.standard_error).epsilon(0.15));
  CHECK(honest.verdict.ends_with("(visitors resampled)"));
}

TEST_CASE("the best rule on a column is found, whichever its direction") {
  // Buyers: the first three; column b points down to them exactly, column a hardly.
  const ff::labels y(std::vector{1, 1, 1, 0, 0, 0, 0, 0, 0, 0});
  ff::matrix<double> values(10, 2);
  values.col(0) << 5, 1, 9, 8, 7, 6, 4, 3, 2, 0;
  values.col(1) << 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
  const ff::features<double> x(values, {{"a", "a", {}}, {"b", "b", {}}});
  const auto rule = ff::best_column_rule(x, y, 0.3);
  CHECK(rule.column == "b");
  CHECK_FALSE(rule.highest);
  CHECK(rule.threshold == 3);
  CHECK(rule.best.positives == 3);
  const ff::scores perfect{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, poor{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  const auto equal = ff::compare_with_best_column(perfect, x, y, 0.3);
  CHECK(equal.capture.value == 0);
  CHECK(equal.p_value == 1);
  CHECK(
      equal.verdict.starts_with("The model is not shown to beat a rule on one column: of the outcomes it captures 1, "
                                "the lowest b 1, difference 0"));
  CHECK(ff::compare_with_best_column(poor, x, y, 0.3).verdict.starts_with("A rule on one column beats the model"));
  CHECK(code_thrown_by([&] { return ff::best_column_rule(ff::features<double>(), y, 0.3); }) == "wrong_shape");
  CHECK(code_thrown_by([&] { return ff::best_column_rule(x, y, 0); }) == "bad_option");
}

TEST_CASE("a model that adds two columns beats the better of them") {
  ff::random_stream stream(6);
  std::vector<int> label;
  ff::matrix<double> values(2000, 2);
  ff::scores score;
  for (ff::index row = 0; row < 2000; ++row) {
    label.push_back(stream.uniform() < 0.1);
    values(row, 0) = label.back() + stream.normal();
    values(row, 1) = label.back() + stream.normal();
    score.push_back(values(row, 0) + values(row, 1));
  }
  const ff::features<double> x(values, {{"a", "a", {}}, {"b", "b", {}}});
  const auto result = ff::compare_with_best_column(score, x, ff::labels(label), 0.1, {.replicates = 500});
  CHECK(result.verdict.starts_with("The model beats every rule on one column"));
  CHECK(result.capture.value == doctest::Approx(result.model.capture - result.rule.best.capture).epsilon(1e-12));
  CHECK(result.capture.range.low > 0);
}

TEST_CASE("chance is what a rank test says") {
  // scipy 1.10.1: mannwhitneyu(method="asymptotic", use_continuity=False) gives 19.5 wins of 24 and p = 0.10333505600542045.
  const ff::scores score{5, 5, 4, 3, 3, 3, 2, 1, 1, 0};
  const ff::labels y(std::vector{1, 0, 1, 1, 0, 1, 0, 0, 0, 0});
  const auto result = ff::compare_with_chance(score, y);
  CHECK(result.roc_auc.value == 19.5 / 24);
  CHECK(result.p_value == doctest::Approx(0.10333505600542045).epsilon(1e-12));
  CHECK(result.average_precision.base == 0.4);
  CHECK(result.verdict.starts_with("The scores are not shown to rank better than chance: area 0.813 ("));
  CHECK(result.verdict.ends_with("against 0.5, p = 0.103 (Mann-Whitney)"));
  const ff::scores constant(10, 1);
  CHECK(ff::compare_with_chance(constant, y).p_value == 1);

  const world made(400, 1, 7);
  CHECK(ff::compare_with_chance(made.second, made.y()).verdict.starts_with("The scores rank better than chance"));
  auto turned = made.second;
  for (double& each : turned) each = -each;
  CHECK(ff::compare_with_chance(turned, made.y()).verdict.starts_with("The scores rank worse than chance"));
}

TEST_CASE("what cannot be compared is refused") {
  const world made(50, 0, 3);
  const ff::scores few_scores{1, 2};
  CHECK(code_thrown_by([&] { return ff::compare_models(made.first, few_scores, made.y(), few); }) == "wrong_shape");
  CHECK(code_thrown_by([&] {
          return ff::compare_models(made.first, made.second, made.y(), ff::resampled_units(49), few);
        }) == "wrong_shape");
  CHECK(code_thrown_by([&] {
          return ff::compare_models(made.first, made.second, ff::labels(std::vector<int>(50, 1)), few);
        }) == "one_class");
  CHECK(code_thrown_by([&] { return ff::compare_models(made.first, made.second, made.y(), {.depths = {0.001}}); }) ==
        "bad_option");
}
