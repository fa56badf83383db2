// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/features.hpp>
#include <footfall/core/parts.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

namespace {

ff::features<double> example() {
  ff::matrix<double> values(3, 2);
  values << 1, 10, 2, 20, 3, std::numeric_limits<double>::quiet_NaN();
  return {values, {{"clicks", "clicks", ff::stage::browse}, {"channel=mail", "channel", ff::stage::context}}};
}

}  // namespace

TEST_CASE("features carry values and one name for each column") {
  const auto x = example();
  CHECK(x.rows() == 3);
  CHECK(x.cols() == 2);
  CHECK(x.position("channel=mail") == 1);
  CHECK(x.columns()[1].source == "channel");
  CHECK(failure_of([&] { (void)x.position("channel"); }).code == ff::error_code::unknown_name);
  const auto failed = failure_of([] { ff::features<float>(ff::matrix<float>(2, 2), {{"a", "a"}}); });
  CHECK(failed.code == ff::error_code::wrong_shape);
  CHECK(failed.message == "features: there must be one name for each column, got 1 names for 2 columns");
  CHECK(ff::features<float>().rows() == 0);
}

TEST_CASE("rows are taken in the order asked for, repeats repeated") {
  const auto picked = example().rows({2, 0, 0});
  REQUIRE(picked.rows() == 3);
  CHECK(picked.values()(0, 0) == 3);
  CHECK(std::isnan(picked.values()(0, 1)));
  CHECK(picked.values()(1, 1) == 10);
  CHECK(picked.values()(2, 0) == 1);
  CHECK(picked.columns() == example().columns());
  CHECK(example().rows({}).rows() == 0);
  CHECK(failure_of([] { (void)example().rows({3}); }).code == ff::error_code::wrong_shape);
  CHECK(failure_of([] { (void)example().rows({-1}); }).message == "features: row must be in [0, 3), got -1");
}

TEST_CASE("features are made again from their parts, missing values included") {
  const auto x = example();
  const auto again = ff::features<double>::from_parts(x.values(), x.columns());
  CHECK(ff::same_parts(x, again));
  CHECK_FALSE(ff::same_parts(x, x.rows({0, 1})));
  const ff::feature_info info{"a=b", "a", ff::stage::cart};
  CHECK(ff::feature_info::from_parts("a=b", "a", ff::stage::cart) == info);
  CHECK_FALSE(ff::feature_info::from_parts("a=b", "a", ff::stage::browse) == info);
}

TEST_CASE("levels belong to a column: other ones are another column, and what computes refuses them") {
  using levels = std::vector<std::string>;
  const ff::feature_info info{"a", "a", ff::stage::cart, levels{"x", "y"}};
  CHECK(ff::feature_info::from_parts("a", "a", ff::stage::cart, levels{"x", "y"}) == info);
  CHECK(failure_of([] {
          (void)ff::feature_info::from_parts("a", "a", {}, levels{"x", "y", "x"});
        }).message == "feature: a level of 'a' is listed twice");
  CHECK(failure_of([&] {
          ff::require_amounts({{"b", "b", {}}, info}, "who");
        }).message == "who: column 'a' holds levels, which are no amounts");
  CHECK(failure_of([&] { ff::require_amounts({{"b", "b", {}}, info}, "who"); }).code == ff::error_code::wrong_kind);
  CHECK_NOTHROW(ff::require_amounts({{"b", "b", {}}}, "who"));
  const ff::features<double> x(ff::matrix<double>::Zero(2, 1), {info});
  CHECK_NOTHROW(ff::require_columns(x, {info}, "who"));
  CHECK_NOTHROW(ff::require_columns(x.values(), {info}, "who"));
  for (const auto& other : {std::optional<levels>(), std::optional(levels{"x"}), std::optional(levels{"y", "x"})}) {
    CHECK(failure_of([&] {
            ff::require_columns(x, {{"a", "a", ff::stage::cart, other}}, "who");
          }).message == "who: column 'a' had other levels when fitted");
  }
}

TEST_CASE("models take features and Eigen matrices of floating-point numbers, and nothing else") {
  using block = decltype(std::declval<const ff::matrix<float>&>().leftCols(1));
  static_assert(ff::feature_input<ff::features<double>>);
  static_assert(ff::feature_input<ff::matrix<float>>);
  static_assert(ff::feature_input<Eigen::Map<const Eigen::MatrixXd>>);
  static_assert(ff::feature_input<block>);
  static_assert(ff::feature_input<ff::matrix_view<double>>);
  static_assert(!ff::feature_input<Eigen::MatrixXi>);
  static_assert(!ff::feature_input<std::vector<double>>);
  static_assert(!ff::feature_input<double>);
  static_assert(std::is_same_v<ff::scalar_of<const ff::features<float>&>, float>);
  static_assert(std::is_same_v<ff::scalar_of<block>, float>);
}

TEST_CASE("what lies column by column is seen in place") {
  const auto x = example();
  CHECK(ff::view_of(x).data() == x.values().data());
  ff::matrix<double> plain = x.values();
  CHECK(ff::view_of(plain).data() == plain.data());
  CHECK(ff::view_of(plain.rightCols(1)).data() == plain.data() + 3);
  const Eigen::Map<const Eigen::MatrixXd> map(plain.data(), 3, 2);
  CHECK(ff::view_of(map).data() == plain.data());
  plain(2, 1) = 0;
  const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> rows_first = plain;
  const auto copied = ff::view_of(rows_first);
  CHECK(copied(1, 1) == 20);
  CHECK(copied == plain);
  CHECK(ff::view_of(plain * 2.0)(1, 1) == 40);
}

TEST_CASE("a matrix without names gets some") {
  const auto names = ff::columns_of(ff::matrix<float>(1, 3));
  REQUIRE(names.size() == 3);
  CHECK(names[2].name == "x2");
  CHECK(names[2].stage == ff::stage::unknown);
  CHECK(ff::columns_of(example())[0].name == "clicks");
}

TEST_CASE("a fitted value refuses other columns than it was fitted on") {
  const auto x = example();
  const auto fitted = x.columns();
  CHECK_NOTHROW(ff::require_columns(x, fitted, "model"));
  CHECK_NOTHROW(ff::require_columns(x.values(), fitted, "model"));  // a matrix has no names to compare
  const auto narrow = failure_of([&] { ff::require_columns(ff::matrix<double>(3, 1), fitted, "model"); });
  CHECK(narrow.code == ff::error_code::wrong_shape);
  CHECK(narrow.message == "model: fitted on 2 columns, got 1");
  const ff::features<double> swapped(x.values(), {fitted[1], fitted[0]});
  const auto other = failure_of([&] { ff::require_columns(swapped, fitted, "model"); });
  CHECK(other.code == ff::error_code::unknown_name);
  CHECK(other.names("'clicks' when fitted, got 'channel=mail'"));
}
