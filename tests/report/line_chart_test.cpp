// SPDX-License-Identifier: MIT
// Lines: thinned evenly with their ends, dashed where they are only held against.
#include <doctest/doctest.h>

#include <footfall/report/line_chart.hpp>

#include <tests/report/parsed_json.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

ff::line_chart long_line(int points) {
  ff::line drawn{"Model A", {}};
  for (int i = 0; i < points; ++i) drawn.points.push_back({static_cast<double>(i), static_cast<double>(2 * i)});
  return {.lines = {drawn}, .x = "x", .y = "y", .x_format = ff::as_count, .y_format = ff::as_number(1)};
}

}  // namespace

TEST_CASE("a long line is thinned, its ends stay") {
  const auto text = long_line(1001).specification().compact();
  CHECK(wrong_in_specification(text) == "");
  const auto spec = json_reader::read(text);
  const auto& rows = spec["data"]["values"].items;
  REQUIRE(rows.size() == 300);
  CHECK(rows.front()["x"].text == "0");
  CHECK(rows.back()["x"].text == "1000");
  CHECK(rows.back()["place"].text == "299");
  const auto table = long_line(1001).table("t");
  REQUIRE(table.rows().size() == 11);
  CHECK(table.rows()[5][0].text == "500");
  CHECK(table.rows()[5][1].text == "1,000.0");
  CHECK(long_line(3).table("t").rows().size() == 3);
  CHECK(long_line(1).table("t").rows().size() == 1);
}

TEST_CASE("several lines have names, bands and dashes") {
  auto chart = long_line(3);
  chart.lines[0].points[1].range = ff::interval{1, 3, 0.95};
  chart.lines.push_back({"Chance", {{0, 0}, {2, 2}}, true});
  const auto text = chart.specification().compact();
  CHECK(wrong_in_specification(text) == "");
  const auto spec = json_reader::read(text);
  REQUIRE(spec["layer"].items.size() == 2);
  CHECK(spec["layer"].items[0]["mark"]["type"].text == "area");
  CHECK(spec["layer"].items[1]["encoding"]["strokeDash"]["field"].text == "dashed");
  CHECK(spec["data"]["values"].items[4]["dashed"].text == "true");
  const auto table = chart.table("t");
  REQUIRE(table.rows().size() == 5);
  CHECK(table.rows()[1][3].text == "1.0 to 3.0");
  CHECK(table.rows()[3][0].text == "Chance");
}

TEST_CASE("a chart without points is an error") {
  CHECK(thrown_by([] { return ff::line_chart{}.specification(); }) ==
        "wrong_shape: line_chart: there must be at least one line, got 0");
  CHECK(thrown_by([] { return ff::line_chart{.lines = {{"a"}}}.table("t"); }) ==
        "wrong_shape: line_chart: line 'a' has no points");
  auto chart = long_line(3);
  chart.most_points = 1;
  CHECK(code_thrown_by([&] { return chart.specification(); }) == "bad_option");
}
