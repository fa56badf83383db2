// SPDX-License-Identifier: MIT
// Visitors stay on one side.
#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/data/grouped_split.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

ff::column visitors(int rows) {
  std::vector<std::string> names;
  for (int row = 0; row < rows; ++row) names.push_back("v" + std::to_string(row * row % 37 % 23));
  return ff::column::from_text("visitor", names);
}

bool apart(const ff::column& group, const ff::split& parts) {
  std::set<std::int32_t> trained;
  for (const ff::index row : parts.train) trained.insert(group.codes()[static_cast<std::size_t>(row)]);
  for (const ff::index row : parts.test) {
    if (trained.contains(group.codes()[static_cast<std::size_t>(row)])) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("no visitor is on both sides, and the share is near") {
  const auto group = visitors(400);
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto parts = ff::grouped_split(group, {.test_share = 0.3, .seed = seed});
    REQUIRE(apart(group, parts));
    REQUIRE(parts.train.size() + parts.test.size() == 400);
    REQUIRE(std::is_sorted(parts.test.begin(), parts.test.end()));
    REQUIRE(std::fabs(static_cast<double>(parts.test.size()) - 120) <= 25);  // half of the largest group
  }
  CHECK_FALSE(ff::grouped_split(group, {.seed = 1}) == ff::grouped_split(group, {.seed = 2}));
}

TEST_CASE("folds keep visitors together and are about equal") {
  const auto group = visitors(400);
  const auto folds = ff::grouped_folds(group, {.folds = 4, .seed = 1});
  std::size_t tested = 0;
  for (const auto& fold : folds) {
    CHECK(apart(group, fold));
    CHECK(std::fabs(static_cast<double>(fold.test.size()) - 100) <= 15);
    tested += fold.test.size();
  }
  CHECK(tested == 400);
}

TEST_CASE("numbers name visitors too; nobody's sessions and too few visitors are refused") {
  const auto ids = ff::column::numeric("id", {7, 7, 8, 8, 8, 9});
  const auto folds = ff::grouped_folds(ids, {.folds = 3});
  CHECK(folds[0].test == ff::row_set{2, 3, 4});
  CHECK(folds[1].test == ff::row_set{0, 1});
  CHECK(code_thrown_by([&] { return ff::grouped_folds(ids, {.folds = 4}); }) == "bad_option");
  const auto one = ff::column::numeric("id", {7, 7});
  CHECK(code_thrown_by([&] { return ff::grouped_split(one); }) == "bad_value");
  CHECK(code_thrown_by([&] { return ff::grouped_split(one, {.test_share = 0}); }) == "bad_option");
  const auto holes = ff::column::from_text("id", {"a", ""});
  CHECK(thrown_by([&] { return ff::grouped_split(holes); }) ==
        "missing_value: grouped_split: column 'id' names no group in 1 rows");
}
