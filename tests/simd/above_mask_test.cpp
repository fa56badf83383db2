// SPDX-License-Identifier: MIT
#include <array>
#include <cstdint>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/simd/above_mask.hpp>

namespace ff = footfall;
namespace simd = footfall::simd;

TEST_CASE("64 answers in registers are those of one byte after the other") {
  ff::random_stream stream(1);
  std::array<std::uint8_t, 64> codes;
  for (unsigned bin = 0; bin < 256; ++bin) {
    CAPTURE(bin);
    for (auto& code : codes) code = static_cast<std::uint8_t>(stream.below(4) == 0 ? bin : stream.below(256));
    const auto limit = static_cast<std::uint8_t>(bin);
    CHECK(simd::above_mask(codes.data(), limit) == simd::above_mask_plain(codes.data(), limit));
  }
  codes.fill(0);
  codes[0] = 200;
  codes[63] = 128;
  CHECK(simd::above_mask(codes.data(), 127) == (std::uint64_t{1} << 63 | 1));
  CHECK(simd::above_mask(codes.data(), 128) == 1);
  CHECK(simd::above_mask(codes.data(), 255) == 0);
}

TEST_CASE("numbers from planes of bits, in registers and one by one") {
  ff::random_stream stream(2);
  for (int count = 0; count <= 8; ++count) {
    for (int repeat = 0; repeat < 20; ++repeat) {
      CAPTURE(count);
      std::array<std::uint64_t, 8> planes;
      for (auto& plane : planes) plane = stream();
      std::array<std::uint8_t, 64> bytes, plain;
      simd::bytes_of_bits(planes.data(), count, bytes.data());
      simd::bytes_of_bits_plain(planes.data(), count, plain.data());
      CHECK(bytes == plain);
    }
  }
  const std::array<std::uint64_t, 2> planes{1, 3};
  std::array<std::uint8_t, 64> bytes;
  simd::bytes_of_bits(planes.data(), 2, bytes.data());
  CHECK(bytes[0] == 3);
  CHECK(bytes[1] == 1);
  CHECK(bytes[2] == 0);
}
