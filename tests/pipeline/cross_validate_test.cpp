// SPDX-License-Identifier: MIT
// Cross-validation: every session scored once, by a model that was fitted, step by step, without it.
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/data/split.hpp>
#include <footfall/data/table.hpp>
#include <footfall/evaluate/ranking.hpp>
#include <footfall/features/numeric.hpp>
#include <footfall/features/one_hot.hpp>
#include <footfall/forest/random_forest.hpp>
#include <footfall/pipeline/chain.hpp>
#include <footfall/pipeline/cross_validate.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

// Scores every session with 1000 times the sum of the first column it was trained on, and its own value: what a model saw.
struct fitted_memory {
  double seen;
  int threads;
  ff::scores score(const ff::matrix<double>& x, const ff::run_options& run = {}) const {
    ff::scores result;
    for (ff::index row = 0; row < x.rows(); ++row) result.push_back(1000 * seen + x(row, 0));
    if (run.threads != threads) result.assign(result.size(), -1);
    return result;
  }
};
struct memory {
  fitted_memory fit(const ff::matrix<double>& x, const ff::labels& y, const ff::weights& w = {},
                    const ff::run_options& run = {}) const {
    double seen = 0;
    for (ff::index row = 0; row < x.rows(); ++row) seen += x(row, 0) * w[row] + (y[row] ? 0.5 : 0);
    return {seen, run.threads};
  }
};

ff::matrix<double> powers_of_two() {
  ff::matrix<double> x(6, 1);
  x << 1, 2, 4, 8, 16, 32;
  return x;
}

const ff::labels six(std::vector{1, 0, 0, 1, 0, 0});

}  // namespace

TEST_CASE("each session is scored by the model of the fold that tests it, in the order of the sessions") {
  const std::vector<ff::split> folds{{{0, 1, 2, 3}, {5, 4}}, {{0, 1, 4, 5}, {2, 3}}, {{2, 3, 4, 5}, {0, 1}}};
  const auto scores = ff::cross_validate(memory{}, powers_of_two(), six, folds);
  // Sums of powers of two say which sessions a model has seen; a half for each positive says which labels.
  CHECK(scores == ff::scores{60'500 + 1, 60'500 + 2, 51'500 + 4, 51'500 + 8, 16'000 + 16, 16'000 + 32});
}

