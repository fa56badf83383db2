// SPDX-License-Identifier: MIT
// From the items of a file to a value. The bytes may be anybody's: nothing in them is believed before it is checked.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/huge_pages.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/types.hpp>
#include <footfall/store/item.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace store {

/// Numbers of a file, where they lie: `of<T>()[i]` reads one.
template <class Number>
class stored_numbers {
 public:
  stored_numbers(const std::byte* at, std::size_t count) : at_(at), count_(count) {}

  std::size_t size() const noexcept { return count_; }
  Number operator[](std::size_t i) const noexcept {
    using bits = decltype(footfall::detail::bits_of(Number{}));
    std::make_unsigned_t<std::conditional_t<std::same_as<bits, bool>, unsigned char, bits>> value = 0;
    const std::byte* from = at_ + i * sizeof value;
    if constexpr (std::endian::native == std::endian::little) {
      std::memcpy(&value, from, sizeof value);
    } else {
      for (std::size_t byte = sizeof value; byte-- > 0;) {
        value = static_cast<decltype(value)>(static_cast<std::uint64_t>(value) << 8 |
                                             std::to_integer<std::uint64_t>(from[byte]));
      }
    }
    if constexpr (std::is_floating_point_v<Number>) {
      return std::bit_cast<Number>(value);
    } else if constexpr (std::same_as<Number, bool>) {
      return (value & 1) != 0;
    } else {
      return static_cast<Number>(value);
    }
  }

 private:
  const std::byte* at_;
  std::size_t count_;
};

/// Reads items off bytes, front to back. Every mismatch and every size that is not there is an error of code bad_parts, and
/// no list is made before its bytes were seen: memory stays within the size of the bytes and a small factor.
class decoder {
 public:
  explicit decoder(std::span<const std::byte> bytes) : bytes_(bytes) {}

  bool at_end() const noexcept { return bytes_.empty(); }

  template <class T>
  T take() {
    if constexpr (footfall::detail::scalar_part<T>) {
      return take_number<T>();
    } else if constexpr (has_parts<T>) {
      return std::apply([](auto&&... parts) { return T::from_parts(std::move(parts)...); },
                        take_group<parts_of<T>>(detail::kind_of<T>()));
    } else if constexpr (footfall::detail::dense_part<T>) {
      return take_matrix<T>();
    } else if constexpr (footfall::detail::tuple_part<T>) {
      return take_group<T>({});
    } else if constexpr (std::same_as<T, std::string>) {
      const auto header = take_header(item_kind::text, number_kind::none);
      const auto bytes = contents(header, header.count, 1);
      return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    } else {
      return take_range<T>();
    }
  }

  /// The header of the next item, without believing more than that its contents are there.
  item_header take_header() {
    require(bytes_.size() >= item_header::size, error_code::bad_parts, who, "the bytes end within an item");
    const std::byte* at = bytes_.data();
    for (std::size_t byte = 2; byte < 8; ++byte) {
      require(at[byte] == std::byte{0}, error_code::bad_parts, who, "bytes that must be 0 are not");
    }
    const item_header header{static_cast<item_kind>(at[0]), static_cast<number_kind>(at[1]), little_endian(at + 8),
                             little_endian(at + 16), little_endian(at + 24)};
    bytes_ = bytes_.subspan(item_header::size);
    require(header.bytes % 8 == 0 && header.bytes <= bytes_.size(), error_code::bad_parts, who, name_of(header.kind),
            " claims ", header.bytes, " bytes, there are ", bytes_.size());
    return header;
  }
  /// The bytes of an item whose header was taken.
  std::span<const std::byte> contents(const item_header& header) {
    const auto inside = bytes_.first(header.bytes);
    bytes_ = bytes_.subspan(header.bytes);
    return inside;
  }
  /// The same where these are `count` values of `size` bytes each and zeros.
  std::span<const std::byte> contents(const item_header& header, std::uint64_t count, std::size_t size) {
    require(size > 0 && count <= header.bytes / size && rounded_up(count * size) == header.bytes, error_code::bad_parts,
            who, name_of(header.kind), " of ", count, " has ", header.bytes, " bytes");
    const auto inside = contents(header);
    for (std::size_t at = count * size; at < inside.size(); ++at) {
      require(inside[at] == std::byte{0}, error_code::bad_parts, who, "bytes that must be 0 are not");
    }
    return inside.first(count * size);
  }

