// SPDX-License-Identifier: MIT
// One column as a score.
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/explore/column_auc.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("pairs that are ordered rightly, ties half, missing left out") {
  const ff::table sessions({ff::column::numeric("n", {1, 2, 2, missing, 3, 0})});
  const ff::labels y(std::vector{0, 0, 1, 1, 1, 1});
  const auto found = ff::auc_of_column(sessions, "n", y);  // 2 and 3 and 0 against 1 and 2: 1.5 + 2 + 0 of 6
  CHECK(found.auc == 3.5 / 6);
  CHECK(found.sessions == 5);
  CHECK(found.missing == 1);
  CHECK(found.name == "n");
  // The labels behind a missing number stay with their own sessions: 2 and 3 against 1, 2 and 0.
  CHECK(ff::auc_of_column(sessions, "n", ff::labels(std::vector{0, 0, 1, 1, 1, 0})).auc == 5.5 / 6);
}

TEST_CASE("what cannot be ranked is refused") {
  const ff::table sessions({ff::column::numeric("n", {1, missing, infinity})});
  const ff::labels y(std::vector{0, 1, 1});
  CHECK(code_thrown_by([&] { return ff::auc_of_column(sessions, "n", y); }) == "not_finite");
  CHECK(code_thrown_by([&] { return ff::auc_of_column(sessions.rows({0, 1}), "n", y.rows({0, 1})); }) == "one_class");
  CHECK(code_thrown_by([&] { return ff::auc_of_column(sessions, "m", y); }) == "unknown_name");
  CHECK(code_thrown_by([&] { return ff::auc_of_column(sessions, "n", y.rows({0})); }) == "wrong_shape");
}
