// SPDX-License-Identifier: MIT
// Which parameters events have: events of one kind have the same ones, so each different list of keys is stored once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/text_hash.hpp>
#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A form is a list of keys, those of numbers first and then those of texts, under a code of 32 bits. Codes are given in the
/// order in which forms first come, from 0. Forms chosen to collide cost what others cost.
class parameter_forms {
 public:
  /// The code of no form.
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(forms_.size()); }

  /// The keys of a form below `size()`, in their order; good until the next `add`.
  std::span<const std::uint32_t> number_keys(std::uint32_t form) const noexcept {
    return {keys_.data() + forms_[form].begin, forms_[form].numbers};
  }
  std::span<const std::uint32_t> text_keys(std::uint32_t form) const noexcept {
    return {keys_.data() + forms_[form].begin + forms_[form].numbers, forms_[form].texts};
  }

  /// The code of a list of keys of which the first `numbers` are those of numbers; a new one if it is new. `guess` is the code that
  /// it probably has. Throws limit for 2^32 keys in a list, or 2^31 lists.
  std::uint32_t add(std::span<const std::uint32_t> keys, std::size_t numbers, std::uint32_t guess = none) {
    if (guess < size() && is(guess, keys, numbers)) return guess;
    std::size_t place = place_of(keys, numbers);
    if (slots_[place] != none) return slots_[place];
    constexpr std::size_t most = std::size_t{1} << 31;
    require(keys.size() <= most && forms_.size() < most, error_code::limit, "parameter_forms",
            "more than 2147483648 parameters in an event or different lists of them");
    if ((forms_.size() + 1) * 2 > slots_.size()) {
      grow();
      place = place_of(keys, numbers);
    }
    keys_.insert(keys_.end(), keys.begin(), keys.end());
    forms_.push_back({keys_.size() - keys.size(), static_cast<std::uint32_t>(numbers),
                      static_cast<std::uint32_t>(keys.size() - numbers)});
    slots_[place] = size() - 1;
    return size() - 1;
  }

  /// Memory that the lists and the table take.
  std::size_t bytes() const noexcept {
    return keys_.size() * sizeof(std::uint32_t) + forms_.size() * sizeof(list) + slots_.size() * sizeof(std::uint32_t);
  }

 private:
  struct list {
    std::size_t begin;  // in keys_
    std::uint32_t numbers, texts;
  };

  bool is(std::uint32_t code, std::span<const std::uint32_t> keys, std::size_t numbers) const noexcept {
    const list& known = forms_[code];
    return known.numbers == numbers && known.texts == keys.size() - numbers &&
           std::equal(keys.begin(), keys.end(), keys_.begin() + static_cast<std::ptrdiff_t>(known.begin));
  }
  std::size_t hash_of(std::span<const std::uint32_t> keys, std::size_t numbers) const noexcept {
    return hash_({reinterpret_cast<const char*>(keys.data()), keys.size_bytes()}) + numbers * 0x9E3779B1;
  }
  /// Where the list is, or the free slot where it belongs.
  std::size_t place_of(std::span<const std::uint32_t> keys, std::size_t numbers) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t place = hash_of(keys, numbers) & mask;
    while (slots_[place] != none && !is(slots_[place], keys, numbers)) place = (place + 1) & mask;
    return place;
  }
  void grow() {
    std::vector<std::uint32_t> wider(slots_.size() * 2, none);
    const std::size_t mask = wider.size() - 1;
    for (std::uint32_t code = 0; code < size(); ++code) {
      const list& each = forms_[code];
      std::size_t place = hash_of({keys_.data() + each.begin, each.numbers + std::size_t{each.texts}}, each.numbers);
      while (wider[place & mask] != none) ++place;
      wider[place & mask] = code;
    }
    slots_.swap(wider);
  }

  text_hash hash_;
  std::vector<std::uint32_t> keys_;
  std::vector<list> forms_;
  std::vector<std::uint32_t> slots_ =
      std::vector<std::uint32_t>(16, none);  // a power of two, at most half of them taken
};

FOOTFALL_END_NAMESPACE
