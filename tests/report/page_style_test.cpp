// SPDX-License-Identifier: MIT
// Every colour that a page or a chart names is defined for light, dark and paper.
#include <regex>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include <footfall/report/page_style.hpp>

namespace {

namespace ff = footfall;

std::set<std::string> found(const std::string& text, const char* pattern) {
  const std::regex expression(pattern);
  std::set<std::string> names;
  for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) names.insert((*at)[1]);
  return names;
}

}  // namespace

TEST_CASE("colours that are used are defined, three times over") {
  const std::string style(ff::page_style), script(ff::page_script);
  auto used = found(style + script, R"(var\(--([a-z]+)\))");
  for (int i = 1; i <= 6; ++i) used.insert("c" + std::to_string(i));  // the script numbers them
  CHECK(used.size() >= 12);
  for (const auto& name : used) {
    CAPTURE(name);
    const auto definitions = style.find("--" + name + ":");
    CHECK(definitions != std::string::npos);
    CHECK(style.find("--" + name + ":", style.find("scheme: dark")) != std::string::npos);
    CHECK(style.find("--" + name + ":", style.find("@media print")) != std::string::npos);
  }
}

TEST_CASE("neither can end its own element or asks for anything from elsewhere") {
  for (const auto& text : {std::string(ff::page_style), std::string(ff::page_script)}) {
    for (const char* part : {"</", "<!--", "http", "url(", "@import"}) {
      CAPTURE(part);
      CHECK(text.find(part) == std::string::npos);
    }
  }
}
