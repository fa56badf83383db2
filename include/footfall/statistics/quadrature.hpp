// SPDX-License-Identifier: MIT
// Integrals of polynomials by a few well-chosen points.
#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include <footfall/core/error.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Points in (0, 1), ascending, and their weights, which add up to 1.
struct quadrature_rule {
  std::vector<double> points;
  std::vector<double> weights;
};

/// The Gauss-Legendre rule on [0, 1]: with n points the integral of any polynomial of degree at most 2 n - 1 is exact, up
/// to rounding. The points are the zeros of the n-th Legendre polynomial, found by Newton's method. Cost O(n^2).
/// Throws bad_option for n below 1.
inline quadrature_rule gauss_legendre(int n) {
  require(n >= 1, error_code::bad_option, "gauss_legendre", "n must be at least 1, got ", n);
  const auto size = static_cast<std::size_t>(n);
  quadrature_rule rule{std::vector<double>(size), std::vector<double>(size)};
  for (int i = 0; i <= (n - 1) / 2; ++i) {  // the zeros lie symmetric to 0
    double x = 2 * i + 1 == n ? 0 : std::cos(std::numbers::pi * (i + 0.75) / (n + 0.5));
    double slope = 1;
    for (int step = 0; step < 100; ++step) {
      double before = 0;
      double value = 1;
      for (int degree = 1; degree <= n; ++degree) {
        const double next = ((2 * degree - 1) * x * value - (degree - 1) * before) / degree;
        before = value;
        value = next;
      }
      slope = n * (x * value - before) / (x * x - 1);
      const double correction = value / slope;
      x -= correction;
      if (std::fabs(correction) < 1e-15) break;
    }
    const double weight = 1 / ((1 - x * x) * slope * slope);
    const auto low = static_cast<std::size_t>(i);
    const auto high = size - 1 - low;
    rule.points[low] = (1 - x) / 2;
    rule.points[high] = (1 + x) / 2;
    rule.weights[low] = rule.weights[high] = weight;
  }
  return rule;
}

FOOTFALL_END_NAMESPACE
