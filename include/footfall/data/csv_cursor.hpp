// SPDX-License-Identifier: MIT
// Field by field through a CSV text: quotes, delimiters and line ends, and where each error is.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/csv_number.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// As much of a text as a message can bear, cut between characters.
inline std::string csv_excerpt(std::string_view text) {
  if (text.size() <= 60) return std::string(text);
  std::size_t length = 60;
  while (length > 50 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
  return std::string(text.substr(0, length)) + "...";
}

/// A place in a CSV text, between fields. It never looks beyond the end of the text.
class csv_cursor {
 public:
  csv_cursor(std::string_view text, char delimiter, std::string_view who)
      : begin_(text.data()),
        end_(text.data() + text.size()),
        at_(begin_),
        row_(begin_),
        delimiter_(delimiter),
        who_(who) {
    for (const char each : {delimiter, '"', '\n', '\r', '\0'}) special_[static_cast<unsigned char>(each)] = true;
  }

  /// Goes on in another text, before which there were so many lines.
  void begin_text(std::string_view text, index lines_before) noexcept {
    begin_ = text.data();
    end_ = begin_ + text.size();
    lines_before_ = lines_before;
    go_to(begin_);
  }

  const char* at() const noexcept { return at_; }
  const char* end() const noexcept { return end_; }
  bool at_end() const noexcept { return at_ == end_; }
  /// Number of the field in its row, from 0.
  std::size_t field_number() const noexcept { return field_; }
  void go_to(const char* place) noexcept { at_ = row_ = place, field_ = 0; }

  /// The field here, without its quotes; the cursor then is at what ends it. Good until the next call: a field with doubled
  /// quotes lies in memory of the cursor.
  std::string_view field() {
    if (at_ != end_ && *at_ == '"') return quoted_field();
    const char* const begin = at_;
    skip_plain();
    if (at_ != end_ && *at_ == '"') bad_field("expected quotes around the whole field, got one inside it");
    if (at_ != end_ && *at_ == '\0') bad_field("expected text, got a NUL byte");
    return {begin, static_cast<std::size_t>(at_ - begin)};
  }

  /// Does this field lie in memory of the cursor? Then it is gone with the next such field.
  bool unescaped(std::string_view field) const noexcept { return field.data() == unescaped_.data(); }

  /// Steps over what ends the field; true for a delimiter, false for a line end or the end of the text.
  bool another_field() {
    if (at_ != end_ && *at_ == delimiter_) {
      ++at_;
      ++field_;
      return true;
    }
    if (at_ != end_ && *at_ == '\r') {
      ++at_;
      if (at_ == end_ || *at_ != '\n') {
        fail(error_code::bad_text, who_, "line ", line(), ": expected a line feed after the carriage return");
      }
    }
    if (at_ != end_) ++at_;
    return false;
  }

  /// At the beginning of a row: where errors say they are.
  void begin_row() noexcept { row_ = at_, field_ = 0; }
  const char* row() const noexcept { return row_; }
  /// The line on which the row begins.
  index line() const { return lines_before_ + 1 + std::count(begin_, row_, '\n'); }

  template <class... Parts>
  [[noreturn, gnu::noinline, gnu::cold]] void bad_field(const Parts&... parts) const {
    fail(error_code::bad_text, who_, "line ", line(), ", column ", field_ + 1, ": ", parts...);
  }
  /// For a row that has not `wanted` fields, at the end of its last one.
  [[noreturn, gnu::noinline, gnu::cold]] void bad_row(std::size_t wanted) const {
    fail(error_code::bad_text, who_, "line ", line(), ": expected ", wanted, " fields, got ", field_ + 1);
  }

 private:
  bool ends_field(char c) const { return c == delimiter_ || c == '\n' || c == '\r'; }

  /// The highest bit of every byte that may end a plain field, from the first such byte on; above it bits may be set wrongly.
  std::uint64_t special_bytes(std::uint64_t bytes) const {
    const auto zeros = [](std::uint64_t of) { return (of - everywhere(1)) & ~of; };
    return (zeros(bytes ^ everywhere(delimiter_)) | zeros(bytes ^ everywhere('"')) | zeros(bytes ^ everywhere('\n')) |
            zeros(bytes ^ everywhere('\r')) | zeros(bytes)) &
           ~everywhere(0x7F);
  }

  void skip_plain() {
    if constexpr (std::endian::native == std::endian::little) {
      while (end_ - at_ >= 8) {
        const std::uint64_t special = special_bytes(eight_bytes(at_));
        if (special != 0) {
          at_ += std::countr_zero(special) / 8;
          return;
        }
        at_ += 8;
      }
    }
    while (at_ != end_ && !special_[static_cast<unsigned char>(*at_)]) ++at_;
  }

  std::string_view quoted_field() {
    const char* const begin = ++at_;
    std::size_t doubled = 0;
    for (;; ++at_) {
      if (at_ == end_) bad_field("expected a closing quote, got the end of the text");
      if (*at_ == '\0') bad_field("expected text, got a NUL byte");
      if (*at_ != '"') continue;
      if (at_ + 1 == end_ || at_[1] != '"') break;
      ++doubled;
      ++at_;
    }
    const std::string_view inside(begin, static_cast<std::size_t>(at_ - begin));
    ++at_;
    if (at_ != end_ && !ends_field(*at_)) {
      bad_field("expected a delimiter or a line end after the closing quote, got more text");
    }
    if (doubled == 0) return inside;
    unescaped_.clear();
    for (std::size_t i = 0; i < inside.size(); ++i) {
      unescaped_ += inside[i];
      if (inside[i] == '"') ++i;
    }
    return unescaped_;
  }

  const char* begin_;
  const char* end_;
  const char* at_;
  const char* row_;  // where the row begins
  std::size_t field_ = 0;
  index lines_before_ = 0;
  char delimiter_;
  std::string_view who_;
  std::array<bool, 256> special_{};
  std::string unescaped_;
};

}  // namespace detail

FOOTFALL_END_NAMESPACE
