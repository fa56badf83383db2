// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/data/split.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

namespace {

// The positives lie spread among the negatives.
ff::labels labels_of(ff::index rows, ff::index positives) {
  std::vector<int> values(static_cast<std::size_t>(rows));
  for (ff::index i = 0; i < positives; ++i) values[static_cast<std::size_t>(i * rows / positives)] = 1;
  return ff::labels(values);
}

ff::index positives_in(const ff::labels& y, const ff::row_set& rows) { return y.rows(rows).positives(); }

bool ascending(const ff::row_set& rows) {
  return std::adjacent_find(rows.begin(), rows.end(), std::greater_equal<>()) == rows.end();
}

// Every row on exactly one side, both ascending.
bool partitions(const ff::split& found, ff::index rows) {
  ff::row_set all = found.train;
  all.insert(all.end(), found.test.begin(), found.test.end());
  std::sort(all.begin(), all.end());
  ff::row_set expected(static_cast<std::size_t>(rows));
  std::iota(expected.begin(), expected.end(), ff::index{0});
  return all == expected && ascending(found.train) && ascending(found.test);
}

}  // namespace

TEST_CASE("the test set has its share of the rows and of the positives") {
  for (const ff::index positives : {1847, 1848}) {
    const ff::labels y = labels_of(25000, positives);
    const auto [train, test] = ff::stratified_split(y, {.test_share = 0.25, .seed = 7});
    CHECK(test.size() == 6250);
    CHECK(train.size() == 18750);
    CHECK(positives_in(y, test) == 462);
  }
}

TEST_CASE("shares are kept for every number of rows and positives") {
  for (const double share : {0.1, 0.25, 1.0 / 3, 0.5, 0.9}) {
    for (ff::index rows = 30; rows <= 50; ++rows) {
      for (ff::index positives = 10; positives <= rows - 10; ++positives) {
        const ff::labels y = labels_of(rows, positives);
        const ff::split found = ff::stratified_split(y, {.test_share = share});
        const auto tested = positives_in(y, found.test);
        const auto tested_negatives = static_cast<ff::index>(found.test.size()) - tested;
        REQUIRE(partitions(found, rows));
        REQUIRE(found.test.size() == static_cast<std::size_t>(std::floor(share * static_cast<double>(rows) + 0.5)));
        REQUIRE(std::fabs(static_cast<double>(tested) - share * static_cast<double>(positives)) < 1);
        REQUIRE(std::fabs(static_cast<double>(tested_negatives) - share * static_cast<double>(rows - positives)) < 1);
      }
    }
  }
}

TEST_CASE("where both labels have the same remainder, the positives are rounded up") {
  const ff::labels y = labels_of(20, 10);
  const ff::split found = ff::stratified_split(y, {.test_share = 0.25});  // 2.5 and 2.5 of 5
  CHECK(positives_in(y, found.test) == 3);
  CHECK(found.test.size() == 5);
}

// The rows of these two cases are a promise: they come from a second implementation, in Python, and must never change.
TEST_CASE("a seed gives the same split for ever") {
  const ff::labels y(std::vector<int>{0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0});
  CHECK(ff::stratified_split(y, {.test_share = 0.25, .seed = 7}).test == ff::row_set{4, 5, 14, 15});
}

TEST_CASE("a seed gives the same folds for ever") {
  const ff::labels y(std::vector<int>{0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0});
  const auto folds = ff::stratified_folds(y, {.folds = 3, .seed = 7});
  REQUIRE(folds.size() == 3);
  CHECK(folds[0].test == ff::row_set{1, 4, 6, 12, 13, 14});
  CHECK(folds[1].test == ff::row_set{0, 5, 8, 9, 10});
  CHECK(folds[2].test == ff::row_set{2, 3, 7, 11, 15});
}

TEST_CASE("the seed decides, and nothing else") {
  const ff::labels y = labels_of(200, 40);
  CHECK(ff::stratified_split(y) == ff::stratified_split(y, {.test_share = 0.25, .seed = 0}));
  CHECK_FALSE(ff::stratified_split(y, {.seed = 1}) == ff::stratified_split(y, {.seed = 2}));
  CHECK(ff::stratified_folds(y) == ff::stratified_folds(y, {.folds = 5, .seed = 0}));
  CHECK_FALSE(ff::stratified_folds(y, {.seed = 1}) == ff::stratified_folds(y, {.seed = 2}));
}

