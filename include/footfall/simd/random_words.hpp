// SPDX-License-Identifier: MIT
// Many random words at once: what `random_stream` would give one after the other.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#if defined(__AVX__)
#include <immintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>  // a tenth of the time that g++ takes for all of them
#endif

#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace simd {

/// The twin of `random_words`: one block of four words at a time.
inline void random_words_plain(std::uint64_t key, std::uint64_t first_block, std::span<std::uint32_t> words) noexcept {
  for (std::size_t i = 0; i < words.size(); i += 4) {
    const std::uint64_t block = first_block + i / 4;
    const auto four = footfall::detail::philox(
        {static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32), 0, 0}, key);
    for (std::size_t k = 0; k < 4 && i + k < words.size(); ++k) words[i + k] = four[k];
  }
}

#if defined(__SSE2__)

namespace detail {

// Each 64-bit lane holds one 32-bit word of a block: the blocks of a register go through the ten rounds side by side.
#if defined(__AVX512F__)
using lanes64 = __m512i;
inline lanes64 all(std::uint64_t value) noexcept { return _mm512_set1_epi64(static_cast<long long>(value)); }
inline lanes64 product(lanes64 a, lanes64 b) noexcept { return _mm512_mul_epu32(a, b); }
#elif defined(__AVX2__)
using lanes64 = __m256i;
inline lanes64 all(std::uint64_t value) noexcept { return _mm256_set1_epi64x(static_cast<long long>(value)); }
inline lanes64 product(lanes64 a, lanes64 b) noexcept { return _mm256_mul_epu32(a, b); }
#else
using lanes64 = __m128i;
inline lanes64 all(std::uint64_t value) noexcept { return _mm_set1_epi64x(static_cast<long long>(value)); }
inline lanes64 product(lanes64 a, lanes64 b) noexcept { return _mm_mul_epu32(a, b); }
#endif
inline constexpr std::size_t blocks_at_a_time = sizeof(lanes64) / 8;
using words64 [[gnu::vector_size(sizeof(lanes64))]] = std::uint64_t;

}  // namespace detail

/// The words that `random_stream(key)` gives from position 4 * `first_block` on: Philox4x32-10, as many blocks side by
/// side as a register has 64-bit lanes.
inline void random_words(std::uint64_t key, std::uint64_t first_block, std::span<std::uint32_t> words) noexcept {
  using detail::words64;
  constexpr std::size_t step = 4 * detail::blocks_at_a_time;
  std::size_t i = 0;
  for (; i + step <= words.size(); i += step) {
    words64 block;
    for (std::size_t lane = 0; lane < detail::blocks_at_a_time; ++lane) block[lane] = first_block + i / 4 + lane;
    words64 a = block & 0xFFFFFFFF, b = block >> 32, c{}, d{};
    auto key_low = static_cast<std::uint32_t>(key);
    auto key_high = static_cast<std::uint32_t>(key >> 32);
    for (int round = 0; round < 10; ++round) {
      const auto p =
          reinterpret_cast<words64>(detail::product(reinterpret_cast<detail::lanes64>(a), detail::all(0xD2511F53)));
      const auto q =
          reinterpret_cast<words64>(detail::product(reinterpret_cast<detail::lanes64>(c), detail::all(0xCD9E8D57)));
      a = q >> 32 ^ b ^ key_low;
      b = q & 0xFFFFFFFF;
      c = p >> 32 ^ d ^ key_high;
      d = p & 0xFFFFFFFF;
      key_low += 0x9E3779B9;
      key_high += 0xBB67AE85;
    }
    for (std::size_t lane = 0; lane < detail::blocks_at_a_time; ++lane) {
      std::uint32_t* const to = words.data() + i + 4 * lane;
      to[0] = static_cast<std::uint32_t>(a[lane]);
      to[1] = static_cast<std::uint32_t>(b[lane]);
      to[2] = static_cast<std::uint32_t>(c[lane]);
      to[3] = static_cast<std::uint32_t>(d[lane]);
    }
  }
  random_words_plain(key, first_block + i / 4, words.subspan(i));
}

#else

inline void random_words(std::uint64_t key, std::uint64_t first_block, std::span<std::uint32_t> words) noexcept {
  random_words_plain(key, first_block, words);
}

#endif

}  // namespace simd

FOOTFALL_END_NAMESPACE
