// SPDX-License-Identifier: MIT
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/events/glob.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

bool matches(const std::string& pattern, const std::string& text) { return ff::glob_pattern(pattern).matches(text); }

}  // namespace

TEST_CASE("a pattern fits whole texts, in either case") {
  CHECK(matches("cpc", "cpc"));
  CHECK(matches("cpc", "CPC"));
  CHECK(matches("CPC", "cpc"));
  CHECK_FALSE(matches("cpc", "cpcs"));
  CHECK_FALSE(matches("cpc", "xcpc"));
  CHECK(matches("", ""));
  CHECK_FALSE(matches("", "a"));
  CHECK(matches("*", ""));
  CHECK(matches("**", "anything"));
  CHECK(matches("paid*", "paid"));
  CHECK(matches("*push", "web push"));
  CHECK_FALSE(matches("*push", "pushed"));
  CHECK(matches("a*b*c", "a-bb-c-c"));
  CHECK(matches("\xC3\xA4*", "\xC3\xA4pfel"));
}

TEST_CASE("classes and escapes") {
  CHECK(matches("[abc]x", "bx"));
  CHECK(matches("[a-c]x", "Cx"));
  CHECK(matches("[A-C]x", "cx"));
  CHECK_FALSE(matches("[a-c]x", "dx"));
  CHECK(matches("[^a-c]x", "dx"));
  CHECK_FALSE(matches("[^a-c]x", "Ax"));
  CHECK_FALSE(matches("[^a-c]x", "x"));
  CHECK(matches("[a-]x", "-x"));
  CHECK(matches("[a*]", "*"));
  CHECK(matches("\\*\\[", "*["));
  CHECK_FALSE(matches("\\*", "a"));
  CHECK(matches("]", "]"));
  CHECK(matches("[\\]\\\\]", "]"));
  CHECK(matches("[\\]\\\\]", "\\"));
  CHECK_FALSE(matches("[\\]]", "\\"));
}

// The published definition of a shop's campaign is a regular expression; the patterns of the default table must say the same.
TEST_CASE("random texts: as the standard library's regular expressions, which the library itself never uses") {
  const std::vector<std::pair<std::vector<std::string>, std::string>> pairs = {
      {{"shop*", "*[^a-df-z]shop*", "*shopping*"}, "^(.*(([^a-df-z]|^)shop|shopping).*)$"},
      {{"*cp*", "ppc", "retargeting", "paid*"}, "^(.*cp.*|ppc|retargeting|paid.*)$"},
      {{"a*b*[c-e]"}, "^a.*b.*[c-e]$"},
      {{"*a[^b]*"}, "^.*a[^b].*$"},
  };
  const std::vector<std::string> pieces = {"shop", "ping", "shopping", "e", "a",   "b",
                                           "-",    "cp",   "paid",     "c", "ppc", "z"};
  ff::random_stream random(3);
  int fitted = 0;
  for (const auto& each : pairs) {
    std::vector<ff::glob_pattern> patterns;
    for (const auto& pattern : each.first) patterns.emplace_back(pattern);
    const std::regex regex(each.second);
    for (int i = 0; i < 800; ++i) {
      std::string text;
      for (auto left = random.below(5); left > 0; --left) text += pieces[random.below(pieces.size())];
      bool fits = false;
      for (const auto& pattern : patterns) fits = fits || pattern.matches(text);
      CAPTURE(text);
      CHECK(fits == std::regex_match(text, regex));
      fitted += fits ? 1 : 0;
    }
  }
  CHECK(fitted > 300);
}

TEST_CASE("a text of any length costs one step a byte") {
  const ff::glob_pattern pattern("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b");
  std::string text(4'000'000, 'a');  // backtracking would not end
  CHECK_FALSE(pattern.matches(text));
  CHECK(pattern.matches(text + "b"));
}

TEST_CASE("patterns that mean nothing are refused") {
  const auto refusal = [](const std::string& pattern) {
    return thrown_by([&] { return ff::glob_pattern(pattern, "line 3"); });
  };
  CHECK(refusal("ab\\") == "bad_text: line 3: a pattern ends in a backslash: 'ab\\'");
  CHECK(refusal("a[bc") == "bad_text: line 3: a class does not end: 'a[bc'");
  CHECK(refusal("[") == "bad_text: line 3: a class does not end: '['");
  CHECK(refusal("[^") == "bad_text: line 3: a class does not end: '[^'");
  CHECK(refusal("[]") == "bad_text: line 3: a class is empty: '[]'");
  CHECK(refusal("[^]") == "bad_text: line 3: a class is empty: '[^]'");
  CHECK(refusal("[c-a]") == "bad_text: line 3: a range falls: '[c-a]'");
  CHECK(refusal(std::string(63, 'x')) == "");
  CHECK(refusal("*" + std::string(63, 'x') + "*") == "");
  CHECK(refusal(std::string(64, 'x')) ==
        "limit: line 3: a pattern may have 63 places, got '" + std::string(64, 'x') + "'");
  CHECK(matches(std::string(62, 'x') + "[ab]", std::string(62, 'X') + "B"));
}
