// SPDX-License-Identifier: MIT
// A funnel is shown as it is, broken or not.
#include <doctest/doctest.h>

#include <footfall/report/funnel_chart.hpp>

#include <tests/report/parsed_json.hpp>

namespace ff = footfall;

TEST_CASE("steps are shares of all and of the step before") {
  const ff::funnel_chart funnel{{{"Sessions", 2000}, {"Cart", 400}, {"Purchase", 500}}};
  const auto text = funnel.specification().compact();
  CHECK(wrong_in_specification(text) == "");
  CHECK(json_reader::read(text)["data"]["values"].items[1]["shown"].text == "400 (20.0 %)");
  const auto table = funnel.table("t");
  CHECK(table.rows()[0][3].text == "");
  CHECK(table.rows()[1][3].text == "20.0 %");
  CHECK(table.rows()[2][2].text == "25.00 %");
  CHECK(table.rows()[2][3].text == "125.0 %");  // a purchase without a cart
}

TEST_CASE("no sessions have no shares") {
  const ff::funnel_chart funnel{{{"Sessions", 0}, {"Cart", 0}}};
  CHECK(funnel.table("t").rows()[1][2].text == "–");
  CHECK(json_reader::read(funnel.specification().compact())["data"]["values"].items[1]["of_all"].text == "null");
}
