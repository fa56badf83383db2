// SPDX-License-Identifier: MIT
#include <string>

#include <doctest/doctest.h>

#include <footfall/events/visit_source.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using source = ff::traffic_source;

namespace {

source visit(const std::string& page, const std::string& referrer = "", const ff::visit_source_rules& rules = {}) {
  return ff::visit_source_reader(rules).of_texts({.page = page, .referrer = referrer});
}

}  // namespace

TEST_CASE("the address of the landing page says most, then the referrer") {
  CHECK(visit("https://shop.com/?utm_source=News+Letter&utm_medium=email&utm_campaign=spring%202",
              "https://mail.com/") == source{"News Letter", "email", "spring 2", ""});
  CHECK(visit("https://shop.com/?utm_source=a&utm_source=b") == source{"a", "", "", ""});
  CHECK(visit("https://shop.com/?utm_source=&utm_medium=email") == source{"", "email", "", ""});
  CHECK(visit("https://shop.com/", "https://www.google.de/search") == source{"google", "organic", "(organic)", ""});
  CHECK(visit("https://shop.com/", "https://www.blog.example/a") ==
        source{"blog.example", "referral", "(referral)", ""});
  CHECK(visit("https://shop.com/") == source::direct());
  CHECK(visit("", "not an address") == source::direct());
  CHECK(visit("https://shop.com/?utm_campaign=spring", "https://blog.example/") ==
        source{"blog.example", "referral", "spring", ""});
}

TEST_CASE("coming from the shop's own hosts says nothing") {
  CHECK(visit("https://www.shop.com/a", "https://shop.com/b") == source::direct());
  CHECK(visit("https://shop.com/a", "https://pay.com/done").source == "pay.com");
  const ff::visit_source_rules own{.own_hosts = {"pay.com"}};
  CHECK(visit("https://shop.com/a", "https://pay.com/done", own) == source::direct());
  CHECK(visit("https://shop.com/a", "https://www.secure.pay.com/done", own) == source::direct());
}

TEST_CASE("ids of clicks are found and ads repaired") {
  CHECK(visit("https://shop.com/?gclid=abc", "https://www.google.com/") ==
        source{"google", "cpc", "(not set)", "gclid"});
  CHECK(visit("https://shop.com/?wbraid=abc") == source{"google", "cpc", "(not set)", "wbraid"});
  CHECK(visit("https://shop.com/?fbclid=1", "https://l.facebook.com/") ==
        source{"l.facebook.com", "referral", "(referral)", "fbclid"});
  CHECK(visit("https://shop.com/?fbclid=1&gclid=2").click_id == "gclid");
  CHECK(visit("https://shop.com/?gclid=") == source::direct());
  CHECK(visit("https://shop.com/?utm_source=crm&utm_medium=email&gclid=2") == source{"crm", "email", "", "gclid"});
  CHECK(visit("https://shop.com/#gclid=2") == source::direct());
}

TEST_CASE("what the tracker wrote comes before the addresses") {
  const ff::visit_source_reader reader{ff::visit_source_rules{}};
  ff::event event{.visitor = "v", .name = "page_view", .page = "https://shop.com/?gclid=1&utm_source=x"};
  event.texts = {{"medium", "organic"}, {"source", "google"}, {"campaign", "(organic)"}};
  CHECK(reader.of_event(event) == source{"google", "cpc", "(not set)", "gclid"});  // the known fault of exports
  event.texts = {{"manual_source", "crm"}, {"manual_medium", "email"}, {"manual_campaign_name", "may"}};
  CHECK(reader.of_event(event) == source{"crm", "email", "may", "gclid"});
  event.texts = {{"source", "google"}, {"manual_source", "crm"}, {"medium", "organic"}, {"gclid", "7"}};
  event.page.clear();
  CHECK(reader.of_event(event) == source{"google", "cpc", "(not set)", "gclid"});
  event.texts = {{"page_referrer", "https://www.bing.com/"}};
  CHECK(reader.of_event(event) == source{"bing", "organic", "(organic)", ""});
  event.texts = {{"page_referrer", "https://www.bing.com/"}, {"msclkid", "7"}};
  CHECK(reader.of_event(event) == source{"bing", "cpc", "(not set)", "msclkid"});
  event.texts = {{"source", "(direct)"}, {"medium", "(none)"}};
  CHECK(reader.of_event(event).is_direct());

  ff::visit_source_rules other;
  other.source = {"came_from"};
  other.medium = {};
  event.texts = {{"source", "google"}, {"came_from", "flyer"}};
  CHECK(ff::visit_source_reader(other).of_event(event) == source{"flyer", "", "", ""});
}

TEST_CASE("referrers of one's own, and rules that mean nothing") {
  ff::visit_source_rules rules;
  rules.referrers = ff::channel_rules::parse("version 1\nchatgpt / ai-assistant: source = chatgpt.com");
  CHECK(visit("https://shop.com/", "https://chatgpt.com/c/1", rules) ==
        source{"chatgpt", "ai-assistant", "(ai-assistant)", ""});
  rules.referrers = ff::channel_rules::parse("version 1\nchatgpt: source = chatgpt.com");
  CHECK(thrown_by([&] { return ff::visit_source_reader(rules); }) ==
        "bad_value: visit_source: a channel of the referrers must read 'source / medium', got 'chatgpt'");
  CHECK(thrown_by([&] { return ff::visit_source_reader({.own_hosts = {""}}); }) ==
        "bad_value: visit_source: an own host is empty");
}

TEST_CASE("hostile addresses cost one look") {
  std::string page = "https://shop.com/?";
  for (int i = 0; i < 1'000'000; ++i) page += "&%&=%4";
  CHECK(visit(page, page) == source::direct());
  CHECK(visit("https://shop.com/", "https://" + std::string(4'000'000, '.')) == source::direct());
  CHECK(visit("https://shop.com/", "https://" + std::string(1'000'000, 'a') + ".com").medium == "referral");
}
