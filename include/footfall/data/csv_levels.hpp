// SPDX-License-Identifier: MIT
// The distinct texts of a column, numbered as they come.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// A dictionary with open addressing: a session table asks it once a field, mostly for the same few texts.
class csv_levels {
 public:
  /// The number of a text, from 0 in the order of first occurrence. Throws limit beyond 2^31 - 1 texts.
  std::int32_t code_of(std::string_view text) {
    const std::uint64_t hash = hash_of(text);
    for (std::size_t slot = place(hash);; slot = (slot + 1) & (slots_.size() - 1)) {
      const entry& found = slots_[slot];
      if (found.code < 0) return add(text, hash, slot);
      if (found.hash == hash && levels_[static_cast<std::size_t>(found.code)] == text) return found.code;
    }
  }

  /// The same for a text of at most sixteen bytes, of which as many as sixteen can be read. Texts have no zero bytes, so that
  /// two numbers, filled up with zeros, are the text: what was asked before is found in one look.
  std::int32_t code_of_short(std::string_view text) {
    const std::size_t first = std::min<std::size_t>(text.size(), 8);
    const std::uint64_t low = bytes_of(text.data(), first);
    const std::uint64_t high = bytes_of(text.data() + 8, text.size() - first);
    recent& last = recent_[((low ^ high) * 0x9E3779B97F4A7C15) >> 58];
    if (last.low != low || last.high != high) [[unlikely]]
      last = {low, high, code_of(text)};
    return last.code;
  }

  /// The texts in the order of their numbers.
  const std::deque<std::string>& levels() const noexcept { return levels_; }

 private:
  struct entry {
    std::uint64_t hash = 0;
    std::int32_t code = -1;
  };

  struct recent {
    std::uint64_t low = 0, high = 0;  // no text: the empty one is missing and never asked for
    std::int32_t code = -1;
  };

  // `count` of eight bytes, zeros in place of the others.
  static std::uint64_t bytes_of(const char* at, std::size_t count) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, at, sizeof bytes);
    return count == 0 ? 0 : bytes << (64 - 8 * count);
  }

  static std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = text.size();
    for (std::size_t at = 0; at < text.size(); at += 8) {
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, text.data() + at, text.size() - at < 8 ? text.size() - at : 8);
      hash = (hash ^ bytes) * 0x9E3779B97F4A7C15;
      hash ^= hash >> 32;
    }
    return hash;
  }
  std::size_t place(std::uint64_t hash) const { return static_cast<std::size_t>(hash) & (slots_.size() - 1); }

  std::int32_t add(std::string_view text, std::uint64_t hash, std::size_t slot) {
    require(levels_.size() < static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()), error_code::limit,
            "csv", "a column has more than 2147483647 levels");
    const auto code = static_cast<std::int32_t>(levels_.size());
    levels_.emplace_back(text);
    slots_[slot] = {hash, code};
    if (2 * levels_.size() > slots_.size()) grow();
    return code;
  }

  void grow() {
    std::vector<entry> old(2 * slots_.size());
    old.swap(slots_);
    for (const entry& each : old) {
      if (each.code < 0) continue;
      std::size_t slot = place(each.hash);
      while (slots_[slot].code >= 0) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = each;
    }
  }

  std::vector<entry> slots_ = std::vector<entry>(64);  // a power of two, at most half full
  std::deque<std::string> levels_;
  std::array<recent, 64> recent_{};
};

}  // namespace detail

FOOTFALL_END_NAMESPACE
