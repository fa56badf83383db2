// SPDX-License-Identifier: MIT
// Mean and spread of columns in one reading: exact for constant columns, steady far from zero, mergeable.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <type_traits>
#include <vector>

#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/simd/batch.hpp>
#include <footfall/simd/sum.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace simd {

/// What is known of some values of a column. Of no values: weight 0.
struct moments {
  double weight = 0;   ///< total weight; without weights the number of values
  double mean = 0;     ///< weighted mean
  double squares = 0;  ///< weighted sum of squared deviations from the mean; divided by `weight` it is the variance
  double smallest = std::numeric_limits<double>::infinity();
  double largest = -std::numeric_limits<double>::infinity();
  bool finite = true;  ///< false: a value is NaN, infinite or too large for the sums; then the rest says nothing

  bool operator==(const moments&) const = default;
};

/// The moments of both sets of values together (Chan, Golub and LeVeque 1979). Bits depend on the order of merging.
inline moments merge(const moments& a, const moments& b) {
  moments both = a.weight > 0 ? a : b;
  if (a.weight > 0 && b.weight > 0) {
    both.weight = a.weight + b.weight;
    const double share = b.weight / both.weight;
    const double step = b.mean - a.mean;
    both.mean = a.mean + step * share;
    both.squares = a.squares + b.squares + step * step * a.weight * share;
  }
  both.smallest = std::min(a.smallest, b.smallest);
  both.largest = std::max(a.largest, b.largest);
  both.finite = a.finite && b.finite && std::isfinite(both.mean) && std::isfinite(both.squares);
  return both;
}

/// Moments of at most `chunk_rows` values minus `shift`; `smallest` and `largest` are of the values themselves. Two
/// passes, the second around the mean. `weights` may be null: 1 each.
template <std::floating_point Scalar, class Batch = batch<double>>
moments chunk_moments(const Scalar* values, const double* weights, index count, double shift) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const auto plus = [](double a, double b) { return a + b; };
  moments result;
  const auto first = run_lanes<Batch, 4>(count, {0.0, 0.0, infinity, -infinity}, [&](auto& state, index i) {
    using wide = std::remove_cvref_t<decltype(state[0])>;
    const auto value = read<wide>(values + i);
    if (weights == nullptr) {
      state[1] += value - shift;
    } else {
      const auto weight = read<wide>(weights + i);
      state[0] += weight;
      state[1] += (value - shift) * weight;
    }
    state[2] = select(value < state[2], value, state[2]);
    state[3] = select(value > state[3], value, state[3]);
  });
  result.weight = weights == nullptr ? static_cast<double>(count) : fold(first[0], plus);
  result.smallest = fold(first[2], [](double a, double b) { return std::min(a, b); });
  result.largest = fold(first[3], [](double a, double b) { return std::max(a, b); });
  if (result.weight > 0) result.mean = fold(first[1], plus) / result.weight;

  const auto second = run_lanes<Batch, 1>(count, {0.0}, [&](auto& state, index i) {
    using wide = std::remove_cvref_t<decltype(state[0])>;
    const auto deviation = (read<wide>(values + i) - shift) - result.mean;
    if (weights == nullptr) {
      state[0] += deviation * deviation;
    } else {
      state[0] += deviation * deviation * read<wide>(weights + i);
    }
  });
  result.squares = fold(second[0], plus);
  result.finite = std::isfinite(result.squares);  // NaN and overflow of any value reach it
  return result;
}

/// Moments of every column of `x`. Values are taken minus the column's first, so that a constant column has a spread of
/// exactly zero and a mean of exactly its value, and that a large offset costs no digits. Whoever finds `finite` false
/// asks `require_finite` for the place. Cost: one reading of `x`.
template <std::floating_point Scalar>
std::vector<moments> moments_of(const matrix_view<Scalar>& x, const weights& w, workers& team) {
  const index chunks = (x.rows() + chunk_rows - 1) / chunk_rows;
  std::vector<moments> parts(static_cast<std::size_t>(chunks * x.cols()));
  const auto start_of = [&](index column) { return x.data() + column * x.outerStride(); };
  team.for_each_block(x.rows(), chunk_rows, [&](index begin, index end) {
    const double* const chunk_weights = w.empty() ? nullptr : w.values().data() + begin;
    for (index column = 0; column < x.cols(); ++column) {
      const Scalar* const values = start_of(column);
      parts[static_cast<std::size_t>(column * chunks + begin / chunk_rows)] =
          chunk_moments(values + begin, chunk_weights, end - begin, static_cast<double>(*values));
    }
  });
  std::vector<moments> result;
  for (index column = 0; column < x.cols(); ++column) {
    moments whole;
    for (index chunk = 0; chunk < chunks; ++chunk) {
      whole = merge(whole, parts[static_cast<std::size_t>(column * chunks + chunk)]);
    }
    if (x.rows() > 0) whole.mean += static_cast<double>(*start_of(column));
    result.push_back(whole);
  }
  return result;
}

}  // namespace simd

FOOTFALL_END_NAMESPACE
