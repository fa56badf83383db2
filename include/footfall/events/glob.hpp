// SPDX-License-Identifier: MIT
// Patterns for short texts, `*` and `[a-z]`, matched in one pass whatever the text is.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The letters A to Z as a to z; other bytes as they are, those of UTF-8 included.
constexpr char ascii_lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// A pattern that must fit a whole text: `*` stands for any bytes or none, `[abc]`, `[a-z]` and `[^a-z]` for one byte, `\` makes
/// the next byte an ordinary one. Letters A to Z fit in either case.
class glob_pattern {
 public:
  /// Places (bytes and classes, stars aside) that a pattern may have.
  static constexpr int longest = 63;

  /// Throws bad_text in the name of `who` for a class or an escape that does not end, an empty class, a range that falls;
  /// limit for a pattern of more than 63 places.
  explicit glob_pattern(std::string_view pattern, std::string_view who = "glob_pattern") : fits_(256) {
    int place = 0;
    for (std::size_t at = 0; at < pattern.size();) {
      if (pattern[at] == '*') {
        stays_ |= std::uint64_t{1} << place;
        ++at;
        continue;
      }
      require(place < longest, error_code::limit, who, "a pattern may have ", longest, " places, got '", pattern, "'");
      std::array<bool, 256> fits{};
      at = pattern[at] == '[' ? read_class(pattern, at, fits, who) : read_byte(pattern, at, fits, who);
      for (std::size_t byte = 0; byte < 256; ++byte) {
        const auto lower = static_cast<unsigned char>(ascii_lower(static_cast<char>(byte)));
        if (fits[lower]) fits_[byte] |= std::uint64_t{1} << place;
      }
      ++place;
    }
    end_ = std::uint64_t{1} << place;
  }

  /// Cost: one step a byte. Bit i of `at` says that the first i places fit what was read so far (Baeza-Yates and Gonnet 1992).
  bool matches(std::string_view text) const noexcept {
    std::uint64_t at = 1;
    for (const char c : text) {
      at = ((at & fits_[static_cast<unsigned char>(c)]) << 1) | (at & stays_);
      if (at == 0) return false;
    }
    return (at & end_) != 0;
  }

 private:
  static std::size_t index_of(char c) noexcept { return static_cast<unsigned char>(ascii_lower(c)); }

  static std::size_t read_byte(std::string_view pattern, std::size_t at, std::array<bool, 256>& fits,
                               std::string_view who) {
    if (pattern[at] == '\\') {
      ++at;
      require(at < pattern.size(), error_code::bad_text, who, "a pattern ends in a backslash: '", pattern, "'");
    }
    fits[index_of(pattern[at])] = true;
    return at + 1;
  }

  static std::size_t read_class(std::string_view pattern, std::size_t at, std::array<bool, 256>& fits,
                                std::string_view who) {
    const bool all_but = at + 1 < pattern.size() && pattern[at + 1] == '^';
    at += all_but ? 2 : 1;
    const std::size_t begin = at;
    for (;; ++at) {
      require(at < pattern.size(), error_code::bad_text, who, "a class does not end: '", pattern, "'");
      if (pattern[at] == ']') break;
      if (pattern[at] == '\\' && at + 1 < pattern.size()) ++at;
      const std::size_t from = index_of(pattern[at]);
      std::size_t to = from;
      if (at + 2 < pattern.size() && pattern[at + 1] == '-' && pattern[at + 2] != ']') {
        at += 2;
        to = index_of(pattern[at]);
        require(from <= to, error_code::bad_text, who, "a range falls: '", pattern, "'");
      }
      for (std::size_t byte = from; byte <= to; ++byte) fits[index_of(static_cast<char>(byte))] = true;
    }
    require(at > begin, error_code::bad_text, who, "a class is empty: '", pattern, "'");
    if (all_but) {
      for (bool& each : fits) each = !each;
    }
    return at + 1;
  }

  std::vector<std::uint64_t> fits_;  // for each byte the places that it fits
  std::uint64_t stays_ = 0;          // the places before which a star stands
  std::uint64_t end_ = 1;
};

FOOTFALL_END_NAMESPACE