TEST_CASE("every row is tested as often as another") {
  const ff::labels y = labels_of(40, 8);
  std::vector<double> tested(40);
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    for (const ff::index row : ff::stratified_split(y, {.seed = seed}).test) tested[static_cast<std::size_t>(row)] += 1;
  }
  for (const double count : tested) CHECK(std::fabs(count - 500) < 4.5 * std::sqrt(2000 * 0.25 * 0.75));
}

TEST_CASE("folds test every row once, and differ by at most one row of each label") {
  for (const int folds : {2, 3, 5, 10}) {
    for (const ff::index positives : {10, 11, 14, 37}) {
      const ff::labels y = labels_of(83, positives);
      const auto found = ff::stratified_folds(y, {.folds = folds, .seed = 3});
      REQUIRE(found.size() == static_cast<std::size_t>(folds));
      std::vector<int> tested(83);
      std::set<ff::index> counts;
      std::set<std::size_t> sizes;
      for (const auto& fold : found) {
        CHECK(partitions(fold, 83));
        for (const ff::index row : fold.test) ++tested[static_cast<std::size_t>(row)];
        counts.insert(positives_in(y, fold.test));
        sizes.insert(fold.test.size());
      }
      CHECK(tested == std::vector<int>(83, 1));
      CHECK(*counts.rbegin() - *counts.begin() <= 1);
      CHECK(*sizes.rbegin() - *sizes.begin() <= 1);
    }
  }
}

TEST_CASE("as many folds as rows of the rarer label, and no more") {
  const ff::labels y = labels_of(20, 4);
  for (const auto& fold : ff::stratified_folds(y, {.folds = 4})) CHECK(positives_in(y, fold.test) == 1);
  const auto failed = failure_of([&] { (void)ff::stratified_folds(y, {.folds = 5}); });
  CHECK(failed.code == ff::error_code::bad_option);
  CHECK(failed.message == "stratified_folds: folds must be at most 4, the rows of the rarer label, got 5");
  for (const int bad : {1, 0, -3}) {
    CHECK(failure_of([&] { (void)ff::stratified_folds(y, {.folds = bad}); }).code == ff::error_code::bad_option);
  }
}

TEST_CASE("a share outside (0, 1) is none") {
  const ff::labels y = labels_of(20, 10);
  for (const double bad : {0.0, 1.0, -0.25, 25.0, std::nan("")}) {
    CHECK(failure_of([&] { (void)ff::stratified_split(y, {.test_share = bad}); }).code == ff::error_code::bad_option);
  }
  CHECK(failure_of([&] { (void)ff::stratified_split(y, {.test_share = 25}); }).message ==
        "stratified_split: test_share must be in (0, 1), got 25");
}

TEST_CASE("both labels must be on both sides") {
  CHECK(failure_of([] { (void)ff::stratified_split(ff::labels()); }).code == ff::error_code::wrong_shape);
  CHECK(failure_of([] { (void)ff::stratified_folds(ff::labels()); }).code == ff::error_code::wrong_shape);
  for (const int only : {0, 1}) {
    const ff::labels y(std::vector<int>(10, only));
    CHECK(failure_of([&] { (void)ff::stratified_split(y); }).code == ff::error_code::one_class);
    CHECK(failure_of([&] { (void)ff::stratified_folds(y); }).code == ff::error_code::one_class);
  }
  const auto rare = failure_of([] { (void)ff::stratified_split(labels_of(100, 1)); });
  CHECK(rare.code == ff::error_code::bad_value);
  CHECK(rare.message == "stratified_split: label 1 must be on both sides, got 0 of its 1 rows in the test set");
  CHECK(failure_of([] { (void)ff::stratified_split(labels_of(100, 2), {.test_share = 0.9}); }).code ==
        ff::error_code::bad_value);
  CHECK(positives_in(labels_of(100, 2), ff::stratified_split(labels_of(100, 2)).test) == 1);
}
