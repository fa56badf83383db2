// SPDX-License-Identifier: MIT
// A feature by a function of one's own.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/parts.hpp>
#include <footfall/features/columns.hpp>
#include <footfall/features/function_of.hpp>
#include <footfall/features/numeric.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> listed(const ff::matrix<double>& values) { return {values.data(), values.data() + values.size()}; }

const ff::table sessions({ff::column::numeric("seconds", {90, 40, missing, 10}, ff::stage::browse),
                          ff::column::numeric("pages", {2, 3, 1, 0}, ff::stage::cart),
                          ff::column::from_text("device", {"a", "b", "a", "a"})});
const auto pace = ff::function_of("pace", {"seconds", "pages"}, [](double s, double p) { return s / (1 + p); });

}  // namespace

TEST_CASE("a function of columns is a step") {
  const auto x = pace.fit(sessions).transform(sessions);
  CHECK(x.columns()[0] == ff::feature_info{"pace", "seconds,pages", ff::stage::cart});
  CHECK(x.values()(0, 0) == 30);
  CHECK(x.values()(1, 0) == 10);
  CHECK(std::isnan(x.values()(2, 0)));
  CHECK(x.values()(3, 0) == 10);
  const auto both = ff::columns(ff::numeric{{"pages"}}, pace).fit(sessions).transform(sessions);
  CHECK(both.columns()[1].name == "pace");
  static_assert(!ff::has_parts<decltype(pace.fit(sessions))>, "a function cannot be stored");
}

TEST_CASE("it may call a value missing, and its infinities are refused") {
  const auto some = ff::function_of("some", {"pages"}, [](double p) { return p > 1 ? p : missing; });
  const auto x = some.fit(sessions).transform(sessions);
  CHECK(x.values()(0, 0) == 2);
  CHECK(std::isnan(x.values()(2, 0)));
  const auto inverse = ff::function_of("inverse", {"pages"}, [](double p) { return 1 / p; });
  CHECK(thrown_by([&] { return inverse.fit(sessions).transform(sessions); }) ==
        "limit: function_of: 'inverse' is too large in row 3");
  const auto wrong = ff::function_of("wrong", {"device"}, [](double d) { return d; });
  CHECK(code_thrown_by([&] { return wrong.fit(sessions); }) == "wrong_kind");
  CHECK(std::isinf(infinity));
  CHECK(listed({}).empty());
}
