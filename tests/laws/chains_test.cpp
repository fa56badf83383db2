// SPDX-License-Identifier: MIT
// What recipes are put together to is a recipe, and keeps the laws; so does a step that a user wrote.
#include <cmath>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/kmeans.hpp>
#include <footfall/features/categorical.hpp>
#include <footfall/features/columns.hpp>
#include <footfall/features/known_by.hpp>
#include <footfall/features/numeric.hpp>
#include <footfall/features/one_hot.hpp>
#include <footfall/features/select.hpp>
#include <footfall/features/standard_scaler.hpp>
#include <footfall/forest/random_forest.hpp>
#include <footfall/pipeline/chain.hpp>

#include <tests/laws/laws.hpp>

namespace {

namespace ff = footfall;
using laws::hold;

// A user's own step: the square root of every number, with parts to be stored by.
struct fitted_root {
  static constexpr std::string_view kind = "root";
  std::vector<ff::feature_info> columns;

  template <ff::feature_input X>
  ff::features<ff::scalar_of<X>> transform(const X& x) const {
    ff::require_columns(x, columns, kind);
    using scalar = ff::scalar_of<X>;
    // Not Eigen's own sqrt: with AVX-512 it rounds whole packets and the rest of a column differently.
    return {ff::matrix<scalar>(ff::view_of(x).unaryExpr([](scalar v) { return std::sqrt(std::fabs(v)); })), columns};
  }
  auto parts() const { return std::tie(columns); }
  static fitted_root from_parts(std::vector<ff::feature_info> columns) { return {std::move(columns)}; }
  bool operator==(const fitted_root& other) const { return ff::same_parts(*this, other); }
};
struct root {
  template <ff::feature_input X>
  fitted_root fit(const X& x) const {
    return {ff::columns_of(x)};
  }
};

const ff::numeric numbers{{"pages", "seconds", "value"}};
const ff::random_forest forest{.trees = 7, .min_leaf = 2, .seed = 3};
const ff::random_forest whole_forest{.trees = 7, .features_per_split = 2, .bootstrap = false, .seed = 3};
const ff::kmeans segments{.clusters = 3, .restarts = 4, .seed = 3};

const auto learns_nothing = laws::without("learns nothing from the rows");
const auto draws_bags = laws::without("a bag draws sessions, and two equal sessions are drawn one by one");

}  // namespace

// clang-format off
TEST_CASE("laws: a user's step") { hold(root{}, {.no_rows = "", .weights = learns_nothing}); }
TEST_CASE("laws: select | numeric") { hold(ff::select{.without = {"month"}, .type = ff::column_type::numeric} | numbers, {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: numeric | known_by") { hold(numbers | ff::known_by{ff::stage::cart}, {.no_rows = "", .column_gone = "unknown_name", .weights = learns_nothing}); }
TEST_CASE("laws: numeric | random_forest") { hold(numbers | whole_forest, {.one_row = "one_class", .one_class = "one_class", .infinite = "not_finite", .infinite_later = "not_finite", .column_gone = "unknown_name"}); }
TEST_CASE("laws: columns | random_forest") { hold(ff::columns(numbers, ff::one_hot{{"month"}}) | forest, {.one_row = "one_class", .one_class = "one_class", .infinite = "not_finite", .infinite_later = "not_finite", .column_gone = "unknown_name", .weights = draws_bags}); }
TEST_CASE("laws: categorical | random_forest") { hold(ff::columns(numbers, ff::categorical{{"month", "day"}}) | whole_forest, {.one_row = "one_class", .one_class = "one_class", .infinite = "not_finite", .infinite_later = "not_finite", .column_gone = "unknown_name"}); }
TEST_CASE("laws: numeric | standard_scaler | kmeans") { hold(numbers | ff::standard_scaler{} | segments, {.one_row = "bad_option", .missing = "missing_value", .missing_later = "missing_value", .infinite = "not_finite", .infinite_later = "not_finite", .column_gone = "unknown_name", .weights = laws::within(1e-12)}); }
TEST_CASE("laws: standard_scaler | random_forest") { hold(ff::standard_scaler{} | forest, {.one_row = "one_class", .one_class = "one_class", .missing = "missing_value", .missing_later = "missing_value", .infinite = "not_finite", .infinite_later = "not_finite", .weights = draws_bags}); }
TEST_CASE("laws: columns of chains") { hold(ff::columns(numbers | ff::standard_scaler{}, ff::one_hot{{"device"}}), {.missing = "missing_value", .missing_later = "missing_value", .infinite = "not_finite", .infinite_later = "not_finite", .column_gone = "unknown_name", .weights = laws::within(1e-12)}); }
TEST_CASE("laws: a user's step | standard_scaler") { hold(root{} | ff::standard_scaler{}, {.missing = "missing_value", .missing_later = "missing_value", .infinite = "not_finite", .infinite_later = "not_finite", .weights = laws::within(1e-12)}); }
// clang-format on
