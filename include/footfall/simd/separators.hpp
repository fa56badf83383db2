// SPDX-License-Identifier: MIT
// Where fields of separated text end, for 64 bytes at once: the answers are the bits of a number.
#pragma once

#include <bit>
#include <cstdint>

#if defined(__AVX__)
#include <immintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>  // a tenth of the time that g++ takes for all of them
#endif

#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace simd {

/// Of 64 bytes, a bit each, the first byte in the lowest place.
struct separator_masks {
  std::uint64_t ends = 0;  ///< delimiters and line feeds
  std::uint64_t odd = 0;   ///< quotes, NUL bytes, and carriage returns that no line feed follows within the 64

  bool operator==(const separator_masks&) const = default;
};

/// The twin of `bytes_equal`: one byte at a time.
inline std::uint64_t bytes_equal_plain(const char* bytes, char wanted) noexcept {
  std::uint64_t mask = 0;
  for (int i = 0; i < 64; ++i) mask |= std::uint64_t{bytes[i] == wanted} << i;
  return mask;
}

/// 64 bytes, read once and compared often.
class byte_block {
 public:
#if defined(__AVX512BW__)
  explicit byte_block(const char* bytes) noexcept : bytes_(_mm512_loadu_si512(bytes)) {}
  std::uint64_t equal(char wanted) const noexcept { return _mm512_cmpeq_epi8_mask(bytes_, _mm512_set1_epi8(wanted)); }

 private:
  __m512i bytes_;
#elif defined(__SSE2__)
  explicit byte_block(const char* bytes) noexcept {
    for (int part = 0; part < 4; ++part) {
      bytes_[part] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + 16 * part));
    }
  }
  std::uint64_t equal(char wanted) const noexcept {
    const __m128i all = _mm_set1_epi8(wanted);
    std::uint64_t mask = 0;
    for (int part = 0; part < 4; ++part) {
      const int some = _mm_movemask_epi8(_mm_cmpeq_epi8(bytes_[part], all));
      mask |= std::uint64_t{static_cast<std::uint32_t>(some)} << (16 * part);
    }
    return mask;
  }

 private:
  __m128i bytes_[4];
#else
  explicit byte_block(const char* bytes) noexcept : bytes_(bytes) {}
  std::uint64_t equal(char wanted) const noexcept { return bytes_equal_plain(bytes_, wanted); }

 private:
  const char* bytes_;
#endif
};

/// The twin of `count_equal`: one byte at a time.
inline index count_equal_plain(const char* begin, const char* end, char wanted) noexcept {
  index count = 0;
  for (; begin != end; ++begin) count += *begin == wanted;
  return count;
}

/// How many of the bytes [begin, end) are this one.
inline index count_equal(const char* begin, const char* end, char wanted) noexcept {
  index count = 0;
  for (; end - begin >= 64; begin += 64) count += std::popcount(byte_block(begin).equal(wanted));
  return count + count_equal_plain(begin, end, wanted);
}

/// From the masks of single bytes to those of separators.
constexpr separator_masks separators_from(std::uint64_t delimiters, std::uint64_t line_feeds, std::uint64_t returns,
                                          std::uint64_t quotes, std::uint64_t nulls) noexcept {
  return {delimiters | line_feeds, quotes | nulls | (returns & ~(line_feeds >> 1))};
}

/// The twin of `separators_of_64`.
inline separator_masks separators_of_64_plain(const char* bytes, char delimiter) noexcept {
  return separators_from(bytes_equal_plain(bytes, delimiter), bytes_equal_plain(bytes, '\n'),
                         bytes_equal_plain(bytes, '\r'), bytes_equal_plain(bytes, '"'), bytes_equal_plain(bytes, '\0'));
}

/// Where fields end in 64 bytes, and where something stands that is no plain field.
inline separator_masks separators_of_64(const char* bytes, char delimiter) noexcept {
  const byte_block block(bytes);
  return separators_from(block.equal(delimiter), block.equal('\n'), block.equal('\r'), block.equal('"'),
                         block.equal('\0'));
}

}  // namespace simd

FOOTFALL_END_NAMESPACE
