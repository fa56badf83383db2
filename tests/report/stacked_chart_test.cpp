// SPDX-License-Identifier: MIT
// Shares of parts, in their order.
#include <doctest/doctest.h>

#include <footfall/report/stacked_chart.hpp>

#include <tests/report/parsed_json.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

ff::stacked_chart mix() {
  return {.what = "Channel",
          .names = {"Google", "Ads"},
          .parts = {"Ready to buy", "Passerby"},
          .shares = {{0.25, 0.75}, {0.2, 0.8}}};
}

}  // namespace

TEST_CASE("each part of each bar is a row of the data") {
  const auto text = mix().specification().compact();
  CHECK(wrong_in_specification(text) == "");
  const auto spec = json_reader::read(text);
  REQUIRE(spec["data"]["values"].items.size() == 4);
  CHECK(spec["data"]["values"].items[3]["part"].text == "Passerby");
  CHECK(spec["data"]["values"].items[3]["place"].text == "1");
  CHECK(spec["data"]["values"].items[3]["share"].text == "0.8");
  CHECK(spec["encoding"]["x"]["stack"].text == "normalize");
}

TEST_CASE("the table has a column a part") {
  const auto table = mix().table("Mix");
  CHECK(table.columns()[2].heading == "Passerby");
  CHECK(table.rows()[1][2].text == "80.0 %");
}

TEST_CASE("shares must fit names and parts") {
  auto chart = mix();
  chart.shares[1].push_back(0);
  CHECK(thrown_by([&] { return chart.specification(); }) ==
        "wrong_shape: stacked_chart: there must be a share for each of 2 parts, got 3");
  chart.shares.pop_back();
  CHECK(thrown_by([&] { return chart.table("t"); }) ==
        "wrong_shape: stacked_chart: there must be shares for each of 2 names, got 1");
}
