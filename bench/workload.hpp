// SPDX-License-Identifier: MIT
// What the benchmarks work on: seeded numbers shaped like sessions. bench/peers has the work loads shared with other programs.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <footfall/core/features.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/random.hpp>

namespace workload {

namespace ff = footfall;

struct sessions {
  ff::matrix<float> x;
  ff::labels y;
};

/// `rows` sessions of `columns` features: a third continuous, a third counts, a third flags; about 8 % positive.
inline sessions shop(ff::index rows, ff::index columns) {
  ff::random_stream random(20240601);
  ff::matrix<float> x(rows, columns);
  std::vector<std::uint8_t> y;
  for (ff::index row = 0; row < rows; ++row) {
    const double intent = random.normal();
    for (ff::index column = 0; column < columns; ++column) {
      const double noisy = 0.3 * intent + random.normal();
      x(row, column) = static_cast<float>(column % 3 == 0   ? std::exp(noisy)
                                          : column % 3 == 1 ? std::floor(std::exp(noisy + 1))
                                                            : (noisy > 1 ? 1 : 0));
    }
    y.push_back(random.uniform() < 1 / (1 + std::exp(3.2 - 1.5 * intent)) ? 1 : 0);
  }
  return {std::move(x), ff::labels(y)};
}

/// Scores in [0, 1) with as many distinct values as `steps` (0: all distinct), and labels that they say something about.
inline std::pair<ff::scores, ff::labels> scored(ff::index rows, int steps) {
  ff::random_stream random(20240606);
  ff::scores s;
  std::vector<std::uint8_t> y;
  for (ff::index row = 0; row < rows; ++row) {
    const double score = random.uniform();
    s.push_back(steps > 0 ? std::floor(score * steps) / steps : score);
    y.push_back(random.uniform() < 0.15 * score ? 1 : 0);
  }
  return {std::move(s), ff::labels(y)};
}

}  // namespace workload
