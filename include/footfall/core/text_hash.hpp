// SPDX-License-Identifier: MIT
// A hash of texts that others choose: nobody who does not know the key can make ids that collide.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
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
  explicit text_hash(std::uint64_t seed) noexcept {
    const std::uint64_t key = random_stream(seed)() % (prime - 1) + 1;
    powers_[0] = 1;
    for (std::size_t i = 1; i < powers_.size(); ++i) powers_[i] = reduced(wide{powers_[i - 1]} * key);
    for (std::size_t power = 1; power < 5; ++power) weights_[none + power] = powers_[power];
  }

  /// Words of seven bytes, the first of the highest power; four at a time, since their products do not wait for each other.
  std::size_t operator()(std::string_view text) const noexcept {
    std::uint64_t hash = text.size() & prime;  // without it, zero bytes at the front would change nothing
    const char* at = text.data();
    std::size_t left = text.size();
    if (left >= 8 && left <= 35) return of_few_words(hash, at, left);
    for (; left > 28; left -= 28, at += 28) {
      hash = reduced(wide{hash} * powers_[4] + wide{seven(at)} * powers_[3] + wide{seven(at + 7)} * powers_[2] +
                     wide{seven(at + 14)} * powers_[1] + seven(at + 21));
    }
    const std::size_t words = (left + 6) / 7;
    wide sum = wide{hash} * powers_[words];
    for (std::size_t power = words; power-- > 1; left -= 7, at += 7) sum += wide{seven(at)} * powers_[power];
    if (left > 0) sum += text.size() >= 8 ? last_word(at + left, left) : short_word(at, left);
    return finished(sum);
  }

 private:
  static constexpr std::uint64_t prime = (std::uint64_t{1} << 61) - 1;
  __extension__ using wide = unsigned __int128;

  /// The same of 8 to 35 bytes, as most ids and pages have, for all lengths by the same steps: which length comes next nobody can
  /// guess. Two to five words; those that are not there are read where bytes are, and count nothing.
  std::size_t of_few_words(std::uint64_t hash, const char* at, std::size_t size) const noexcept {
    const std::size_t words = (size + 6) / 7;
    const std::uint64_t* const weights = weights_.data() + none + words - 1;
    wide sum = wide{hash} * powers_[words] + last_word(at + size, size - 7 * (words - 1));
    for (std::size_t word = 0; word < 4; ++word)
      sum += wide{seven(at + std::min(7 * word, size - 8))} * *(weights - word);
    return finished(sum);
  }
  std::size_t finished(wide sum) const noexcept {
    // Multiplied once more, or texts with other last bytes would differ by a known number.
    const std::uint64_t hash = reduced(wide{reduced(sum)} * powers_[1]);
    return static_cast<std::size_t>(hash >= prime ? hash - prime : hash);
  }

  /// The same modulo the prime, below 2^61 + 64; of less than 2^126.
  static std::uint64_t reduced(wide value) noexcept {
    const std::uint64_t sum = (static_cast<std::uint64_t>(value) & prime) + static_cast<std::uint64_t>(value >> 61);
    return (sum & prime) + (sum >> 61);
  }
  /// Seven of eight bytes that are there.
  static std::uint64_t seven(const char* at) noexcept {
    std::uint64_t word;
    std::memcpy(&word, at, sizeof word);
    return std::endian::native == std::endian::little ? word & 0x00FFFFFFFFFFFFFF : word >> 8;
  }
  /// The last one to seven bytes before `end`, of a text of eight or more.
  static std::uint64_t last_word(const char* end, std::size_t count) noexcept {
    std::uint64_t word;
    std::memcpy(&word, end - 8, sizeof word);
    const std::size_t others = 8 * (8 - count);
    return std::endian::native == std::endian::little ? word >> others : word << others >> others;
  }
  static std::uint64_t short_word(const char* at, std::size_t count) noexcept {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < count; ++i) word |= std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i);
    return word;
  }

  static constexpr std::size_t none = 2;
  std::array<std::uint64_t, 6> powers_;  // of the key
  std::array<std::uint64_t, 7>
      weights_{};  // of words before the last one: the powers from the first on, before them zeros
};

FOOTFALL_END_NAMESPACE
