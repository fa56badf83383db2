// SPDX-License-Identifier: MIT
// The table rule by rule: for each line a visit that it decides, and visits that a line before it takes away.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/ga4_channels.hpp>

namespace ff = footfall;

namespace {

struct expectation {
  const char* channel;
  ff::traffic_source visit;
};

// In the order of the table's lines: the first rule that can decide each visit is a rule of its own.
const std::vector<expectation> one_a_line = {
    {"Direct", {"(direct)", "(none)", "", ""}},
    {"Direct", {"", "", "", ""}},
    {"Cross-network", {"google", "cpc", "DE cross-network 7", ""}},
    {"Paid Shopping", {"www.ebay.de", "cpc", "", ""}},
    {"Paid Shopping", {"google", "cpc", "Shopping Spring", ""}},
    {"Paid Search", {"google", "cpc", "spring", ""}},
    {"Paid Social", {"l.facebook.com", "paid_social", "", ""}},
    {"Paid Video", {"youtube", "cpv-cpm", "", ""}},
    {"Display", {"someone", "banner", "", ""}},
    {"Paid Other", {"someone", "retargeting", "", ""}},
    {"AI Assistant", {"anybody", "ai-assistant", "(ai-assistant)", ""}},
    {"AI Assistant", {"chatgpt.com", "referral", "", ""}},
    {"Organic Shopping", {"amazon.co.uk", "referral", "", ""}},
    {"Organic Shopping", {"partner", "referral", "e-shop", ""}},
    {"Organic Social", {"t.co", "referral", "", ""}},
    {"Organic Social", {"someone", "social-media", "", ""}},
    {"Organic Video", {"youtu.be", "referral", "", ""}},
    {"Organic Video", {"someone", "videos", "", ""}},
    {"Organic Search", {"duckduckgo.com", "referral", "", ""}},
    {"Organic Search", {"someone", "organic", "", ""}},
    {"Referral", {"blog.example", "referral", "", ""}},
    {"Email", {"e-mail", "newsletter", "", ""}},
    {"Email", {"crm", "E_Mail", "", ""}},
    {"Affiliates", {"partner", "affiliate", "", ""}},
    {"Audio", {"podcast", "audio", "", ""}},
    {"SMS", {"sms", "text", "", ""}},
    {"SMS", {"crm", "sms", "", ""}},
    {"Mobile Push Notifications", {"crm", "web push", "", ""}},
    {"Mobile Push Notifications", {"firebase", "whatever", "", ""}},
};

}  // namespace

TEST_CASE("every rule decides a visit of its own, in the order of the table") {
  const auto rules = ff::ga4_channels();
  CHECK(rules.version() == "ga4-2026");
  std::vector<int> lines;
  for (const auto& each : one_a_line) {
    CAPTURE(each.visit.source);
    CAPTURE(each.visit.medium);
    CHECK(rules.name_of(each.visit) == each.channel);
    lines.push_back(rules.line_of(each.visit));
  }
  CHECK(lines == rules.lines());
}

TEST_CASE("the channels are those that Google lists") {
  const std::set<std::string> published = {
      "Direct",    "Cross-network", "Paid Shopping",    "Paid Search",    "Paid Social",   "Paid Video",
      "Display",   "Paid Other",    "Organic Shopping", "Organic Social", "Organic Video", "Organic Search",
      "Referral",  "Email",         "Affiliates",       "Audio",          "SMS",           "Mobile Push Notifications",
      "Unassigned"};
  const auto names = [](const ff::channel_rules& rules) {
    return std::set<std::string>(rules.channels().begin(), rules.channels().end());
  };
  CHECK(names(ff::ga4_channels({.ai_assistants = false})) == published);
  auto with_assistants = published;
  with_assistants.insert("AI Assistant");
  CHECK(names(ff::ga4_channels()) == with_assistants);
}

TEST_CASE("without the channel of assistants they are what they were before") {
  const auto rules = ff::ga4_channels({.ai_assistants = false});
  CHECK(rules.version() == "ga4-2023");
  CHECK(rules.name_of({"chatgpt.com", "referral", "", ""}) == "Referral");
  CHECK(rules.name_of({"chatgpt.com", "ai-assistant", "", ""}) == "Unassigned");
  for (const auto& each : one_a_line) {
    if (std::string(each.channel) != "AI Assistant") CHECK(rules.name_of(each.visit) == each.channel);
  }
}

TEST_CASE("which of two rules comes first") {
  const auto rules = ff::ga4_channels();
  const std::vector<expectation> all = {
      {"Direct", {"(direct)", "(not set)", "cross-network", ""}},
      {"Direct", {"(direct)", "", "", ""}},
      {"Unassigned", {"(not set)", "(not set)", "", ""}},
      {"Paid Search", {"google", "cpm", "", ""}},  // *cp* is paid before cpm is display
      {"Display", {"someone", "cpm", "", ""}},
      {"Paid Other", {"someone", "cpc", "workshop", ""}},  // a workshop is no shop
      {"Paid Shopping", {"someone", "cpc", "eshop", ""}},
      {"Paid Shopping", {"someone", "cpc", "window shopping", ""}},
      {"Organic Search", {"google", "email", "", ""}},  // the source counts before the medium
      {"Organic Search", {"google.de", "referral", "", ""}},
      {"Organic Search", {"www.google.co.uk", "organic", "", ""}},
      {"Referral", {"mail.google.com", "referral", "", ""}},
      {"Referral", {"email", "referral", "", ""}},  // Google lists referral before email
      {"Referral", {"notbing.com", "referral", "", ""}},
      {"AI Assistant", {"copilot.microsoft.com", "referral", "", ""}},
      {"Organic Search", {"chatgpt.com", "organic", "", ""}},  // the medium of a link of one's own
      {"Unassigned", {"chatgpt.com", "newsletter", "", ""}},
      {"Paid Social", {"Facebook", "CPC", "", ""}},
      {"Organic Social", {"facebook", "organic", "", ""}},
      {"Mobile Push Notifications", {"crm", "mobile app", "", ""}},
      {"Unassigned", {"crm", "pushed", "", ""}},
      {"Unassigned", {"crm", "newsletter", "", ""}},
      {"Unassigned", {"crm", "affiliates", "", ""}},
  };
  for (const auto& each : all) {
    CAPTURE(each.visit.source);
    CAPTURE(each.visit.medium);
    CHECK(rules.name_of(each.visit) == each.channel);
  }
}

TEST_CASE("referrers: each engine by its hosts") {
  const auto rules = ff::known_referrers();
  const auto of = [&](const char* host) { return rules.name_of({.source = host}); };
  CHECK(of("google.com") == "google / organic");
  CHECK(of("google.co.jp") == "google / organic");
  CHECK(of("com.google.android.googlequicksearchbox") == "google / organic");
  CHECK(of("mail.google.com") == "Unassigned");
  CHECK(of("gemini.google.com") == "Unassigned");
  CHECK(of("cn.bing.com") == "bing / organic");
  CHECK(of("de.search.yahoo.com") == "yahoo / organic");
  CHECK(of("mail.yahoo.com") == "Unassigned");
  CHECK(of("yandex.ru") == "yandex / organic");
  // Whatever they name is search for the table of channels too.
  const auto channels = ff::ga4_channels();
  for (const auto& each : rules.channels()) {
    const auto slash = each.find(" / ");
    if (slash == std::string::npos) continue;
    CAPTURE(each);
    CHECK(channels.name_of({each.substr(0, slash), "cpc", "", ""}) == "Paid Search");
  }
}
