// SPDX-License-Identifier: MIT
// Importances as bars, the largest first.
#include <vector>

#include <doctest/doctest.h>

#include <footfall/report/importance_charts.hpp>

namespace ff = footfall;

TEST_CASE("as many bars as were asked for") {
  const std::vector<ff::importance> shares = {{"a", "a", 0.6}, {"b", "b", 0.3}, {"c", "c", 0.1}};
  const auto chart = ff::importance_chart(shares, 2);
  REQUIRE(chart.bars.size() == 2);
  CHECK(chart.bars[1].name == "b");
  CHECK(chart.bars[1].value == 0.3);
  CHECK(!chart.bars[1].range);
  CHECK(ff::importance_chart(shares, 10).bars.size() == 3);
}

TEST_CASE("repeats give a range") {
  ff::permutation_result found;
  found.columns = {{"a", "a", 0.02, 0.01, {0.03, 0.01}}, {"b", "b", 0.01, 0, {0.01}}};
  const auto chart = ff::permutation_chart(found, 5);
  REQUIRE(chart.bars.size() == 2);
  CHECK(chart.bars[0].range->low == 0.01);
  CHECK(chart.bars[0].range->high == 0.03);
  CHECK(!chart.bars[1].range);
}
