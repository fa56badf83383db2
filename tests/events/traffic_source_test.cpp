// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <footfall/events/traffic_source.hpp>

namespace ff = footfall;
using source = ff::traffic_source;

TEST_CASE("direct is what names neither a source nor a medium") {
  CHECK(source::direct().is_direct());
  CHECK(source{}.is_direct());
  CHECK(source{"(direct)", "(not set)"}.is_direct());
  CHECK_FALSE(source{"google", ""}.is_direct());
  CHECK_FALSE(source{"", "email"}.is_direct());
  CHECK_FALSE(source{"(direct)", "email"}.is_direct());
}

TEST_CASE("a click on an ad that was filed under search or nothing is repaired") {
  const auto repaired = [](const source& visit) { return ff::with_click_repaired(visit); };
  for (const char* id : {"gclid", "gbraid", "wbraid"}) {
    CAPTURE(id);
    CHECK(repaired({"google", "organic", "(organic)", id}) == source{"google", "cpc", "(not set)", id});
    CHECK(repaired({"google", "", "spring", id}) == source{"google", "cpc", "spring", id});
    CHECK(repaired({"", "", "", id}) == source{"google", "cpc", "(not set)", id});
    CHECK(repaired({"(direct)", "(none)", "(direct)", id}) == source{"google", "cpc", "(not set)", id});
    CHECK(repaired({"(not set)", "(not set)", "(not set)", id}) == source{"google", "cpc", "(not set)", id});
    CHECK(repaired({"", "organic", "", id}) == source{"google", "cpc", "(not set)", id});
    CHECK(repaired({"google", "(not set)", "", id}) == source{"google", "cpc", "(not set)", id});
  }
  CHECK(repaired({"bing", "organic", "(organic)", "msclkid"}) == source{"bing", "cpc", "(not set)", "msclkid"});
}

TEST_CASE("a visit that says something else is left as it is") {
  for (const source& visit :
       {source{"google", "organic", "(organic)", ""}, source{"newsletter", "email", "spring", "gclid"},
        source{"google", "display", "spring", "gclid"}, source{"bing", "organic", "(organic)", "gclid"},
        source{"google", "organic", "(organic)", "msclkid"}, source{"google", "organic", "(organic)", "fbclid"},
        source{"", "email", "", "gclid"}, source::direct()}) {
    CHECK(ff::with_click_repaired(visit) == visit);
  }
}
