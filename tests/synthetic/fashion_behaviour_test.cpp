// SPDX-License-Identifier: MIT
// What a session does depends on the seed, its segment and its place, and on no thread and no other session.
#include <cstddef>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/synthetic/fashion_behaviour.hpp>

namespace {

namespace ff = footfall;
using ff::fashion_streams;

ff::segment_ids of_each(std::size_t rows) {
  ff::segment_ids segment(rows);
  for (std::size_t row = 0; row < rows; ++row) segment[row] = static_cast<std::int32_t>(row % 6);
  return segment;
}

}  // namespace

TEST_CASE("any number of threads draws the same") {
  const auto one = ff::draw_behaviour(of_each(20'000), fashion_streams(3), {.threads = 1});
  const auto four = ff::draw_behaviour(of_each(20'000), fashion_streams(3), {.threads = 4});
  CHECK(one.device == four.device);
  CHECK(one.hour == four.hour);
  CHECK(one.duration == four.duration);
  CHECK(one.scroll == four.scroll);
  CHECK(one.step == four.step);
  CHECK(one.duration != ff::draw_behaviour(of_each(20'000), fashion_streams(4)).duration);
}

TEST_CASE("a session does not change with those beside it") {
  const auto few = ff::draw_behaviour(of_each(100), fashion_streams(3));
  const auto many = ff::draw_behaviour(of_each(5'000), fashion_streams(3));
  for (std::size_t row = 0; row < 100; ++row) {
    REQUIRE(few.source[row] == many.source[row]);
    REQUIRE(few.pages[row] == many.pages[row]);
    REQUIRE(few.duration[row] == many.duration[row]);
    REQUIRE(few.checkout[row] == many.checkout[row]);
  }
}

TEST_CASE("each segment does what sets it apart, and nobody has bought yet") {
  using ff::fashion_segment;
  const auto d = ff::draw_behaviour(of_each(6'000), fashion_streams(1));
  CHECK(d.rows() == 6'000);
  double mobile = 0;
  for (std::size_t row = 0; row < d.rows(); ++row) {
    if (d.in(row, fashion_segment::search)) REQUIRE(d.search[row] == 1);
    if (d.in(row, fashion_segment::explorer)) REQUIRE(d.product_views[row] >= 3);
    if (d.in(row, fashion_segment::buyer)) REQUIRE((d.cart[row] == 1 && d.checkout[row] == 1 && d.step[row] >= 1));
    if (d.in(row, fashion_segment::promotion)) REQUIRE(d.promotions[row] >= 1);
    if (d.in(row, fashion_segment::skimmer)) mobile += d.device[row] == 0 ? 1 : 0;
    REQUIRE(d.purchased[row] == 0);
    REQUIRE(d.revenue[row] == 0);
  }
  CHECK(mobile / 1'000 == doctest::Approx(.918).epsilon(0.03));  // 0.03 are three standard errors
}

TEST_CASE("variables have streams of their own") {
  const fashion_streams streams(9);
  CHECK(streams.of(ff::fashion_variable::device).key() != streams.of(ff::fashion_variable::source).key());
  CHECK(streams.of(ff::fashion_variable::device, 1).key() == streams.of(ff::fashion_variable::device).child(1).key());
  CHECK(streams.of(ff::fashion_variable::device, 1).key() != streams.of(ff::fashion_variable::device, 2).key());
}
