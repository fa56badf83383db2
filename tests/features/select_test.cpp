// SPDX-License-Identifier: MIT
// Columns by name, stage and type.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/features/columns.hpp>
#include <footfall/features/numeric.hpp>
#include <footfall/features/select.hpp>
#include <footfall/pipeline/chain.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> listed(const ff::matrix<double>& values) { return {values.data(), values.data() + values.size()}; }

using names = std::vector<std::string>;

const ff::table sessions({ff::column::numeric("pages", {1, 2}, ff::stage::browse),
                          ff::column::from_text("device", {"a", "b"}, ff::stage::context),
                          ff::column::numeric("cart", {0, 1}, ff::stage::cart),
                          ff::column::numeric("bought", {0, 1}, ff::stage::outcome)});

}  // namespace

TEST_CASE("conditions are met together, and columns keep their order") {
  CHECK(ff::select{}.names(sessions) == names{"pages", "device", "cart", "bought"});
  CHECK(ff::select{.columns = {"cart", "pages"}}.names(sessions) == names{"cart", "pages"});
  CHECK(ff::select{.without = {"bought"}}.names(sessions) == names{"pages", "device", "cart"});
  CHECK(ff::select{.until = ff::stage::browse}.names(sessions) == names{"pages", "device"});
  CHECK(ff::select{.until = ff::stage::cart, .type = ff::column_type::numeric}.names(sessions) ==
        names{"pages", "cart"});
  CHECK(ff::select{.type = ff::column_type::categorical}.names(sessions) == names{"device"});
}

TEST_CASE("a table becomes a table, features become features") {
  const auto fitted = ff::select{.until = ff::stage::cart, .type = ff::column_type::numeric}.fit(sessions);
  CHECK(fitted.transform(sessions) == sessions.select({"pages", "cart"}));
  const auto x = ff::numeric{{"bought", "pages"}}.fit(sessions).transform(sessions);
  const auto early = ff::select{.until = ff::stage::browse}.fit(x).transform(x);
  CHECK(early.columns() == std::vector<ff::feature_info>{{"pages", "pages", ff::stage::browse}});
  CHECK(listed(early.values()) == std::vector<double>{1, 2});
  const auto chained = (ff::select{.without = {"bought"}} | ff::numeric{{"cart"}}).fit(sessions);
  CHECK(chained.transform(sessions).columns()[0].name == "cart");
  CHECK(code_thrown_by([] { return (ff::select{.without = {"cart"}} | ff::numeric{{"cart"}}).fit(sessions); }) ==
        "unknown_name");
}

TEST_CASE("what is chosen when fitted is chosen later, whatever the stages are then") {
  const auto fitted = ff::select{.until = ff::stage::browse}.fit(sessions);
  CHECK(fitted.transform(sessions.with_stage({"pages"}, ff::stage::outcome)).cols() == 2);
  CHECK(code_thrown_by([&] { return fitted.transform(sessions.without({"pages"})); }) == "unknown_name");
  CHECK(fitted == ff::fitted_select::from_parts({"pages", "device"}));
}

TEST_CASE("unknown names and stages, and nothing left, are refused") {
  CHECK(code_thrown_by([] { return ff::select{.columns = {"clicks"}}.names(sessions); }) == "unknown_name");
  CHECK(code_thrown_by([] { return ff::select{.without = {"clicks"}}.names(sessions); }) == "unknown_name");
  const auto unstated = sessions.with_stage({"cart"}, ff::stage::unknown);
  CHECK(thrown_by([&] { return ff::select{.until = ff::stage::outcome}.names(unstated); }) ==
        "bad_value: select: column 'cart' has no stage, and until needs one");
  CHECK(ff::select{.without = {"cart"}, .until = ff::stage::browse}.names(unstated) == names{"pages", "device"});
  CHECK(thrown_by([] { return ff::select{.columns = {"pages"}, .without = {"pages"}}.names(sessions); }) ==
        "wrong_shape: select: no column is left of 1");
  CHECK(std::isinf(infinity));
  CHECK(std::isnan(missing));
}
