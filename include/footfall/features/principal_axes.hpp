// SPDX-License-Identifier: MIT
// The axes of a symmetric matrix, the same bits on every machine.
#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Eigenvalues in descending order, and for each the axis of length 1 in a column of its own.
struct principal_axes {
  std::vector<double> values;
  matrix<double> axes;
};

/// Of a symmetric, finite matrix, by rotations (Jacobi 1846, cyclic): small values are as accurate as large ones. Of each
/// axis the entry that is largest without regard to its sign is positive, the first of equals. Equal values keep the
/// order in which they come. Cost: about 10 columns^3.
inline principal_axes principal_axes_of(matrix<double> symmetric) {
  const index size = symmetric.rows();
  matrix<double> axes = matrix<double>::Identity(size, size);
  const auto rotate = [](double& a, double& b, double cosine, double sine) {
    const double first = a;
    a = cosine * first - sine * b;
    b = sine * first + cosine * b;
  };
  bool turned = size > 1;
  for (int sweep = 0; turned && sweep < 60; ++sweep) {
    turned = false;
    for (index p = 0; p < size; ++p) {
      for (index q = p + 1; q < size; ++q) {
        const double off = symmetric(p, q);
        // Too small to be noticed beside either of its two diagonal entries.
        const double noticed = 0x1p-54 * std::sqrt(std::abs(symmetric(p, p))) * std::sqrt(std::abs(symmetric(q, q)));
        if (off == 0 || std::abs(off) <= noticed) {
          symmetric(p, q) = symmetric(q, p) = 0;
          continue;
        }
        turned = true;
        const double half = (symmetric(q, q) - symmetric(p, p)) / (2 * off);
        const double tangent = std::copysign(1.0, half) / (std::abs(half) + std::hypot(half, 1.0));
        const double cosine = 1 / std::sqrt(tangent * tangent + 1);
        const double sine = tangent * cosine;
        for (index i = 0; i < size; ++i) {
          if (i != p && i != q) {
            rotate(symmetric(i, p), symmetric(i, q), cosine, sine);
            symmetric(p, i) = symmetric(i, p);
            symmetric(q, i) = symmetric(i, q);
          }
          rotate(axes(i, p), axes(i, q), cosine, sine);
        }
        symmetric(p, p) -= tangent * off;
        symmetric(q, q) += tangent * off;
        symmetric(p, q) = symmetric(q, p) = 0;
      }
    }
  }
  std::vector<index> order(static_cast<std::size_t>(size));
  std::iota(order.begin(), order.end(), index{0});
  std::ranges::stable_sort(order, [&](index a, index b) { return symmetric(a, a) > symmetric(b, b); });
  principal_axes result{{}, matrix<double>(size, size)};
  for (const index from : order) {
    const auto to = static_cast<index>(result.values.size());
    result.values.push_back(symmetric(from, from));
    index largest = 0;
    for (index i = 1; i < size; ++i) {
      if (std::abs(axes(i, from)) > std::abs(axes(largest, from))) largest = i;
    }
    const double sign = axes(largest, from) < 0 ? -1 : 1;
    for (index i = 0; i < size; ++i) result.axes(i, to) = sign * axes(i, from);
  }
  return result;
}

FOOTFALL_END_NAMESPACE
