// SPDX-License-Identifier: MIT
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/data/label.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using ff::column;
using ff::table;
using footfall_tests::failure_of;

TEST_CASE("a level of a categorical column is the positive label") {
  const table t({column::from_text("Revenue", {"FALSE", "TRUE", "FALSE"}), column::from_text("hole", {"a", "", "b"}),
                 column::numeric("number", {0, 1, 1})});
  const ff::labels y = ff::label(t, "Revenue", "TRUE");
  CHECK(y == ff::labels(std::vector<int>{0, 1, 0}, "Revenue=TRUE"));
  CHECK(ff::label(t, "Revenue", "FALSE").positives() == 2);
  CHECK(failure_of([&] { (void)ff::label(t, "Revenue", "True"); }).message ==
        "column 'Revenue': there is no level 'True'");
  CHECK(failure_of([&] { (void)ff::label(t, "Revenue", "True"); }).code == ff::error_code::unknown_name);
  CHECK(failure_of([&] { (void)ff::label(t, "revenue", "TRUE"); }).code == ff::error_code::unknown_name);
  const auto hole = failure_of([&] { (void)ff::label(t, "hole", "a"); });
  CHECK(hole.code == ff::error_code::missing_value);
  CHECK(hole.message == "column 'hole': the label is missing in row 1");
  CHECK(failure_of([&] { (void)ff::label(t, "number", "1"); }).code == ff::error_code::wrong_kind);
}

TEST_CASE("a level that no chosen row has is still a level") {
  const table t = table({column::from_text("Revenue", {"FALSE", "TRUE"})}).rows({0, 0});
  CHECK(ff::label(t, "Revenue", "TRUE").positives() == 0);
}

TEST_CASE("a numeric column of zeros and ones is a label as it is") {
  const table t({column::numeric("bought", {0, 1, 1}), column::numeric("hole", {0, std::nan(""), 1}),
                 column::numeric("clicks", {0, 1, 2}), column::from_text("text", {"0", "1", "1"})});
  CHECK(ff::label(t, "bought") == ff::labels(std::vector<int>{0, 1, 1}, "bought"));
  CHECK(failure_of([&] { (void)ff::label(t, "hole"); }).message == "column 'hole': the label is missing in row 1");
  CHECK(failure_of([&] { (void)ff::label(t, "hole"); }).code == ff::error_code::missing_value);
  CHECK(failure_of([&] { (void)ff::label(t, "clicks"); }).code == ff::error_code::bad_value);
  CHECK(failure_of([&] { (void)ff::label(t, "text"); }).code == ff::error_code::wrong_kind);
  CHECK(failure_of([&] { (void)ff::label(t, "nothing"); }).code == ff::error_code::unknown_name);
}
