// SPDX-License-Identifier: MIT
// Small made-up training sets for the forest's tests: every value is exact in float, and nothing in them comes from libm.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include <footfall/core/features.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>

struct made_sessions {
  footfall::matrix<double> x;
  std::vector<int> bought;

  footfall::labels y() const { return footfall::labels(bought); }
};

/// Values in steps of 1/1024, labels that have nothing to do with them; the first half of the rows is positive.
inline made_sessions made_noise(footfall::index rows, footfall::index cols, std::uint64_t seed) {
  footfall::random_stream stream(seed);
  made_sessions made{footfall::matrix<double>(rows, cols), {}};
  for (footfall::index i = 0; i < rows * cols; ++i)
    made.x.data()[i] = static_cast<double>(stream.below(1 << 20)) / 1024;
  for (footfall::index row = 0; row < rows; ++row) made.bought.push_back(2 * row < rows ? 1 : 0);
  return made;
}

/// Six columns: 0 and 1 drive the label, 2 has few levels and some say, 3 is a copy of 0 with holes, 4 is noise, 5 is
/// constant. About a third are positive.
inline made_sessions made_shop(footfall::index rows, std::uint64_t seed) {
  footfall::random_stream stream(seed);
  const auto draw = [&](std::uint64_t below) { return static_cast<double>(stream.below(below)); };
  made_sessions made{footfall::matrix<double>(rows, 6), {}};
  for (footfall::index row = 0; row < rows; ++row) {
    made.x(row, 0) = draw(1000);
    made.x(row, 1) = draw(400) / 4;
    made.x(row, 2) = draw(5);
    made.x(row, 3) = draw(4) == 0 ? std::numeric_limits<double>::quiet_NaN() : made.x(row, 0);
    made.x(row, 4) = draw(1 << 16) / 64;
    made.x(row, 5) = 3;
    const double score = made.x(row, 0) + 5 * made.x(row, 1) + 60 * made.x(row, 2) + draw(400);
    made.bought.push_back(score > 1250 ? 1 : 0);
  }
  return made;
}

/// The same values with names: `c0`, `c1`, ..., two columns from each source.
inline footfall::features<double> named(const footfall::matrix<double>& x) {
  std::vector<footfall::feature_info> columns;
  for (footfall::index i = 0; i < x.cols(); ++i) {
    columns.push_back({footfall::text("c", i), footfall::text("source", i / 2), footfall::stage::browse});
  }
  return {x, columns};
}