 private:
  static constexpr std::string_view who = "load";

  item_header take_header(item_kind kind, number_kind number, bool matrix = false) {
    const auto header = take_header();
    require(header.kind == kind && header.number == number, error_code::bad_parts, who, "expected ", name_of(kind), " ",
            name_of(number), ", found ", name_of(header.kind), " ", name_of(header.number));
    require(matrix || header.rows == 0, error_code::bad_parts, who, "bytes that must be 0 are not");
    return header;
  }

  template <class Number>
  static void require_booleans([[maybe_unused]] std::span<const std::byte> bytes) {
    if constexpr (std::same_as<Number, bool>) {
      std::byte any{0};
      for (const std::byte byte : bytes) any |= byte;
      require(any <= std::byte{1}, error_code::bad_parts, who, "a yes or no must be 0 or 1");
    }
  }

  template <class Number>
  Number take_number() {
    const auto header = take_header(item_kind::number, number_kind_of<Number>());
    require(header.count == 1, error_code::bad_parts, who, "a number must be one");
    const auto bytes = contents(header, 1, sizeof(Number));
    require_booleans<Number>(bytes);
    return stored_numbers<Number>(bytes.data(), 1)[0];
  }

  template <class Number>
  stored_numbers<Number> take_numbers() {
    const auto header = take_header(item_kind::numbers, number_kind_of<Number>());
    const auto bytes = contents(header, header.count, sizeof(Number));
    require_booleans<Number>(bytes);
    return {bytes.data(), header.count};
  }

  // Only the last part may be optional: it is there, or all others are all there is.
  template <class T>
  T take_part(bool all) {
    if constexpr (footfall::detail::optional_part<T>) {
      if (!all) return {};
      return take<typename T::value_type>();
    } else {
      return take<T>();
    }
  }

  // Members of a group stand in order, so a tuple is built in braces, which are evaluated from left to right.
  template <class Tuple>
  Tuple take_group(std::string_view kind) {
    const auto header = take_header(item_kind::group, number_kind::none);
    decoder inside(contents(header));
    const auto found = inside.take<std::string>();
    require(found == kind, error_code::wrong_kind, who, "expected ", kind.empty() ? "a value without a kind" : kind,
            ", found ", found.empty() ? "one without" : found);
    constexpr std::uint64_t most = std::tuple_size_v<Tuple>;
    constexpr std::uint64_t least = []<class... T>(std::type_identity<std::tuple<T...>>) {
      return most - (std::uint64_t{0} + ... + (footfall::detail::optional_part<T> ? 1 : 0));
    }(std::type_identity<Tuple>{});
    require(header.count == most || header.count == least, error_code::bad_parts, who, kind, " has ", least,
            " parts, found ", header.count);
    auto parts = [&]<class... T>(std::type_identity<std::tuple<T...>>) {
      return std::tuple<T...>{inside.take_part<T>(header.count == most)...};
    }(std::type_identity<Tuple>{});
    require(inside.at_end(), error_code::bad_parts, who, "there are bytes behind the parts of ", kind);
    return parts;
  }

