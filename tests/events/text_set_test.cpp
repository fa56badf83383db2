// SPDX-License-Identifier: MIT
#include <string>

#include <doctest/doctest.h>

#include <footfall/events/text_set.hpp>

namespace ff = footfall;

TEST_CASE("whole texts, hosts with all below them, and patterns") {
  ff::text_set set;
  CHECK(set.empty());
  CHECK_FALSE(set.contains(""));
  set.add_text("Google");
  set.add_host("Bing.com");
  set.add_pattern(ff::glob_pattern("paid*"));
  CHECK_FALSE(set.empty());
  CHECK(set.patterns() == 1);
  for (const char* each : {"google", "GOOGLE", "bing.com", "www.bing.com", "a.b.BING.com", "paid", "Paid social"}) {
    CAPTURE(each);
    CHECK(set.contains(each));
  }
  for (const char* each :
       {"", "google.com", "www.google", "bing", "notbing.com", "bing.com.evil.org", "xpaid", "com"}) {
    CAPTURE(each);
    CHECK_FALSE(set.contains(each));
  }
  set.add_text("");
  CHECK(set.contains(""));
}

TEST_CASE("a text longer than any host is not searched for its dots") {
  ff::text_set set;
  set.add_host("shop.com");
  std::string longest;
  while (longest.size() + 2 + 8 <= ff::text_set::longest_host) longest += "a.";
  CHECK(set.contains(longest + "shop.com"));
  CHECK_FALSE(set.contains(longest + "a.a.shop.com"));
  std::string dots;
  for (int i = 0; i < 2'000'000; ++i) dots += "a.";
  CHECK_FALSE(set.contains(dots + "shop.com"));  // would take hours, were each dot a search
}
