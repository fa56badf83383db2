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
#include <footfall/simd/moments.hpp>
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

/// `Square`: left and right are the same columns, of which every pair is wanted once.
template <class Batch, index Left, index Right, bool Square>
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
          if (Square && j < i) return;
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
  const auto add = [&]<index Left, index Right, bool Square>(std::integral_constant<index, Left>,
                                                             std::integral_constant<index, Right>,
                                                             std::bool_constant<Square>, index i, index j) {
    std::array<double*, static_cast<std::size_t>(Left * Right)> to;
    for (index a = 0; a < Left; ++a) {
      for (index b = 0; b < Right; ++b) {
        to[static_cast<std::size_t>(a * Right + b)] = sums + ((i + a) * columns + j + b) * product_lanes;
      }
    }
    detail::add_some_products<Batch, Left, Right, Square>(left.col(i).data(), right.col(j).data(), to.data());
  };
  constexpr std::integral_constant<index, together> some{};
  constexpr std::integral_constant<index, 1> one{};
  for (index i = 0; i < columns;) {
    const bool several = i + together <= columns;
    for (index j = i; j < columns;) {
      if (several && j + together <= columns) {
        if (i == j) {
          add(some, some, std::true_type{}, i, j);
        } else {
          add(some, some, std::false_type{}, i, j);
        }
        j += together;
      } else {
        for (index a = i; a < i + (several ? together : 1); ++a) add(one, one, std::false_type{}, a, j);
        ++j;
      }
    }
    i += several ? together : 1;
  }
}

namespace detail {

/// Writes `rows` values minus `zero` to `to`, and adds each (value i to lane i % 8) to `sums`.
template <class Scalar>
void fill_deviations(const Scalar* values, index rows, double zero, double* to, double* sums) {
  using wide = batch<double>;
  constexpr index parts = product_lanes / lanes<wide>;
  std::array<wide, static_cast<std::size_t>(parts)> running;
  for (index part = 0; part < parts; ++part) {
    running[static_cast<std::size_t>(part)] = read<wide>(sums + part * lanes<wide>);
  }
  index i = 0;
  for (; i + product_lanes <= rows; i += product_lanes) {
    fetch_ahead(values + i);
    unrolled<parts>([&](index part) __attribute__((always_inline)) {
      const index at = i + part * lanes<wide>;
      auto& sum = running[static_cast<std::size_t>(part)];
      const wide deviation = read<wide>(values + at) - zero;
      write(to + at, deviation);
      sum = sum + deviation;
    });
  }
  for (index part = 0; part < parts; ++part) {
    write(sums + part * lanes<wide>, running[static_cast<std::size_t>(part)]);
  }
  for (index lane = 0; i < rows; ++i, ++lane) {
    to[i] = static_cast<double>(values[i]) - zero;
    sums[lane] += to[i];
  }
}

inline double folded_products(const double* from) {
  double total = 0;
  for (index lane = 0; lane < product_lanes / 2; ++lane) total += from[lane] + from[lane + product_lanes / 2];
  return total;
}

}  // namespace detail

/// Comoments of the rows [begin, end), at most `chunk_rows` of them, minus `shift`, a number a column: means too. One
/// pass around a guess at the means (`guess_rows`); with weights two, the second around the means.
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
  const index some = chunk_weights == nullptr ? std::min(guess_rows, end - begin) : end - begin;
  const double divisor = chunk_weights == nullptr ? static_cast<double>(some) : result.weight;
  std::vector<double> zeros;  // what is taken from each column
  for (index column = 0; column < columns; ++column) {
    const Scalar* const values = x.data() + column * x.outerStride() + begin;
    const double zero = shift[static_cast<std::size_t>(column)];
    const auto running = run_lanes<batch<double>, 1>(some, {0.0}, [&](auto& state, index i) {
      using wide = std::remove_cvref_t<decltype(state[0])>;
      const auto value = read<wide>(values + i) - zero;
      state[0] += chunk_weights == nullptr ? value : value * read<wide>(chunk_weights + i);
    });
    zeros.push_back(zero + (divisor > 0 ? fold(running[0], plus) / divisor : 0));
  }

  std::vector<double> sums(static_cast<std::size_t>(columns * columns * product_lanes), 0.0);
  std::vector<double> column_sums(static_cast<std::size_t>(columns * product_lanes), 0.0);
  tile<double> deviations(tile_rows, columns);
  deviations.setZero();
  tile<double> weighted;
  for (index row = begin; row < end; row += tile_rows) {
    const index rows = std::min(tile_rows, end - row);
    if (rows < tile_rows) deviations.setZero();
    for (index column = 0; column < columns; ++column) {
      detail::fill_deviations(x.data() + column * x.outerStride() + row, rows, zeros[static_cast<std::size_t>(column)],
                              deviations.col(column).data(), column_sums.data() + column * product_lanes);
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
  std::vector<double> rest;  // of the means; with weights nothing
  for (index column = 0; column < columns; ++column) {
    const auto i = static_cast<std::size_t>(column);
    const double sum = detail::folded_products(column_sums.data() + column * product_lanes);
    rest.push_back(w.empty() && result.weight > 0 ? sum / result.weight : 0);
    if (result.weight > 0) result.mean[column] = (zeros[i] - shift[i]) + rest[i];
  }
  for (index i = 0; i < columns; ++i) {
    for (index j = i; j < columns; ++j) {
      const double found = detail::folded_products(sums.data() + (i * columns + j) * product_lanes);
      const double around = rest[static_cast<std::size_t>(i)] * rest[static_cast<std::size_t>(j)] * result.weight;
      const double total = i == j ? std::max(0.0, found - around) : found - around;
      result.products(i, j) = total;
      result.products(j, i) = total;
      if (i == j) result.finite = result.finite && std::isfinite(found);  // NaN and overflow of any value reach it
    }
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

}  // namespace simd

FOOTFALL_END_NAMESPACE
