// SPDX-License-Identifier: MIT
// Texts as numbers: each different text once, in one piece of memory, under a code of 32 bits.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/huge_pages.hpp>
#include <footfall/core/text_hash.hpp>
#include <footfall/core/version.hpp>
#include <footfall/data/csv_number.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// The same bytes? Short texts are the rule, and a call of memcmp takes longer than they do.
inline bool same_bytes(std::string_view a, std::string_view b) noexcept {
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  if (size < 8) {
    for (std::size_t i = 0; i < size; ++i) {
      if (a[i] != b[i]) return false;
    }
    return true;
  }
  for (std::size_t at = 0; at < size; at += 8) {  // eight at a time, the last ones perhaps again
    const std::size_t from = at + 8 <= size ? at : size - 8;
    if (eight_bytes(a.data() + from) != eight_bytes(b.data() + from)) return false;
  }
  return true;
}

/// The latest codes of texts of at most 16 bytes, which with their size are two numbers: most columns have few different ones.
class short_texts {
 public:
  /// The code noted for the text, or all bits where it is not known.
  std::uint32_t code_of(std::string_view text) const noexcept {
    if (text.size() > 16) return 0xFFFFFFFF;
    const entry& known = entries_[place_of(text)];
    const auto [low, high] = numbers_of(text);
    const bool same = known.low == low && known.high == high && known.size == text.size();
    return same ? known.code : 0xFFFFFFFF;
  }
  void note(std::string_view text, std::uint32_t code) noexcept {
    if (text.size() > 16) return;
    const auto [low, high] = numbers_of(text);
    entries_[place_of(text)] = {low, high, static_cast<std::uint32_t>(text.size()), code};
  }

 private:
  struct two_numbers {
    std::uint64_t low, high;
  };
  struct entry {
    std::uint64_t low = 0, high = 0;
    std::uint32_t size = 17, code = 0xFFFFFFFF;
  };

  /// All bytes of the text, some of them twice.
  static two_numbers numbers_of(std::string_view text) noexcept {
    const std::size_t size = text.size();
    const char* const at = text.data();
    if (size >= 8) return {eight_bytes(at), eight_bytes(at + size - 8)};
    if (size >= 4) {
      std::uint32_t first, last;
      std::memcpy(&first, at, 4);
      std::memcpy(&last, at + size - 4, 4);
      return {first, last};
    }
    if (size == 0) return {0, 0};
    const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(at[i])}; };
    return {byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16, 0};
  }
  static std::size_t place_of(std::string_view text) noexcept {
    const auto [low, high] = numbers_of(text);
    return static_cast<std::size_t>(((low ^ high * 31) + text.size()) * 0x9E3779B97F4A7C15 >> 59);
  }

  std::array<entry, 32> entries_{};
};

}  // namespace detail

/// Codes are given in the order in which texts first come, from 0: they do not depend on the hash. Texts are any bytes, of any
/// length; ids chosen to collide cost what others cost, because each dictionary hashes with a key of its own.
class text_dictionary {
 public:
  /// The code of no text.
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  /// More texts than this are an error.
  static constexpr std::uint32_t largest = std::uint32_t{1} << 31;

