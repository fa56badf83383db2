// SPDX-License-Identifier: MIT
// A short fingerprint of a value: equal values have equal digests, on every machine and in every build.
#pragma once

#include <cstdint>
#include <string>
#include <type_traits>

#include <footfall/core/parts.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// 64 bits (FNV-1a: Fowler, Noll and Vo 1991) over the kind and the parts, numbers in little-endian order, sizes before
/// contents. It tells values apart; it does not protect against somebody who wants two to collide.
struct digest {
  std::uint64_t value = 0xCBF29CE484222325;

  /// 16 hexadecimal digits.
  std::string hex() const {
    std::string out(16, '0');
    for (int i = 0; i < 16; ++i) out[static_cast<std::size_t>(i)] = "0123456789abcdef"[value >> (60 - 4 * i) & 15];
    return out;
  }
  bool operator==(const digest&) const = default;
};

/// The digest of a number, a text, a range, a matrix, or any value with `parts()`. Cost: one pass over the value.
template <class T>
digest digest_of(const T& value) {
  digest result;
  detail::for_each_number(value, [&](auto number) {
    auto bits = static_cast<std::make_unsigned_t<
        std::conditional_t<std::is_same_v<decltype(number), bool>, unsigned char, decltype(number)>>>(number);
    for (std::size_t byte = 0; byte < sizeof bits; ++byte) {
      result.value = (result.value ^ (static_cast<std::uint64_t>(bits) >> (8 * byte) & 0xFF)) * 0x100000001B3;
    }
  });
  return result;
}

FOOTFALL_END_NAMESPACE
