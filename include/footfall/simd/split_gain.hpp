// SPDX-License-Identifier: MIT
// What each possible split of a node gains, several splits at a time, with the bits of the formula in plain code.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(__AVX__)
#include <immintrin.h>
#endif

#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace simd {

/// A node whose splits are compared: its sessions, the positive ones, and how many a side must keep (at least 1).
struct split_node {
  double all = 0;
  double positives = 0;
  double least = 1;

  /// Up to so many sessions every product of two counts is exact in double, with and without fused operations.
  static constexpr std::uint64_t most = std::uint64_t{1} << 26;
};

/// Counts of the left sides of some splits: sessions in the high and positive ones in the low half of each number.
struct packed_sides {
  const std::uint64_t* left;
};

/// Counts of the left sides of some splits, at most 255, sessions and positive ones apart.
struct byte_sides {
  const std::uint8_t* left;
  const std::uint8_t* positives;
};

namespace detail {

/// Doubles in one register of this build.
#if defined(__AVX512F__)
inline constexpr index double_lanes = 8;
#elif defined(__AVX__)
inline constexpr index double_lanes = 4;
#else
inline constexpr index double_lanes = 2;
#endif
using doubles [[gnu::vector_size(8 * double_lanes)]] = double;
using words [[gnu::vector_size(8 * double_lanes)]] = std::uint64_t;

/// Sessions and positive ones of the splits i, i + 1, ... as doubles.
template <class Number>
struct side_counts {
  Number all, positives;
};

inline side_counts<doubles> read_sides(packed_sides sides, index i) noexcept {
  // 2^52 + n has n as its last bits: a whole number becomes a double without a conversion, which SSE2 has not for 64 bits.
  constexpr double two_52 = 0x1p52;
  std::uint64_t exponent;
  std::memcpy(&exponent, &two_52, sizeof exponent);
  words packed;
  std::memcpy(&packed, sides.left + i, sizeof packed);
  return {reinterpret_cast<doubles>(packed >> 32 | exponent) - two_52,
          reinterpret_cast<doubles>((packed & 0xFFFFFFFF) | exponent) - two_52};
}

inline doubles widened(const std::uint8_t* bytes) noexcept {
#if defined(__AVX512F__)
  return reinterpret_cast<doubles>(
      _mm512_cvtepi32_pd(_mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(bytes)))));
#elif defined(__AVX2__)
  std::int32_t four;
  std::memcpy(&four, bytes, sizeof four);
  return reinterpret_cast<doubles>(_mm256_cvtepi32_pd(_mm_cvtepu8_epi32(_mm_cvtsi32_si128(four))));
#else
  doubles result;
  for (index lane = 0; lane < double_lanes; ++lane) result[lane] = bytes[lane];
  return result;
#endif
}
inline side_counts<doubles> read_sides(byte_sides sides, index i) noexcept {
  return {widened(sides.left + i), widened(sides.positives + i)};
}

inline side_counts<double> read_side(packed_sides sides, index i) noexcept {
  return {static_cast<double>(sides.left[i] >> 32), static_cast<double>(sides.left[i] & 0xFFFFFFFF)};
}
inline side_counts<double> read_side(byte_sides sides, index i) noexcept {
  return {static_cast<double>(sides.left[i]), static_cast<double>(sides.positives[i])};
}

}  // namespace detail

/// The twin of `split_gains`: one split at a time.
template <class Sides>
double split_gains_plain(const split_node& node, Sides sides, index count, double* gains) noexcept {
  double best = -1;
  for (index i = 0; i < count; ++i) {
    const auto left = detail::read_side(sides, i);
    const double right = node.all - left.all;
    const double difference = left.positives * node.all - node.positives * left.all;
    const bool allowed = left.all >= node.least && right >= node.least;
    gains[i] = allowed ? difference * difference / (left.all * right) : -1;
    best = gains[i] > best ? gains[i] : best;
  }
  return best;
}

/// Writes what each of `count` splits gains, -1 where a side has too few, and returns the largest. At most
/// `split_node::most` sessions. Arrays must have room for `count` rounded up to a multiple of 8; what lies behind is taken
/// for splits, too, and must not be better than the rest.
template <class Sides>
double split_gains(const split_node& node, Sides sides, index count, double* gains) noexcept {
  const detail::doubles none = detail::doubles{} - 1;
  detail::doubles best = none;
  for (index i = 0; i < count; i += detail::double_lanes) {
    const auto left = detail::read_sides(sides, i);
    const detail::doubles right = node.all - left.all;
    const detail::doubles difference = left.positives * node.all - node.positives * left.all;
    detail::doubles gain = difference * difference / (left.all * right);
    gain = left.all < node.least ? none : gain;
    gain = right < node.least ? none : gain;
    std::memcpy(gains + i, &gain, sizeof gain);
    best = gain > best ? gain : best;
  }
  double result = best[0];
  for (index lane = 1; lane < detail::double_lanes; ++lane) result = best[lane] > result ? best[lane] : result;
  return result;
}

/// Numbers that `equal_mask` compares.
inline constexpr std::size_t mask_lanes = static_cast<std::size_t>(detail::double_lanes);

/// Bit i says whether values[i] == value, for the next `mask_lanes` values.
inline unsigned equal_mask(const double* values, double value) noexcept {
#if defined(__AVX512F__)
  return _mm512_cmp_pd_mask(_mm512_loadu_pd(values), _mm512_set1_pd(value), _CMP_EQ_OQ);
#elif defined(__AVX__)
  return static_cast<unsigned>(
      _mm256_movemask_pd(_mm256_cmp_pd(_mm256_loadu_pd(values), _mm256_set1_pd(value), _CMP_EQ_OQ)));
#else
  return (values[0] == value ? 1U : 0U) | (values[1] == value ? 2U : 0U);
#endif
}

}  // namespace simd

FOOTFALL_END_NAMESPACE
