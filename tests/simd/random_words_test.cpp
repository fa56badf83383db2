// SPDX-License-Identifier: MIT
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/simd/random_words.hpp>

namespace ff = footfall;
namespace simd = footfall::simd;

TEST_CASE("words in registers are those of the stream one after the other, for every number of words") {
  for (const std::uint64_t key : {std::uint64_t{0}, std::uint64_t{0xFEDCBA9876543210}}) {
    CAPTURE(key);
    ff::random_stream stream(key);
    std::vector<std::uint32_t> expected;
    for (int i = 0; i < 100; ++i) {
      const std::uint64_t two = stream();
      expected.push_back(static_cast<std::uint32_t>(two));
      expected.push_back(static_cast<std::uint32_t>(two >> 32));
    }
    for (std::size_t count = 0; count <= 130; ++count) {
      CAPTURE(count);
      std::vector<std::uint32_t> words(count + 1, 77);
      simd::random_words(key, 0, std::span(words).first(count));
      CHECK(words.back() == 77);
      words.pop_back();
      CHECK(words ==
            std::vector<std::uint32_t>(expected.begin(), expected.begin() + static_cast<std::ptrdiff_t>(count)));
      simd::random_words(key, 5, words);
      CHECK(std::equal(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(count, 100)),
                       expected.begin() + 20));
    }
  }
}

TEST_CASE("blocks beyond 32 bits are counted on") {
  for (const std::uint64_t first : {0xFFFFFFFEull, 0xFFFFFFFFFFFFFFFDull}) {
    std::vector<std::uint32_t> words(64), plain(64);
    simd::random_words(3, first, words);
    simd::random_words_plain(3, first, plain);
    CHECK(words == plain);
  }
}
