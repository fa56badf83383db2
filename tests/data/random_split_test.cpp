// SPDX-License-Identifier: MIT
// Hold-out and folds by chance.
#include <algorithm>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/data/random_split.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

std::vector<int> times_tested(const std::vector<ff::split>& folds, std::size_t rows) {
  std::vector<int> times(rows, 0);
  for (const auto& fold : folds) {
    for (const ff::index row : fold.test) ++times[static_cast<std::size_t>(row)];
  }
  return times;
}

}  // namespace

TEST_CASE("every row is on one side, and the share is that asked for") {
  const auto parts = ff::random_split(10, {.test_share = 0.25, .seed = 3});
  CHECK(parts.test.size() == 3);  // 2.5 rounded half up
  ff::row_set all = parts.train;
  all.insert(all.end(), parts.test.begin(), parts.test.end());
  std::sort(all.begin(), all.end());
  CHECK(all == ff::row_set{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK(parts == ff::random_split(10, {.test_share = 0.25, .seed = 3}));
  CHECK_FALSE(parts == ff::random_split(10, {.test_share = 0.25, .seed = 4}));
}

TEST_CASE("each row is tested once, by folds of equal size") {
  const auto folds = ff::random_folds(11, {.folds = 3, .seed = 1});
  CHECK(times_tested(folds, 11) == std::vector<int>(11, 1));
  for (const auto& fold : folds) {
    CHECK(fold.test.size() + fold.train.size() == 11);
    CHECK(fold.test.size() >= 3);
    CHECK(fold.test.size() <= 4);
  }
}

TEST_CASE("what cannot be split is refused") {
  CHECK(code_thrown_by([] { return ff::random_split(10, {.test_share = 1}); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::random_split(0); }) == "bad_value");
  CHECK(code_thrown_by([] { return ff::random_split(1); }) == "bad_value");
  CHECK(code_thrown_by([] { return ff::random_folds(1, {.folds = 2}); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::random_folds(5, {.folds = 1}); }) == "bad_option");
}
