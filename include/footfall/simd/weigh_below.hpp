// SPDX-License-Identifier: MIT
// For a handful of codes: how much weight lies at or below each of them, by comparing all with all.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(__AVX512BW__)
#include <immintrin.h>
#endif

#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace simd {

/// Bytes in one register of this build.
#if defined(__AVX512BW__)
inline constexpr index byte_lanes = 64;
#elif defined(__AVX2__)
inline constexpr index byte_lanes = 32;
#else
inline constexpr index byte_lanes = 16;
#endif

/// The twin of `weigh_below`: one pair at a time.
inline void weigh_below_plain(const std::uint8_t* codes, const std::uint8_t* weights, const std::uint8_t* positives,
                              index count, std::uint8_t* below, std::uint8_t* positives_below) noexcept {
  for (index i = 0; i < count; ++i) {
    below[i] = positives_below[i] = 0;
    for (index j = 0; j < count; ++j) {
      if (codes[j] > codes[i]) continue;
      below[i] = static_cast<std::uint8_t>(below[i] + weights[j]);
      positives_below[i] = static_cast<std::uint8_t>(positives_below[i] + positives[j]);
    }
  }
}

/// For each of `count` rows the sums of `weights` and of `positives` over the rows whose code is not above its own.
/// Neither sum of all rows may exceed 255. `codes` is read, and the sums are written, up to `count` rounded up to whole
/// registers. Costs a few instructions for each pair of a row and a register of rows: made for nodes of few rows, where
/// a histogram of all codes would be mostly empty.
inline void weigh_below(const std::uint8_t* codes, const std::uint8_t* weights, const std::uint8_t* positives,
                        index count, std::uint8_t* below, std::uint8_t* positives_below) noexcept {
  for (index i = 0; i < count; i += byte_lanes) {
#if defined(__AVX512BW__)
    const __m512i own = _mm512_loadu_si512(codes + i);
    __m512i sum = _mm512_setzero_si512();
    __m512i sum_positives = _mm512_setzero_si512();
    for (index j = 0; j < count; ++j) {
      const __mmask64 covered = _mm512_cmple_epu8_mask(_mm512_set1_epi8(static_cast<char>(codes[j])), own);
      sum = _mm512_mask_add_epi8(sum, covered, sum, _mm512_set1_epi8(static_cast<char>(weights[j])));
      sum_positives = _mm512_mask_add_epi8(sum_positives, covered, sum_positives,
                                           _mm512_set1_epi8(static_cast<char>(positives[j])));
    }
    _mm512_storeu_si512(below + i, sum);
    _mm512_storeu_si512(positives_below + i, sum_positives);
#else
    using bytes [[gnu::vector_size(byte_lanes)]] = std::uint8_t;
    bytes own;
    std::memcpy(&own, codes + i, sizeof own);
    bytes sum{};
    bytes sum_positives{};
    for (index j = 0; j < count; ++j) {
      const bytes covered = reinterpret_cast<bytes>((bytes{} + codes[j]) <= own);
      sum += covered & weights[j];
      sum_positives += covered & positives[j];
    }
    std::memcpy(below + i, &sum, sizeof sum);
    std::memcpy(positives_below + i, &sum_positives, sizeof sum_positives);
#endif
  }
}

}  // namespace simd

FOOTFALL_END_NAMESPACE
