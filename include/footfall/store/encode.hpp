// SPDX-License-Identifier: MIT
// From the parts of a value to the items of a file.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <ranges>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/store/item.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace store {

/// Appends items to bytes.
class encoder {
 public:
  const std::vector<std::byte>& bytes() const noexcept { return bytes_; }
  /// Whether an optional part was there: format 1 has none.
  bool has_optional() const noexcept { return has_optional_; }

  /// A number, a text, a range, a matrix, a tuple, or a value with parts. Throws bad_parts for a matrix that has no numbers
  /// and yet many rows or columns: a reader would have to go through them, however many a file claims.
  template <class T>
  void put(const T& value) {
    if constexpr (footfall::detail::scalar_part<T>) {
      const item at(*this, {item_kind::number, number_kind_of<T>(), 1, 0, 0});
      append(value);
    } else if constexpr (has_parts<T>) {
      const auto& parts = value.parts();
      put_group(detail::kind_of<T>(), parts);
    } else if constexpr (footfall::detail::dense_part<T>) {
      using number = typename T::Scalar;
      require(value.size() > 0 || (value.rows() <= 1 && value.cols() <= 1), error_code::bad_parts, "save",
              "a matrix of ", value.rows(), " x ", value.cols(), " holds no numbers");
      const item at(*this, {item_kind::matrix, number_kind_of<number>(), static_cast<std::uint64_t>(value.cols()),
                            static_cast<std::uint64_t>(value.rows()), 0});
      for (Eigen::Index column = 0; column < value.cols(); ++column) {
        for (Eigen::Index row = 0; row < value.rows(); ++row) append(value(row, column));
      }
    } else if constexpr (footfall::detail::tuple_part<T>) {
      put_group({}, value);
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
      const std::string_view text = value;
      const item at(*this, {item_kind::text, number_kind::none, text.size(), 0, 0});
      append_bytes(text.data(), text.size());
    } else {
      put_range(value);
    }
  }

 private:
  // Writes a header, and at the end of its life what follows it: the number of bytes and zeros up to a multiple of eight.
  class item {
   public:
    item(encoder& to, const item_header& header) : to_(to), at_(to.bytes_.size()) {
      to_.append(header.kind);
      to_.append(header.number);
      to_.bytes_.resize(at_ + 8);
      to_.append(header.count);
      to_.append(header.rows);
      to_.bytes_.resize(at_ + item_header::size);
    }
    ~item() {
      to_.bytes_.resize(rounded_up(to_.bytes_.size()));
      std::uint64_t bytes = to_.bytes_.size() - at_ - item_header::size;
      for (std::size_t byte = 0; byte < 8; ++byte, bytes >>= 8) {
        to_.bytes_[at_ + 24 + byte] = static_cast<std::byte>(bytes & 0xFF);
      }
    }
    item(const item&) = delete;
    item& operator=(const item&) = delete;

   private:
    encoder& to_;
    std::size_t at_;
  };

  void append_bytes(const void* from, std::size_t count) {
    const auto* bytes = static_cast<const std::byte*>(from);
    bytes_.insert(bytes_.end(), bytes, bytes + count);
  }
  template <class Number>
  void append(Number value) {
    const std::size_t begin = bytes_.size();
    bytes_.resize(begin + sizeof(Number));
    write(bytes_.data() + begin, value);
  }
  // One missing value is written for all, so that equal values have equal bytes.
  template <class Number>
  static void write(std::byte* to, Number value) noexcept {
    const auto bits = footfall::detail::bits_of(value);
    static_assert(sizeof bits == sizeof value);
    if constexpr (std::endian::native == std::endian::little) {
      std::memcpy(to, &bits, sizeof bits);
    } else {
      for (std::size_t byte = 0; byte < sizeof bits; ++byte) {
        to[byte] = static_cast<std::byte>(static_cast<std::uint64_t>(bits) >> (8 * byte) & 0xFF);
      }
    }
  }

  // The count says whether the optional part, which comes last, is there.
  template <class Tuple>
  void put_group(std::string_view kind, const Tuple& parts) {
    static_assert(footfall::detail::only_last_is_optional<Tuple>, "only the last part may be optional");
    std::uint64_t count = std::tuple_size_v<Tuple>;
    const auto leave_out_absent = [&]<class Part>(const Part& part) {
      if constexpr (footfall::detail::optional_part<Part>) count -= part.has_value() ? 0 : 1;
    };
    std::apply([&](const auto&... part) { (leave_out_absent(part), ...); }, parts);
    const item at(*this, {item_kind::group, number_kind::none, count, 0, 0});
    put(kind);
    std::apply([&](const auto&... part) { (put_part(part), ...); }, parts);
  }
  template <class Part>
  void put_part(const Part& part) {
    if constexpr (footfall::detail::optional_part<Part>) {
      if (!part.has_value()) return;
      has_optional_ = true;
      put(*part);
    } else {
      put(part);
    }
  }

  template <class Range>
  void put_range(const Range& values) {
    static_assert(std::ranges::sized_range<const Range>, "a part must be a number, a range, a matrix, or have parts()");
    using element = std::ranges::range_value_t<Range>;
    const auto count = static_cast<std::uint64_t>(std::ranges::size(values));
    if constexpr (footfall::detail::scalar_part<element>) {
      put_numbers<element>(count, values, [](const element& each) { return each; });
    } else if constexpr (record_part<element>) {
      const item at(*this, {item_kind::records, number_kind::none, count, 0, 0});
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        (put_numbers<std::tuple_element_t<I, parts_of<element>>>(
             count, values, [](const element& each) { return std::get<I>(each.parts()); }),
         ...);
      }(std::make_index_sequence<std::tuple_size_v<parts_of<element>>>{});
    } else {
      const item at(*this, {item_kind::list, number_kind::none, count, 0, 0});
      for (const auto& each : values) put(each);
    }
  }

  template <class Number, class Range, class Member>
  void put_numbers(std::uint64_t count, const Range& values, const Member& member_of) {
    const item at(*this, {item_kind::numbers, number_kind_of<Number>(), count, 0, 0});
    const std::size_t begin = bytes_.size();
    bytes_.resize(begin + count * sizeof(Number));
    std::byte* to = bytes_.data() + begin;
    for (const auto& value : values) {
      write(to, static_cast<Number>(member_of(value)));
      to += sizeof(Number);
    }
  }

  std::vector<std::byte> bytes_;
  bool has_optional_ = false;
};

}  // namespace store

FOOTFALL_END_NAMESPACE
