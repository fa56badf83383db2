// SPDX-License-Identifier: MIT
// Reasons: ranking them, adding them up by source, and their mean sizes.
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/forest/explanation.hpp>

namespace {

namespace ff = footfall;

const ff::explanation shown{0.25,
                            {{"pages", "pages", 4.0, 0.125},
                             {"Month=May", "Month", 0.0, -0.25},
                             {"seconds", "seconds", std::nan(""), 0.0},
                             {"Month=Nov", "Month", 1.0, 0.5},
                             {"device", "device", 2.0, -0.125}}};

}  // namespace

TEST_CASE("the strongest reasons first, whatever their sign") {
  CHECK(shown.score() == 0.5);
  const auto three = shown.strongest(3);
  REQUIRE(three.size() == 3);
  CHECK(three[0].name == "Month=Nov");
  CHECK(three[1].name == "Month=May");
  CHECK(three[2].name == "pages");  // as strong as device, but before it
  CHECK(*three[2].value == 4);
  CHECK(shown.strongest(9).size() == 4);  // nothing is said about seconds: it adds nothing
  CHECK(shown.strongest(0).empty());
}

TEST_CASE("by source, the levels of a category count together") {
  const auto sources = ff::by_source(shown);
  REQUIRE(sources.reasons.size() == 4);
  CHECK(sources.base == 0.25);
  CHECK(sources.score() == 0.5);
  CHECK(sources.reasons[1].name == "Month");
  CHECK(sources.reasons[1].contribution == 0.25);
  CHECK_FALSE(sources.reasons[1].value.has_value());
  CHECK(sources.reasons[0].name == "pages");
  CHECK(*sources.reasons[0].value == 4);
  CHECK(std::isnan(*sources.reasons[2].value));
}

TEST_CASE("many sessions by source, and mean sizes") {
  ff::matrix<double> values(2, 3);
  values << 0.5, -0.25, 0.125, -0.5, 0.75, 0.125;
  const ff::explanations many{0.125,
                              values,
                              {{"Month=May", "Month", ff::stage::context},
                               {"pages", "pages", ff::stage::browse},
                               {"Month=Nov", "Month", ff::stage::context}}};
  CHECK(many.mean_sizes() == std::vector<double>{0.5, 0.5, 0.125});
  const auto sources = ff::by_source(many);
  REQUIRE(sources.columns.size() == 2);
  CHECK(sources.columns[0] == ff::feature_info{"Month", "Month", ff::stage::context});
  CHECK(sources.columns[1] == ff::feature_info{"pages", "pages", ff::stage::browse});
  CHECK(sources.values(0, 0) == 0.625);
  CHECK(sources.values(1, 0) == -0.375);
  CHECK(sources.values(1, 1) == 0.75);
  CHECK(sources.base == 0.125);
  CHECK(ff::explanations{0, ff::matrix<double>(0, 1), {{"a", "a", ff::stage::unknown}}}.mean_sizes() ==
        std::vector<double>{0});
}
