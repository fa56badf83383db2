// SPDX-License-Identifier: MIT
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/simd/weigh_below.hpp>

namespace ff = footfall;
namespace simd = footfall::simd;

TEST_CASE("weights below are the same in registers and one by one, for every number of rows") {
  ff::random_stream stream(1);
  for (const std::uint64_t levels : {1U, 2U, 9U, 256U}) {
    for (ff::index count = 0; count <= 130; ++count) {
      CAPTURE(count);
      CAPTURE(levels);
      const auto n = static_cast<std::size_t>(count);
      std::vector<std::uint8_t> codes(192), weights(192, 200), positives(192, 200);
      for (auto& code : codes) code = static_cast<std::uint8_t>(stream.below(levels) * 255 / levels);
      for (std::size_t i = 0; i < n; ++i) {
        weights[i] = static_cast<std::uint8_t>(stream.below(3));  // at most 255 in all, what lies behind is no row
        positives[i] = static_cast<std::uint8_t>(stream.below(weights[i] + std::uint64_t{1}));
        if (count > 127 && i >= 64) weights[i] = positives[i] = 1;
      }
      std::vector<std::uint8_t> below(256, 7), positives_below(256, 7), plain(256), plain_positives(256);
      simd::weigh_below(codes.data(), weights.data(), positives.data(), count, below.data(), positives_below.data());
      simd::weigh_below_plain(codes.data(), weights.data(), positives.data(), count, plain.data(),
                              plain_positives.data());
      bool same = true;
      for (std::size_t i = 0; i < n; ++i) {
        same = same && below[i] == plain[i] && positives_below[i] == plain_positives[i];
      }
      CHECK(same);
      CHECK(below[192] == 7);
      CHECK(positives_below[192] == 7);
    }
  }
}

TEST_CASE("equal codes count for each other, and codes are unsigned") {
  std::vector<std::uint8_t> codes(64, 0), weights(64, 0), positives(64, 0), below(64), positives_below(64);
  codes = {200, 3, 200, 127, 255};
  codes.resize(64);
  weights = {1, 2, 3, 4, 5};
  weights.resize(64);
  positives = {1, 0, 3, 0, 5};
  positives.resize(64);
  simd::weigh_below(codes.data(), weights.data(), positives.data(), 5, below.data(), positives_below.data());
  below.resize(5);
  positives_below.resize(5);
  CHECK(below == std::vector<std::uint8_t>{10, 2, 10, 6, 15});
  CHECK(positives_below == std::vector<std::uint8_t>{4, 0, 4, 0, 9});
}
