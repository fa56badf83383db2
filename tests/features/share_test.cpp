// SPDX-License-Identifier: MIT
// Columns as parts of their sum.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/features/share.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> listed(const ff::matrix<double>& values) { return {values.data(), values.data() + values.size()}; }

ff::table visits(std::vector<double> product, std::vector<double> help) {
  return ff::table({ff::column::numeric("product", std::move(product), ff::stage::browse),
                    ff::column::numeric("help", std::move(help), ff::stage::cart)});
}
const ff::share recipe{{"product", "help"}};

}  // namespace

TEST_CASE("each column divided by the sum; nothing at all is missing or what the recipe says") {
  const auto sessions = visits({3, 0, 0, missing}, {1, 5, 0, 2});
  const auto x = recipe.fit(sessions).transform(sessions);
  CHECK(ff::digest_of(listed(x.values())) ==
        ff::digest_of(std::vector<double>{0.75, 0, missing, missing, 0.25, 1, missing, missing}));
  CHECK(x.columns()[0] == ff::feature_info{"share(product)", "product,help", ff::stage::cart});
  CHECK(x.columns()[1].name == "share(help)");
  const auto even = ff::share{{"product", "help"}, 0.5}.fit(sessions).transform(sessions);
  CHECK(even.values()(2, 0) == 0.5);
  CHECK(std::isnan(even.values()(3, 1)));
}

TEST_CASE("negative and infinite numbers have no share") {
  const auto thrown = [](const ff::table& sessions) {
    return thrown_by([&] { return recipe.fit(sessions).transform(sessions); });
  };
  CHECK(thrown(visits({1, -2}, {1, 1})) == "bad_value: share: numbers must not be negative, got -2 in row 1");
  CHECK(thrown(visits({infinity}, {1})).substr(0, 10) == "not_finite");
  CHECK(code_thrown_by([] { return ff::share{{"clicks"}}.fit(visits({1}, {1})); }) == "unknown_name");
}
