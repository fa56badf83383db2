// SPDX-License-Identifier: MIT
#include <vector>

#include <doctest/doctest.h>

#include <footfall/simd/sum_by_number.hpp>

#include <tests/simd/numbers.hpp>

namespace ff = footfall;
namespace simd = footfall::simd;

TEST_CASE_TEMPLATE("sums by number have the same bits in registers, one by one, and by the rule", Number, float,
                   double) {
  for (const ff::index columns : {1, 2, 3, 4, 5, 7, 8, 13, 17}) {
    for (const ff::index count : {1, 2, 5}) {
      const auto numbers_drawn = odd_numbers<Number>(static_cast<std::size_t>(simd::tile_rows * columns));
      const simd::tile<Number> values =
          Eigen::Map<const ff::matrix<Number>>(numbers_drawn.data(), simd::tile_rows, columns);
      simd::tile_values<Number> numbers;
      ff::random_stream stream(3);
      for (auto& number : numbers) {
        number = static_cast<Number>(stream.below(static_cast<std::uint64_t>(count + 1))) - 1;
      }
      const auto start = odd_numbers<Number>(static_cast<std::size_t>(count * columns * simd::running_lanes), 0, 4);
      auto wide = start, plain = start, expected = start;
      simd::add_by_number(values, numbers, count, wide.data());
      simd::add_by_number<Number, Number>(values, numbers, count, plain.data());
      for (ff::index row = 0; row < simd::tile_rows; ++row) {
        const auto number = static_cast<ff::index>(numbers[static_cast<std::size_t>(row)]);
        if (number < 0) continue;
        for (ff::index column = 0; column < columns; ++column) {
          const auto lane = (number * columns + column) * simd::running_lanes + row % simd::running_lanes;
          expected[static_cast<std::size_t>(lane)] += values(row, column);
        }
      }
      CHECK(wide == plain);
      CHECK(wide == expected);
    }
  }
}
