// SPDX-License-Identifier: MIT
#include <bit>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/simd/split_gain.hpp>

namespace ff = footfall;
namespace simd = footfall::simd;

namespace {

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

/// Left sides of a node of `all` sessions, `positives` of them positive; every seventh side has no or all sessions.
struct sides {
  std::vector<std::uint64_t> packed;
  std::vector<std::uint8_t> all, positives;

  sides(std::uint64_t sessions, std::uint64_t buyers, std::uint64_t seed) {
    ff::random_stream stream(seed);
    for (int i = 0; i < 144; ++i) {
      std::uint64_t p = stream.below(buyers + 1);
      std::uint64_t n = p + stream.below(sessions - buyers + 1);
      if (i % 7 == 3) p = n = 0;
      if (i % 7 == 5) n = sessions, p = buyers;
      packed.push_back(n << 32 | p);
      all.push_back(static_cast<std::uint8_t>(n));
      positives.push_back(static_cast<std::uint8_t>(p));
    }
  }
};

template <class Sides>
void check_against_plain(const simd::split_node& node, Sides given) {
  for (ff::index count = 0; count <= 130; ++count) {
    CAPTURE(count);
    std::vector<double> gains(144, -7), plain(144, -7);
    const double best = simd::split_gains(node, given, count, gains.data());
    const double plain_best = simd::split_gains_plain(node, given, count, plain.data());
    bool same = true;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) same = same && bits(gains[i]) == bits(plain[i]);
    CHECK(same);
    // What lies behind may be compared, too, up to the next multiple of 8; it is never lost.
    double largest = plain_best;
    for (std::size_t i = static_cast<std::size_t>(count); i < static_cast<std::size_t>((count + 7) / 8 * 8); ++i) {
      if (gains[i] > largest) largest = gains[i];
    }
    CHECK(bits(best) == bits(largest));
    for (std::size_t i = static_cast<std::size_t>((count + 7) / 8 * 8); i < gains.size(); ++i) CHECK(gains[i] == -7);
  }
}

}  // namespace

TEST_CASE("gains have the same bits in registers and one by one, for every number of splits") {
  for (const double least : {1.0, 5.0, 60.0}) {
    CAPTURE(least);
    const sides few(255, 60, 1);
    check_against_plain({255, 60, least}, simd::byte_sides{few.all.data(), few.positives.data()});
    check_against_plain({255, 60, least}, simd::packed_sides{few.packed.data()});
  }
  const std::uint64_t most = simd::split_node::most;
  const sides many(most, most / 13, 2);
  check_against_plain({double(most), double(most / 13), 1000}, simd::packed_sides{many.packed.data()});
}

TEST_CASE("a gain is the decrease of impurity, and a side that is too small gains nothing") {
  // 9 sessions, 5 positive: 5 left, 4 of them positive. (4 * 9 - 5 * 5)^2 / (5 * 4) = 121 / 20.
  const std::uint64_t left[8] = {
      std::uint64_t{5} << 32 | 4, 0, std::uint64_t{9} << 32 | 5, std::uint64_t{1} << 32 | 1, 0, 0, 0, 0};
  double gains[8];
  CHECK(simd::split_gains({9, 5, 1}, simd::packed_sides{left}, 4, gains) == 121 / 20.);
  CHECK(gains[0] == 121 / 20.);
  CHECK(gains[1] == -1);
  CHECK(gains[2] == -1);
  CHECK(gains[3] == 16 / 8.);
  CHECK(simd::split_gains({9, 5, 2}, simd::packed_sides{left}, 4, gains) == 121 / 20.);
  CHECK(gains[3] == -1);
  CHECK(simd::split_gains({9, 5, 5}, simd::packed_sides{left}, 4, gains) == -1);
}

TEST_CASE("a mask says which values are equal") {
  const double values[8] = {1, 2, 1, -1, 1, 1, 2, 1};
  unsigned found = 0;
  for (std::size_t i = 0; i < 8; i += simd::mask_lanes) found |= simd::equal_mask(values + i, 1) << i;
  CHECK(found == 0b10110101);
}
