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

/// So many values of a chunk make a first guess at its mean. The spread of the whole chunk is at least that of these
/// against the rest, so sums around the guess lose at most a factor of chunk_rows / guess_rows of their digits.
inline constexpr index guess_rows = 64;

/// Moments of at most `chunk_rows` values minus `shift`; `smallest` and `largest` are of the values themselves. One pass
/// around a guess at the mean; with weights, which may leave nothing of a guess, two, the second around the mean.
/// `weights` may be null: 1 each.
template <std::floating_point Scalar, class Batch = batch<double>>
moments chunk_moments(const Scalar* values, const double* weights, index count, double shift) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const auto plus = [](double a, double b) { return a + b; };
  const auto deviations = [&](index some, double zero) {  // sums, squares, the smallest, the largest
    return run_lanes<Batch, 4>(some, {0.0, 0.0, infinity, -infinity}, [&](auto& state, index i) {
      using wide = std::remove_cvref_t<decltype(state[0])>;
      fetch_ahead(values + i);
      const auto value = read<wide>(values + i);
      const wide deviation = value - zero;
      const wide share = weights == nullptr ? deviation : wide(deviation * read<wide>(weights + i));
      state[0] = state[0] + share;
      state[1] = state[1] + share * deviation;
      state[2] = smaller<wide>(value, state[2]);
      state[3] = larger<wide>(value, state[3]);
    });
  };
  moments result;
  result.weight = static_cast<double>(count);
  if (weights != nullptr) {
    const auto total = run_lanes<Batch, 1>(count, {0.0}, [&](auto& state, index i) {
      state[0] += read<std::remove_cvref_t<decltype(state[0])>>(weights + i);
    });
    result.weight = fold(total[0], plus);
  }
  const index some = weights == nullptr ? std::min(guess_rows, count) : count;
  const double divisor = weights == nullptr ? static_cast<double>(some) : result.weight;
  const double guess = divisor > 0 ? fold(deviations(some, shift)[0], plus) / divisor : 0;
  const auto found = deviations(count, shift + guess);
  const double sum = fold(found[0], plus);
  const double rest = result.weight > 0 ? sum / result.weight : 0;
  result.mean = result.weight > 0 ? ((shift + guess) - shift) + rest : 0;
  result.squares = std::max(0.0, fold(found[1], plus) - sum * rest);
  result.smallest = fold(found[2], [](double a, double b) { return std::min(a, b); });
  result.largest = fold(found[3], [](double a, double b) { return std::max(a, b); });
  result.finite = std::isfinite(fold(found[1], plus));  // NaN and overflow of any value reach it
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
  team.for_each_block(chunks * x.cols(), 8, [&](index first, index last) {  // one column after the other
    for (index part = first; part < last; ++part) {
      const Scalar* const values = start_of(part / chunks);
      const index begin = part % chunks * chunk_rows;
      const index end = std::min(x.rows(), begin + chunk_rows);
      const double* const chunk_weights = w.empty() ? nullptr : w.values().data() + begin;
      parts[static_cast<std::size_t>(part)] =
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
