// SPDX-License-Identifier: MIT
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/advice/catalogues.hpp>
#include <footfall/segments/persona_rule.hpp>
#include <footfall/statistics/rate_comparison.hpp>

namespace ff = footfall;

TEST_CASE("every persona of the catalogue is one that segments are named by") {
  std::set<std::string> names;
  for (const auto& rule : ff::ga4_personas()) names.insert(rule.name);
  std::set<std::string> keys;
  for (const auto& rule : ff::persona_actions()) {
    CHECK_MESSAGE(names.contains(rule.key), rule.key);
    CHECK_FALSE(rule.needs.empty());
    CHECK_FALSE(rule.caveat.empty());
    keys.insert(rule.key);
  }
  CHECK(keys.size() == 5);
  CHECK(ff::persona_actions().size() == 19);  // 4 + 3 + 4 + 4 + 4
}

// A published study recommends less spend on Ads for a gap of 0.37 points, and gives no costs.
TEST_CASE("'reduce ad spend' is withheld for the published figures") {
  const auto google = ff::rate_of(30'435, 150'000);
  const auto ads = ff::rate_of(9'960, 50'000);
  ff::evidence_list found("Ads");
  found.add("conversion against the others", ff::evidence{.effect = ads.value - google.value,
                                                          .interval = ff::difference_interval(ads, google),
                                                          .p_value = ff::two_proportions(ads, google).p_value});
  found.add_input("cost per conversion", {});
  const auto rules = ff::finding_actions();
  const auto less = ff::advise(rules, "channel converts less", found);
  REQUIRE(less.size() == 1);
  CHECK_FALSE(less[0].made);
  CHECK(less[0].missing.size() == 4);

  // With a gap that is there, a cost and a return below 1 it would be made.
  const auto weak = ff::rate_of(8'000, 50'000);
  ff::evidence_list enough("Ads");
  enough.add("conversion against the others", ff::evidence{.effect = weak.value - google.value,
                                                           .interval = ff::difference_interval(weak, google),
                                                           .p_value = ff::two_proportions(weak, google).p_value});
  enough.add_input("cost per conversion", 60).add_input("return on ad spend", 0.7);
  CHECK(ff::advise(rules, "channel converts less", enough)[0].made);
}

TEST_CASE("'protect search traffic' is made for its volume; 'scale' waits for what the next session brings") {
  ff::evidence_list google("Google");
  google.add("share of conversions", ff::rate_of(30'435, 101'000)).add_input("cost per conversion", 20);
  const auto rules = ff::finding_actions();
  CHECK(ff::advise(rules, "channel brings volume", google)[0].made);
  const auto scale = ff::advise(rules, "channel could grow", google);
  CHECK(scale[0].missing ==
        std::vector<std::string>{"return of the next session bought: not looked into (an average says "
                                 "nothing about the next session bought)"});
}

TEST_CASE("the four uses of the first study have rules, and each rule waits for something") {
  const auto rules = ff::finding_actions();
  const auto of = [&](const char* key) {
    return std::count_if(rules.begin(), rules.end(), [&](const auto& rule) { return rule.key == key; });
  };
  CHECK(of("scores find buyers") == 2);
  CHECK(of("segments differ") == 1);
  CHECK(of("retargeting") == 1);
  for (const auto& rule : rules) CHECK_FALSE(ff::advise(rule, ff::evidence_list("nothing")).made);
}
