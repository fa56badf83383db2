// SPDX-License-Identifier: MIT
// The segment of every session from one pass to the next, in a byte where that suffices: little to read when nobody moves.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>
#include <vector>

#include <footfall/core/labels.hpp>
#include <footfall/core/types.hpp>
#include <footfall/simd/sum_by_number.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The number of the segment of each of `rows` sessions, below `clusters`; at first none.
class known_segments {
 public:
  known_segments(index rows, index clusters) : rows_(rows) {
    const auto padded = static_cast<std::size_t>(rows) + line;  // read a line at a time
    if (clusters < none<std::uint8_t>) {
      bytes_.assign(padded, none<std::uint8_t>);
    } else {
      numbers_.assign(padded, none<std::int32_t>);
    }
  }

  /// Takes the numbers of the sessions from row `row` on and returns how many are other ones than before.
  template <class Scalar>
  index replace(const simd::summed_values<Scalar>& found, index row, index rows) {
    return bytes_.empty() ? replace_in(numbers_.data() + row, found, rows)
                          : replace_in(bytes_.data() + row, found, rows);
  }

  /// The same, and calls `moved(row, from, to)` for each of these, in order: made for few.
  template <class Scalar, class F>
  index update(const simd::summed_values<Scalar>& found, index row, index rows, F moved) {
    return bytes_.empty() ? update_in(numbers_.data() + row, found, row, rows, moved)
                          : update_in(bytes_.data() + row, found, row, rows, moved);
  }

  segment_ids ids() const {
    return bytes_.empty() ? segment_ids(numbers_.begin(), numbers_.begin() + rows_)
                          : segment_ids(bytes_.begin(), bytes_.begin() + rows_);
  }

 private:
  static constexpr std::size_t line = 64;
  template <class Number>
  static constexpr Number none = std::numeric_limits<Number>::max();

  template <class Number, class Scalar>
  static simd::summed_values<Number> narrowed(const simd::summed_values<Scalar>& found, index rows) {
    simd::summed_values<Number> now{};  // behind the last session nobody has written a number
    for (std::size_t i = 0; i < static_cast<std::size_t>(rows); ++i) now[i] = static_cast<Number>(found[i]);
    return now;
  }

  template <class Number, class Scalar>
  static index replace_in(Number* known, const simd::summed_values<Scalar>& found, index rows) {
    constexpr index counted = 128;  // at a time, so that a byte holds how many
    const auto now = narrowed<Number>(found, rows);
    index count = 0;
    for (index begin = 0; begin < rows; begin += counted) {
      Number some{0};
      for (index i = begin; i < std::min(rows, begin + counted); ++i) {
        some = static_cast<Number>(some + (now[static_cast<std::size_t>(i)] != known[i]));
      }
      count += some;
    }
    std::copy_n(now.begin(), rows, known);
    return count;
  }

  // As words, so that those in which nothing differs cost next to nothing.
  template <class Number, class Scalar, class F>
  static index update_in(Number* known, const simd::summed_values<Scalar>& found, index row, index rows, F moved) {
    constexpr auto in_word = static_cast<index>(sizeof(std::uint64_t) / sizeof(Number));
    constexpr auto in_line = static_cast<index>(line / sizeof(Number));
    const auto now = narrowed<Number>(found, rows);
    index count = 0;
    for (index begin = 0; begin < rows; begin += in_line) {
      std::array<std::uint64_t, line / sizeof(std::uint64_t)> words, before;
      std::memcpy(words.data(), now.data() + begin, line);
      std::memcpy(before.data(), known + begin, line);
      std::uint64_t any = 0;
      for (std::size_t i = 0; i < words.size(); ++i) {
        words[i] ^= before[i];
        any |= words[i];
      }
      if (any == 0) continue;
      for (index at = begin; const std::uint64_t differing : words) {
        for (std::uint64_t rest = differing; rest != 0;) {
          const index place = first_of<Number>(rest);
          const index i = at + place;
          if (i >= rows) break;
          ++count;
          moved(row + i, static_cast<index>(known[i]), static_cast<index>(now[static_cast<std::size_t>(i)]));
        }
        at += in_word;
      }
      std::copy_n(now.begin() + begin, std::min(in_line, rows - begin), known + begin);
    }
    return count;
  }

  // The place of the first number in memory that is not 0; makes it 0.
  template <class Number>
  static index first_of(std::uint64_t& word) {
    constexpr int bits = 8 * sizeof(Number);
    constexpr std::uint64_t ones = std::numeric_limits<std::make_unsigned_t<Number>>::max();
    constexpr bool little = std::endian::native == std::endian::little;
    const int place = (little ? std::countr_zero(word) : std::countl_zero(word)) / bits;
    word &= ~(ones << (little ? place * bits : 64 - (place + 1) * bits));
    return place;
  }

  index rows_;
  std::vector<std::uint8_t> bytes_;
  std::vector<std::int32_t> numbers_;
};

FOOTFALL_END_NAMESPACE
