// SPDX-License-Identifier: MIT
// Columns that have seen the outcome: by numbers, by levels, and by where they are missing.
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/explore/telling_columns.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
const ff::labels y(std::vector<int>{0, 0, 0, 1, 1, 1});

const ff::table sessions({
    ff::column::numeric("noise", {3, 1, 2, 3, 1, 2}),
    ff::column::numeric("revenue", {0, 0, 0, 5, 6, 7}, ff::stage::outcome),
    ff::column::numeric("idle", {9, 8, 7, 1, 2, 7}),  // 8.5 of 9 pairs, the other way round
    ff::column::numeric("order value", {missing, missing, missing, 5, 1, 2}),
    ff::column::from_text("page", {"a", "b", "", "thanks", "thanks", "a"}),
});

}  // namespace

TEST_CASE("telling columns, the most telling first") {
  const auto found = ff::telling_columns(sessions, y, 0.9);
  REQUIRE(found.size() == 4);
  CHECK(found[0].name == "revenue");
  CHECK(found[0].auc == 1);
  CHECK(found[0].what == ff::telling_column::by::numbers);
  CHECK(found[0].stage == ff::stage::outcome);
  CHECK(found[1].name ==
        "order value");  // its numbers are all of buyers: they rank nothing, but that they are there does
  CHECK(found[1].what == ff::telling_column::by::gaps);
  CHECK(found[1].auc == 1);
  CHECK(found[2].name == "idle");
  CHECK(found[2].auc == doctest::Approx(8.5 / 9).epsilon(1e-15));
  CHECK(found[3].name == "page");  // by shares: thanks 1, a 1/2, b and missing 0: 8.5 of 9 pairs too
  CHECK(found[3].what == ff::telling_column::by::levels);
  CHECK(found[3].auc == doctest::Approx(8.5 / 9).epsilon(1e-15));
  CHECK(ff::telling_columns(sessions, y).size() == 2);
}

TEST_CASE("what is refused") {
  CHECK(thrown_by([] { return ff::telling_columns(sessions, y, 0.5); }) ==
        "bad_option: telling_columns: from must be in (1/2, 1], got 0.5");
  CHECK(code_thrown_by([] { return ff::telling_columns(sessions, ff::labels(std::vector<int>{1})); }) == "wrong_shape");
  CHECK(code_thrown_by([] { return ff::telling_columns(sessions, ff::labels(std::vector<int>(6))); }) == "one_class");
}
