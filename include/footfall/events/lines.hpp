// SPDX-License-Identifier: MIT
// The lines of a file or a pipe, through a window of bounded size.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <istream>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// One line without its line feed; good until the next one is read.
struct text_line {
  std::string_view text;    ///< empty where it is too long
  std::int64_t number = 0;  ///< from 1
  bool too_long = false;
};

/// Reads line after line. A line feed ends a line, the last one may lack it; a UTF-8 byte order mark before the first is
/// skipped. From a pipe it takes what is there, and never waits for more than the line it is asked for. After every text, `spare` more bytes may be read, whatever they hold. Memory: the window, which grows up to the
/// longest line.
class line_reader {
 public:
  static constexpr std::size_t spare = 64;

  /// Throws bad_option for a window or a longest line of 0.
  explicit line_reader(std::istream& in, std::size_t longest, std::size_t window = std::size_t{1} << 18)
      : in_(in), longest_(longest) {
    require(longest > 0 && window > 0 && longest < std::numeric_limits<std::size_t>::max() / 4, error_code::bad_option,
            "line_reader", "the longest line and the window must be at least 1 byte, got ", longest, " and ", window);
    buffer_.resize(window + spare);
  }

  /// The next line, or none. A line of more than `longest` bytes is passed over, and said to be too long. Throws file where
  /// the stream fails.
  std::optional<text_line> next() {
    std::size_t looked_at = begin_;
    for (;;) {
      const auto* const feed =
          static_cast<const char*>(std::memchr(buffer_.data() + looked_at, '\n', end_ - looked_at));
      if (feed != nullptr) {
        const auto size = static_cast<std::size_t>(feed - (buffer_.data() + begin_));
        return line_of(size, size + 1);
      }
      if (ended_) {
        if (begin_ == end_) return std::nullopt;
        return line_of(end_ - begin_, end_ - begin_);
      }
      looked_at = end_ - begin_;  // from the front, where fill() moves it
      if (end_ - begin_ > longest_) return pass_over();
      fill();
    }
  }

 private:
  /// The next `size` bytes as a line, of which `whole` are passed.
  text_line line_of(std::size_t size, std::size_t whole) {
    text_line line{{buffer_.data() + begin_, size}, ++number_, size > longest_};
    if (line.too_long) line.text = {};
    begin_ += whole;
    return line;
  }

  /// More bytes behind those that are there, which move to the front.
  void fill() {
    if (begin_ > 0) {
      std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    if (end_ == buffer_.size() - spare) buffer_.resize(std::min(2 * end_, std::max(longest_ + 1, end_ + 1)) + spare);
    read_some();
    if (first_) {
      while (!ended_ && end_ < 3) read_some();
      if (std::string_view(buffer_.data(), end_).starts_with("\xEF\xBB\xBF")) begin_ = 3;
      first_ = false;
    }
  }

  void read_some() {
    const std::size_t room = std::max<std::size_t>(buffer_.size() - spare, 4) - end_;
    if (buffer_.size() < end_ + room + spare) buffer_.resize(end_ + room + spare);
    if (in_.peek() == std::istream::traits_type::eof()) {  // which waits until there is something
      ended_ = true;
      require(!in_.bad(), error_code::file, "line_reader", "reading failed after line ", number_);
      return;
    }
    const auto got = in_.readsome(buffer_.data() + end_, static_cast<std::streamsize>(room));
    end_ += static_cast<std::size_t>(got);
    if (got == 0) read_to_line_end(room);
  }

  /// Of a stream that does not say how much it has, such as `std::cin` while it is in step with C's streams.
  void read_to_line_end(std::size_t room) {
    for (int byte = 0; room > 0 && byte != '\n' && (byte = in_.get()) != std::istream::traits_type::eof(); --room) {
      buffer_[end_++] = static_cast<char>(byte);
    }
  }

  /// The rest of a line that is too long.
  text_line pass_over() {
    for (;;) {
      begin_ = end_ = 0;
      read_some();
      const auto* const feed = static_cast<const char*>(std::memchr(buffer_.data(), '\n', end_));
      if (feed != nullptr) begin_ = static_cast<std::size_t>(feed - buffer_.data()) + 1;
      if (feed != nullptr || ended_) break;
    }
    if (begin_ == 0) begin_ = end_;
    return {{}, ++number_, true};
  }

  std::istream& in_;
  std::size_t longest_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;  // what was read and not yet given
  std::int64_t number_ = 0;
  bool first_ = true, ended_ = false;
};

FOOTFALL_END_NAMESPACE
