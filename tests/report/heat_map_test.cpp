// SPDX-License-Identifier: MIT
// A heat map shows raw values and colours standardised ones.
#include <doctest/doctest.h>

#include <footfall/report/heat_map.hpp>

#include <tests/report/parsed_json.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

ff::heat_map fingerprint() {
  return {.what = "Persona",
          .rows = {"Ready to buy", "Deep researcher"},
          .columns = {"Time, s", "Cart"},
          .cells = {{{"120", -0.4}, {"1.00", 1.8}}, {{"438", 2.5}, {"0.03", -0.5}}}};
}

}  // namespace

TEST_CASE("colours say the side and how far, against the furthest cell") {
  const auto text = fingerprint().specification().compact();
  CHECK(wrong_in_specification(text) == "");
  const auto spec = json_reader::read(text);
  const auto& cells = spec["data"]["values"].items;
  REQUIRE(cells.size() == 4);
  CHECK(cells[0]["side"].text == "below 0");
  CHECK(cells[0]["strength"].text == "0.16");
  CHECK(cells[2]["shown"].text == "438");
  CHECK(cells[2]["side"].text == "above 0");
  CHECK(cells[2]["strength"].text == "1");
  CHECK(spec["layer"].items[1]["encoding"]["text"]["field"].text == "shown");
}

TEST_CASE("the table has both, and shades that fit") {
  const auto table = fingerprint().table("t");
  CHECK(table.rows()[0][1].text == "120 (-0.40)");
  CHECK(table.rows()[1][1].text == "438 (+2.50)");
  CHECK(table.rows()[1][1].shade == 1);
  CHECK(table.rows()[1][2].shade == -0.2);
  auto map = fingerprint();
  map.reach = 5;
  CHECK(map.table("t").rows()[1][1].shade == 0.5);
}

TEST_CASE("many columns ask for the width that they can be read in, few for none") {
  auto map = fingerprint();
  CHECK(map.specification().compact().find("least_width") == std::string::npos);
  map.columns = {"1", "2", "3", "4", "5", "6", "7"};
  for (auto& row : map.cells) row.resize(7);
  const auto text = map.specification().compact();
  CHECK(wrong_in_specification(text) == "");
  CHECK(json_reader::read(text)["usermeta"]["least_width"].text == "528");
}

TEST_CASE("cells must fit rows and columns") {
  auto map = fingerprint();
  map.cells[0].pop_back();
  CHECK(thrown_by([&] { return map.specification(); }) ==
        "wrong_shape: heat_map: there must be a cell for each of 2 columns, got 1");
  map.cells.pop_back();
  CHECK(code_thrown_by([&] { return map.table("t"); }) == "wrong_shape");
}
