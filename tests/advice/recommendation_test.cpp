// SPDX-License-Identifier: MIT
#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/advice/recommendation.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

bool met(const ff::need& wanted, const ff::evidence& found) {
  ff::evidence_list list("x");
  list.add(wanted.evidence, found);
  return ff::advise(ff::advice_rule{"k", "do it", {wanted}}, list).made;
}

}  // namespace

TEST_CASE("each kind of need, at its bound and beside it") {
  CHECK(met(ff::needs_input("e"), {.effect = 0}));
  CHECK_FALSE(met(ff::needs_input("e"), {}));
  CHECK(met(ff::needs_effect_above("e", 2), {.effect = 2.1}));
  CHECK_FALSE(met(ff::needs_effect_above("e", 2), {.effect = 2}));
  CHECK_FALSE(met(ff::needs_effect_above("e", 2), {}));
  CHECK(met(ff::needs_effect_below("e", 2), {.effect = 1.9}));
  CHECK_FALSE(met(ff::needs_effect_below("e", 2), {.effect = 2}));
  CHECK(met(ff::needs_interval_above("e", 0), {.interval = ff::interval{0.1, 3, 0.95}}));
  CHECK_FALSE(met(ff::needs_interval_above("e", 0), {.effect = 5, .interval = ff::interval{0, 3, 0.95}}));
  CHECK_FALSE(met(ff::needs_interval_above("e", 0), {.effect = 5}));  // an effect alone is no interval
  CHECK(met(ff::needs_interval_below("e", 0), {.interval = ff::interval{-3, -0.1, 0.95}}));
  CHECK_FALSE(met(ff::needs_interval_below("e", 0), {.interval = ff::interval{-3, 0, 0.95}}));
  CHECK(met(ff::needs_test("e"), {.p_value = 0.049}));
  CHECK_FALSE(met(ff::needs_test("e"), {.p_value = 0.05}));
  CHECK_FALSE(met(ff::needs_test("e"), {.effect = 9}));
}

TEST_CASE("what is withheld says everything that is missing, and what is made its grounds") {
  const ff::advice_rule rule{
      "channel converts less",
      "reduce its spend",
      {ff::needs_test("gap"), ff::needs_interval_below("gap", 0, "it must convert less"),
       ff::needs_input("cost", "without costs nothing is known of spend"), ff::needs_input("margin")},
      "Averages only"};
  ff::evidence_list ads("Ads");
  ads.add("gap", ff::evidence{.effect = -0.0037, .interval = ff::interval{-0.0078, 0.0004, 0.95}, .p_value = 0.0743});
  ads.add_input("cost", {});
  const auto withheld = ff::advise(rule, ads);
  CHECK_FALSE(withheld.made);
  CHECK(withheld.missing ==
        std::vector<std::string>{
            "gap: p = 0.0743 is not below 0.05", "gap: -0.0078 to 0.0004 does not lie below 0 (it must convert less)",
            "cost: not known (without costs nothing is known of spend)", "margin: not looked into"});
  CHECK(withheld.grounds.empty());
  CHECK(
      withheld.sentence() ==
      "Ads: reduce its spend: withheld: gap: p = 0.0743 is not below 0.05; gap: -0.0078 to 0.0004 does not lie below 0 "
      "(it must convert less); cost: not known (without costs nothing is known of spend); margin: not looked into");

  ff::evidence_list tv("TV");
  tv.add("gap", ff::evidence{.effect = -0.02, .interval = ff::interval{-0.03, -0.01, 0.95}, .p_value = 0.001});
  tv.add_input("cost", 900).add_input("margin", 0.4);
  const auto made = ff::advise(rule, tv);
  CHECK(made.made);
  CHECK(made.missing.empty());
  CHECK(made.sentence() ==
        "TV: reduce its spend: made: gap: p = 0.001 is below 0.05; gap: -0.030 to -0.010 lies below 0; cost: 900; "
        "margin: "
        "0.4. Averages only");

  ff::evidence_list radio("Radio");
  radio.add("gap", ff::evidence{.p_value = 1e-30});
  const auto grounds = [&](double most) {
    return ff::advise({"a", "b", {ff::needs_test("gap", most)}, {}}, radio).grounds;
  };
  CHECK(grounds(0.05) == std::vector<std::string>{"gap: p < 0.001 is below 0.05"});
  CHECK(grounds(1e-6) == std::vector<std::string>{"gap: p = 1e-30 is below 1e-06"});
}

TEST_CASE(
    "grounds have the digits that matter: of an interval its width's, and those that tell a figure from its bound") {
  const auto ground = [](const ff::need& wanted, const ff::evidence& found) {
    ff::evidence_list list("x");
    list.add(wanted.evidence, found);
    const auto advised = ff::advise(ff::advice_rule{"k", "do it", {wanted}}, list);
    return advised.made ? advised.grounds.front() : advised.missing.front();
  };
  const auto between = [](double low, double high) { return ff::evidence{.interval = ff::interval{low, high, 0.95}}; };
  CHECK(ground(ff::needs_interval_below("e", 0), between(-0.01149, 0.003864)) ==
        "e: -0.011 to 0.004 does not lie below 0");
  CHECK(ground(ff::needs_interval_above("e", 0), between(0.00021, 0.0203)) == "e: 0.0002 to 0.0203 lies above 0");
  CHECK(ground(ff::needs_interval_below("e", 0), between(-0.0203, -0.00021)) == "e: -0.0203 to -0.0002 lies below 0");
  CHECK(ground(ff::needs_interval_above("e", 0), between(1234.5, 1300.25)) == "e: 1234 to 1300 lies above 0");
  CHECK(ground(ff::needs_interval_above("e", 0.25), between(0.3, 0.3)) == "e: 0.3 to 0.3 lies above 0.25");
  CHECK(ground(ff::needs_effect_above("e", 0.01), {.effect = 0.23344}) == "e: 0.233 is above 0.01");
  CHECK(ground(ff::needs_effect_above("e", 2), {.effect = 2.00004}) == "e: 2.00004 is above 2");
  CHECK(ground(ff::needs_test("e"), {.p_value = 0.04998}) == "e: p = 0.04998 is below 0.05");
  CHECK(ground(ff::needs_input("e"), {.effect = 123456.7}) == "e: 123457");
}

TEST_CASE("rules of a key, in their order; rules of one's own") {
  const std::vector<ff::advice_rule> rules{{"a", "first"}, {"b", "second"}, {"a", "third", {ff::needs_input("cost")}}};
  const ff::evidence_list nothing("shop");
  const auto found = ff::advise(rules, "a", nothing);
  REQUIRE(found.size() == 2);
  CHECK(found[0].action == "first");
  CHECK(found[0].made);  // it needs nothing
  CHECK(found[1].action == "third");
  CHECK_FALSE(found[1].made);
  CHECK(ff::advise(rules, "c", nothing).empty());
}

TEST_CASE("rules that are none") {
  const ff::evidence_list nothing("shop");
  CHECK(code_thrown_by([&] { return ff::advise(ff::advice_rule{"a", ""}, nothing); }) == "bad_value");
  CHECK(code_thrown_by([&] {
          return ff::advise(ff::advice_rule{"a", "b", {ff::needs_test("e", std::nan(""))}}, nothing);
        }) == "bad_value");
}