  template <class Matrix>
  Matrix take_matrix() {
    using number = typename Matrix::Scalar;
    const auto header = take_header(item_kind::matrix, number_kind_of<number>(), true);
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<index>::max()) / sizeof(number);
    require(header.rows <= most && (header.rows == 0 || header.count <= most / header.rows) && header.count <= most,
            error_code::bad_parts, who, "a matrix of ", header.rows, " x ", header.count, " is too large");
    const auto fits = [](std::uint64_t size, int fixed) {
      return fixed == Eigen::Dynamic || size == static_cast<std::uint64_t>(fixed);
    };
    require(fits(header.rows, Matrix::RowsAtCompileTime) && fits(header.count, Matrix::ColsAtCompileTime),
            error_code::bad_parts, who, "a matrix of ", header.rows, " x ", header.count, " has the wrong shape");
    // No bytes stand behind such rows or columns, and whoever goes through them would not come to an end.
    require((header.rows > 0 && header.count > 0) || (header.rows <= 1 && header.count <= 1), error_code::bad_parts,
            who, "a matrix of ", header.rows, " x ", header.count, " holds no numbers");
    const auto bytes = contents(header, header.rows * header.count, sizeof(number));
    const stored_numbers<number> numbers(bytes.data(), header.rows * header.count);
    Matrix values(static_cast<index>(header.rows), static_cast<index>(header.count));
    std::size_t at = 0;
    for (index column = 0; column < values.cols(); ++column) {
      for (index row = 0; row < values.rows(); ++row) values(row, column) = numbers[at++];
    }
    return values;
  }

  template <class Range>
  Range take_range() {
    using element = std::ranges::range_value_t<Range>;
    Range values;
    const auto make_room = [&](std::uint64_t count) {
      if constexpr (requires { values.resize(0); }) {
        values.resize(count);
      } else {
        require(count == values.size(), error_code::bad_parts, who, "expected ", values.size(), " values, found ",
                count);
      }
    };
    if constexpr (footfall::detail::scalar_part<element>) {
      const auto numbers = take_numbers<element>();
      make_room(numbers.size());
      for (std::size_t i = 0; i < numbers.size(); ++i) values[i] = numbers[i];
    } else if constexpr (record_part<element>) {
      const auto header = take_header(item_kind::records, number_kind::none);
      decoder inside(contents(header));
      const auto members = [&]<class... T>(std::type_identity<std::tuple<T...>>) {
        return std::tuple<stored_numbers<T>...>{inside.take_numbers<T>()...};
      }(std::type_identity<parts_of<element>>{});
      require(inside.at_end(), error_code::bad_parts, who, "there are bytes behind the members of records");
      std::apply(
          [&](const auto... member) {
            require(((member.size() == header.count) && ...), error_code::bad_parts, who,
                    "the members of records are not as many");
            if constexpr (requires(const element* some) { values.insert(values.end(), some, some); }) {
              // Through a block in the first cache: the list is written once and never filled with defaults.
              std::array<element, 256> block;
              values.reserve(header.count);
              advise_huge_pages(values.data(), header.count * sizeof(element));
              for (std::uint64_t begin = 0; begin < header.count; begin += block.size()) {
                const std::size_t count = std::min<std::uint64_t>(block.size(), header.count - begin);
                for (std::size_t i = 0; i < count; ++i) block[i] = element::from_parts(member[begin + i]...);
                values.insert(values.end(), block.data(), block.data() + count);
              }
            } else {
              make_room(header.count);
              for (std::size_t i = 0; i < header.count; ++i) values[i] = element::from_parts(member[i]...);
            }
          },
          members);
    } else {
      const auto header = take_header(item_kind::list, number_kind::none);
      require(header.count <= header.bytes / item_header::size, error_code::bad_parts, who, "a list of ", header.count,
              " has ", header.bytes, " bytes");
      decoder inside(contents(header));
      if constexpr (requires { values.push_back(std::declval<element>()); }) {
        for (std::uint64_t i = 0; i < header.count; ++i) values.push_back(inside.take<element>());
      } else {
        make_room(header.count);
        for (auto& value : values) value = inside.take<element>();
      }
      require(inside.at_end(), error_code::bad_parts, who, "there are bytes behind the items of a list");
    }
    return values;
  }

  std::span<const std::byte> bytes_;
};

}  // namespace store

FOOTFALL_END_NAMESPACE
