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

/// Sessions that are summed up at a time: so many that at most 32 of them meet in one running number.
inline constexpr index summed_rows = 512;

/// One number for each of `summed_rows` sessions.
template <class Number>
using summed_values = std::array<Number, static_cast<std::size_t>(summed_rows)>;

namespace detail {

/// `Columns` columns of the segments `number`, ..., `number + Numbers - 1`, with all their running numbers in registers.
template <class Batch, index Columns, index Numbers, class Number>
void add_some_columns(const std::array<const Number*, static_cast<std::size_t>(Columns)>& values, const Number* numbers,
                      index number, double* sums, index per_number) {
  constexpr index parts = running_lanes / lanes<Batch>;
  constexpr auto place = [](index which, index column, index part) {
    return static_cast<std::size_t>((which * Columns + column) * parts + part);
  };
  std::array<Batch, static_cast<std::size_t>(Numbers * Columns * parts)> running;
  running.fill(Batch(Number{0}));
  for (index row = 0; row < summed_rows; row += running_lanes) {
    unrolled<parts>([&](index part) __attribute__((always_inline)) {
      const index at = row + part * lanes<Batch>;
      unrolled<Numbers>([&](index which) __attribute__((always_inline)) {
        const auto own = read<Batch>(numbers + at) == Batch(static_cast<Number>(number + which));
        unrolled<Columns>([&](index column) __attribute__((always_inline)) {
          auto& sum = running[place(which, column, part)];
          sum = select(own, Batch(sum + read<Batch>(values[static_cast<std::size_t>(column)] + at)), sum);
        });
      });
    });
  }
  using wide = std::conditional_t<is_plain<Batch>, double, batch<double>>;
  unrolled<Numbers * Columns>([&](index i) __attribute__((always_inline)) {
    std::array<Number, static_cast<std::size_t>(running_lanes)> found;
    for (index part = 0; part < parts; ++part) {
      write(found.data() + part * lanes<Batch>, running[static_cast<std::size_t>(i * parts + part)]);
    }
    double* const to = sums + i / Columns * per_number + i % Columns * running_lanes;
    for (index lane = 0; lane < running_lanes; lane += lanes<wide>) {
      write(to + lane, wide(read<wide>(to + lane) + read<wide>(found.data() + lane)));
    }
  });
}

}  // namespace detail

/// For each number of [0, count) and each column adds the values of those of `summed_rows` rows that have the number.
/// Column c begins `c * stride` behind `values`; behind these `columns` there is another one at `last`. Row i goes to
/// running lane i % 16, in `Number` until the end; `sums` holds `running_lanes` doubles for each column of each number,
/// number by number. Rows with another number (-1) count for none. Cost: rows x count x columns.
template <std::floating_point Number, class Batch = batch<Number>>
void add_by_number(const Number* values, index stride, index columns, const Number* last,
                   const summed_values<Number>& numbers, index count, double* sums) {
  constexpr bool many_registers = lanes<Batch> * sizeof(Number) >= 64;
  constexpr index parts = running_lanes / lanes<Batch>;
  constexpr index together = parts < 8 ? 8 / parts : 1;
  const index per_number = (columns + 1) * running_lanes;
  index column = 0;
  while (column <= columns) {  // groups of one size, so that no register waits for a lonely column
    const index left = columns + 1 - column;
    const index groups = (left + together - 1) / together;
    const index size = (left + groups - 1) / groups;
    with_columns<together>(size, [&](auto known) {
      constexpr index some = known;
      if constexpr (some > 0) {
        std::array<const Number*, static_cast<std::size_t>(some)> from;
        for (index i = 0; i < some; ++i) {
          from[static_cast<std::size_t>(i)] = column + i < columns ? values + (column + i) * stride : last;
        }
        double* const to = sums + column * running_lanes;
        index number = 0;
        if constexpr (many_registers) {
          for (; number + 2 <= count; number += 2) {
            detail::add_some_columns<Batch, some, 2>(from, numbers.data(), number, to + number * per_number,
                                                     per_number);
          }
        }
        for (; number < count; ++number) {
          detail::add_some_columns<Batch, some, 1>(from, numbers.data(), number, to + number * per_number, per_number);
        }
      }
    });
    column += size;
  }
}

}  // namespace simd

FOOTFALL_END_NAMESPACE
