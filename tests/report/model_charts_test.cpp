// SPDX-License-Identifier: MIT
// The charts of models hold the points of their curves.
#include <span>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/report/model_charts.hpp>

#include <tests/report/parsed_json.hpp>

namespace {

namespace ff = footfall;

// Four scores: 3 of 4, 1 of 4, 1 of 4 and none of 8 buy.
const std::vector<ff::tied_group> ranked = {{0.9, 4, 3}, {0.6, 4, 1}, {0.5, 4, 1}, {0.1, 8, 0}};
const std::vector<ff::named_ranking> models = {{"Model A", ranked}};

}  // namespace

TEST_CASE("a chart of a ranking has its curve and chance") {
  const auto roc = ff::roc_chart(models);
  REQUIRE(roc.lines.size() == 2);
  CHECK(roc.lines[0].points.front().y == 0);
  CHECK(roc.lines[0].points[1].y == 0.6);
  CHECK(roc.lines[0].points.back().x == 1);
  CHECK(roc.lines[1].dashed);
  CHECK(wrong_in_specification(roc.specification().compact()) == "");

  const auto precision = ff::precision_recall_chart(models);
  CHECK(precision.lines[0].points.front().y == 0.75);
  CHECK(precision.lines[1].points[0].y == 0.25);  // 5 of 20 buy

  const auto gain = ff::gain_chart(models);
  CHECK(gain.lines[0].points[1].x == 0.2);
  CHECK(gain.lines[0].points[1].y == 0.6);

  const auto lift = ff::lift_chart(models);
  CHECK(lift.lines[0].points.front().y == doctest::Approx(3));
  CHECK(lift.lines[0].points.back().y == 1);
}

TEST_CASE("profit and calibration") {
  const std::vector<ff::profit_point> points = {{0.9, 4, 3, 12.5}, {0.1, 20, 5, -3}};
  const auto profit = ff::profit_chart("Model A", points);
  CHECK(profit.lines[0].points[1].x == 20);
  CHECK(profit.table("t").rows()[1][1].text == "-$3");

  const std::vector<ff::reliability_bin> bins = {{1, 0, 0.1, 0.05, ff::rate_of(1, 10)}};
  const auto calibration = ff::calibration_chart(std::vector<ff::named_reliability>{{"raw", bins}});
  REQUIRE(calibration.lines.size() == 2);
  CHECK(calibration.lines[0].points[0].y == 0.1);
  CHECK(calibration.lines[0].points[0].range->high == ff::rate_of(1, 10).wilson.high);
  CHECK(calibration.lines[1].points[1].x == ff::rate_of(1, 10).wilson.high);
}

TEST_CASE("deciles stand beside the rate of all") {
  ff::decile best;
  best.number = 1;
  best.rate = 0.75;
  best.rate_interval = {0.3, 0.95, 0.95};
  best.cumulative_rate = 0.25;
  const auto chart = ff::decile_chart(std::vector{best});
  CHECK(chart.standing);
  CHECK(chart.bars[0].name == "1");
  CHECK(chart.bars[0].range->low == 0.3);
  CHECK(chart.reference->value == 0.25);
}
