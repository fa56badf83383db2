// SPDX-License-Identifier: MIT
// Means of columns and the products of their deviations in one reading: steady far from zero, mergeable.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/simd/batch.hpp>
#include <footfall/simd/distance.hpp>
#include <footfall/simd/sum.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace simd {

/// What is known of some sessions: divided by `weight`, `products` is their covariance. Of no sessions: weight 0.
struct comoments {
  double weight = 0;        ///< total weight; without weights the number of sessions
  Eigen::VectorXd mean;     ///< weighted mean of each column
  matrix<double> products;  ///< weighted sums of products of deviations from the means, column by column; symmetric
  bool finite = true;       ///< false: a value is NaN, infinite or too large for the sums; then the rest says nothing
};

/// The comoments of both sets of sessions together (Chan, Golub and LeVeque 1979). Bits depend on the order of merging.
inline comoments merge(comoments a, const comoments& b) {
  const bool finite = a.finite && b.finite;
  if (b.weight > 0 && a.weight > 0) {
    const double weight = a.weight + b.weight;
    const double share = b.weight / weight;
    Eigen::VectorXd step = b.mean;
    for (index i = 0; i < step.size(); ++i) step[i] -= a.mean[i];
    for (index i = 0; i < step.size(); ++i) {
      for (index j = 0; j < step.size(); ++j) {
        const double product = step[i] * step[j] * a.weight * share;
        a.products(i, j) = a.products(i, j) + b.products(i, j) + product;
      }
      a.mean[i] += step[i] * share;
    }
    a.weight = weight;
  } else if (b.weight > 0) {
    a = b;
  }
  a.finite = finite;
  return a;
}

/// Running lanes of a sum of products: row i of a tile goes to lane i % 8.
inline constexpr index product_lanes = 8;

namespace detail {

template <class Batch, index Left, index Right>
void add_some_products(const double* left, const double* right, double* const* sums) {
  constexpr index parts = product_lanes / lanes<Batch>;
  constexpr auto size = static_cast<std::size_t>(Left * Right * parts);
  std::array<Batch, size> running;
  unrolled<Left * Right>([&](index pair) __attribute__((always_inline)) {
    unrolled<parts>([&](index part) __attribute__((always_inline)) {
      running[static_cast<std::size_t>(pair * parts + part)] = read<Batch>(sums[pair] + part * lanes<Batch>);
    });
  });
  for (index row = 0; row < tile_rows; row += product_lanes) {
    unrolled<parts>([&](index part) __attribute__((always_inline)) {
      const index at = row + part * lanes<Batch>;
      std::array<Batch, static_cast<std::size_t>(Right)> second;
      unrolled<Right>([&](index j) __attribute__((always_inline)) {
        second[static_cast<std::size_t>(j)] = read<Batch>(right + j * tile_rows + at);
      });
      unrolled<Left>([&](index i) __attribute__((always_inline)) {
        const Batch first = read<Batch>(left + i * tile_rows + at);
        unrolled<Right>([&](index j) __attribute__((always_inline)) {
          auto& sum = running[static_cast<std::size_t>((i * Right + j) * parts + part)];
          sum = sum + first * second[static_cast<std::size_t>(j)];
        });
      });
    });
  }
  unrolled<Left * Right>([&](index pair) __attribute__((always_inline)) {
    unrolled<parts>([&](index part) __attribute__((always_inline)) {
      write(sums[pair] + part * lanes<Batch>, running[static_cast<std::size_t>(pair * parts + part)]);
    });
  });
}

}  // namespace detail

