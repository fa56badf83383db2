// SPDX-License-Identifier: MIT
// One question to 64 sessions at once: the answers are the bits of a number.
#pragma once

#include <cstdint>

#if defined(__AVX__)
#include <immintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>  // a tenth of the time that g++ takes for all of them
#endif

#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace simd {

/// The twin of `above_mask`: one byte at a time.
inline std::uint64_t above_mask_plain(const std::uint8_t* codes, std::uint8_t bin) noexcept {
  std::uint64_t mask = 0;
  for (int i = 0; i < 64; ++i) mask |= std::uint64_t{codes[i] > bin} << i;
  return mask;
}

/// Bit i says whether codes[i] > bin, for 64 bytes.
inline std::uint64_t above_mask(const std::uint8_t* codes, std::uint8_t bin) noexcept {
#if defined(__AVX512BW__)
  return _mm512_cmpgt_epu8_mask(_mm512_loadu_si512(codes), _mm512_set1_epi8(static_cast<char>(bin)));
#elif defined(__AVX2__)
  const __m256i limit = _mm256_set1_epi8(static_cast<char>(bin));
  std::uint64_t covered = 0;  // the codes whose maximum with the bin is the bin
  for (int part = 0; part < 2; ++part) {
    const __m256i some = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(codes + 32 * part));
    const int mask = _mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_max_epu8(some, limit), limit));
    covered |= std::uint64_t{static_cast<std::uint32_t>(mask)} << (32 * part);
  }
  return ~covered;
#elif defined(__SSE2__)
  const __m128i limit = _mm_set1_epi8(static_cast<char>(bin));
  std::uint64_t covered = 0;
  for (int part = 0; part < 4; ++part) {
    const __m128i some = _mm_loadu_si128(reinterpret_cast<const __m128i*>(codes + 16 * part));
    const int mask = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(some, limit), limit));
    covered |= std::uint64_t{static_cast<std::uint32_t>(mask)} << (16 * part);
  }
  return ~covered;
#else
  return above_mask_plain(codes, bin);
#endif
}

/// The twin of `bytes_of_bits`: one bit at a time.
inline void bytes_of_bits_plain(const std::uint64_t* planes, int count, std::uint8_t* bytes) noexcept {
  for (int i = 0; i < 64; ++i) {
    bytes[i] = 0;
    for (int plane = 0; plane < count; ++plane) {
      bytes[i] = static_cast<std::uint8_t>(2 * bytes[i] + (planes[plane] >> i & 1));
    }
  }
}

/// 64 numbers of `count` <= 8 bits each: bit i of planes[0] is the first (highest) bit of number i, and so on.
inline void bytes_of_bits(const std::uint64_t* planes, int count, std::uint8_t* bytes) noexcept {
#if defined(__AVX512BW__)
  __m512i result = _mm512_setzero_si512();
  for (int plane = 0; plane < count; ++plane) {
    result = _mm512_add_epi8(result, result);
    result = _mm512_mask_add_epi8(result, planes[plane], result, _mm512_set1_epi8(1));
  }
  _mm512_storeu_si512(bytes, result);
#else
  // Eight bits at a time: a product copies them to every byte, a mask keeps bit k in byte k.
  for (int part = 0; part < 8; ++part) {
    std::uint64_t eight = 0;
    for (int plane = 0; plane < count; ++plane) {
      const std::uint64_t spread = (planes[plane] >> (8 * part) & 0xFF) * 0x0101010101010101 & 0x8040201008040201;
      eight = 2 * eight + ((spread + 0x7F7F7F7F7F7F7F7F) >> 7 & 0x0101010101010101);
    }
    for (int k = 0; k < 8; ++k) bytes[8 * part + k] = static_cast<std::uint8_t>(eight >> (8 * k));
  }
#endif
}

}  // namespace simd

FOOTFALL_END_NAMESPACE
