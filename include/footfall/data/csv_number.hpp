// SPDX-License-Identifier: MIT
// Decimal numbers in CSV fields: what counts as one, and a short way for the common ones.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>

#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

enum class csv_number { good, too_large, none };

/// Of a decimal number that is not zero and outside the range of double: is it too large (or else too small)?
inline bool beyond_largest(std::string_view digits) {
  const auto e = std::min(digits.find_first_of("eE"), digits.size());
  const auto mantissa = digits.substr(0, e);
  const auto point = static_cast<std::int64_t>(std::min(mantissa.find('.'), mantissa.size()));
  const auto first = static_cast<std::int64_t>(mantissa.find_first_of("123456789"));
  std::int64_t exponent = 0;
  if (e < digits.size()) {
    const bool negative = digits[e + 1] == '-';
    const bool sign = negative || digits[e + 1] == '+';
    const auto read = std::from_chars(digits.data() + e + (sign ? 2 : 1), digits.data() + digits.size(), exponent);
    if (read.ec == std::errc::result_out_of_range) exponent = std::numeric_limits<std::int64_t>::max() / 2;
    if (negative) exponent = -exponent;
  }
  return point - first + exponent > 0;
}

/// Reads `field` as a decimal number: digits with at most one point, perhaps a sign, perhaps an exponent, nothing else.
inline csv_number read_number(std::string_view field, double& number) {
  const bool negative = field.starts_with('-');
  if (negative || field.starts_with('+')) field.remove_prefix(1);
  // from_chars would take `inf`, `nan` and a second sign
  if (field.empty() || ((field[0] < '0' || field[0] > '9') && field[0] != '.')) return csv_number::none;
  const char* const end = field.data() + field.size();
  const auto read = std::from_chars(field.data(), end, number, std::chars_format::general);
  if (read.ptr != end || read.ec == std::errc::invalid_argument) return csv_number::none;
  if (read.ec == std::errc::result_out_of_range) {
    if (beyond_largest(field)) return csv_number::too_large;
    number = 0;
  }
  if (negative) number = -number;
  return csv_number::good;
}

/// The first eight bytes of `at` as one number, the first in the lowest place.
inline std::uint64_t eight_bytes(const char* at) {
  std::uint64_t bytes;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

/// Eight bytes that are equal.
constexpr std::uint64_t everywhere(char byte) {
  return std::uint64_t{0x0101010101010101} * static_cast<unsigned char>(byte);
}

/// The digits at the upper end of eight bytes (0 to 9, zeros before them) as one number: pairs, fours and eights are added up.
constexpr std::uint64_t digits_to_number(std::uint64_t digits) {
  digits = (digits * 10 + (digits >> 8)) & 0x00FF00FF00FF00FF;
  digits = (digits * 100 + (digits >> 16)) & 0x0000FFFF0000FFFF;
  return (digits * 10000 + (digits >> 32)) & 0xFFFFFFFF;
}

/// Up to eight digits at `at`, of which eight bytes can be read: their value, and how many there are.
struct some_digits {
  std::uint64_t value;
  int count;
};
[[gnu::always_inline]] inline some_digits leading_digits(const char* at) {
  const std::uint64_t digits = eight_bytes(at) ^ everywhere('0');  // a digit is now 0 to 9, anything else 10 or more
  const std::uint64_t other = (((digits & everywhere(0x7F)) + everywhere(0x76)) | digits) & ~everywhere(0x7F);
  const int count = std::countr_zero(other) / 8;  // 8 where all are digits
  if (count == 0) return {0, 0};
  return {digits_to_number(digits << (64 - 8 * count)), count};
}

/// The bytes that `read_plain_number` may look at.
inline constexpr std::ptrdiff_t plain_number_bytes = 40;

/// A number of at most 15 digits without exponent, as most are: the end of it, or `at` where there is none. What follows it
/// is for the caller to look at. An integer below 10^15 divided by a power of ten up to 10^15 is rounded once, so this is
/// the nearest double (Clinger 1990). `plain_number_bytes` bytes must be there.
[[gnu::always_inline]] inline const char* read_plain_number(const char* at, double& number) {
  if constexpr (std::endian::native != std::endian::little) return at;
  static constexpr std::array<double, 16> power{1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  static constexpr std::array<std::uint64_t, 9> integer_power{1,      10,      100,      1000,     10000,
                                                              100000, 1000000, 10000000, 100000000};
  const bool negative = *at == '-';
  const char* next = at + negative;
  auto [value, digits] = leading_digits(next);
  next += digits;
  int decimals = 0;
  if (digits == 8) [[unlikely]] {
    const auto [further, count] = leading_digits(next);
    value = value * integer_power[static_cast<std::size_t>(count)] + further;
    digits += count;
    next += count;
  }
  if (*next == '.') {
    const auto [first, count] = leading_digits(++next);
    value = value * integer_power[static_cast<std::size_t>(count)] + first;
    decimals = count;
    next += count;
    if (count == 8) [[unlikely]] {
      const auto [second, more] = leading_digits(next);
      value = value * integer_power[static_cast<std::size_t>(more)] + second;
      decimals += more;
      next += more;
    }
    digits += decimals;
  }
  // Sixteen digits in a row may go on; such fields are read the long way.
  if (digits == 0 || digits > 15) [[unlikely]]
    return at;
  number = static_cast<double>(static_cast<std::int64_t>(value));
  if (decimals > 0) number /= power[static_cast<std::size_t>(decimals)];
  if (negative) number = -number;
  return next;
}

/// A number that fills [at, end): at most 15 digits without exponent, as `read_plain_number`, the common ones of up to eight
/// bytes without looking for their end. False where it is something else. `plain_number_bytes` bytes must be there.
[[gnu::always_inline]] inline bool read_plain_field(const char* at, const char* end, double& number) {
  static constexpr std::array<double, 8> power{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};
  const bool negative = *at == '-';
  const char* const first = at + negative;
  const auto size = static_cast<unsigned>(end - first);
  if (size == 0 || end - first > 8 || std::endian::native != std::endian::little) [[unlikely]] {
    return end > first && read_plain_number(at, number) == end;
  }
  const std::uint64_t all = ~std::uint64_t{0} >> (64 - 8 * size);
  std::uint64_t digits = (eight_bytes(first) ^ everywhere('0')) & all;
  const std::uint64_t other = (((digits & everywhere(0x7F)) + everywhere(0x76)) | digits) & ~everywhere(0x7F);
  unsigned count = size;
  unsigned decimals = 0;
  if (other != 0) {  // a point among at least one digit, and nothing else
    const auto point = static_cast<unsigned>(std::countr_zero(other)) / 8;
    if ((other & (other - 1)) != 0 || first[point] != '.' || size == 1) return false;
    const std::uint64_t before = (std::uint64_t{1} << (8 * point)) - 1;
    digits = (digits & before) | (digits >> 8 & ~before);
    count = size - 1;
    decimals = count - point;
  }
  number = static_cast<double>(static_cast<std::int64_t>(digits_to_number(digits << (64 - 8 * count))));
  if (decimals > 0) number /= power[decimals];
  if (negative) number = -number;
  return true;
}

}  // namespace detail

FOOTFALL_END_NAMESPACE
