// SPDX-License-Identifier: MIT
// Quality in tables to read.
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/report/quality.hpp>

namespace {

namespace ff = footfall;
using ff::field;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

const ff::table sessions({ff::column::numeric("pages", {1, 3, missing, 0, 3, 1}, ff::stage::browse),
                          ff::column::numeric("clicks", {0, 5, 2, -1, 5, 0}),
                          ff::column::from_text("device", {"phone", "Phone", "", "tv", "Phone", "phone"})});

}  // namespace

TEST_CASE("a line for each column, rule and step") {
  const auto report = ff::check_quality(sessions, {field("pages") >= 1});
  ff::page page("Quality", "");
  page.add(ff::quality_table("Columns", report));
  page.add(ff::rules_table("Rules", report));
  page.add(ff::cleaning_table("Steps", ff::cleaning(sessions).drop_repeated()));
  const std::string html = page.html();
  for (const std::string wanted : {"pages &gt;= 1", "repeated sessions dropped", "clicks"}) {
    CHECK(html.find(wanted) != std::string::npos);
  }
}

TEST_CASE("figures have the digits that can be read") {
  const ff::table ranges({ff::column::numeric("ratio", {1.0 / 3, 0}), ff::column::numeric("score", {-1234.5678, 2e6}),
                          ff::column::numeric("huge", {1e300, 2}), ff::column::numeric("seconds", {9.4, 969.6}),
                          ff::column::numeric("whole", {0.99999999, 20})});
  const auto table = ff::quality_table("Columns", ff::check_quality(ranges));
  CHECK(table.rows()[0][4].text == "0");
  CHECK(table.rows()[0][5].text == "0.3333");
  CHECK(table.rows()[1][4].text == "-1,234.57");
  CHECK(table.rows()[1][5].text == "2,000,000");
  CHECK(table.rows()[2][5].text == "1e+300");
  CHECK(table.rows()[3][4].text == "9.4");
  CHECK(table.rows()[3][5].text == "969.6");
  CHECK(table.rows()[4][4].text == "1");
  CHECK(table.rows()[4][5].text == "20");
}
