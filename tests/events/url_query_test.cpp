// SPDX-License-Identifier: MIT
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/url_query.hpp>

namespace ff = footfall;

TEST_CASE("the host of an address") {
  CHECK(ff::host_of("https://www.Shop.com/page?x=1") == "shop.com");
  CHECK(ff::host_of("http://m.facebook.com") == "m.facebook.com");
  CHECK(ff::host_of("https://shop.com:8443/") == "shop.com");
  CHECK(ff::host_of("https://shop.com?x=https://other.com/") == "shop.com");
  CHECK(ff::host_of("https://ann:secret@shop.com/") == "shop.com");
  CHECK(ff::host_of("https://google.com@evil.org/") == "evil.org");
  CHECK(ff::host_of("https://google.com@shop.com@evil.org/") == "evil.org");  // the last one counts, as in browsers
  CHECK(ff::host_of("https://shop.com./") == "shop.com");
  CHECK(ff::host_of("https://[2001:db8::1]:80/") == "[2001:db8::1]");
  CHECK(ff::host_of("https://[2001:db8::1") == "[2001:db8::1");
  CHECK(ff::host_of("android-app://com.google.android.gm/") == "com.google.android.gm");
  for (const char* each :
       {"", "shop.com", "/page?back=https://other.com/", "https:/x", "://", "mailto:ann@shop.com", "?://"}) {
    CAPTURE(each);
    CHECK(ff::host_of(each) == "");
  }
}

TEST_CASE("parameters in their order, as they are written") {
  using pairs = std::vector<std::pair<std::string, std::string>>;
  const auto of = [](const std::string& address) {
    pairs result;
    ff::for_each_parameter(address,
                           [&](std::string_view name, std::string_view value) { result.emplace_back(name, value); });
    return result;
  };
  CHECK(of("https://a.b/?x=1&y=2%26&x=3#z=4") == pairs{{"x", "1"}, {"y", "2%26"}, {"x", "3"}});
  CHECK(of("/p?flag&&=v&a=b=c") == pairs{{"flag", ""}, {"", ""}, {"", "v"}, {"a", "b=c"}});
  CHECK(of("/p#?x=1") == pairs{});
  CHECK(of("/p?") == pairs{});
  CHECK(of("") == pairs{});
  CHECK(of("?a=1?b=2") == pairs{{"a", "1?b=2"}});
}

TEST_CASE("escapes that are none stay as they are") {
  CHECK(ff::decoded_parameter("spring+sale%21") == "spring sale!");
  CHECK(ff::decoded_parameter("%C3%a4") == "\xC3\xA4");
  CHECK(ff::decoded_parameter("100%") == "100%");
  CHECK(ff::decoded_parameter("%4") == "%4");
  CHECK(ff::decoded_parameter("%zz%4g%%41") == "%zz%4g%A");
  CHECK(ff::decoded_parameter("%00") == std::string(1, '\0'));
  CHECK(ff::decoded_parameter("") == "");
}
