// SPDX-License-Identifier: MIT
#include <cmath>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include <footfall/segments/persona_rule.hpp>

#include <tests/segments/published_sessions.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

TEST_CASE("a condition reads as it is written") {
  const auto condition = ff::mean_of("clicks") > 5;
  CHECK(condition == ff::persona_condition{{ff::persona_figure::kind::mean, "clicks", ""}, true, 5});
  CHECK((ff::share_of("device", "mobile") < 0.5) ==
        ff::persona_condition{{ff::persona_figure::kind::share, "device", "mobile"}, false, 0.5});
  CHECK((ff::contrast_of("clicks") < 0).figure.what == ff::persona_figure::kind::contrast);
}

TEST_CASE("figures are read from a profile") {
  const auto published = published_fashion_sessions();
  const auto all = ff::profile(published.table, published.ids);
  const auto views = ff::mean_of("product_views").read(all[3]);
  CHECK(views.value == doctest::Approx(4.26));
  CHECK(views.range == all[3].number("product_views").mean_range);
  CHECK(views.deviation == all[3].number("product_views").deviation_of_all);
  const auto away = ff::contrast_of("product_views").read(all[3]);
  CHECK(away.value == all[3].number("product_views").contrast.value);
  CHECK(away.deviation == 1);
  const auto mobile = ff::share_of("device", "mobile").read(all[0]);
  CHECK(mobile.value == all[0].level("device", "mobile").share.value);
  const double share = all[0].level("device", "mobile").share_of_all;
  CHECK(mobile.deviation == doctest::Approx(std::sqrt(share * (1 - share))));
  const auto mobile_away = ff::contrast_of("device", "mobile").read(all[0]);
  CHECK(mobile_away.value == all[0].level("device", "mobile").contrast.value);
  CHECK(mobile_away.range == mobile.contrast.range);
  CHECK(code_thrown_by([&] { return ff::mean_of("clicks").read(all[0]); }) == "unknown_name");
}

TEST_CASE("the rules that come along are four and six, each with a name, a sentence and conditions") {
  CHECK(ff::shop_personas().size() == 4);
  CHECK(ff::ga4_personas().size() == 6);
  for (const auto& rules : {ff::shop_personas(), ff::ga4_personas()}) {
    std::set<std::string> names;
    for (const auto& rule : rules) {
      CHECK(names.insert(rule.name).second);
      CHECK(rule.sentence.ends_with("."));
      CHECK_FALSE(rule.when.empty());
    }
  }
}
