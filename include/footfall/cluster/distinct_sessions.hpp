// SPDX-License-Identifier: MIT
// How many sessions differ from each other: more segments than that cannot be.
#pragma once

#include <algorithm>
#include <concepts>

#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The number of different rows of `x`, counted up to `enough`. -0 equals 0. Cost: rows x `enough` x columns at worst,
/// as little as the first `enough` rows where these differ.
template <std::floating_point Scalar>
index distinct_sessions(const matrix_view<Scalar>& x, index enough) {
  row_set found;
  for (index row = 0; row < x.rows() && static_cast<index>(found.size()) < enough; ++row) {
    const bool known = std::ranges::any_of(found, [&](index other) {
      for (index column = 0; column < x.cols(); ++column) {
        if (x(row, column) != x(other, column)) return false;
      }
      return true;
    });
    if (!known) found.push_back(row);
  }
  return static_cast<index>(found.size());
}

FOOTFALL_END_NAMESPACE
