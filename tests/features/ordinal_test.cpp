// SPDX-License-Identifier: MIT
// Levels as numbers.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/features/ordinal.hpp>

#include <tests/oracle/features.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

using oracle::missing;
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> listed(const ff::matrix<double>& values) { return {values.data(), values.data() + values.size()}; }

ff::table of(const std::vector<std::string>& levels) {
  return ff::table({ff::column::from_text("level", levels, ff::stage::context)});
}

}  // namespace

TEST_CASE("numbers are scikit-learn's OrdinalEncoder's plus one, so that 0 is an unseen level") {
  const auto fitted = ff::ordinal{.columns = {"level"}, .unseen = ff::unseen_level::all_zero}.fit(of(oracle::level));
  auto expected = oracle::ordinal_later;
  for (double& number : expected) number += 1;
  const auto x = fitted.transform(of(oracle::later_level));
  CHECK(listed(x.values()) == expected);
  CHECK(x.columns()[0] == ff::feature_info{"level", "level", ff::stage::context});
}

TEST_CASE("an order can be stated; missing stays missing; an unseen level is what was asked for") {
  const ff::ordinal recipe{.columns = {"level"}, .order = {"low", "middle", "high"}};
  const auto fitted = recipe.fit(of({"high", "low"}));
  CHECK(ff::digest_of(listed(fitted.transform(of({"low", "high", "", "middle"})).values())) ==
        ff::digest_of(std::vector<double>{1, 3, missing, 2}));
  CHECK(thrown_by([&] {
          return fitted.transform(of({"low", "top"}));
        }) == "unseen_level: ordinal: column 'level' had no level 'top' when fitted, row 1");
  auto other = recipe;
  other.unseen = ff::unseen_level::other;
  CHECK(listed(other.fit(of({})).transform(of({"top", "high"})).values()) == std::vector<double>{4, 3});
}

TEST_CASE("what cannot be used is refused") {
  CHECK(code_thrown_by([] {
          return ff::ordinal{.columns = {"level"}, .order = {"a", "b", "a"}}.fit(of({}));
        }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::ordinal{.columns = {"month"}}.fit(of({})); }) == "unknown_name");
  CHECK(code_thrown_by([] {
          return ff::fitted_ordinal::from_parts({{"level", {"a"}, false}}, ff::unseen_level::refuse);
        }) == "bad_parts");
  CHECK(std::isinf(infinity));
}
