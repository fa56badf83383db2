// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstdint>

#include <doctest/doctest.h>

#include <footfall/attribution/chain_inverse.hpp>
#include <footfall/core/random.hpp>

namespace ff = footfall;
using ff::index;

namespace {

// I - Q: from each state to some others, and with a tenth to an end.
ff::matrix<double> transitions(index size, std::uint64_t seed) {
  ff::random_stream random(seed);
  ff::matrix<double> system(size, size);
  for (index i = 0; i < size; ++i) {
    double all = 1e-3;
    for (index j = 0; j < size; ++j) {
      system(i, j) = random.uniform() < 0.3 ? random.uniform() : 0;
      all += system(i, j);
    }
    for (index j = 0; j < size; ++j) system(i, j) = (i == j ? 1 : 0) - 0.9 * system(i, j) / all;
  }
  return system;
}

// How far a * b is from the identity.
double off_identity(const ff::matrix<double>& a, const ff::matrix<double>& b) {
  double most = 0;
  for (index i = 0; i < a.rows(); ++i) {
    for (index j = 0; j < a.rows(); ++j) {
      double sum = i == j ? -1 : 0;
      for (index k = 0; k < a.rows(); ++k) sum += a(i, k) * b(k, j);
      most = std::max(most, std::fabs(sum));
    }
  }
  return most;
}

}  // namespace

TEST_CASE("visits of two states that lead half to each other") {
  ff::matrix<double> system(2, 2);
  system << 1, -0.5, -0.5, 1;
  const auto visits = ff::chain_inverse(system);
  CHECK(std::fabs(visits(0, 0) - 4.0 / 3) <= 1e-15);
  CHECK(std::fabs(visits(0, 1) - 2.0 / 3) <= 1e-15);
  CHECK(std::fabs(visits(1, 0) - 2.0 / 3) <= 1e-15);
  CHECK(std::fabs(visits(1, 1) - 4.0 / 3) <= 1e-15);
  CHECK(ff::chain_inverse(ff::matrix<double>(0, 0)).size() == 0);
}

TEST_CASE("the inverse of transitions, of blocks of that inverse, and of their transposes") {
  for (const index size : {1, 2, 3, 7, 8, 9, 16, 23, 40}) {
    INFO("states ", size);
    const auto system = transitions(size, static_cast<std::uint64_t>(size));
    const ff::matrix<double> visits = ff::chain_inverse(system);
    CHECK(off_identity(system, visits) <= 1e-13);
    CHECK(off_identity(system.transpose(), ff::chain_inverse(system.transpose())) <= 1e-13);
    const ff::matrix<double> block = visits.bottomRightCorner((size + 1) / 2, (size + 1) / 2);
    CHECK(off_identity(block, ff::chain_inverse(block)) <= 1e-13);
    CHECK(off_identity(block.transpose(), ff::chain_inverse(block.transpose())) <= 1e-13);
  }
}
