// SPDX-License-Identifier: MIT
// A set that stops growing: against a set that does not.
#include <array>
#include <cstdint>
#include <set>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/events/bounded_set.hpp>

namespace ff = footfall;

TEST_CASE("it holds what a set holds, until it is full") {
  ff::random_stream random(5);
  for (const std::size_t most : std::array<std::size_t, 4>{1, 7, 100, 5000}) {
    ff::bounded_set ours;
    std::set<std::uint64_t> theirs;
    for (int i = 0; i < 3000; ++i) {
      const std::uint64_t hash = random.below(1000) << random.below(3) * 20;  // 0 among them, and many repeated
      if (theirs.size() < most) theirs.insert(hash);
      CHECK(ours.insert(hash, most) == theirs.contains(hash));
      CHECK(ours.size() == theirs.size());
    }
  }
}

TEST_CASE("memory follows what it holds") {
  ff::bounded_set set;
  CHECK(set.bytes() == 0);
  for (std::uint64_t i = 0; i < 1000; ++i) set.insert(i, 1000);
  CHECK(set.bytes() == 2048 * 8);
  for (std::uint64_t i = 0; i < 100'000; ++i) set.insert(i, 1000);
  CHECK(set.bytes() == 2048 * 8);
}
