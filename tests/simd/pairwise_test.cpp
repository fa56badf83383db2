// SPDX-License-Identifier: MIT
#include <cmath>
#include <type_traits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/simd/pairwise.hpp>

#include <tests/simd/numbers.hpp>

namespace ff = footfall;
namespace simd = footfall::simd;

TEST_CASE_TEMPLATE("sums of distances are those of a plain loop", Scalar, float, double) {
  const double tolerance = std::is_same_v<Scalar, float> ? 1e-6 : 1e-14;
  for (const ff::index columns : {1, 3, 8}) {
    for (const ff::index count : {0, 1, 31, 32, 33, 100, 1000}) {
      const auto values = odd_numbers<Scalar>(static_cast<std::size_t>(simd::tile_rows * columns));
      const auto others = odd_numbers<Scalar>(static_cast<std::size_t>(count * columns), 1e4, 5);
      const std::vector<Scalar> origin(static_cast<std::size_t>(columns), Scalar{-1e4});
      simd::tile<Scalar> sessions(simd::tile_rows, columns);
      simd::fill(sessions, Eigen::Map<const ff::matrix<Scalar>>(values.data(), simd::tile_rows, columns),
                 origin.data());
      const auto view = simd::view_of_tile(sessions);
      simd::tile_values<double> sums, plain;
      sums.fill(0.5);  // added to, not replaced
      plain.fill(0.5);
      simd::add_distances(view, others.data(), count, sums);
      simd::add_distances<Scalar, Scalar>(view, others.data(), count, plain);
      CHECK(sums == plain);
      for (ff::index row = 0; row < simd::tile_rows; ++row) {
        double expected = 0.5;
        for (ff::index other = 0; other < count; ++other) {
          double square = 0;
          for (ff::index column = 0; column < columns; ++column) {
            const double difference = static_cast<double>(sessions(row, column)) -
                                      static_cast<double>(others[static_cast<std::size_t>(other * columns + column)]);
            square += difference * difference;
          }
          expected += std::sqrt(square);
        }
        REQUIRE(sums[static_cast<std::size_t>(row)] == doctest::Approx(expected).epsilon(tolerance));
      }
    }
  }
}
