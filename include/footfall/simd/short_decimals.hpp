// SPDX-License-Identifier: MIT
// Short decimal numbers out of text, eight at once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#if defined(__AVX512BW__)
#include <immintrin.h>
#endif

#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace simd {

namespace detail {

inline constexpr std::array<double, 8> short_powers{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};

}  // namespace detail

/// The twin of `short_decimals_of_8`: one field at a time.
inline unsigned short_decimals_of_8_plain(const char* text, const std::uint16_t* after, std::size_t step,
                                          double* numbers) noexcept {
  unsigned read = 0;
  for (unsigned field = 0; field < 8; ++field) {
    const char* at = text + after[field * step];
    const char* const end = text + after[field * step + 1] - 1;
    if (end - at < 1 || end - at > 8) continue;
    const bool negative = *at == '-';
    at += negative;
    std::uint64_t value = 0;
    std::size_t digits = 0, points = 0, decimals = 0;
    for (; at != end && (*at == '.' || (*at >= '0' && *at <= '9')); ++at) {
      if (*at == '.') {
        ++points;
      } else {
        value = value * 10 + static_cast<std::uint64_t>(*at - '0');
        ++digits;
        decimals += points;
      }
    }
    if (at != end || digits == 0 || points > 1) continue;
    const double number = static_cast<double>(value) / detail::short_powers[decimals];
    numbers[field] = negative ? -number : number;
    read |= 1U << field;
  }
  return read;
}

/// Reads eight fields of one to eight bytes: digits with at most one point, perhaps a minus. Field i is
/// [text + after[i * step], text + after[i * step + 1] - 1), and eight bytes can be read from its beginning on. Bit i of the
/// answer says whether field i was such a number, which then is numbers[i]; else that is anything. An integer below 10^8
/// divided by a power of ten is rounded once: the nearest double (Clinger 1990).
inline unsigned short_decimals_of_8(const char* text, const std::uint16_t* after, std::size_t step,
                                    double* numbers) noexcept {
#if defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512CD__) && defined(__AVX512VL__)
  const auto everywhere = [](std::uint64_t byte) {
    return _mm512_set1_epi64(static_cast<long long>(byte * 0x0101010101010101));
  };
  const __m512i one = _mm512_set1_epi64(1);
  // Where a field begins and what lies behind its end stand side by side: one look for both.
  const __m256i at =
      _mm256_mullo_epi32(_mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), _mm256_set1_epi32(static_cast<int>(step)));
  const __m256i both = _mm256_i32gather_epi32(reinterpret_cast<const int*>(after), at, 2);
  const __m256i begin = _mm256_and_si256(both, _mm256_set1_epi32(0xFFFF));
  const __m256i behind = _mm256_srli_epi32(both, 16);
  const __m512i whole = _mm512_sub_epi64(_mm512_cvtepi32_epi64(_mm256_sub_epi32(behind, begin)), one);
  __m512i bytes = _mm512_i32gather_epi64(begin, text, 1);
  const __mmask8 negative =
      _mm512_cmpeq_epi64_mask(_mm512_and_si512(bytes, _mm512_set1_epi64(0xFF)), _mm512_set1_epi64('-'));
  bytes = _mm512_mask_srli_epi64(bytes, negative, bytes, 8);
  const __m512i size = _mm512_mask_sub_epi64(whole, negative, whole, one);

  // Bytes of the field, digits as 0 to 9; the highest bit of each byte that is none, and of each point.
  const __m512i all =
      _mm512_srlv_epi64(_mm512_set1_epi64(-1), _mm512_sub_epi64(_mm512_set1_epi64(64), _mm512_slli_epi64(size, 3)));
  const __m512i field = _mm512_and_si512(_mm512_xor_si512(bytes, everywhere('0')), all);
  const __m512i other =
      _mm512_maskz_set1_epi8(_mm512_cmpgt_epu8_mask(field, _mm512_set1_epi8(9)), static_cast<char>(0x80));
  const __m512i points =
      _mm512_maskz_set1_epi8(_mm512_cmpeq_epi8_mask(field, _mm512_set1_epi8('.' ^ '0')), static_cast<char>(0x80));
  const __mmask8 pointed = _mm512_test_epi64_mask(other, other);
  const __m512i digits = _mm512_mask_sub_epi64(size, pointed, size, one);
  const __mmask8 good = _mm512_cmpeq_epi64_mask(other, points) &
                        _mm512_testn_epi64_mask(other, _mm512_sub_epi64(other, one)) &  // at most one
                        _mm512_cmple_epu64_mask(_mm512_sub_epi64(whole, one), _mm512_set1_epi64(7)) &
                        _mm512_cmple_epu64_mask(_mm512_sub_epi64(digits, one), _mm512_set1_epi64(7));

  // The point taken out, the digits moved to the upper end; then pairs, fours and eights are added up.
  const __m512i before = _mm512_sub_epi64(_mm512_srli_epi64(other, 7), one);
  __m512i value =
      _mm512_or_si512(_mm512_and_si512(field, before), _mm512_andnot_si512(before, _mm512_srli_epi64(field, 8)));
  value = _mm512_sllv_epi64(value, _mm512_sub_epi64(_mm512_set1_epi64(64), _mm512_slli_epi64(digits, 3)));
  value = _mm512_maddubs_epi16(value, _mm512_set1_epi16(0x010A));
  value = _mm512_madd_epi16(value, _mm512_set1_epi32(0x00010064));
  value = _mm512_add_epi64(_mm512_mul_epu32(value, _mm512_set1_epi64(10'000)), _mm512_srli_epi64(value, 32));

  // The point stands at the byte whose highest bit `other` has: 56 less the zeros above it, by eight.
  const __m512i place = _mm512_srli_epi64(_mm512_sub_epi64(_mm512_set1_epi64(56), _mm512_lzcnt_epi64(other)), 3);
  const __m512i decimals = _mm512_maskz_sub_epi64(pointed, digits, place);
  const __m512d power = _mm512_permutexvar_pd(decimals, _mm512_loadu_pd(detail::short_powers.data()));
  __m512d number = _mm512_div_pd(_mm512_cvtepu64_pd(value), power);
  number = _mm512_mask_xor_pd(number, negative, number, _mm512_set1_pd(-0.0));
  _mm512_storeu_pd(numbers, number);
  return good;
#else
  return short_decimals_of_8_plain(text, after, step, numbers);
#endif
}

/// Whether this build reads eight at once: one at a time there are better ways.
#if defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512CD__) && defined(__AVX512VL__)
inline constexpr bool has_short_decimals = true;
#else
inline constexpr bool has_short_decimals = false;
#endif

}  // namespace simd

FOOTFALL_END_NAMESPACE
