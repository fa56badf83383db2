// SPDX-License-Identifier: MIT
// The parts of a fitted value: its members, named once. Equality, the digest and files on disk come from these alone.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <Eigen/Core>

#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A type that names its members: `auto parts() const { return std::tie(a_, b_); }`. Its counterpart is a static
/// `from_parts(a, b)` that checks them and throws `error_code::bad_parts`. The last part may be a `std::optional`: where
/// it is empty, digest and file are those of a value without it, so a type may gain such a part later.
template <class T>
concept has_parts = requires(const T& value) { value.parts(); };

/// The parts of `T` as values, in order: what `T::from_parts` takes.
template <has_parts T>
using parts_of = decltype(std::apply(
    [](const auto&... members) { return std::tuple<std::remove_cvref_t<decltype(members)>...>(members...); },
    std::declval<const T&>().parts()));

namespace detail {

template <class T>
concept scalar_part = std::is_arithmetic_v<T> || std::is_enum_v<T>;

template <class T>
concept tuple_part = !has_parts<T> && !std::ranges::range<T> && requires { std::tuple_size<T>::value; };

template <class T>
concept dense_part = std::derived_from<T, Eigen::DenseBase<T>>;

template <class T>
struct optional_value {};
template <class T>
struct optional_value<std::optional<T>> {
  using type = T;
};

template <class T>
concept optional_part = requires { typename optional_value<T>::type; };

/// Whether an optional part stands where it may: last, or nowhere.
template <class Tuple>
constexpr bool only_last_is_optional = []<std::size_t... I>(std::index_sequence<I...>) {
  return ((I + 1 == sizeof...(I) || !optional_part<std::remove_cvref_t<std::tuple_element_t<I, Tuple>>>)&&...);
}(std::make_index_sequence<std::tuple_size_v<Tuple>>{});

/// The bits of a number as they count for equality: one NaN stands for all.
template <scalar_part T>
auto bits_of(T value) noexcept {
  if constexpr (std::is_enum_v<T>) {
    return static_cast<std::underlying_type_t<T>>(value);
  } else if constexpr (std::same_as<T, float>) {
    return value != value ? std::uint32_t{0x7FC00000} : std::bit_cast<std::uint32_t>(value);
  } else if constexpr (std::same_as<T, double>) {
    return value != value ? std::uint64_t{0x7FF8000000000000} : std::bit_cast<std::uint64_t>(value);
  } else {
    static_assert(std::is_integral_v<T>, "a part that is a number must be an integer, float or double");
    return value;
  }
}

/// Calls `visit(number)` for every number in `value`, sizes before contents, in a fixed order.
template <class T, class Visit>
void for_each_number(const T& value, Visit&& visit) {
  if constexpr (scalar_part<T>) {
    visit(bits_of(value));
  } else if constexpr (has_parts<T>) {
    if constexpr (requires { T::kind; }) for_each_number(std::string_view(T::kind), visit);
    for_each_number(value.parts(), visit);
  } else if constexpr (dense_part<T>) {
    visit(static_cast<std::int64_t>(value.rows()));
    visit(static_cast<std::int64_t>(value.cols()));
    for (Eigen::Index column = 0; column < value.cols(); ++column) {
      for (Eigen::Index row = 0; row < value.rows(); ++row) visit(bits_of(value(row, column)));
    }
  } else if constexpr (optional_part<T>) {
    if (!value.has_value()) return;
    visit(std::int64_t{-1});  // no size: nothing without this part has the same numbers
    for_each_number(*value, visit);
  } else if constexpr (tuple_part<T>) {
    static_assert(only_last_is_optional<T>, "only the last part may be optional");
    std::apply([&](const auto&... members) { (for_each_number(members, visit), ...); }, value);
  } else {
    static_assert(std::ranges::sized_range<const T>, "a part must be a number, a range, a matrix, or have parts()");
    visit(static_cast<std::int64_t>(std::ranges::size(value)));
    for (const auto& element : value) for_each_number(element, visit);
  }
}

template <class T>
bool same(const T& a, const T& b) {
  if constexpr (scalar_part<T>) {
    return bits_of(a) == bits_of(b);
  } else if constexpr (has_parts<T>) {
    return same(a.parts(), b.parts());
  } else if constexpr (dense_part<T>) {
    if (a.rows() != b.rows() || a.cols() != b.cols()) return false;
    for (Eigen::Index column = 0; column < a.cols(); ++column) {
      for (Eigen::Index row = 0; row < a.rows(); ++row) {
        if (!same(a(row, column), b(row, column))) return false;
      }
    }
    return true;
  } else if constexpr (optional_part<T>) {
    return a.has_value() == b.has_value() && (!a.has_value() || same(*a, *b));
  } else if constexpr (tuple_part<T>) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return (same(std::get<I>(a), std::get<I>(b)) && ...);
    }(std::make_index_sequence<std::tuple_size_v<T>>{});
  } else {
    if (std::ranges::size(a) != std::ranges::size(b)) return false;
    auto other = std::ranges::begin(b);
    for (const auto& element : a) {
      if (!same(element, *other)) return false;
      ++other;
    }
    return true;
  }
}

}  // namespace detail

/// Same numbers in the same places, to the last bit; a missing value (NaN) equals a missing value.
template <has_parts T>
bool same_parts(const T& a, const T& b) {
  return detail::same(a.parts(), b.parts());
}

FOOTFALL_END_NAMESPACE
