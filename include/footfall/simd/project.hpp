// SPDX-License-Identifier: MIT
// Sessions along axes: the products that principal components are scored by.
#pragma once

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <limits>

#include <footfall/core/types.hpp>
#include <footfall/simd/batch.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace simd {

namespace detail {

/// `project` for `Axes` axes in one reading.
template <index Axes, class Batch, class Scalar>
bool project_on(const Scalar* from, index stride, index count, index columns, const double* mean, const double* axes,
                Scalar* to, index to_stride) {
  constexpr index together = 4;
  const Batch limit(static_cast<double>(std::numeric_limits<Scalar>::max()));
  Batch bad(0.0);
  bool good = true;
  index i = 0;
  for (; i + together * lanes<Batch> <= count; i += together * lanes<Batch>) {
    std::array<Batch, static_cast<std::size_t>(Axes * together)> sums;
    sums.fill(Batch(0.0));
    for (index column = 0; column < columns; ++column) {
      const Batch zero(mean[column]);
      const Scalar* const values = from + column * stride + i;
      fetch_ahead(values);
      fetch_ahead(values + together / 2 * lanes<Batch>);
      unrolled<together>([&](index part) __attribute__((always_inline)) {
        const Batch value = read<Batch>(values + part * lanes<Batch>) - zero;
        unrolled<Axes>([&](index axis) __attribute__((always_inline)) {
          auto& sum = sums[static_cast<std::size_t>(axis * together + part)];
          sum = sum + value * Batch(axes[axis * columns + column]);
        });
      });
    }
    unrolled<Axes>([&](index axis) __attribute__((always_inline)) {
      unrolled<together>([&](index part) __attribute__((always_inline)) {
        const Batch& sum = sums[static_cast<std::size_t>(axis * together + part)];
        bad = select(abs(sum) <= limit, bad, Batch(1.0));
        write(to + axis * to_stride + i + part * lanes<Batch>, sum);
      });
    });
  }
  std::array<double, static_cast<std::size_t>(lanes<Batch>)> flags;
  write(flags.data(), bad);
  for (const double flag : flags) good = good && flag == 0;
  for (; i < count; ++i) {
    for (index axis = 0; axis < Axes; ++axis) {
      double sum = 0;
      for (index column = 0; column < columns; ++column) {
        sum = sum + (static_cast<double>(from[column * stride + i]) - mean[column]) * axes[axis * columns + column];
      }
      good = good && std::abs(sum) <= static_cast<double>(std::numeric_limits<Scalar>::max());
      to[axis * to_stride + i] = static_cast<Scalar>(sum);
    }
  }
  return good;
}

}  // namespace detail

/// The sessions of `count` rows (column c begins `c * stride` behind `from`) minus `mean`, along `axes`: value i of axis a
/// goes to `to + a * to_stride`. `axes` lie one after the other, a number a column. Worked out in double, rounded once;
/// false when a result is NaN, infinite or too large. A row's bits do not depend on where it stands.
template <std::floating_point Scalar, class Batch = batch<double>>
[[nodiscard]] bool project(const Scalar* from, index stride, index count, index columns, const double* mean,
                           const double* axes, index axis_count, Scalar* to, index to_stride) {
  bool good = true;
  index axis = 0;
  for (; axis + 2 <= axis_count; axis += 2) {
    good = detail::project_on<2, Batch>(from, stride, count, columns, mean, axes + axis * columns,
                                        to + axis * to_stride, to_stride) &&
           good;
  }
  if (axis < axis_count) {
    good = detail::project_on<1, Batch>(from, stride, count, columns, mean, axes + axis * columns,
                                        to + axis * to_stride, to_stride) &&
           good;
  }
  return good;
}

}  // namespace simd

FOOTFALL_END_NAMESPACE
