// SPDX-License-Identifier: MIT
// A CSV file in windows of whole rows: what is read and used again stays in the cache, and fresh memory costs more than reading.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include <footfall/core/error.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// Whether [begin, end) has an odd number of quotes.
inline bool odd_quotes(const char* begin, const char* end) noexcept {
  bool odd = false;
  while (begin != end) {
    const void* const found = std::memchr(begin, '"', static_cast<std::size_t>(end - begin));
    if (found == nullptr) break;
    odd = !odd;
    begin = static_cast<const char*>(found) + 1;
  }
  return odd;
}

/// How many bytes of a text, which begins with a row, are whole rows: up to the last line feed with an even number of quotes before
/// it. In a text that is no CSV that is so up to the first wrong quote, which whoever reads the rows in their order finds.
inline std::size_t whole_rows_bytes(std::string_view text) noexcept {
  std::size_t cut = text.rfind('\n') + 1;  // 0 where there is none
  for (bool quoted = odd_quotes(text.data(), text.data() + cut); quoted && cut > 0;) {
    const std::size_t before = cut < 2 ? 0 : text.rfind('\n', cut - 2) + 1;
    quoted ^= odd_quotes(text.data() + before, text.data() + cut);
    cut = before;
  }
  return cut;
}

/// Reads a file or pipe. Memory: the window, which grows up to the longest row.
class csv_windows {
 public:
  /// Throws `error_code::file` when the file cannot be opened; `who` should name it and must last.
  csv_windows(const std::filesystem::path& path, std::string_view who, std::size_t window = std::size_t{2} << 20)
      : file_(path, std::ios::binary), who_(who), room_(window), bytes_(std::make_unique_for_overwrite<char[]>(room_)) {
    require(file_.is_open(), error_code::file, who_, "the file cannot be opened");
    std::error_code unknown;  // of a pipe
    const std::uintmax_t size = std::filesystem::file_size(path, unknown);
    if (!unknown) file_bytes_ = static_cast<std::size_t>(size);
  }

  /// The next whole rows, at the end also a row that no line feed ends; an empty text when all were given. Good until the next
  /// call. Throws `error_code::file` when it cannot be read.
  std::string_view next() {
    std::copy(bytes_.get() + given_, bytes_.get() + size_, bytes_.get());
    size_ -= given_;
    for (;;) {
      file_.read(bytes_.get() + size_, static_cast<std::streamsize>(room_ - size_));
      size_ += static_cast<std::size_t>(file_.gcount());
      require(!file_.bad(), error_code::file, who_, "the file cannot be read");
      const std::string_view all(bytes_.get(), size_);
      given_ = file_ ? whole_rows_bytes(all) : size_;
      if (given_ > 0 || !file_) return all.substr(0, given_);
      auto larger = std::make_unique_for_overwrite<char[]>(2 * room_);
      std::copy_n(bytes_.get(), size_, larger.get());
      bytes_ = std::move(larger);
      room_ *= 2;
    }
  }

  /// Of the whole file; 0 where that is not known.
  std::size_t file_bytes() const noexcept { return file_bytes_; }

 private:
  std::ifstream file_;
  std::string_view who_;
  std::size_t room_;
  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0, given_ = 0;
  std::size_t file_bytes_ = 0;
};

}  // namespace detail

FOOTFALL_END_NAMESPACE
