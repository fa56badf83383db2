// SPDX-License-Identifier: MIT
// What a model file is made of: items, each a header of 32 bytes and its contents.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <footfall/core/parts.hpp>
#include <footfall/store/checksum.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace store {

/// The kinds of items. Numbers lie one after another without gaps, least significant byte first; every item ends on a
/// multiple of eight bytes, filled up with zeros.
enum class item_kind : std::uint8_t {
  number = 1,   ///< one number, in eight bytes
  text = 2,     ///< bytes
  numbers = 3,  ///< a list of numbers
  matrix = 4,   ///< numbers column by column
  list = 5,     ///< items of one type
  records = 6,  ///< a list of values that are made of numbers: for each member an item of all its numbers
  group = 7     ///< a value with parts: its kind as a text, then its parts
};

enum class number_kind : std::uint8_t {
  none = 0,
  boolean = 1,
  u8 = 2,
  u16 = 3,
  u32 = 4,
  u64 = 5,
  i8 = 6,
  i16 = 7,
  i32 = 8,
  i64 = 9,
  f32 = 10,
  f64 = 11
};

constexpr std::string_view name_of(item_kind kind) noexcept {
  constexpr std::array<std::string_view, 8> names = {"nothing",  "a number", "a text",  "numbers",
                                                     "a matrix", "a list",   "records", "a group"};
  return names[static_cast<std::size_t>(kind) < names.size() ? static_cast<std::size_t>(kind) : 0];
}
constexpr std::string_view name_of(number_kind kind) noexcept {
  constexpr std::array<std::string_view, 12> names = {"",   "bool", "u8",  "u16", "u32", "u64",
                                                      "i8", "i16",  "i32", "i64", "f32", "f64"};
  return names[static_cast<std::size_t>(kind) < names.size() ? static_cast<std::size_t>(kind) : 0];
}
/// Bytes of one such number; 0 for a kind that does not exist.
constexpr std::size_t size_of(number_kind kind) noexcept {
  constexpr std::array<std::size_t, 12> sizes = {0, 1, 1, 2, 4, 8, 1, 2, 4, 8, 4, 8};
  return static_cast<std::size_t>(kind) < sizes.size() ? sizes[static_cast<std::size_t>(kind)] : 0;
}

/// How a number of type T is stored; enums as the integer under them.
template <class T>
constexpr number_kind number_kind_of() {
  if constexpr (std::is_enum_v<T>) {
    return number_kind_of<std::underlying_type_t<T>>();
  } else if constexpr (std::same_as<T, bool>) {
    return number_kind::boolean;
  } else if constexpr (std::is_floating_point_v<T>) {
    static_assert(sizeof(T) == 4 || sizeof(T) == 8, "a part that is a number must be an integer, float or double");
    return sizeof(T) == 4 ? number_kind::f32 : number_kind::f64;
  } else {
    constexpr int log = sizeof(T) == 1 ? 0 : sizeof(T) == 2 ? 1 : sizeof(T) == 4 ? 2 : 3;
    return static_cast<number_kind>((std::is_signed_v<T> ? 6 : 2) + log);
  }
}

/// The header of an item. Nothing in it is padding: 32 bytes, so that no value in memory outgrows its item by much.
struct item_header {
  item_kind kind{};
  number_kind number{};
  std::uint64_t count =
      0;  ///< numbers, bytes of a text, items of a list, records, parts of a group, columns of a matrix
  std::uint64_t rows = 0;   ///< of a matrix, else 0
  std::uint64_t bytes = 0;  ///< that follow, a multiple of eight

  static constexpr std::size_t size = 32;
  bool operator==(const item_header&) const = default;
};

constexpr std::uint64_t rounded_up(std::uint64_t bytes) noexcept { return (bytes + 7) / 8 * 8; }

template <class T>
concept text_part = std::same_as<T, std::string> || std::same_as<T, std::string_view>;

namespace detail {

template <class Tuple>
struct all_numbers : std::false_type {};
template <class... T>
struct all_numbers<std::tuple<T...>> : std::bool_constant<(std::is_arithmetic_v<T> && ...)> {};

template <class T>
constexpr bool is_record() {
  if constexpr (has_parts<T>) {
    return all_numbers<parts_of<T>>::value && !requires { T::kind; };
  } else {
    return false;
  }
}

template <class T>
constexpr std::string_view kind_of() {
  if constexpr (requires { T::kind; }) {
    return T::kind;
  } else {
    return {};
  }
}

}  // namespace detail

/// A value that lists hold member by member: its parts are plain numbers, and it has no kind of its own.
template <class T>
concept record_part = detail::is_record<T>();

}  // namespace store

FOOTFALL_END_NAMESPACE
