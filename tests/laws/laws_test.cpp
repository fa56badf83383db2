// SPDX-License-Identifier: MIT
// Every recipe of the library under the same laws. A new recipe gets one line here; chains are in chains_test.cpp.
#include <doctest/doctest.h>

#include <footfall/cluster/choose_k.hpp>
#include <footfall/cluster/kmeans.hpp>
#include <footfall/cluster/mini_batch_kmeans.hpp>
#include <footfall/features/bin_numbers.hpp>
#include <footfall/features/categorical.hpp>
#include <footfall/features/clip.hpp>
#include <footfall/features/columns.hpp>
#include <footfall/features/cycle.hpp>
#include <footfall/features/difference.hpp>
#include <footfall/features/function_of.hpp>
#include <footfall/features/interaction.hpp>
#include <footfall/features/log1p.hpp>
#include <footfall/features/min_max_scaler.hpp>
#include <footfall/features/numeric.hpp>
#include <footfall/features/one_hot.hpp>
#include <footfall/features/ordinal.hpp>
#include <footfall/features/pca.hpp>
#include <footfall/features/ratio.hpp>
#include <footfall/features/robust_scaler.hpp>
#include <footfall/features/share.hpp>
#include <footfall/features/standard_scaler.hpp>
#include <footfall/features/weekend.hpp>
#include <footfall/forest/random_forest.hpp>

#include <tests/laws/laws.hpp>

namespace {

namespace ff = footfall;
using laws::hold;

const ff::numeric numbers{{"pages", "seconds", "value"}};
const ff::random_forest forest{.trees = 7, .min_leaf = 2, .seed = 3};
const ff::random_forest whole_forest{.trees = 7, .features_per_split = 2, .bootstrap = false, .seed = 3};
const ff::kmeans segments{.clusters = 3, .restarts = 4, .seed = 3};

const ff::mini_batch_kmeans few_at_a_time{.clusters = 3, .batch = 40, .steps = 5, .restarts = 2, .seed = 3};

const ff::choose_k choice{
    .from = 2, .to = 4, .restarts = 2, .seed = 3, .references = 2, .resamples = 2, .resample_restarts = 1};

const auto learns_nothing = laws::without("learns nothing from the rows but which levels there are");
const auto draws_bags = laws::without("a bag draws sessions, and two equal sessions are drawn one by one");

const auto draws_batches = laws::without("a batch draws sessions, and two equal sessions are drawn one by one");

}  // namespace

// clang-format off
TEST_CASE("laws: numeric") { hold(numbers, {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: numeric, filled") { hold(ff::numeric{{"pages", "value"}, ff::missing_number::fill}, {.infinite = "not_finite", .column_gone = "unknown_name"}); }
TEST_CASE("laws: numeric, flagged") { hold(ff::numeric{{"pages", "value"}, ff::missing_number::flag}, {.infinite = "not_finite", .column_gone = "unknown_name"}); }
TEST_CASE("laws: clip") { hold(ff::clip{.columns = {"pages", "seconds"}}, {.infinite = "not_finite", .column_gone = "unknown_name"}); }
TEST_CASE("laws: bin_numbers") { hold(ff::bin_numbers{.columns = {"pages", "seconds"}}, {.infinite = "not_finite", .column_gone = "unknown_name"}); }
TEST_CASE("laws: bin_numbers, edges stated") { hold(ff::bin_numbers{.columns = {"pages"}, .edges = {3, 40}}, {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: log1p") { hold(ff::log1p{{"pages", "seconds"}}, {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: share") { hold(ff::share{{"pages", "seconds"}}, {.no_rows = "", .infinite = "not_finite", .infinite_later = "not_finite", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: difference") { hold(ff::difference{.of = "pages", .less = "value"}, {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: interaction") { hold(ff::interaction{.of = "pages", .with = "value"}, {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: cycle") { hold(ff::cycle{.of = "pages", .period = 1000}, {.no_rows = "", .infinite = "bad_value", .infinite_later = "bad_value", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: weekday_cycle") { hold(ff::weekday_cycle{.of = "day"}, {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: weekend") { hold(ff::weekend{.of = "day"}, {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: function_of") { hold(ff::function_of("pace", {"seconds", "pages"}, [](double s, double p) { return s / (1 + p); }), {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: ratio") { hold(ff::ratio{.of = "seconds", .to = "pages"}, {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: one_hot") { hold(ff::one_hot{{"device", "month"}}, {.no_rows = "", .missing_later = "unseen_level", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: one_hot, lenient") { hold(ff::one_hot{{"device"}, ff::unseen_level::all_zero}, {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: one_hot, other") { hold(ff::one_hot{{"device", "month"}, ff::unseen_level::other, 5}, {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: ordinal") { hold(ff::ordinal{.columns = {"device", "month"}}, {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: categorical") { hold(ff::categorical{{"device", "month"}}, {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: columns") { hold(ff::columns(numbers, ff::one_hot{{"month"}}, ff::ratio{.of = "value", .to = "pages"}), {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: pca") { hold(ff::pca{.components = 2}, {.missing = "missing_value", .missing_later = "missing_value", .infinite = "not_finite", .infinite_later = "not_finite", .weights = laws::within(1e-11)}); }
TEST_CASE("laws: standard_scaler") { hold(ff::standard_scaler{}, {.missing = "missing_value", .missing_later = "missing_value", .infinite = "not_finite", .infinite_later = "not_finite", .weights = laws::within(1e-12)}); }
TEST_CASE("laws: min_max_scaler") { hold(ff::min_max_scaler{}, {.missing = "missing_value", .missing_later = "missing_value", .infinite = "not_finite", .infinite_later = "not_finite", .weights = laws::without("a range does not depend on how often a value occurs")}); }
TEST_CASE("laws: robust_scaler") { hold(ff::robust_scaler{}, {.missing = "missing_value", .missing_later = "missing_value", .infinite = "not_finite", .infinite_later = "not_finite"}); }
TEST_CASE("laws: random_forest") { hold(forest, {.one_row = "one_class", .one_class = "one_class", .infinite = "not_finite", .infinite_later = "not_finite", .weights = draws_bags}); }
TEST_CASE("laws: random_forest without bootstrap") { hold(whole_forest, {.one_row = "one_class", .one_class = "one_class", .infinite = "not_finite", .infinite_later = "not_finite"}); }
TEST_CASE("laws: kmeans") { hold(segments, {.one_row = "bad_option", .missing = "missing_value", .missing_later = "missing_value", .infinite = "not_finite", .infinite_later = "not_finite", .weights = laws::within(1e-12)}); }
TEST_CASE("laws: mini_batch_kmeans") { hold(few_at_a_time, {.one_row = "bad_option", .missing = "missing_value", .missing_later = "missing_value", .infinite = "not_finite", .infinite_later = "not_finite", .weights = draws_batches}); }
TEST_CASE("laws: choose_k") { hold(choice, {.one_row = "bad_option", .missing = "missing_value", .missing_later = "missing_value", .infinite = "not_finite", .infinite_later = "not_finite", .weights = laws::without("a silhouette counts sessions alike, so weights are refused"), .weights_given = "bad_option"}); }
// clang-format on
