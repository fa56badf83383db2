// SPDX-License-Identifier: MIT
// The quality report, number by number.
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/data/quality.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using ff::field;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

const ff::table sessions({ff::column::numeric("pages", {1, 3, missing, 0, 3, 1}, ff::stage::browse),
                          ff::column::numeric("clicks", {0, 5, 2, -1, 5, 0}),
                          ff::column::from_text("device", {"phone", "Phone", "", "tv", "Phone", "phone"})});

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("columns are described") {
  const auto report = ff::check_quality(sessions);
  CHECK(report.sessions == 6);
  CHECK(report.repeated == 2);  // rows 4 and 5
  const auto& pages = report.columns[0];
  CHECK(pages.numeric);
  CHECK(pages.missing == 1);
  CHECK(pages.distinct == 3);
  CHECK(pages.smallest == 0);
  CHECK(pages.largest == 3);
  CHECK(pages.low_fence == -2);  // quartiles 1 and 3
  CHECK(pages.high_fence == 6);
  CHECK(pages.far_out == 0);
  const auto& device = report.columns[2];
  CHECK_FALSE(device.numeric);
  CHECK(device.missing == 1);
  CHECK(device.distinct == 3);
  CHECK(device.smallest != device.smallest);
}

TEST_CASE("far out is what lies outside the fences; constants, infinities and empty columns are told") {
  const ff::table odd({ff::column::numeric("n", {1, 2, 3, 4, 100, -100, infinity, 2}),
                       ff::column::numeric("same", {5, 5, missing, 5, 5, 5, 5, 5}),
                       ff::column::numeric("none", std::vector<double>(8, missing)),
                       ff::column::numeric("zeros", {0, -0.0, 0, 0, 0, 0, 0, 0}),
                       ff::column::categorical("level", std::vector<std::int32_t>(8, 1), {"a", "b"})});
  const auto report = ff::check_quality(odd);
  CHECK(report.columns[0].far_out == 2);  // quartiles 1 and 4 of seven
  CHECK(report.columns[0].infinite == 1);
  CHECK(report.columns[0].distinct == 7);
  CHECK(report.columns[1].constant);
  CHECK(report.columns[1].far_out == 0);
  CHECK(report.columns[2].missing == 8);
  CHECK_FALSE(report.columns[2].constant);
  CHECK(report.columns[3].distinct == 1);
  CHECK(report.columns[4].constant);
  CHECK(ff::check_quality(odd, {}, {.reach = 40}).columns[0].far_out == 0);
  CHECK(code_thrown_by([&] { return ff::check_quality(odd, {}, {.reach = -1}); }) == "bad_option");
  CHECK(ff::check_quality(odd.rows({})).columns[0].distinct == 0);
}

TEST_CASE("rules are counted under their own words") {
  const auto report = ff::check_quality(sessions, {field("pages") >= 1, field("clicks") >= 0, field("clicks") > 9});
  CHECK(report.rules[0].rule == "pages >= 1");
  CHECK(report.rules[0].broken == 1);
  CHECK(report.rules[0].unknown == 1);
  CHECK(report.rules[0].first == ff::row_set{3});
  CHECK(report.rules[1].broken == 1);
  CHECK(report.rules[2].broken == 6);
  CHECK(code_thrown_by([] { return ff::check_quality(sessions, {field("views") > 1}); }) == "unknown_name");
}
