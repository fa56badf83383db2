// SPDX-License-Identifier: MIT
// Ranking columns by what they contributed, one by one and by the column of the table that they came from.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/forest/importance.hpp>

namespace {

namespace ff = footfall;

const std::vector<ff::feature_info> columns{{"pages", "pages", ff::stage::browse},
                                            {"Month=May", "Month", ff::stage::context},
                                            {"Month=Nov", "Month", ff::stage::context},
                                            {"seconds/pages", "seconds,pages", ff::stage::browse}};

}  // namespace

TEST_CASE("the largest share comes first, equal ones in the order of the columns") {
  const auto ranked = ff::ranked(columns, {0.25, 0.125, 0.375, 0.25});
  REQUIRE(ranked.size() == 4);
  CHECK(ranked[0] == ff::importance{"Month=Nov", "Month", 0.375});
  CHECK(ranked[1] == ff::importance{"pages", "pages", 0.25});
  CHECK(ranked[2] == ff::importance{"seconds/pages", "seconds,pages", 0.25});
  CHECK(ranked[3] == ff::importance{"Month=May", "Month", 0.125});
}

TEST_CASE("shares of all 0 keep the order of the columns") {
  const auto ranked = ff::ranked(columns, {0, 0, 0, 0});
  for (std::size_t i = 0; i < columns.size(); ++i) CHECK(ranked[i].name == columns[i].name);
}

TEST_CASE("by source, the levels of a category count together") {
  const auto sources = ff::by_source(ff::ranked(columns, {0.3125, 0.125, 0.25, 0.3125}));
  REQUIRE(sources.size() == 3);
  CHECK(sources[0] == ff::importance{"Month", "Month", 0.375});
  CHECK(sources[1] == ff::importance{"pages", "pages", 0.3125});
  CHECK(sources[2] == ff::importance{"seconds,pages", "seconds,pages", 0.3125});  // made of both, counted with neither
}

TEST_CASE("nothing in, nothing out") {
  CHECK(ff::ranked({}, {}).empty());
  CHECK(ff::by_source(std::vector<ff::importance>{}).empty());
}