/// Adds to `sums`, `product_lanes` doubles for each pair of columns (column j of row i of a square), the products of the
/// columns i of `left` and j of `right` for i <= j, and for some pairs beyond.
template <class Batch = batch<double>>
void add_products(const tile<double>& left, const tile<double>& right, double* sums) {
  constexpr index together = lanes<Batch> >= 8 ? 4 : lanes<Batch> >= 4 ? 2 : 1;
  const index columns = left.cols();
  const auto add = [&]<index Left, index Right>(std::integral_constant<index, Left>,
                                                std::integral_constant<index, Right>, index i, index j) {
    std::array<double*, static_cast<std::size_t>(Left * Right)> to;
    for (index a = 0; a < Left; ++a) {
      for (index b = 0; b < Right; ++b) {
        to[static_cast<std::size_t>(a * Right + b)] = sums + ((i + a) * columns + j + b) * product_lanes;
      }
    }
    detail::add_some_products<Batch, Left, Right>(left.col(i).data(), right.col(j).data(), to.data());
  };
  constexpr std::integral_constant<index, together> some{};
  constexpr std::integral_constant<index, 1> one{};
  for (index i = 0; i < columns;) {
    const bool several = i + together <= columns;
    for (index j = i; j < columns;) {
      if (several && j + together <= columns) {
        add(some, some, i, j);
        j += together;
      } else {
        for (index a = i; a < i + (several ? together : 1); ++a) add(one, one, a, j);
        ++j;
      }
    }
    i += several ? together : 1;
  }
}

/// Comoments of the rows [begin, end), at most `chunk_rows` of them, minus `shift`, a number a column: means too. Two
/// passes, the second around the means.
template <std::floating_point Scalar>
comoments chunk_comoments(const matrix_view<Scalar>& x, const weights& w, const std::vector<double>& shift, index begin,
                          index end) {
  const index columns = x.cols();
  const auto plus = [](double a, double b) { return a + b; };
  const double* const chunk_weights = w.empty() ? nullptr : w.values().data() + begin;
  comoments result;
  result.mean.setZero(columns);
  result.products.setZero(columns, columns);
  const std::vector<double> ones(chunk_weights == nullptr ? 0 : static_cast<std::size_t>(end - begin), 1.0);
  result.weight =
      chunk_weights == nullptr ? static_cast<double>(end - begin) : sum(ones.data(), chunk_weights, end - begin);
  const double divisor = result.weight > 0 ? result.weight : 1;
  for (index column = 0; column < columns; ++column) {
    const Scalar* const values = x.data() + column * x.outerStride() + begin;
    const double zero = shift[static_cast<std::size_t>(column)];
    const auto running = run_lanes<batch<double>, 1>(end - begin, {0.0}, [&](auto& state, index i) {
      using wide = std::remove_cvref_t<decltype(state[0])>;
      const auto value = read<wide>(values + i) - zero;
      state[0] += chunk_weights == nullptr ? value : value * read<wide>(chunk_weights + i);
    });
    result.mean[column] = fold(running[0], plus) / divisor;
  }

  std::vector<double> sums(static_cast<std::size_t>(columns * columns * product_lanes), 0.0);
  tile<double> deviations(tile_rows, columns);
  deviations.setZero();
  tile<double> weighted;
  for (index row = begin; row < end; row += tile_rows) {
    const index rows = std::min(tile_rows, end - row);
    if (rows < tile_rows) deviations.setZero();
    for (index column = 0; column < columns; ++column) {
      const Scalar* const values = x.data() + column * x.outerStride() + row;
      const double zero = shift[static_cast<std::size_t>(column)];
      const double mean = result.mean[column];
      double* const to = deviations.col(column).data();
      index i = 0;
      for (; i + lanes<batch<double>> <= rows; i += lanes<batch<double>>) {
        write(to + i, batch<double>((read<batch<double>>(values + i) - zero) - mean));
      }
      for (; i < rows; ++i) to[i] = (static_cast<double>(values[i]) - zero) - mean;
    }
    if (w.empty()) {
      add_products(deviations, deviations, sums.data());
    } else {
      weighted = deviations;
      for (index column = 0; column < columns; ++column) {
        for (index i = 0; i < rows; ++i) weighted(i, column) *= w[row + i];
      }
      add_products(deviations, weighted, sums.data());
    }
  }
  for (index i = 0; i < columns; ++i) {
    for (index j = i; j < columns; ++j) {
      const double* const from = sums.data() + (i * columns + j) * product_lanes;
      double total = 0;
      for (index lane = 0; lane < product_lanes / 2; ++lane) total += from[lane] + from[lane + product_lanes / 2];
      result.products(i, j) = total;
      result.products(j, i) = total;
    }
    result.finite = result.finite && std::isfinite(result.products(i, i));  // NaN and overflow of any value reach it
  }
  return result;
}