TEST_CASE("weights and run options are handed on with their rows") {
  const std::vector<ff::split> folds{{{3, 0, 5}, {1, 2, 4}}};
  const ff::weights w(std::vector{1.0, 10.0, 100.0, 1000.0, 10'000.0, 0.0});
  const auto scores = ff::cross_validate(memory{}, powers_of_two(), six, folds, w, {.threads = 3});
  CHECK(scores[1] == 1000 * (8000 + 1 + 1) + 2);
  CHECK(std::isnan(scores[0]));
  CHECK(std::isnan(scores[3]));
  CHECK(std::isnan(scores[5]));
}

TEST_CASE("folds may leave sessions out or test none, and need not be stratified") {
  const std::vector<ff::split> folds{{{0, 1, 2}, {}}, {{0, 0, 1}, {2}}};
  const auto scores = ff::cross_validate(memory{}, powers_of_two(), six, folds);
  CHECK(scores[2] == 1000 * (1 + 1 + 2 + 1) + 4);  // repeated rows are repeated
  CHECK(std::isnan(scores[5]));
  for (const double score : ff::cross_validate(memory{}, powers_of_two(), six, std::vector<ff::split>{}))
    CHECK(std::isnan(score));
}

TEST_CASE("folds that leak or repeat are refused") {
  const auto refusal = [](const std::vector<ff::split>& folds) {
    return thrown_by([&] { return ff::cross_validate(memory{}, powers_of_two(), six, folds); });
  };
  CHECK(refusal({{{0, 1, 2}, {2, 3}}}) ==
        "bad_value: cross_validate: row 2 is in the training and the test part of a fold");
  CHECK(refusal({{{0, 1}, {2}}, {{0, 1}, {3, 2}}}) == "bad_value: cross_validate: row 2 is in the test part twice");
  CHECK(refusal({{{0, 1}, {2, 2}}}) == "bad_value: cross_validate: row 2 is in the test part twice");
  CHECK(refusal({{{0, 6}, {2}}}) == "wrong_shape: cross_validate: row must be in [0, 6), got 6");
  CHECK(refusal({{{0, 1}, {-1}}}) == "wrong_shape: cross_validate: row must be in [0, 6), got -1");
  const std::vector<ff::split> good{{{0, 1}, {2}}};
  CHECK(thrown_by([&] {
          return ff::cross_validate(memory{}, ff::matrix<double>(powers_of_two().topRows(5)), six, good);
        }) == "wrong_shape: cross_validate: there must be one label for each of 5 rows, got 6");
  CHECK(code_thrown_by([&] {
          return ff::cross_validate(memory{}, powers_of_two(), six, good, ff::weights(std::vector{1.0, 2.0}));
        }) == "wrong_shape");
  CHECK(code_thrown_by([&] { return ff::cross_validate(memory{}, ff::matrix<double>(0, 1), ff::labels(), good); }) ==
        "wrong_shape");
}

TEST_CASE("tables, features and matrices give the same scores, whatever the threads") {
  ff::random_stream stream(3);
  ff::matrix<double> x(90, 3);
  std::vector<int> bought;
  std::vector<ff::column> columns;
  for (ff::index i = 0; i < x.size(); ++i) x.data()[i] = static_cast<double>(stream.below(100));
  for (ff::index row = 0; row < 90; ++row)
    bought.push_back(x(row, 0) + static_cast<double>(stream.below(60)) > 80 ? 1 : 0);
  std::vector<ff::feature_info> infos;
  for (ff::index column = 0; column < 3; ++column) {
    infos.push_back({ff::text("c", column), ff::text("c", column)});
    columns.push_back(ff::column::numeric(infos.back().name, {x.col(column).begin(), x.col(column).end()}));
  }
  const ff::labels y(bought);
  const auto folds = ff::stratified_folds(y, {.folds = 4, .seed = 1});
  const ff::random_forest forest{.trees = 20, .seed = 2};
  const auto scores = ff::cross_validate(forest, x, y, folds, {}, {.threads = 1});
  CHECK(ff::cross_validate(forest, ff::features<double>(x, infos), y, folds, {}, {.threads = 3}) == scores);
  CHECK(ff::cross_validate(ff::numeric{{"c0", "c1", "c2"}} | forest, ff::table(columns), y, folds) == scores);
  const Eigen::Map<const ff::matrix<double>> map(x.data(), x.rows(), x.cols());
  CHECK(ff::cross_validate(forest, map, y, folds) == scores);
  for (const double score : scores) CHECK((score >= 0 && score <= 1));
  CHECK(ff::roc_auc(scores, y).value > 0.75);
  CHECK(ff::roc_auc(scores, y).value < ff::roc_auc(forest.fit(x, y).score(x), y).value);  // by heart would be better
}

TEST_CASE("every step is fitted anew for each fold: nothing of a test row is known before") {
  // Each session has a category of its own: fitted on all of them, one_hot would know the test row's.
  std::vector<std::string> id;
  for (int row = 0; row < 6; ++row) id.push_back(ff::text("s", row));
  const ff::table sessions({ff::column::from_text("id", id)});
  const std::vector<ff::split> folds{{{0, 1, 2, 3}, {4, 5}}};
  const ff::random_forest forest{.trees = 2};
  CHECK(thrown_by([&] { return ff::cross_validate(ff::one_hot{{"id"}} | forest, sessions, six, folds); }) ==
        "unseen_level: one_hot: column 'id' had no level 's4' when fitted, row 0");

  // Labels that are noise, a feature that is the label's own mean by level: honest only when learned in each fold.
  ff::random_stream stream(4);
  std::vector<int> noise;
  ff::matrix<double> own(200, 1);
  for (ff::index row = 0; row < 200; ++row) {
    noise.push_back(row % 2 == 0 ? 1 : 0);
    own(row, 0) = static_cast<double>(row);
  }
  const ff::labels y(noise);
  const auto scores =
      ff::cross_validate(ff::random_forest{.trees = 30}, own, y, ff::stratified_folds(y, {.folds = 5, .seed = 1}));
  const double sigma = std::sqrt(201 / (12.0 * 100 * 100));
  CHECK(ff::roc_auc(scores, y).value < 0.5 + 3 * sigma);
}

TEST_CASE("what fit throws comes through") {
  const std::vector<ff::split> one_sided{{{0, 3}, {1}}};
  CHECK(code_thrown_by([&] {
          return ff::cross_validate(ff::random_forest{.trees = 1}, powers_of_two(), six, one_sided);
        }) == "one_class");
  CHECK(code_thrown_by([&] {
          return ff::cross_validate(ff::random_forest{.trees = 1}, powers_of_two(), six,
                                    std::vector<ff::split>{{{0, 1}, {2}}}, {},
                                    {.progress = [](auto, auto, auto) { return false; }});
        }) == "cancelled");
}
