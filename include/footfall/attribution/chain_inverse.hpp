// SPDX-License-Identifier: MIT
// The inverse of I - Q: how often a chain that starts in one state comes to each other before it ends.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The inverse of `system` by Gauss and Jordan, in its own place. Pivots are the diagonal as it comes: sound for I - Q, where
/// Q holds probabilities and an end can be reached from everywhere, for diagonal blocks of that inverse, and for the
/// transposes of both; not for any matrix. Written out since Eigen's factorisation costs every user's compiler a tenth of
/// its time. Cost: the cube of the rows.
inline matrix<double> chain_inverse(matrix<double> system) {
  constexpr std::size_t together = 8;  // a column is read and written once for so many pivots
  using eight = std::array<double, together>;
  const auto size = static_cast<std::size_t>(system.rows());
  std::array<std::vector<double>, together> pivots;  // their columns at their turn; zeros where there is none
  for (std::size_t first = 0; first < size; first += together) {
    const std::size_t many = std::min(together, size - first);
    for (auto& pivot : pivots) pivot.assign(size, 0.0);
    // Subtracts the pivots [from, to) of these: first in their own rows, one after the other, which tells how much of each.
    const auto eliminate = [&](double* column, std::size_t from, std::size_t to) {
      eight taken{}, own{};
      std::copy_n(column + first, many, own.begin());
      for (std::size_t at = from; at < to; ++at) {
        const double* const pivot = pivots[at].data() + first;
        taken[at] = own[at] / pivot[at];
        for (std::size_t row = 0; row < many; ++row) own[row] -= pivot[row] * taken[at];
        own[at] = taken[at];
      }
      for (std::size_t row = 0; row < size; ++row) {
        double value = column[row];
        for (std::size_t at = 0; at < together; ++at) value -= pivots[at][row] * taken[at];
        column[row] = value;
      }
      std::copy_n(own.begin(), many, column + first);
    };
    const auto column_of = [&](std::size_t column) { return system.data() + column * size; };
    for (std::size_t at = 0; at < many; ++at) {
      double* const column = column_of(first + at);
      eliminate(column, 0, at);
      std::copy_n(column, size, pivots[at].begin());
      std::fill_n(column, size, 0.0);  // of the identity
      column[first + at] = 1;
    }
    for (std::size_t column = 0; column < size; ++column) {
      const bool pivot = column >= first && column < first + many;
      eliminate(column_of(column), pivot ? column - first : 0, many);
    }
  }
  return system;
}

FOOTFALL_END_NAMESPACE
