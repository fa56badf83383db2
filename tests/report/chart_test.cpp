// SPDX-License-Identifier: MIT
// A chart has a name, words, a specification and a table; its file stands alone.
#include <string>

#include <doctest/doctest.h>

#include <footfall/report/chart.hpp>

#include <tests/report/parsed_json.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

ff::json specification() {
  ff::json row;
  row["name"] = "</script>";
  ff::json result = ff::vega::over(ff::json::array().push(row));
  result["mark"] = ff::vega::mark("bar");
  result["encoding"]["y"] = ff::vega::names("name", "Name");
  return result;
}

ff::printed_table table() { return ff::printed_table("t", {{"a"}}).add({"x"}); }

ff::chart made(const ff::chart_words& words) { return {words, specification(), table()}; }

}  // namespace

TEST_CASE("a chart says what it shows to whoever cannot see it") {
  const auto chart = made({"rates-2", "Rates", "How.", "They are alike."});
  CHECK(wrong_in_specification(chart.specification().compact()) == "");
  CHECK(json_reader::read(chart.specification().compact())["description"].text == "Rates. They are alike.");
}

TEST_CASE("a chart's file has its title, a width and the schema, and escapes what comes from data") {
  const auto text = made({"rates", "Rates", "How.", "Says."}).file();
  const auto file = json_reader::read(text);
  CHECK(file["$schema"].text.ends_with("/vega-lite/v6.json"));
  CHECK(file["title"].text == "Rates");
  CHECK(file["width"].text == "640");
  CHECK(file["data"]["values"].items[0]["name"].text == "</script>");
  CHECK(text.find('<') == std::string::npos);
}

TEST_CASE("what a chart lacks is an error") {
  CHECK(thrown_by([] {
          return made({"Two words", "t", "h", "s"});
        }) == "bad_option: chart: a name is made of small letters, digits and '-', got 'Two words'");
  CHECK(code_thrown_by([] { return made({"../up", "t", "h", "s"}); }) == "bad_option");
  CHECK(code_thrown_by([] { return made({"", "t", "h", "s"}); }) == "bad_option");
  CHECK(thrown_by([] {
          return made({"a", "t", "h", ""});
        }) == "bad_option: chart: 'a' needs a title and two sentences: how to read it, and what it says");
  CHECK(thrown_by([] {
          return ff::chart({"a", "t", "h", "s"}, specification(), ff::printed_table("t", {{"a"}}));
        }) == "wrong_shape: chart: 'a' has nothing to show");
}

TEST_CASE("the reader and the check of specifications can fail") {
  for (const char* text : {"", "{", "[1,]", "{\"a\":}", "[01x]", "\"\\x\"", "1 2", "nul", "{\"a\" 1}", "\"\n\""}) {
    CAPTURE(text);
    CHECK_THROWS_AS((void)json_reader::read(text), std::exception);
  }
  auto wrong = specification();
  wrong["encoding"]["y"]["field"] = "other";
  CHECK(wrong_in_specification(wrong.compact()) == "no field 'other'; ");
}
