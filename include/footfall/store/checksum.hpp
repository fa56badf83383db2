// SPDX-License-Identifier: MIT
// A checksum as fast as memory: tells a file that rotted from one that did not.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace store {

/// A number of eight bytes, least significant byte first, whatever the machine.
inline std::uint64_t little_endian(const std::byte* at) noexcept {
  std::uint64_t value = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&value, at, sizeof value);
  } else {
    for (int byte = 7; byte >= 0; --byte) value = value << 8 | std::to_integer<std::uint64_t>(at[byte]);
  }
  return value;
}

/// 64 bits over all bytes and their number. Each step is one to one in what came before and in the word it takes in, so a
/// change within one word of eight bytes is always noticed, any other but once in 2^64. Against somebody who wants to fool
/// it, it does nothing. Four words at a time, so that one multiplication need not wait for the last.
inline std::uint64_t checksum(std::span<const std::byte> bytes) noexcept {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;  // 2^64 over the golden ratio
  const auto mixed = [](std::uint64_t sum, std::uint64_t word) {
    sum = (sum ^ word) * odd;
    return sum ^ sum >> 29;
  };
  std::array<std::uint64_t, 4> lanes = {1, 2, 3, 4};
  std::size_t at = 0;
  for (; at + 32 <= bytes.size(); at += 32) {
    for (std::size_t lane = 0; lane < 4; ++lane) {
      lanes[lane] = mixed(lanes[lane], little_endian(bytes.data() + at + 8 * lane));
    }
  }
  std::uint64_t sum = bytes.size();
  for (const std::uint64_t lane : lanes) sum = mixed(sum, lane);
  for (; at < bytes.size(); at += 8) {
    std::array<std::byte, 8> word{};
    std::memcpy(word.data(), bytes.data() + at, bytes.size() - at < 8 ? bytes.size() - at : 8);
    sum = mixed(sum, little_endian(word.data()));
  }
  return sum;
}

}  // namespace store

FOOTFALL_END_NAMESPACE
