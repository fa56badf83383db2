// SPDX-License-Identifier: MIT
// Numeric columns come out as they went in.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/features/numeric.hpp>

#include <tests/oracle/features.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

ff::table shop() {
  return ff::table({ff::column::numeric("pages", {3, 1, missing, -0.0}, ff::stage::browse),
                    ff::column::from_text("device", {"phone", "desktop", "", "phone"}, ff::stage::context),
                    ff::column::numeric("total", {9.5, infinity, 1e300, 5e-324}, ff::stage::outcome)});
}

}  // namespace

TEST_CASE("values, names, sources and stages are those of the table, in the order asked for") {
  const auto fitted = ff::numeric{{"total", "pages"}}.fit(shop());
  const auto x = fitted.transform(shop());
  CHECK(x.columns() ==
        std::vector<ff::feature_info>{{"total", "total", ff::stage::outcome}, {"pages", "pages", ff::stage::browse}});
  ff::matrix<double> expected(4, 2);
  expected << 9.5, 3, infinity, 1, 1e300, missing, 5e-324, -0.0;
  CHECK(ff::digest_of(x.values()) == ff::digest_of(expected));
}

TEST_CASE("other sessions may be transformed, and columns not asked for do not matter") {
  const auto fitted = ff::numeric{{"pages"}}.fit(shop());
  const ff::table other({ff::column::numeric("x", {0, 0}), ff::column::numeric("pages", {7, 8}, ff::stage::cart)});
  const auto x = fitted.transform(other);
  CHECK(x.values()(0, 0) == 7);
  CHECK(x.values()(1, 0) == 8);
  CHECK(x.columns()[0].stage == ff::stage::cart);
}

TEST_CASE("no columns and no rows") {
  const auto nothing = ff::numeric{}.fit(shop()).transform(shop());
  CHECK(nothing.rows() == 4);
  CHECK(nothing.cols() == 0);
  const auto nobody = ff::numeric{{"pages"}}.fit(shop()).transform(shop().rows({}));
  CHECK(nobody.rows() == 0);
  CHECK(nobody.cols() == 1);
}

TEST_CASE("columns that are not there or not numbers are refused, when fitted and when transformed") {
  CHECK(thrown_by([] {
          return ff::numeric{{"pages", "clicks"}}.fit(shop());
        }) == "unknown_name: table: there is no column 'clicks'");
  CHECK(thrown_by([] { return ff::numeric{{"device"}}.fit(shop()); }) ==
        "wrong_kind: column 'device': is categorical, and numbers are needed");
  const auto fitted = ff::numeric{{"pages"}}.fit(shop());
  CHECK(code_thrown_by([&] { return fitted.transform(shop().without({"pages"})); }) == "unknown_name");
  CHECK(code_thrown_by([&] {
          return fitted.transform(shop().with(ff::column::from_text("pages", {"a", "b", "c", "d"})));
        }) == "wrong_kind");
}

TEST_CASE("the fitted step is its columns") {
  const auto fitted = ff::numeric{{"pages", "total"}}.fit(shop());
  CHECK(ff::fitted_numeric::from_parts({"pages", "total"}) == fitted);
  CHECK_FALSE(ff::fitted_numeric::from_parts({"total", "pages"}) == fitted);
  CHECK(ff::digest_of(fitted) != ff::digest_of(ff::fitted_numeric::from_parts({"total", "pages"})));
}

TEST_CASE("missing numbers are filled with the median and flagged, as scikit-learn's SimpleImputer does") {
  const ff::table sessions({ff::column::numeric("gaps", oracle::gaps, ff::stage::browse)});
  const auto flagged = ff::numeric{{"gaps"}, ff::missing_number::flag}.fit(sessions);
  const auto x = flagged.transform(sessions);
  const ff::matrix<double> turned = x.values().transpose();
  CHECK(std::vector<double>(turned.data(), turned.data() + turned.size()) == oracle::imputed);
  CHECK(x.columns()[1] == ff::feature_info{"missing(gaps)", "gaps", ff::stage::browse});
  const auto filled = ff::numeric{{"gaps"}, ff::missing_number::fill}.fit(sessions);
  CHECK(filled.transform(sessions).values() == x.values().leftCols(1));
  CHECK(filled.fills() == flagged.fills());
  CHECK_FALSE(filled == flagged);
}

TEST_CASE("what is learned is used later, with weights if given, and must be there to learn") {
  const ff::table sessions({ff::column::numeric("a", {1, missing, 4, 9})});
  const ff::numeric recipe{{"a"}, ff::missing_number::fill};
  CHECK(recipe.fit(sessions).fills() == std::vector<double>{4});
  CHECK(recipe.fit(sessions, ff::weights({1.0, 9.0, 1.0, 3.0})).fills() == std::vector<double>{9});
  const ff::table later({ff::column::numeric("a", {missing, infinity})});
  const auto x = recipe.fit(sessions).transform(later);
  CHECK(x.values()(0, 0) == 4);
  CHECK(x.values()(1, 0) == infinity);
  CHECK(thrown_by([&] { return recipe.fit(sessions.rows({1})); }) ==
        "missing_value: numeric: column 'a' has no number to learn from");
  CHECK(code_thrown_by([&] { return recipe.fit(sessions.rows({})); }) == "wrong_shape");
  CHECK(code_thrown_by([] { return ff::fitted_numeric::from_parts({"a"}, ff::missing_number::fill, {}); }) ==
        "bad_parts");
  CHECK(code_thrown_by([] { return ff::fitted_numeric::from_parts({"a"}, ff::missing_number::keep, {1}); }) ==
        "bad_parts");
  CHECK(code_thrown_by([] { return ff::fitted_numeric::from_parts({"a"}, ff::missing_number::fill, {missing}); }) ==
        "bad_parts");
}

TEST_CASE("features of float stay float") {
  ff::matrix<float> values(3, 1);
  values << 1, std::numeric_limits<float>::quiet_NaN(), 4;
  const ff::features<float> x(values, {{"a", "pages", ff::stage::cart}});
  const auto filled = ff::numeric{{"a"}, ff::missing_number::fill}.fit(x).transform(x);
  static_assert(std::is_same_v<decltype(filled), const ff::features<float>>);
  CHECK(filled.values()(1, 0) == 2.5F);
  CHECK(filled.columns()[0] == ff::feature_info{"a", "pages", ff::stage::cart});
}
