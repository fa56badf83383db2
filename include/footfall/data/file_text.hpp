// SPDX-License-Identifier: MIT
// A whole file or pipe in memory.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include <footfall/core/error.hpp>
#include <footfall/core/huge_pages.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The bytes of a file. Not a string: it would be filled with zeros first.
class file_text {
 public:
  /// Throws `error_code::file` when it cannot be opened or read; `who` should name it. A file, but no pipe, is read by the threads
  /// of `team`, where there is one: to copy from the system's memory takes most of the time, and so does to clear one's own.
  file_text(const std::filesystem::path& path, std::string_view who, workers* team = nullptr) {
    std::ifstream file(path, std::ios::binary);
    require(file.is_open(), error_code::file, who, "the file cannot be opened");
    std::error_code unknown;  // of a pipe
    const std::uintmax_t expected = std::filesystem::file_size(path, unknown);
    std::size_t room = unknown ? std::size_t{1} << 20 : static_cast<std::size_t>(expected) + 1;
    bytes_ = std::make_unique_for_overwrite<char[]>(room);
    advise_huge_pages(bytes_.get(), room);
    if (team != nullptr && !unknown && read_in_pieces(path, room - 1, *team)) {
      size_ = room - 1;
      file.seekg(static_cast<std::streamoff>(size_));  // it may have grown
    }
    while (file) {
      if (size_ == room) {
        auto larger = std::make_unique_for_overwrite<char[]>(2 * room);
        std::copy_n(bytes_.get(), size_, larger.get());
        bytes_ = std::move(larger);
        room *= 2;
      }
      file.read(bytes_.get() + size_, static_cast<std::streamsize>(room - size_));
      size_ += static_cast<std::size_t>(file.gcount());
    }
    require(!file.bad(), error_code::file, who, "the file cannot be read");
  }

  std::string_view view() const noexcept { return {bytes_.get(), size_}; }

 private:
  /// Whether all of the first `size` bytes could be read.
  bool read_in_pieces(const std::filesystem::path& path, std::size_t size, workers& team) {
    constexpr index piece = index{8} << 20;
    std::atomic<bool> whole = true;
    team.for_each_block(static_cast<index>(size), piece, [&](index begin, index end) {
      std::ifstream file(path, std::ios::binary);
      file.seekg(static_cast<std::streamoff>(begin));
      file.read(bytes_.get() + begin, static_cast<std::streamsize>(end - begin));
      if (file.gcount() != end - begin) whole = false;
    });
    return whole;
  }

  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
};

FOOTFALL_END_NAMESPACE
