// SPDX-License-Identifier: MIT
// The same rows and the same visitors on both sides of a split.
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/data/leakage.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

const ff::table sessions({ff::column::from_text("visitor", {"a", "b", "a", "c", "", ""}),
                          ff::column::numeric("pages", {1, 2, 3, 1, 9, 8}),
                          ff::column::from_text("device", {"x", "y", "x", "x", "y", "y"})});

}  // namespace

TEST_CASE("test rows that repeat training rows, and visitors known from training") {
  const ff::split parts{{0, 1, 4}, {2, 3, 5}};
  const auto found = ff::find_leaks(sessions, parts, "visitor");
  CHECK(found.repeated == ff::row_set{3});        // the same pages and device as row 0, of another visitor
  CHECK(found.known_visitors == ff::row_set{2});  // visitor a; missing visitors are nobody's
  CHECK_FALSE(found.none());
  CHECK(ff::find_leaks(sessions, parts).none());  // with the visitor as part of the row, no row is repeated
  CHECK(ff::find_leaks(sessions, {{0, 2}, {1, 4}}, "visitor").none());
}

TEST_CASE("visitors may be numbers, and a missing number is nobody") {
  const double nobody = std::numeric_limits<double>::quiet_NaN();
  const ff::table numbered(
      {ff::column::numeric("visitor", {7, 8, 7, nobody, nobody}), ff::column::numeric("pages", {1, 2, 3, 4, 5})});
  const auto found = ff::find_leaks(numbered, {{0, 1, 3}, {2, 4}}, "visitor");
  CHECK(found.known_visitors == ff::row_set{2});
  CHECK(found.repeated.empty());
  CHECK_FALSE(found.none());
}

TEST_CASE("a row on both sides repeats itself, and what is not there is refused") {
  CHECK(ff::find_leaks(sessions, {{0, 1}, {1}}).repeated == ff::row_set{1});
  CHECK(code_thrown_by([] { return ff::find_leaks(sessions, {{0}, {1}}, "who"); }) == "unknown_name");
  CHECK(code_thrown_by([] { return ff::find_leaks(sessions, {{0}, {6}}); }) == "wrong_shape");
  CHECK(code_thrown_by([] { return ff::find_leaks(sessions, {{-1}, {2}}, "visitor"); }) == "wrong_shape");
}
