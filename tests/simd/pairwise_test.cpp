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

TEST_CASE_TEMPLATE("distances between blocks count for both sides, as a plain loop has them", Scalar, float, double) {
  const double tolerance = std::is_same_v<Scalar, float> ? 1e-6 : 1e-14;
  constexpr auto block = static_cast<std::size_t>(simd::block_rows);
  for (const ff::index columns : {1, 3, 12, 16, 17}) {
    const auto own = odd_numbers<Scalar>(block * static_cast<std::size_t>(columns));
    const auto others = odd_numbers<Scalar>(block * 5 * static_cast<std::size_t>(columns), 10, 5);
    std::vector<Scalar> mask(block, Scalar{1});
    mask[14] = mask[15] = 0;
    for (const ff::index count : {1, 15, 16, 17, 32, 33, 75}) {
      std::vector<double> sums(block, 0.5), plain(sums), alone(sums);
      std::vector<Scalar> met(static_cast<std::size_t>(count) * block, Scalar{2}), plain_met(met);
      simd::add_block_distances(own.data(), others.data(), columns, count, sums.data(), mask.data(), met.data());
      simd::add_block_distances<Scalar, Scalar>(own.data(), others.data(), columns, count, plain.data(), mask.data(),
                                                plain_met.data());
      simd::add_block_distances<Scalar>(own.data(), others.data(), columns, count, alone.data(), nullptr, nullptr);
      CHECK(sums == plain);
      CHECK(met == plain_met);
      CHECK(alone == sums);
      for (std::size_t i = 0; i < block; ++i) {
        double expected = 0.5;
        for (ff::index other = 0; other < count; ++other) {
          double square = 0;
          for (ff::index column = 0; column < columns; ++column) {
            const ff::index at =
                (other / simd::block_rows * columns + column) * simd::block_rows + other % simd::block_rows;
            const double difference = static_cast<double>(own[static_cast<std::size_t>(column) * block + i]) -
                                      static_cast<double>(others[static_cast<std::size_t>(at)]);
            square += difference * difference;
          }
          expected += std::sqrt(square);
          const double counted = 2 + std::sqrt(square) * static_cast<double>(mask[i]);
          REQUIRE(static_cast<double>(met[static_cast<std::size_t>(other) * block + i]) ==
                  doctest::Approx(counted).epsilon(tolerance));
        }
        REQUIRE(sums[i] == doctest::Approx(expected).epsilon(tolerance));
      }
    }
  }
}
