// SPDX-License-Identifier: MIT
#include <cstddef>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/simd/project.hpp>

#include <tests/simd/numbers.hpp>

namespace ff = footfall;
namespace simd = footfall::simd;

TEST_CASE_TEMPLATE("projections have the same bits in registers and one by one", Scalar, float, double) {
  const auto values = odd_numbers<Scalar>(3 * 200, 5);
  const std::vector<double> mean = {4, 5, 6}, axes = {0.5, -0.25, 1, 1, 2, 3};
  for (ff::index count = 0; count <= 130; ++count) {
    std::vector<Scalar> wide(400, Scalar{-1}), plain(wide);
    CHECK(simd::project(values.data() + 7, 200, count, 3, mean.data(), axes.data(), 2, wide.data(), 200));
    CHECK(simd::project<Scalar, double>(values.data() + 7, 200, count, 3, mean.data(), axes.data(), 2, plain.data(),
                                        200));
    REQUIRE(wide == plain);
    if (count > 0) {
      CHECK(wide[200] ==
            doctest::Approx(static_cast<double>(values[7]) - 4 + 2 * (static_cast<double>(values[207]) - 5) +
                            3 * (static_cast<double>(values[407]) - 6)));
    }
    CHECK(wide[static_cast<std::size_t>(count)] == -1);
  }
}

TEST_CASE_TEMPLATE("a projection that is no number is said so, wherever it stands", Scalar, float, double) {
  const std::vector<double> mean = {0, 0}, axes = {1, 1};
  std::vector<Scalar> to(37);
  for (const Scalar bad : {std::numeric_limits<Scalar>::quiet_NaN(), std::numeric_limits<Scalar>::infinity(),
                           std::numeric_limits<Scalar>::max()}) {
    for (const std::size_t row : {0U, 31U, 32U, 36U}) {  // in registers, and behind the last whole one
      std::vector<Scalar> values(74, Scalar{1});
      CHECK(simd::project(values.data(), 37, 37, 2, mean.data(), axes.data(), 1, to.data(), 37));
      values[row] = bad;
      values[37 + row] = bad;
      CHECK_FALSE(simd::project(values.data(), 37, 37, 2, mean.data(), axes.data(), 1, to.data(), 37));
    }
  }
}
