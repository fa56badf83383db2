// SPDX-License-Identifier: MIT
// The bag against the textbook: one draw after the other from the same stream.
#include <cstdint>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/forest/bag.hpp>

namespace ff = footfall;

TEST_CASE("a bag is what the stream draws one by one") {
  for (const std::size_t sessions : {1U, 2U, 3U, 5U, 255U, 1023U, 1024U, 1025U, 5000U}) {
    CAPTURE(sessions);
    ff::random_stream stream(sessions);
    std::vector<std::uint8_t> draws(sessions, 0), expected(sessions, 0);
    ff::detail::draw_bag(stream, {}, draws);
    for (std::size_t i = 0; i < sessions; ++i) ++expected[stream.below(sessions)];
    CHECK(draws == expected);
    CHECK(std::accumulate(draws.begin(), draws.end(), std::size_t{0}) == sessions);
  }
}

TEST_CASE("draws that would be biased are skipped in the same places") {
  // 2^32 mod 3 * 2^30 is 2^30: a quarter of the words is refused.
  for (const std::uint64_t count : {1U, 4U, 1024U, 3000U}) {
    constexpr std::uint64_t bound = std::uint64_t{3} << 30;
    ff::random_stream stream(9);
    std::vector<std::uint64_t> drawn, expected;
    ff::detail::draw_below(stream, bound, count, [&](std::uint64_t each) { drawn.push_back(each); });
    for (std::uint64_t i = 0; i < count; ++i) expected.push_back(stream.below(bound));
    CHECK(drawn == expected);
  }
}

TEST_CASE("only the sessions that take part are drawn") {
  std::vector<std::uint32_t> from;
  for (std::uint32_t row = 1; row < 3000; row += 3) from.push_back(row);
  ff::random_stream stream(4);
  std::vector<std::uint8_t> draws(3000, 0), expected(3000, 0);
  ff::detail::draw_bag(stream, from, draws);
  for (std::size_t i = 0; i < from.size(); ++i) ++expected[from[stream.below(from.size())]];
  CHECK(draws == expected);
}
