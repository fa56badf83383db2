// SPDX-License-Identifier: MIT
// Numbers for tests of kernels: no pattern, many magnitudes, the same on every machine.
#pragma once

#include <vector>

#include <footfall/core/random.hpp>

/// `count` numbers from -1 to 1 times a power of two up to 2^7, plus `offset`.
template <class Scalar>
std::vector<Scalar> odd_numbers(std::size_t count, double offset = 0, std::uint64_t seed = 1) {
  footfall::random_stream stream(seed);
  std::vector<Scalar> values(count);
  for (auto& value : values) {
    const auto scale = static_cast<double>(1 << stream.below(8));
    value = static_cast<Scalar>(offset + scale * (2 * stream.uniform() - 1));
  }
  return values;
}
