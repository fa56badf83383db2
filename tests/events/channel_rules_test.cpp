// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/events/channel_rules.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

const std::string own =
    "# our channels\n"
    "version ours-3\n"
    "\n"
    "list paid = cp*, paid\r\n"
    "sites search = google, bing.com\n"
    "list paid = ads\n"
    "Brand: campaign = *brand*, (empty); medium = @paid\n"
    "Search ads: source = @search; medium = @paid\n"
    "Clicks: click_id = gclid\n"
    "Search: source = @search, \\(odd\\, name\\)\n"
    "Brand: source = brand\\*\n";

std::string refusal(const std::string& table) {
  return thrown_by([&] { return ff::channel_rules::parse(table); });
}
std::string refusal_of_line(const std::string& line) { return refusal("version 1\nA: source = a\n" + line); }

}  // namespace

TEST_CASE("the first line whose fields all fit decides") {
  const auto rules = ff::channel_rules::parse(own);
  CHECK(rules.version() == "ours-3");
  CHECK(rules.channels() == std::vector<std::string>{"Brand", "Search ads", "Clicks", "Search", "Unassigned"});
  CHECK(rules.lines() == std::vector<int>{7, 8, 9, 10, 11});
  CHECK(rules.name_of({"google", "cpc", "our brand", ""}) == "Brand");
  CHECK(rules.name_of({"google", "cpc", "", ""}) == "Brand");
  CHECK(rules.name_of({"google", "CPC", "spring", ""}) == "Search ads");
  CHECK(rules.name_of({"www.bing.com", "ads", "spring", ""}) == "Search ads");
  CHECK(rules.name_of({"bing", "ads", "spring", ""}) == "Unassigned");
  CHECK(rules.name_of({"x", "", "spring", "gclid"}) == "Clicks");
  CHECK(rules.name_of({"google", "organic", "", ""}) == "Search");
  CHECK(rules.name_of({"(odd, name)", "", "", ""}) == "Search");
  CHECK(rules.name_of({"brand*", "", "", ""}) == "Brand");
  CHECK(rules.name_of({"brands", "", "", ""}) == "Unassigned");
  CHECK(rules.line_of({"brand*", "", "", ""}) == 11);
  CHECK(rules.line_of({}) == 0);
  CHECK(rules.channel_of({}) == 4);
}

TEST_CASE("Unassigned keeps the place that a rule gives it") {
  const auto rules = ff::channel_rules::parse("version 1\nUnassigned: source = a\nB: source = b\n");
  CHECK(rules.channels() == std::vector<std::string>{"Unassigned", "B"});
  CHECK(rules.channel_of({"c", "", "", ""}) == 0);
}

TEST_CASE("a table is its text") {
  const auto rules = ff::channel_rules::parse(own);
  CHECK(ff::channel_rules::from_parts(own) == rules);
  CHECK(ff::digest_of(ff::channel_rules::from_parts(own)) == ff::digest_of(rules));
  CHECK_FALSE(ff::channel_rules::parse("version 1\nA: source = a") == rules);
  CHECK(thrown_by([] { return ff::channel_rules::from_parts("version 1"); }) ==
        "bad_parts: channel_rules: channel_rules: there must be a rule, got none");
  CHECK(ff::channel_rules::parse("\xEF\xBB\xBFversion 1\nA: source = a").version() == "1");
}

TEST_CASE("lines that mean nothing are refused, and the error says which") {
  CHECK(refusal("") == "bad_text: channel_rules: there must be a rule, got none");
  CHECK(refusal("A: source = a") == "bad_text: channel_rules: line 1: expected 'version NAME', got 'A: source = a'");
  CHECK(refusal("version") == "bad_text: channel_rules: line 1: expected 'version NAME', got 'version'");
  CHECK(refusal_of_line("B") == "bad_text: channel_rules: line 3: expected 'CHANNEL: field = items', got 'B'");
  CHECK(refusal_of_line("B:") == "bad_text: channel_rules: line 3: expected 'CHANNEL: field = items', got 'B:'");
  CHECK(refusal_of_line(": source = a").find("line 3: expected 'CHANNEL") != std::string::npos);
  CHECK(refusal_of_line("B: source") == "bad_text: channel_rules: line 3: expected 'field = items', got 'source'");
  CHECK(refusal_of_line("B: source = a; ; medium = b").find("expected 'field = items', got ''") != std::string::npos);
  CHECK(refusal_of_line("B: sauce = a") ==
        "unknown_name: channel_rules: line 3: there is no field 'sauce'; fields are source, medium, campaign and "
        "click_id");
  CHECK(refusal_of_line("B: source = @nobody") ==
        "unknown_name: channel_rules: line 3: there is no list 'nobody' above");
  CHECK(refusal_of_line("B: source = a,,b") ==
        "bad_text: channel_rules: line 3: an item is empty; (empty) stands for no text");
  CHECK(refusal_of_line("B: source =").find("an item is empty") != std::string::npos);
  CHECK(refusal_of_line("B: source = a\\") == "bad_text: channel_rules: line 3: an item ends in a backslash: 'a\\'");
  CHECK(refusal_of_line("B: source = [a") == "bad_text: channel_rules: line 3: a class does not end: '[a'");
  CHECK(refusal_of_line("list = a") == "bad_text: channel_rules: line 3: expected the name of a list, got ''");
  CHECK(refusal_of_line("list a b = a").find("expected the name of a list, got 'a b'") != std::string::npos);
  CHECK(refusal_of_line("list a") == "bad_text: channel_rules: line 3: expected 'NAME = items', got 'a'");
  CHECK(refusal_of_line("list a = @b") == "bad_text: channel_rules: line 3: a list cannot name another, got '@b'");
  CHECK(refusal_of_line(std::string("B: source = a\0b", 15)) ==
        "bad_text: channel_rules: line 3: expected text, got a control character");
}

TEST_CASE("a table has its limits") {
  CHECK(refusal(std::string((std::size_t{1} << 20) + 1, '#')) ==
        "limit: channel_rules: a table may have 1048576 bytes, got 1048577");
  std::string many;
  for (int i = 0; i < 4096; ++i) many += "x*,";
  CHECK(refusal_of_line("B: source = " + many + "y") == "");
  CHECK(refusal_of_line("B: source = " + many + "*y") ==
        "limit: channel_rules: line 3: a table may have 4096 patterns");
  std::string lists;
  for (int i = 0; i < 256; ++i) lists += "list l" + std::to_string(i) + " = a\n";
  CHECK(refusal_of_line(lists) == "");
  CHECK(refusal_of_line(lists + "list more = a") == "limit: channel_rules: line 259: a table may have 256 lists");
}

TEST_CASE("hostile visits cost one look each") {
  const auto rules = ff::channel_rules::parse(own);
  const std::string huge(10'000'000, '*');
  CHECK(rules.name_of({huge, huge, huge, huge}) == "Unassigned");
  CHECK(rules.name_of({std::string("google\0", 7), "organic", "", ""}) == "Unassigned");
}
