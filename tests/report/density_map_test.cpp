// SPDX-License-Identifier: MIT
// Every session is counted in one cell.
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/report/density_map.hpp>

#include <tests/report/parsed_json.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

const std::vector<double> x = {0, 0.1, 0.2, 3.9, 4};
const std::vector<double> y = {0, 0.1, 0.1, 8, 7.9};
const std::vector<std::int32_t> group = {0, 1, 1, 0, 0};

ff::density_map counted(const std::vector<double>& a, const std::vector<double>& b, const std::vector<std::int32_t>& of,
                        ff::index across = 4) {
  return ff::density_of<double>(a, b, of, {"one", "two"}, "First", "Second", across);
}

}  // namespace

TEST_CASE("cells hold all sessions and belong to the group with most") {
  const auto map = counted(x, y, group);
  REQUIRE(map.cells.size() == 2);
  CHECK(map.cells[0].sessions == 3);
  CHECK(map.cells[0].group == 1);
  CHECK(map.cells[0].x_end == 1);
  CHECK(map.cells[0].y_end == 2);
  CHECK(map.cells[1].sessions == 2);  // the largest values belong to the last cell
  CHECK(map.cells[1].group == 0);
  CHECK(map.cells[1].x == 3);
  CHECK(map.groups[0].sessions == 3);
  CHECK(map.groups[0].x == doctest::Approx(7.9 / 3));
  CHECK(map.groups[0].cells == 1);
  CHECK(map.groups[0].alone == doctest::Approx(2.0 / 3));
}

TEST_CASE("cells are drawn, groups are the table") {
  const auto map = counted(x, y, group);
  const auto text = map.specification().compact();
  CHECK(wrong_in_specification(text) == "");
  const auto spec = json_reader::read(text);
  CHECK(spec["data"]["values"].items.size() == 2);
  CHECK(spec["layer"].items[0]["encoding"]["opacity"]["scale"]["type"].text == "log");
  const auto table = map.table("t");
  REQUIRE(table.rows().size() == 2);
  CHECK(table.rows()[1][0].text == "two");
  CHECK(table.rows()[1][5].text == "100.0 %");
}

TEST_CASE("values that are all equal make one cell") {
  const auto map = counted({2, 2}, {3, 3}, {0, 0});
  REQUIRE(map.cells.size() == 1);
  CHECK(map.cells[0].sessions == 2);
  CHECK(map.groups[1].sessions == 0);
  CHECK(std::isnan(map.groups[1].x));
}

TEST_CASE("what cannot be counted is an error") {
  CHECK(code_thrown_by([] { return counted({}, {}, {}); }) == "wrong_shape");
  CHECK(code_thrown_by([] { return counted({1}, {1, 2}, {0}); }) == "wrong_shape");
  CHECK(thrown_by([] { return counted({1}, {std::nan("")}, {0}); }) ==
        "not_finite: density_of: session 0 lies at 1, nan");
  CHECK(thrown_by([] { return counted({1}, {1}, {2}); }) == "bad_value: density_of: a group must be in [0, 2), got 2");
  CHECK(thrown_by([] { return counted({1}, {1}, {0}, 1); }) ==
        "bad_option: density_of: across must be in [2, 1000], got 1");
}
