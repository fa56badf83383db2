// SPDX-License-Identifier: MIT
#include <bit>
#include <cstdint>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/simd/sum.hpp>

#include <tests/simd/numbers.hpp>

namespace ff = footfall;
namespace simd = footfall::simd;

namespace {

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

// The rule in words of its own: value i goes to running number i % 16, then halves are folded.
template <class Scalar>
double by_the_rule(const Scalar* values, const double* weights, ff::index count) {
  std::vector<double> running(16, 0.0);
  for (ff::index i = 0; i < count; ++i) {
    const double value = static_cast<double>(values[i]);
    running[static_cast<std::size_t>(i % 16)] += weights == nullptr ? value : value * weights[i];
  }
  while (running.size() > 1) {
    const std::size_t half = running.size() / 2;
    for (std::size_t i = 0; i < half; ++i) running[i] += running[half + i];
    running.resize(half);
  }
  return running.front();
}

}  // namespace

TEST_CASE_TEMPLATE("sums have the same bits in registers, one by one, and by the rule", Scalar, float, double) {
  const auto values = odd_numbers<Scalar>(200);
  const auto weights = odd_numbers<double>(200, 200, 2);
  for (ff::index offset = 0; offset < 64; ++offset) {
    for (ff::index count = 0; count <= 130; ++count) {
      for (const double* weight : {static_cast<const double*>(nullptr), weights.data() + offset}) {
        const double sum = simd::sum(values.data() + offset, weight, count);
        REQUIRE(bits(sum) == bits(simd::sum<Scalar, double>(values.data() + offset, weight, count)));
        REQUIRE(bits(sum) == bits(by_the_rule(values.data() + offset, weight, count)));
      }
    }
  }
}

TEST_CASE("small whole numbers are summed exactly") {
  std::vector<float> values(4096);
  std::iota(values.begin(), values.end(), 1.0F);
  CHECK(simd::sum(values.data(), nullptr, 4096) == 4096.0 * 4097 / 2);
  CHECK(simd::sum(values.data(), nullptr, 0) == 0);
}

TEST_CASE("running numbers of several kinds start where they are told and see every value once") {
  const auto values = odd_numbers<double>(100);
  for (ff::index count : {0, 1, 15, 16, 17, 100}) {
    const auto lanes = simd::run_lanes<simd::batch<double>, 2>(count, {5.0, -1.0}, [&](auto& state, ff::index i) {
      using wide = std::remove_cvref_t<decltype(state[0])>;
      state[0] += wide(1.0);
      using simd::select;  // for plain numbers; xsimd's is found by its arguments
      const auto value = simd::read<wide>(values.data() + i);
      state[1] = select(value > state[1], value, state[1]);
    });
    const double seen = simd::fold(lanes[0], [](double a, double b) { return a + b; });
    CHECK(seen == 16 * 5 + static_cast<double>(count));
    const double largest = simd::fold(lanes[1], [](double a, double b) { return a > b ? a : b; });
    double expected = -1;
    for (ff::index i = 0; i < count; ++i) expected = std::max(expected, values[static_cast<std::size_t>(i)]);
    CHECK(largest == expected);
  }
}
