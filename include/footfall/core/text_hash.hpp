// SPDX-License-Identifier: MIT
// A hash of texts that others choose: nobody who does not know the key can make ids that collide.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <string_view>

#include <footfall/core/random.hpp>
#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The text as a polynomial at a secret place, modulo 2^61 - 1 (Carter and Wegman 1979): of two texts of at most n bytes, 32
/// bits of the hash are equal for a share of at most about n / 7 / 2^32 of all keys. For tables in memory only: nothing that is
/// stored, and no order that anyone sees, may rest on it. Fit for unordered containers, and then found by `string_view`.
class text_hash {
 public:
  using is_transparent = void;

  /// A key from the system's source of random bits.
  text_hash() : text_hash(std::uint64_t{std::random_device{}()} << 32 | std::random_device{}()) {}
  explicit text_hash(std::uint64_t seed) noexcept : key_((random_stream(seed)() % (prime - 1)) + 1) {}

  std::size_t operator()(std::string_view text) const noexcept {
    std::uint64_t hash = text.size() & prime;  // without it, zero bytes at the front would change nothing
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left >= 8; left -= 7, at += 7) {
      std::uint64_t word;
      std::memcpy(&word, at, sizeof word);
      hash = times_key(hash) + (word & 0x00FFFFFFFFFFFFFF);
    }
    for (; left > 0;) {
      const std::size_t count = left < 7 ? left : 7;
      std::uint64_t word = 0;
      std::memcpy(&word, at, count);
      hash = times_key(hash) + word;
      left -= count;
      at += count;
    }
    hash = times_key(hash);  // else texts that differ in their last bytes only would differ by a known number
    return static_cast<std::size_t>(hash >= prime ? hash - prime : hash);
  }

 private:
  static constexpr std::uint64_t prime = (std::uint64_t{1} << 61) - 1;
  __extension__ using wide = unsigned __int128;

  /// The product modulo the prime, below 2^61 + 2; `value` below 2^62.
  std::uint64_t times_key(std::uint64_t value) const noexcept {
    const wide product = wide{value} * key_;
    const std::uint64_t sum = (static_cast<std::uint64_t>(product) & prime) + static_cast<std::uint64_t>(product >> 61);
    return (sum & prime) + (sum >> 61);
  }

  std::uint64_t key_;
};

FOOTFALL_END_NAMESPACE
