// SPDX-License-Identifier: MIT
// Bars: every number of the specification is in the table too.
#include <string>

#include <doctest/doctest.h>

#include <footfall/report/bar_chart.hpp>

#include <tests/report/parsed_json.hpp>

namespace {

namespace ff = footfall;

ff::bar_chart rates() {
  return {.bars = {{"Google", 0.2029, ff::interval{0.2009, 0.2049, 0.95}}, {"Ads", 0.1992}},
          .what = "Channel",
          .value = "Conversion",
          .format = ff::as_percent(2),
          .reference = ff::reference_line{"all", 0.2017}};
}

}  // namespace

TEST_CASE("bars, intervals and the line are layers") {
  const auto text = rates().specification().compact();
  CHECK(wrong_in_specification(text) == "");
  const auto spec = json_reader::read(text);
  REQUIRE(spec["layer"].items.size() == 3);
  CHECK(spec["layer"].items[0]["mark"]["type"].text == "bar");
  CHECK(spec["layer"].items[0]["encoding"]["x"]["scale"]["zero"].text == "true");
  CHECK(spec["layer"].items[0]["encoding"]["x"]["axis"]["format"].text == ".2~%");
  CHECK(spec["layer"].items[0]["encoding"]["y"]["sort"].text == "null");
  CHECK(spec["layer"].items[1]["encoding"]["x2"]["field"].text == "high");
  CHECK(spec["layer"].items[2]["data"]["values"].items[0]["value"].text == "0.2017");
  const auto& row = spec["data"]["values"].items[0];
  CHECK(row["name"].text == "Google");
  CHECK(row["low"].text == "0.2009");
  CHECK(spec["data"]["values"].items[1].find("low") == nullptr);
}

TEST_CASE("without zero there are points, since a bar would lie") {
  auto chart = rates();
  chart.from_zero = false;
  chart.standing = true;
  const auto spec = json_reader::read(chart.specification().compact());
  CHECK(spec["layer"].items[0]["mark"]["type"].text == "point");
  CHECK(spec["layer"].items[0]["encoding"]["y"]["scale"]["zero"].text == "false");
  CHECK(spec["layer"].items[2]["encoding"]["y"]["field"].text == "value");
}

TEST_CASE("groups stand side by side") {
  const ff::bar_chart chart{
      .bars = {{"Google", 1, {}, "mobile"}, {"Google", 2, {}, "desktop"}}, .what = "Channel", .value = "Pages"};
  const auto text = chart.specification().compact();
  CHECK(wrong_in_specification(text) == "");
  CHECK(json_reader::read(text)["layer"].items[0]["encoding"]["yOffset"]["field"].text == "group");
  const auto table = chart.table("c");
  CHECK(table.rows()[1][1].text == "desktop");
  CHECK(table.rows()[1][2].text == "2.00");
}

TEST_CASE("the table has every bar, its interval and the line") {
  const auto table = rates().table("Conversion by channel");
  CHECK(table.caption() == "Conversion by channel");
  REQUIRE(table.rows().size() == 3);
  CHECK(table.rows()[0][1].text == "20.29 %");
  CHECK(table.rows()[0][2].text == "20.09 % to 20.49 %");
  CHECK(table.rows()[1][2].text == "–");
  CHECK(table.rows()[2][0].text == "Line: all");
  CHECK(table.rows()[2][1].text == "20.17 %");
}
