// SPDX-License-Identifier: MIT
// Moments that exist, and those that do not.
#include <limits>

#include <doctest/doctest.h>

#include <footfall/events/as_of.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

std::string refused(const ff::as_of& when) {
  return thrown_by([&] {
    when.validate("who");
    return 0;
  });
}

}  // namespace

TEST_CASE("moments say what they are") {
  CHECK(ff::as_of::end().when == ff::as_of::moment::end);
  CHECK(ff::as_of::event(3).number == 3);
  CHECK(ff::as_of::seconds(2.5).after == 2.5);
  CHECK(ff::as_of::each({"scroll", "page_view"}).names.size() == 2);
  CHECK(ff::as_of::each_event().names.empty());
}

TEST_CASE("moments that are none are refused") {
  CHECK(refused(ff::as_of::event(1)).empty());
  CHECK(refused(ff::as_of::event(0)) == "bad_option: who: events count from 1, got 0");
  CHECK(refused(ff::as_of::seconds(0)).empty());
  CHECK(refused(ff::as_of::seconds(-1)) == "bad_option: who: seconds must be in [0, 1e9], got -1");
  CHECK_FALSE(refused(ff::as_of::seconds(std::numeric_limits<double>::quiet_NaN())).empty());
  CHECK_FALSE(refused(ff::as_of::seconds(std::numeric_limits<double>::infinity())).empty());
}
