// SPDX-License-Identifier: MIT
// Sums of sessions by the number of their segment, whose bits do not depend on the width of the registers.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>

#include <footfall/core/types.hpp>
#include <footfall/simd/batch.hpp>
#include <footfall/simd/distance.hpp>
#include <footfall/simd/sum.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace simd {

namespace detail {

/// `Columns` columns of one segment at a time, in as many registers as there are.
template <class Batch, index Columns, class Number>
void add_some_columns(const Number* values, const Number* numbers, index number, Number* lanes_of_sums) {
  constexpr index parts = running_lanes / lanes<Batch>;
  std::array<std::array<Batch, static_cast<std::size_t>(parts)>, static_cast<std::size_t>(Columns)> sums;
  unrolled<Columns>([&](index column) __attribute__((always_inline)) {
    unrolled<parts>([&](index part) __attribute__((always_inline)) {
      sums[static_cast<std::size_t>(column)][static_cast<std::size_t>(part)] =
          read<Batch>(lanes_of_sums + column * running_lanes + part * lanes<Batch>);
    });
  });
  const Batch wanted(static_cast<Number>(number));
  for (index row = 0; row < tile_rows; row += running_lanes) {
    unrolled<parts>([&](index part) __attribute__((always_inline)) {
      const index at = row + part * lanes<Batch>;
      const auto own = read<Batch>(numbers + at) == wanted;
      unrolled<Columns>([&](index column) __attribute__((always_inline)) {
        auto& sum = sums[static_cast<std::size_t>(column)][static_cast<std::size_t>(part)];
        sum = select(own, Batch(sum + read<Batch>(values + column * tile_rows + at)), sum);
      });
    });
  }
  unrolled<Columns>([&](index column) __attribute__((always_inline)) {
    unrolled<parts>([&](index part) __attribute__((always_inline)) {
      write(lanes_of_sums + column * running_lanes + part * lanes<Batch>,
            sums[static_cast<std::size_t>(column)][static_cast<std::size_t>(part)]);
    });
  });
}

}  // namespace detail

/// For each number of [0, count) and each column of the tile adds the values of the rows that have the number: row i to
/// running lane i % 16 of `sums`, which holds `running_lanes` numbers for each column of each number, number by number.
/// Rows with another number (-1) count for none. Cost: rows x count x columns.
template <std::floating_point Number, class Batch = batch<Number>>
void add_by_number(const tile<Number>& values, const tile_values<Number>& numbers, index count, Number* sums) {
  constexpr index parts = running_lanes / lanes<Batch>;
  constexpr index together = parts <= 2 ? 8 / parts : parts <= 4 ? 2 : 1;
  for (index number = 0; number < count; ++number) {
    Number* const own = sums + number * values.cols() * running_lanes;
    index column = 0;
    const auto add = [&]<index Columns>(std::integral_constant<index, Columns>) {
      detail::add_some_columns<Batch, Columns>(values.data() + column * tile_rows, numbers.data(), number,
                                               own + column * running_lanes);
      column += Columns;
    };
    while (column + together <= values.cols()) add(std::integral_constant<index, together>{});
    if constexpr (together > 4) {
      if (column + 4 <= values.cols()) add(std::integral_constant<index, 4>{});
    }
    if constexpr (together > 2) {
      if (column + 2 <= values.cols()) add(std::integral_constant<index, 2>{});
    }
    while (column < values.cols()) add(std::integral_constant<index, 1>{});
  }
}

}  // namespace simd

FOOTFALL_END_NAMESPACE
