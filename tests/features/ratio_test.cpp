// SPDX-License-Identifier: MIT
// One column per another, and what a division by nothing gives.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/features/ratio.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

ff::table shop(std::vector<double> seconds, std::vector<double> pages) {
  return ff::table({ff::column::numeric("seconds", std::move(seconds), ff::stage::cart),
                    ff::column::numeric("pages", std::move(pages), ff::stage::browse)});
}

std::vector<double> values(const ff::ratio& recipe, const ff::table& sessions) {
  const auto x = recipe.fit(sessions).transform(sessions);
  return {x.values().data(), x.values().data() + x.rows()};
}

}  // namespace

TEST_CASE("of / to, with a name, both sources and the later stage") {
  const auto sessions = shop({10, 9, 0, -4}, {4, 3, 5, 8});
  const auto x = ff::ratio{.of = "seconds", .to = "pages"}.fit(sessions).transform(sessions);
  CHECK(std::vector<double>(x.values().data(), x.values().data() + 4) == std::vector<double>{2.5, 3, 0, -0.5});
  CHECK(x.columns() == std::vector<ff::feature_info>{{"seconds/pages", "seconds,pages", ff::stage::cart}});
  const auto named = ff::ratio{.of = "pages", .to = "seconds", .name = "pace"}.fit(sessions).transform(sessions);
  CHECK(named.columns() == std::vector<ff::feature_info>{{"pace", "pages,seconds", ff::stage::cart}});
  const ff::ratio unknown{.of = "pages", .to = "rest"};
  const auto with_rest = sessions.with(ff::column::numeric("rest", {1, 1, 1, 1}));
  CHECK(unknown.fit(with_rest).transform(with_rest).columns()[0].stage == ff::stage::unknown);
}

TEST_CASE("nothing below the line is missing, or what the recipe says") {
  const auto sessions = shop({10, 0, -3, 6}, {0, 0, -0.0, 2});
  const auto by_default = values({.of = "seconds", .to = "pages"}, sessions);
  CHECK(std::isnan(by_default[0]));
  CHECK(std::isnan(by_default[1]));
  CHECK(std::isnan(by_default[2]));
  CHECK(by_default[3] == 3);
  CHECK(values({.of = "seconds", .to = "pages", .by_zero = -1}, sessions) == std::vector<double>{-1, -1, -1, 3});
}

TEST_CASE("missing above or below is missing, whatever by_zero says") {
  for (const double by_zero : {missing, 0.0, 7.0}) {
    for (const double value : values({.of = "seconds", .to = "pages", .by_zero = by_zero},
                                     shop({missing, 5, missing, missing}, {2, missing, missing, 0}))) {
      CHECK(std::isnan(value));
    }
  }
}

TEST_CASE("a column by itself, and no rows") {
  CHECK(values({.of = "pages", .to = "pages"}, shop({0, 0}, {4, 8})) == std::vector<double>{1, 1});
  CHECK(values({.of = "pages", .to = "seconds"}, shop({}, {})).empty());
}

TEST_CASE("columns that are not there or not numbers are refused") {
  const auto sessions = shop({1}, {1}).with(ff::column::from_text("device", {"phone"}));
  CHECK(thrown_by([&] { return ff::ratio{.of = "clicks", .to = "pages"}.fit(sessions); }) ==
        "unknown_name: table: there is no column 'clicks'");
  CHECK(thrown_by([&] { return ff::ratio{.of = "pages", .to = "clicks"}.fit(sessions); }) ==
        "unknown_name: table: there is no column 'clicks'");
  CHECK(thrown_by([&] { return ff::ratio{.of = "pages", .to = "device"}.fit(sessions); }) ==
        "wrong_kind: column 'device': is categorical, and numbers are needed");
  CHECK(code_thrown_by([&] { return ff::ratio{.of = "device", .to = "pages"}.fit(sessions); }) == "wrong_kind");
  const auto fitted = ff::ratio{.of = "seconds", .to = "pages"}.fit(sessions);
  CHECK(code_thrown_by([&] { return fitted.transform(sessions.without({"pages"})); }) == "unknown_name");
}

TEST_CASE("the fitted step is its columns, its name and its value for zero") {
  const auto sessions = shop({1}, {1});
  const auto fitted = ff::ratio{.of = "seconds", .to = "pages"}.fit(sessions);
  CHECK(ff::fitted_ratio::from_parts("seconds", "pages", "seconds/pages", missing) ==
        fitted);  // missing equals missing
  CHECK_FALSE(ff::fitted_ratio::from_parts("seconds", "pages", "seconds/pages", 0) == fitted);
  CHECK_FALSE(ff::fitted_ratio::from_parts("seconds", "pages", "pace", missing) == fitted);
  CHECK(ff::digest_of(fitted) == ff::digest_of(ff::ratio{.of = "seconds", .to = "pages"}.fit(sessions)));
}
