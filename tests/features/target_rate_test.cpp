// SPDX-License-Identifier: MIT
// Rates of levels: by hand, by folds, and no session told its own label.
#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/features/columns.hpp>
#include <footfall/features/target_rate.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

ff::table of(const std::vector<std::string>& sources) {
  return ff::table({ff::column::from_text("source", sources, ff::stage::context)});
}
const ff::table sessions = of({"mail", "ads", "mail", "", "ads", "mail", "ads", "mail"});
const ff::labels y(std::vector{1, 0, 1, 1, 0, 0, 1, 0});

std::vector<double> rates(const ff::table& t) {
  const auto numbers = t["rate(source)"].numbers();
  return {numbers.begin(), numbers.end()};
}

}  // namespace

TEST_CASE("later sessions get the rates of all training sessions, drawn towards the rate of all") {
  const auto [fitted, training] =
      ff::target_rate{.columns = {"source"}, .prior = 2, .folds = 2}.fit_transform(sessions, y);
  const auto later = fitted.transform(of({"mail", "ads", "", "search"}));
  CHECK(rates(later) == std::vector<double>{3.0 / 6, 2.0 / 5, 2.0 / 3, 0.5});
  CHECK(later["rate(source)"].stage() == ff::stage::context);
  CHECK(training.cols() == 2);
}

TEST_CASE("a training session gets the rates of the other folds, so its own label does not matter") {
  const ff::target_rate recipe{.columns = {"source"}, .prior = 1, .folds = 4, .seed = 3};
  const auto training = rates(recipe.fit_transform(sessions, y).training);
  for (const auto& fold : ff::stratified_folds(y, {.folds = 4, .seed = 3})) {
    const auto learned = sessions.rows(fold.train);
    const auto labels = y.rows(fold.train);
    const double overall = static_cast<double>(labels.positives()) / static_cast<double>(labels.size());
    for (const ff::index row : fold.test) {
      double hits = 0, trials = 0;
      for (ff::index other = 0; other < learned.rows(); ++other) {
        if (learned["source"].codes()[static_cast<std::size_t>(other)] !=
            sessions["source"].codes()[static_cast<std::size_t>(row)]) {
          continue;
        }
        trials += 1;
        hits += labels[other] ? 1 : 0;
      }
      CHECK(training[static_cast<std::size_t>(row)] == (hits + overall) / (trials + 1));
    }
  }
}

TEST_CASE("a column of noise with a level for each session says nothing about the labels") {
  std::vector<std::string> names;
  std::vector<int> bought;
  for (int i = 0; i < 200; ++i) {
    names.push_back("v" + std::to_string(i));
    bought.push_back(i % 2);
  }
  const ff::labels labels(bought);
  const auto result = ff::target_rate{.columns = {"source"}, .prior = 0}.fit_transform(of(names), labels);
  for (const double rate : rates(result.training)) CHECK(rate == 0.5);  // every level is new to the other folds
  const auto leaking = rates(result.fitted.transform(of(names)));       // what fit and transform alone would have given
  for (std::size_t i = 0; i < leaking.size(); ++i) REQUIRE(leaking[i] == bought[i]);
  static_assert(!ff::fits_labels<ff::target_rate, ff::table> && !ff::fits_alone<ff::target_rate, ff::table>,
                "who fits and then transforms the same sessions would tell each its own label");
}

TEST_CASE("parts, and what cannot be learned from") {
  const ff::target_rate recipe{.columns = {"source"}, .folds = 2};
  const auto fitted = recipe.fit_transform(sessions, y).fitted;
  const ff::parts_of<ff::fitted_target_rate> parts(fitted.parts());
  CHECK(std::apply([](const auto&... part) { return ff::fitted_target_rate::from_parts(part...); }, parts) == fitted);
  CHECK(code_thrown_by([] { return ff::fitted_target_rate::from_parts({}, 2); }) == "bad_parts");
  CHECK(code_thrown_by([] {
          return ff::fitted_target_rate::from_parts({{{"source", {"a"}, true}, {0.5}}}, 0.5);
        }) == "bad_parts");
  CHECK(code_thrown_by([] { return ff::target_rate{{"source"}, -1}.fit_transform(sessions, y); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::target_rate{{"source"}, 1, 9}.fit_transform(sessions, y); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::target_rate{.columns = {"device"}, .folds = 2}.fit_transform(sessions, y); }) ==
        "unknown_name");
  CHECK(code_thrown_by([] {
          return ff::target_rate{{"source"}}.fit_transform(sessions, ff::labels(std::vector{1}));
        }) == "wrong_shape");
  CHECK(code_thrown_by([] {
          return ff::target_rate{{"source"}}.fit_transform(sessions, ff::labels(std::vector<int>(8, 1)));
        }) == "one_class");
}
