// SPDX-License-Identifier: MIT
#include <cstdint>
#include <cstring>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/text_hash.hpp>

#include <tests/core/colliding_texts.hpp>

namespace ff = footfall;

namespace {

constexpr std::uint64_t prime = footfall_tests::hash_prime;

// The definition, word by word, with products by doubling and adding.
std::uint64_t by_definition(const std::string& text, std::uint64_t seed) {
  const auto key = footfall_tests::hash_key(seed);
  std::uint64_t hash = text.size() % prime;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t count = text.size() - at < 7 ? text.size() - at : 7;
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, count);
    hash = (footfall_tests::product_modulo_prime(hash, key) + word) % prime;
    at += count;
  }
  return footfall_tests::product_modulo_prime(hash, key);
}

}  // namespace

TEST_CASE("a text's hash is the polynomial that it is said to be") {
  std::string text;
  for (int length = 0; length <= 130; ++length) {
    for (const std::uint64_t seed : {0ULL, 1ULL, 77ULL}) {
      CHECK(ff::text_hash(seed)(text) == by_definition(text, seed));
    }
    text += static_cast<char>(length * 37 + 200);
  }
  const std::string worst(1000, '\xFF');
  CHECK(ff::text_hash(5)(worst) == by_definition(worst, 5));
}

TEST_CASE("texts that differ little have hashes that differ") {
  std::set<std::uint32_t> tags;
  const ff::text_hash hash(3);
  std::vector<std::string> texts;
  for (int zeros = 0; zeros < 30; ++zeros) texts.emplace_back(static_cast<std::size_t>(zeros), '\0');
  for (int each = 0; each < 2000; ++each) texts.push_back("visitor " + std::to_string(each));
  for (const auto& text : texts) tags.insert(static_cast<std::uint32_t>(hash(text)));
  CHECK(tags.size() == texts.size());  // 2 million pairs and 32 bits: one run in 2000 seeds would not
}

TEST_CASE("texts that collide under one key do not under another") {
  const auto texts = footfall_tests::colliding_texts(8, 1000);
  const ff::text_hash known(8), other(9);
  std::set<std::size_t> of_known, of_other;
  for (const auto& text : texts) {
    of_known.insert(known(text));
    of_other.insert(other(text));
  }
  CHECK(of_known.size() == 1);
  CHECK(of_other.size() == 1000);
}

TEST_CASE("keys come from the system, and tables take the hash") {
  CHECK(ff::text_hash()("a visitor") != ff::text_hash()("a visitor"));  // equal once in 2^61
  std::unordered_map<std::string, int, ff::text_hash, std::equal_to<>> table;
  table["one"] = 1;
  CHECK(table.find(std::string_view("one"))->second == 1);
}
