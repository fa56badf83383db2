// SPDX-License-Identifier: MIT
#include <cstdint>
#include <numeric>
#include <type_traits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/forest/training_rows.hpp>

namespace ff = footfall;

TEST_CASE("a row holds its codes first and its counts last, in whole registers") {
  for (const ff::index cols : {1, 7, 8, 9, 18, 24, 25, 40, 41, 57, 200}) {
    CAPTURE(cols);
    const ff::detail::row_layout layout(cols);
    CHECK(layout.stride % 16 == 0);
    CHECK(layout.stride >= static_cast<std::size_t>(cols) + 8);
    CHECK(layout.stride < static_cast<std::size_t>(cols) + 8 + 16);

    ff::bin_codes codes{std::vector<std::uint8_t>(static_cast<std::size_t>(3 * cols)), 3, cols};
    std::iota(codes.values.begin(), codes.values.end(), std::uint8_t{5});
    std::vector<ff::detail::class_counts> counts;
    for (std::uint32_t i = 0; i < 3; ++i) counts.push_back(ff::detail::class_counts::of(0x10203040 + i, i == 1));
    const ff::detail::training_rows rows(codes, counts);
    CHECK(rows.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
      const std::uint8_t* const given = codes.row(static_cast<ff::index>(i));
      CHECK(std::equal(given, given + cols, rows.row(i)));
      CHECK(rows.layout().counts(rows.row(i)).packed == counts[i].packed);
    }
  }
}

TEST_CASE("a common length of a row is a constant, any other one is handed on") {
  for (const std::size_t stride : {16U, 32U, 48U, 64U, 80U, 208U}) {
    const auto [given, constant] = ff::detail::with_stride(stride, [](auto each) {
      return std::pair(static_cast<std::size_t>(each), !std::is_same_v<decltype(each), std::size_t>);
    });
    CHECK(given == stride);
    CHECK(constant == (stride <= 64));
  }
}
