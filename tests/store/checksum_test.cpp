// SPDX-License-Identifier: MIT
// The checksum notices every changed bit, every cut and every swap of words; and is the same everywhere.
#include <cstddef>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/store/checksum.hpp>

namespace {

namespace ff = footfall;

std::vector<std::byte> counted(std::size_t length) {
  std::vector<std::byte> bytes(length);
  for (std::size_t i = 0; i < length; ++i) bytes[i] = static_cast<std::byte>(i * 31 % 251);
  return bytes;
}

}  // namespace

TEST_CASE("every length and every bit counts") {
  std::set<std::uint64_t> seen;
  std::size_t made = 0;
  for (std::size_t length = 0; length <= 70; ++length) {
    auto bytes = counted(length);
    seen.insert(ff::store::checksum(bytes));
    ++made;
    for (std::size_t at = 0; at < length; ++at) {
      for (int bit = 0; bit < 8; ++bit) {
        bytes[at] ^= std::byte{1} << bit;
        seen.insert(ff::store::checksum(bytes));
        ++made;
        bytes[at] ^= std::byte{1} << bit;
      }
    }
  }
  CHECK(seen.size() == made);
  CHECK(ff::store::checksum(std::vector<std::byte>(8)) != ff::store::checksum(std::vector<std::byte>(16)));
}

TEST_CASE("words in another order are other bytes") {
  auto bytes = counted(64);
  const auto before = ff::store::checksum(bytes);
  for (std::size_t byte = 0; byte < 8; ++byte) std::swap(bytes[byte], bytes[8 + byte]);
  CHECK(ff::store::checksum(bytes) != before);
  bytes = counted(64);
  for (std::size_t byte = 0; byte < 8; ++byte) std::swap(bytes[byte], bytes[32 + byte]);
  CHECK(ff::store::checksum(bytes) != before);
}

TEST_CASE("numbers are read least significant byte first") {
  std::vector<std::byte> bytes(9);
  for (std::size_t i = 0; i < 9; ++i) bytes[i] = static_cast<std::byte>(i);
  CHECK(ff::store::little_endian(bytes.data() + 1) == 0x0807060504030201);
}

// Files rest on these: they must never change.
TEST_CASE("checksums stay what they are") {
  CHECK(ff::store::checksum({}) == 0x84009a13b6293b9a);
  CHECK(ff::store::checksum(counted(100)) == 0x83f5de8ed5a727fd);
}
