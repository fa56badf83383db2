// SPDX-License-Identifier: MIT
#include <array>
#include <cstdint>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/simd/separators.hpp>

namespace {

namespace ff = footfall;
using ff::simd::separator_masks;

}  // namespace

TEST_CASE("each byte in its place") {
  std::array<char, 64> bytes;
  for (std::size_t i = 0; i < 64; ++i) {
    const std::uint64_t here = std::uint64_t{1} << i;
    const auto with = [&](char byte) {
      bytes.fill('x');
      bytes[i] = byte;
      return ff::simd::separators_of_64(bytes.data(), ';');
    };
    CHECK(with('x') == separator_masks{0, 0});
    CHECK(with(',') == separator_masks{0, 0});
    CHECK(with(';') == separator_masks{here, 0});
    CHECK(with('\n') == separator_masks{here, 0});
    CHECK(with('"') == separator_masks{0, here});
    CHECK(with('\0') == separator_masks{0, here});
    CHECK(with('\r') == separator_masks{0, here});
    CHECK(with('\x80') == separator_masks{0, 0});
  }
  // A carriage return before a line feed is part of the line end, where the 64 bytes show it.
  bytes.fill('x');
  bytes[10] = '\r';
  bytes[11] = '\n';
  bytes[62] = '\n';
  bytes[63] = '\r';
  CHECK(ff::simd::separators_of_64(bytes.data(), ',') ==
        separator_masks{std::uint64_t{1} << 11 | std::uint64_t{1} << 62, std::uint64_t{1} << 63});
}

TEST_CASE("64 bytes at once say what one at a time says") {
  ff::random_stream stream(4);
  std::array<char, 64> bytes;
  for (int round = 0; round < 2'000; ++round) {
    for (char& byte : bytes) {
      byte = stream.below(2) == 0 ? ",;\n\r\"\0x\t"[stream.below(8)] : static_cast<char>(stream.below(256));
    }
    for (const char delimiter : {',', ';', '\t', '\xFF'}) {
      REQUIRE(ff::simd::separators_of_64(bytes.data(), delimiter) ==
              ff::simd::separators_of_64_plain(bytes.data(), delimiter));
    }
  }
}

TEST_CASE("bytes are counted from any place to any other") {
  ff::random_stream stream(5);
  std::array<char, 300> bytes;
  for (char& byte : bytes) byte = stream.below(3) == 0 ? '\n' : static_cast<char>(stream.below(256));
  for (std::size_t begin = 0; begin <= bytes.size(); begin += 13) {
    for (std::size_t end = begin; end <= bytes.size(); ++end) {
      REQUIRE(ff::simd::count_equal(bytes.data() + begin, bytes.data() + end, '\n') ==
              ff::simd::count_equal_plain(bytes.data() + begin, bytes.data() + end, '\n'));
    }
  }
  const char three[] = "a,b,,c";
  CHECK(ff::simd::count_equal(three, three + 6, ',') == 3);
}