/// Comoments of all columns of `x`. Values are taken minus the column's first, so that a constant column has products of
/// exactly zero and a mean of exactly its value. The same bits for any number of threads. Whoever finds `finite` false
/// asks `require_finite` for the place. Cost: one reading of `x`, rows x columns^2 / 2.
template <std::floating_point Scalar>
comoments comoments_of(const matrix_view<Scalar>& x, const weights& w, workers& team) {
  constexpr index block_chunks = 16;  // merged one after the other before blocks are
  std::vector<double> shift;
  for (index column = 0; column < x.cols(); ++column)
    shift.push_back(x.rows() > 0 ? static_cast<double>(x(0, column)) : 0);
  constexpr index block = block_chunks * chunk_rows;
  std::vector<comoments> parts(static_cast<std::size_t>((x.rows() + block - 1) / block));
  team.for_each_block(x.rows(), block, [&](index begin, index end) {
    auto& part = parts[static_cast<std::size_t>(begin / block)];
    for (index row = begin; row < end; row += chunk_rows) {
      part = merge(std::move(part), chunk_comoments(x, w, shift, row, std::min(end, row + chunk_rows)));
    }
  });
  comoments whole;
  for (const auto& part : parts) whole = merge(std::move(whole), part);
  for (index i = 0; i < whole.mean.size(); ++i) {
    whole.mean[i] += shift[static_cast<std::size_t>(i)];
    whole.finite = whole.finite && std::isfinite(whole.mean[i]);
    for (index j = 0; j < whole.mean.size(); ++j) whole.finite = whole.finite && std::isfinite(whole.products(i, j));
  }
  return whole;
}

/// The sessions of `count` rows (column c begins `c * stride` behind `from`) minus `mean`, along `axes`: value i of axis a
/// goes to `to + a * to_stride`. `axes` lie one after the other, a number a column. Worked out in double, rounded once;
/// false when a result is NaN, infinite or too large. A row's bits do not depend on where it stands.
template <std::floating_point Scalar, class Batch = batch<double>>
[[nodiscard]] bool project(const Scalar* from, index stride, index count, index columns, const double* mean,
                           const double* axes, index axis_count, Scalar* to, index to_stride) {
  const Batch limit(static_cast<double>(std::numeric_limits<Scalar>::max()));
  bool good = true;
  for (index axis = 0; axis < axis_count; ++axis) {
    const double* const loading = axes + axis * columns;
    Scalar* const result = to + axis * to_stride;
    Batch bad(0.0);
    constexpr index together = 4;
    index i = 0;
    for (; i + together * lanes<Batch> <= count; i += together * lanes<Batch>) {
      std::array<Batch, static_cast<std::size_t>(together)> sums;
      sums.fill(Batch(0.0));
      for (index column = 0; column < columns; ++column) {
        const Batch zero(mean[column]);
        const Batch share(loading[column]);
        const Scalar* const values = from + column * stride + i;
        unrolled<together>([&](index part) __attribute__((always_inline)) {
          auto& sum = sums[static_cast<std::size_t>(part)];
          sum = sum + (read<Batch>(values + part * lanes<Batch>) - zero) * share;
        });
      }
      unrolled<together>([&](index part) __attribute__((always_inline)) {
        const Batch& sum = sums[static_cast<std::size_t>(part)];
        bad = select(abs(sum) <= limit, bad, Batch(1.0));
        write(result + i + part * lanes<Batch>, sum);
      });
    }
    std::array<double, static_cast<std::size_t>(lanes<Batch>)> flags;
    write(flags.data(), bad);
    for (const double flag : flags) good = good && flag == 0;
    for (; i < count; ++i) {
      double sum = 0;
      for (index column = 0; column < columns; ++column) {
        sum = sum + (static_cast<double>(from[column * stride + i]) - mean[column]) * loading[column];
      }
      good = good && std::abs(sum) <= static_cast<double>(std::numeric_limits<Scalar>::max());
      result[i] = static_cast<Scalar>(sum);
    }
  }
  return good;
}

}  // namespace simd

FOOTFALL_END_NAMESPACE