  explicit text_dictionary(text_hash hash = text_hash(), std::uint32_t most = largest)
      : hash_(hash), most_(most), slots_(16) {}

  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(ends_.size()); }

  /// The text of a code below `size()`; good until the next `add`.
  std::string_view operator[](std::uint32_t code) const noexcept {
    const std::size_t begin = code == 0 ? 0 : ends_[code - 1];
    return {bytes_.data() + begin, ends_[code] - begin};
  }

  /// Is this the text of the code? False for a code that is not there.
  bool is(std::uint32_t code, std::string_view text) const noexcept {
    return code < size() && detail::same_bytes((*this)[code], text);
  }

  /// The code of a text, or `none`.
  std::uint32_t find(std::string_view text) const noexcept { return slots_[place_of(text, tag_of(text))].code; }

  /// The code of a text, a new one if it is new. Throws limit where there are too many; the dictionary is then as it was.
  std::uint32_t add(std::string_view text) { return add(text, tag_of(text)); }

  /// Sets codes[i] to what `add(texts[i])` gives, one after another: many are looked for side by side, so that they do not wait
  /// for each other's memory, and short ones that keep coming are known without a look.
  void add_all(std::span<const std::string_view> texts, std::uint32_t* codes) {
    constexpr std::size_t group = 64;
    detail::short_texts recent;
    std::array<std::uint32_t, group> tags;
    std::array<std::size_t, group> asked;  // those of the group that are not known
    for (std::size_t begin = 0; begin < texts.size(); begin += group) {
      std::size_t count = 0;
      for (std::size_t i = begin; i < std::min(begin + group, texts.size()); ++i) {
        codes[i] = recent.code_of(texts[i]);
        asked[count] = i;
        count += codes[i] == none;
      }
      for (std::size_t i = 0; i < count; ++i) {
        tags[i] = tag_of(texts[asked[i]]);
        __builtin_prefetch(slots_.data() + (tags[i] & (slots_.size() - 1)));
      }
      for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t code = codes[asked[i]] = probable_code(tags[i]);
        if (code != none) __builtin_prefetch(ends_.data() + code);
      }
      for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t code = codes[asked[i]];
        if (code == none) continue;
        const char* const end = bytes_.data() + ends_[code];  // of a text that is this one, or it does not matter
        __builtin_prefetch(end - 1);
        __builtin_prefetch(end - std::min<std::size_t>(ends_[code], texts[asked[i]].size()));
      }
      for (std::size_t i = 0; i < count; ++i) {
        const std::string_view text = texts[asked[i]];
        std::uint32_t& code = codes[asked[i]];
        if (!is(code, text)) code = add(text, tags[i]);
        recent.note(text, code);
      }
    }
  }

  /// Memory that the texts and the table take.
  std::size_t bytes() const noexcept {
    return bytes_.size() + ends_.size() * sizeof(std::size_t) + slots_.size() * sizeof(slot);
  }

  /// Slots from where a text is looked for to where it is or would be: how well the hash spreads.
  std::size_t steps_to(std::string_view text) const noexcept {
    const std::uint32_t tag = tag_of(text);
    return (place_of(text, tag) - tag) & (slots_.size() - 1);
  }

 private:
  struct slot {
    std::uint32_t tag = 0;  // of the text's hash
    std::uint32_t code = none;
  };

  std::uint32_t add(std::string_view text, std::uint32_t tag) {
    std::size_t place = place_of(text, tag);
    if (slots_[place].code != none) return slots_[place].code;
    require(size() < most_, error_code::limit, "text_dictionary", "more than ", most_, " different texts");
    if ((std::size_t{size()} + 1) * 2 > slots_.size()) {
      grow();
      place = place_of(text, tag);
    }
    const std::size_t before = bytes_.size();
    make_room(bytes_, text.size());
    make_room(ends_, 1);
    bytes_.insert(bytes_.end(), text.begin(), text.end());
    try {
      ends_.push_back(bytes_.size());
    } catch (...) {
      bytes_.resize(before);
      throw;
    }
    slots_[place] = {tag, size() - 1};
    return size() - 1;
  }

  std::uint32_t tag_of(std::string_view text) const noexcept { return static_cast<std::uint32_t>(hash_(text)); }

  /// The code of the first text whose hash ends in these bits: nearly always the one that is looked for, if it is there.
  std::uint32_t probable_code(std::uint32_t tag) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t place = tag & mask;
    while (slots_[place].tag != tag && slots_[place].code != none) place = (place + 1) & mask;
    return slots_[place].code;
  }

  /// Where the text is, or the free slot where it belongs.
  std::size_t place_of(std::string_view text, std::uint32_t tag) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t place = tag & mask;
    while (slots_[place].code != none && (slots_[place].tag != tag || !is(slots_[place].code, text))) {
      place = (place + 1) & mask;
    }
    return place;
  }

  /// Room for `more` behind what is there, twice as much as before, in large pages where the system has them.
  template <class T>
  static void make_room(std::vector<T>& values, std::size_t more) {
    if (values.capacity() - values.size() >= more) return;
    values.reserve(std::max(values.size() + more, 2 * values.capacity()));
    advise_huge_pages(values.data() + values.size(), (values.capacity() - values.size()) * sizeof(T));
  }

  void grow() {
    std::vector<slot> wider;
    make_room(wider, slots_.size() * 2);
    wider.resize(slots_.size() * 2);
    const std::size_t mask = wider.size() - 1;
    for (const slot each : slots_) {
      if (each.code == none) continue;
      std::size_t place = each.tag & mask;
      while (wider[place].code != none) place = (place + 1) & mask;
      wider[place] = each;
    }
    slots_.swap(wider);
  }

  text_hash hash_;
  std::uint32_t most_;
  std::vector<slot> slots_;  // a power of two of them, at most half of them taken
  std::vector<char> bytes_;
  std::vector<std::size_t> ends_;  // of each text in bytes_
};

FOOTFALL_END_NAMESPACE
