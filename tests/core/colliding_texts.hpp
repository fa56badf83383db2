// SPDX-License-Identifier: MIT
// Texts whose hashes are equal under a key that is known, as an attacker would make them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include <footfall/core/random.hpp>

namespace footfall_tests {

constexpr std::uint64_t hash_prime = (std::uint64_t{1} << 61) - 1;

/// Both below the prime.
inline std::uint64_t product_modulo_prime(std::uint64_t a, std::uint64_t b) {
  std::uint64_t product = 0;
  for (int bit = 60; bit >= 0; --bit) {
    product = product * 2 % hash_prime;
    if ((b >> bit & 1) != 0) product = (product + a) % hash_prime;
  }
  return product;
}

/// What text_hash(seed) multiplies with.
inline std::uint64_t hash_key(std::uint64_t seed) { return footfall::random_stream(seed)() % (hash_prime - 1) + 1; }

/// `count` different texts of 14 bytes with one hash under text_hash(seed): two words of seven bytes, of which the second makes
/// up for the first.
inline std::vector<std::string> colliding_texts(std::uint64_t seed, std::size_t count) {
  const std::uint64_t key = hash_key(seed);
  const std::uint64_t sum = 12345;
  std::vector<std::string> texts;
  for (std::uint64_t first = 1; texts.size() < count; ++first) {
    const std::uint64_t second = (sum + hash_prime - product_modulo_prime(first, key)) % hash_prime;
    if (second >> 56 != 0) continue;
    std::string text(14, '\0');
    std::memcpy(text.data(), &first, 7);
    std::memcpy(text.data() + 7, &second, 7);
    texts.push_back(text);
  }
  return texts;
}

}  // namespace footfall_tests
