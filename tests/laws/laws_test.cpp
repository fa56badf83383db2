// SPDX-License-Identifier: MIT
// Every recipe of the library under the same laws. A new recipe gets one line here; chains are in chains_test.cpp.
#include <doctest/doctest.h>

#include <footfall/cluster/kmeans.hpp>
#include <footfall/features/columns.hpp>
#include <footfall/features/numeric.hpp>
#include <footfall/features/one_hot.hpp>
#include <footfall/features/ratio.hpp>
#include <footfall/features/standard_scaler.hpp>
#include <footfall/forest/random_forest.hpp>

#include <tests/laws/laws.hpp>

namespace {

namespace ff = footfall;
using laws::hold;

const ff::numeric numbers{{"pages", "seconds", "value"}};
const ff::random_forest forest{.trees = 7, .min_leaf = 2, .seed = 3};
const ff::random_forest whole_forest{.trees = 7, .features_per_split = 2, .bootstrap = false, .seed = 3};
const ff::kmeans segments{.clusters = 3, .restarts = 4, .seed = 3};

const auto learns_nothing = laws::without("learns nothing from the rows but which levels there are");
const auto draws_bags = laws::without("a bag draws sessions, and two equal sessions are drawn one by one");

}  // namespace

// clang-format off
TEST_CASE("laws: numeric") { hold(numbers, {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: ratio") { hold(ff::ratio{.of = "seconds", .to = "pages"}, {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: one_hot") { hold(ff::one_hot{{"device", "month"}}, {.no_rows = "", .missing_later = "unseen_level", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: one_hot, lenient") { hold(ff::one_hot{{"device"}, ff::unseen_level::all_zero}, {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: columns") { hold(ff::columns(numbers, ff::one_hot{{"month"}}, ff::ratio{.of = "value", .to = "pages"}), {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: standard_scaler") { hold(ff::standard_scaler{}, {.missing = "missing_value", .missing_later = "missing_value", .infinite = "not_finite", .infinite_later = "not_finite", .weights = laws::within(1e-12)}); }
TEST_CASE("laws: random_forest") { hold(forest, {.one_row = "one_class", .one_class = "one_class", .infinite = "not_finite", .infinite_later = "not_finite", .weights = draws_bags}); }
TEST_CASE("laws: random_forest without bootstrap") { hold(whole_forest, {.one_row = "one_class", .one_class = "one_class", .infinite = "not_finite", .infinite_later = "not_finite"}); }
TEST_CASE("laws: kmeans") { hold(segments, {.one_row = "bad_option", .missing = "missing_value", .missing_later = "missing_value", .infinite = "not_finite", .infinite_later = "not_finite", .weights = laws::within(1e-12)}); }
// clang-format on
