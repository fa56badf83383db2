// SPDX-License-Identifier: MIT
// The guard between columns and a model.
#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/features/columns.hpp>
#include <footfall/features/known_by.hpp>
#include <footfall/features/numeric.hpp>
#include <footfall/features/one_hot.hpp>
#include <footfall/features/ratio.hpp>
#include <footfall/pipeline/chain.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

const ff::table sessions({ff::column::numeric("pages", {1, 2}, ff::stage::browse),
                          ff::column::from_text("device", {"a", "b"}, ff::stage::context),
                          ff::column::numeric("cart", {0, 1}, ff::stage::cart),
                          ff::column::numeric("undated", {3, 4})});

}  // namespace

TEST_CASE("early columns pass as they are") {
  const auto early = ff::columns(ff::numeric{{"pages"}}, ff::one_hot{{"device"}});
  const auto guarded = (early | ff::known_by{ff::stage::browse}).fit(sessions);
  const auto plain = early.fit(sessions).transform(sessions);
  CHECK(guarded.transform(sessions).values() == plain.values());
  CHECK(guarded.transform(sessions).columns() == plain.columns());
  CHECK(ff::known_by{ff::stage::cart}.fit(sessions.select({"pages", "cart"})).until() == ff::stage::cart);
}

TEST_CASE("late ones are refused by name, however they are made") {
  const auto late = ff::columns(ff::numeric{{"pages", "cart"}}, ff::ratio{.of = "cart", .to = "pages"});
  CHECK(thrown_by([&] { return (late | ff::known_by{ff::stage::browse}).fit(sessions); }) ==
        "bad_value: known_by: only what is known at browse may pass, got 'cart' (cart), 'cart/pages' (cart)");
  CHECK(thrown_by([&] { return ff::known_by{ff::stage::outcome}.fit(sessions); }) ==
        "bad_value: known_by: only what is known at outcome may pass, got 'undated' (unknown)");
}

TEST_CASE("what has become late since is refused too") {
  const auto fitted = ff::known_by{ff::stage::browse}.fit(sessions.select({"pages"}));
  CHECK(fitted.transform(sessions.select({"pages"})) == sessions.select({"pages"}));
  CHECK(code_thrown_by([&] { return fitted.transform(sessions); }) == "bad_value");
}

TEST_CASE("unknown is no moment; parts") {
  CHECK(code_thrown_by([] { return ff::known_by{ff::stage::unknown}.fit(sessions); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::fitted_known_by::from_parts(ff::stage::unknown); }) == "bad_parts");
  CHECK(ff::fitted_known_by::from_parts(ff::stage::cart) ==
        ff::known_by{ff::stage::cart}.fit(sessions.select({"pages"})));
}
