// SPDX-License-Identifier: MIT
// Permutation importance and reasons come out with the figures they hold.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/report/explanations.hpp>

namespace {

namespace ff = footfall;

const ff::permutation_result permuted{
    0.75, 90, {{"Month", "Month", 0.125, 0.0625, {0.0625, 0.1875}}, {"pages", "pages", -0.25, std::nan(""), {-0.25}}}};

}  // namespace

TEST_CASE("permutation importance as JSON") {
  CHECK(ff::as_json(permuted).text() ==
        "{\n  \"measured\": 0.75,\n  \"sessions\": 90,\n  \"columns\": [\n    {\n      \"name\": \"Month\",\n"
        "      \"source\": \"Month\",\n      \"mean\": 0.125,\n      \"deviation\": 0.0625,\n"
        "      \"drops\": [0.0625, 0.1875]\n    },\n    {\n      \"name\": \"pages\",\n      \"source\": \"pages\",\n"
        "      \"mean\": -0.25,\n      \"deviation\": null,\n      \"drops\": [-0.25]\n    }\n  ]\n}");
}

TEST_CASE("a reason without a value, and one whose value is missing") {
  CHECK(ff::as_json(ff::reason{"Month", "Month", {}, 0.5}).text() ==
        "{\n  \"name\": \"Month\",\n  \"source\": \"Month\",\n  \"contribution\": 0.5\n}");
  CHECK(ff::as_json(ff::reason{"pages", "pages", std::nan(""), -0.5}).text() ==
        "{\n  \"name\": \"pages\",\n  \"source\": \"pages\",\n  \"value\": null,\n  \"contribution\": -0.5\n}");
}

TEST_CASE("the table shows the largest drops, bars for those above 0") {
  const auto table = ff::permutation_table("Worth", permuted, 5);
  REQUIRE(table.rows().size() == 2);
  CHECK(table.rows()[0][0].text == "Month");
  CHECK(table.rows()[0][1].text == "0.1250");
  CHECK(table.rows()[0][1].bar == 1);
  CHECK(table.rows()[0][2].text == "0.0625");
  CHECK(table.rows()[1][1].bar == 0);
  CHECK(table.rows()[1][2].text.empty());
  CHECK(ff::permutation_table("Worth", permuted, 1).rows().size() == 1);
}
