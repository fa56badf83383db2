// SPDX-License-Identifier: MIT
// Stages follow each other, and their table adds up.
#include <doctest/doctest.h>

#include <footfall/report/stage_times.hpp>

namespace ff = footfall;

TEST_CASE("a stage lasts until the next") {
  ff::stage_times times;
  times.begin("data");
  volatile double sum = 0;
  for (int i = 0; i < 200'000; ++i) sum = sum + i;
  times.begin("fit");
  times.end();
  times.end();
  REQUIRE(times.stages().size() == 2);
  CHECK(times.stages()[0].name == "data");
  CHECK(times.stages()[0].seconds > 0);
  CHECK(times.seconds() == times.stages()[0].seconds + times.stages()[1].seconds);
  const auto table = ff::stage_table("t", times);
  REQUIRE(table.rows().size() == 3);
  CHECK(table.rows()[2][0].text == "all");
}

TEST_CASE("no stages take no time") {
  const ff::stage_times times;
  CHECK(times.seconds() == 0);
  CHECK(ff::stage_table("t", times).rows().size() == 1);
}
