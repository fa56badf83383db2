// SPDX-License-Identifier: MIT
// Impossible sessions are counted and listed, one by one.
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/data/funnel_faults.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

// Fine; purchase alone; checkout alone; revenue alone; a negative duration; gaps that hide an answer.
const ff::table sessions({ff::column::numeric("add_to_cart", {1, 0, 0, 0, 1, missing}),
                          ff::column::numeric("reached_checkout", {1, 0, 1, 0, 1, 1}),
                          ff::column::numeric("purchased", {1, 1, 0, 0, 0, missing}),
                          ff::column::numeric("revenue", {9, 9, 0, -9, 0, 0}),
                          ff::column::numeric("session_duration_sec", {0, 1, 1, 1, -0.5, missing})});

}  // namespace

TEST_CASE("each rule lists the sessions that break it") {
  const auto faults = ff::funnel_faults(sessions);
  REQUIRE(faults.size() == 4);
  CHECK(faults[0].rule == "(purchased != 0) implies (reached_checkout != 0)");
  CHECK(faults[0].sessions == ff::row_set{1});
  CHECK(faults[0].unknown == 0);  // whoever was at the checkout breaks nothing, whatever he bought
  CHECK(faults[1].sessions == ff::row_set{2});
  CHECK(faults[1].unknown == 1);
  CHECK(faults[2].sessions == ff::row_set{3});  // a refund is revenue too
  CHECK(faults[3].sessions == ff::row_set{4});
  CHECK(faults[3].unknown == 1);
  CHECK(faults[3].count() == 1);
}

TEST_CASE("columns that are not there are left out by an empty name, and missed otherwise") {
  CHECK(ff::funnel_rules({.cart = "", .revenue = ""}).size() == 2);
  CHECK(ff::funnel_rules({.checkout = "", .duration = ""}).size() == 1);
  CHECK(code_thrown_by([] { return ff::funnel_faults(sessions, {.cart = "basket"}); }) == "unknown_name");
}
