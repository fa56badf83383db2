// SPDX-License-Identifier: MIT
// Where the plain fields of a stretch of CSV text end: found for all of them before any is read, so that no field waits for
// the one before it.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <footfall/core/types.hpp>
#include <footfall/simd/separators.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// The ends of fields from a beginning on: delimiters and line feeds, up to the first quote, NUL byte or lone carriage return.
class csv_ends {
 public:
  static constexpr std::ptrdiff_t most_bytes = 16 * 1024;

  /// Looks at `bytes` from `begin` on in steps of 64, as far as whole steps go and at most `most_bytes`; at none below 64.
  void find(const char* begin, std::ptrdiff_t bytes, char delimiter) {
    begin_ = begin;
    count_ = 0;
    const std::ptrdiff_t size = std::min(bytes, most_bytes) / 64 * 64;
    for (std::ptrdiff_t at = 0; at < size; at += 64) {
      const simd::separator_masks masks = simd::separators_of_64(begin + at, delimiter);
      std::uint64_t ends = masks.ends;
      if (masks.odd != 0) ends &= (masks.odd & (0 - masks.odd)) - 1;  // those before the first odd byte
      const int count = std::popcount(ends);
      std::uint16_t* const to = after_.data() + 1 + count_;
      // Eight at a time, more than there may be: what is too many is written again or never read.
      for (int done = 0; done < count; done += 8) {
        for (int i = 0; i < 8; ++i) {
          to[done + i] = static_cast<std::uint16_t>(at + std::countr_zero(ends) + 1);
          ends &= ends - 1;
        }
      }
      count_ += static_cast<std::size_t>(count);
      if (masks.odd != 0) break;
    }
  }

  std::size_t size() const noexcept { return count_; }
  /// Where field i begins, the first at the beginning, and where it ends.
  const char* begin_of(std::size_t i) const noexcept { return begin_ + after_[i]; }
  const char* end_of(std::size_t i) const noexcept { return begin_ + after_[i + 1] - 1; }
  /// Field i; the last of a row may have a carriage return behind it.
  [[gnu::always_inline]] std::string_view field(std::size_t i, bool last) const noexcept {
    const char* const begin = begin_of(i);
    const char* const end = end_of(i);
    const bool returned = last && end != begin && end[-1] == '\r';
    return {begin, static_cast<std::size_t>(end - begin) - (returned ? 1 : 0)};
  }
  /// How many rows of so many fields each, at most `most`, the ends make up. The next one has a quote, too few or too many
  /// fields, or an end that is not known.
  std::size_t whole_rows(std::size_t fields, std::size_t most, char delimiter) const noexcept {
    std::size_t rows = 0;
    for (std::size_t at = 0; rows < most && size() - at >= fields; ++rows) {
      bool fits = true;
      for (const std::size_t last = at + fields - 1; at < last; ++at) fits &= *end_of(at) == delimiter;
      fits &= *end_of(at++) == '\n';
      if (!fits) break;
    }
    return rows;
  }
  /// From field i on, counted from the beginning: where each begins, which is behind the end of the one before.
  const std::uint16_t* places(std::size_t i) const noexcept { return after_.data() + i; }

 private:
  const char* begin_ = nullptr;
  std::size_t count_ = 0;
  std::array<std::uint16_t, 1 + most_bytes + 8> after_{};  // places behind the ends, from the second on
};

}  // namespace detail

FOOTFALL_END_NAMESPACE
