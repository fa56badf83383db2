// SPDX-License-Identifier: MIT
#include <vector>

#include <doctest/doctest.h>

#include <footfall/simd/sum_by_number.hpp>

#include <tests/simd/numbers.hpp>

namespace ff = footfall;
namespace simd = footfall::simd;

TEST_CASE_TEMPLATE("sums by number have the same bits in registers, one by one, and by the rule", Number, float,
                   double) {
  const ff::index stride = simd::summed_rows + 3;
  for (const ff::index columns : {0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 17}) {
    for (const ff::index count : {1, 2, 5}) {
      const auto values = odd_numbers<Number>(static_cast<std::size_t>(stride * columns));
      const auto last = odd_numbers<Number>(static_cast<std::size_t>(simd::summed_rows), 3, 8);
      simd::summed_values<Number> numbers;
      ff::random_stream stream(3);
      for (auto& number : numbers) {
        number = static_cast<Number>(stream.below(static_cast<std::uint64_t>(count + 1))) - 1;
      }
      const auto lanes = static_cast<std::size_t>(count * (columns + 1) * simd::running_lanes);
      const auto start = odd_numbers<double>(lanes, 0, 4);
      auto wide = start, plain = start, expected = start;
      simd::add_by_number(values.data(), stride, columns, last.data(), numbers, count, wide.data());
      simd::add_by_number<Number, Number>(values.data(), stride, columns, last.data(), numbers, count, plain.data());
      std::vector<Number> running(lanes, Number{0});
      for (ff::index row = 0; row < simd::summed_rows; ++row) {
        const auto number = static_cast<ff::index>(numbers[static_cast<std::size_t>(row)]);
        if (number < 0) continue;
        for (ff::index column = 0; column <= columns; ++column) {
          const auto lane = (number * (columns + 1) + column) * simd::running_lanes + row % simd::running_lanes;
          running[static_cast<std::size_t>(lane)] += column < columns
                                                         ? values[static_cast<std::size_t>(column * stride + row)]
                                                         : last[static_cast<std::size_t>(row)];
        }
      }
      for (std::size_t i = 0; i < lanes; ++i) expected[i] += static_cast<double>(running[i]);
      CHECK(wide == plain);
      CHECK(wide == expected);
    }
  }
}
