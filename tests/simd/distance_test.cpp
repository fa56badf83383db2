// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/simd/distance.hpp>

#include <tests/simd/numbers.hpp>

namespace ff = footfall;
namespace simd = footfall::simd;

namespace {

template <class Scalar>
simd::tile<Scalar> some_sessions(ff::index rows, ff::index columns) {
  const auto values = odd_numbers<Scalar>(static_cast<std::size_t>(rows * columns));
  const Eigen::Map<const ff::matrix<Scalar>> x(values.data(), rows, columns);
  const std::vector<Scalar> origin(static_cast<std::size_t>(columns), Scalar{0});
  simd::tile<Scalar> sessions(simd::tile_rows, columns);
  sessions.setConstant(Scalar{77});
  simd::fill(sessions, x, origin.data());
  return sessions;
}

}  // namespace

TEST_CASE("a tile holds sessions minus the origin, and zeros") {
  ff::matrix<float> x(3, 2);
  x << 1, 2, 3, 4, 5, 6;
  const float origin[] = {1, 10};
  simd::tile<float> sessions(simd::tile_rows, 2);
  sessions.setConstant(9);
  simd::fill(sessions, x, origin);
  CHECK(sessions(0, 0) == 0);
  CHECK(sessions(2, 0) == 4);
  CHECK(sessions(1, 1) == -6);
  CHECK(sessions.bottomRows(simd::tile_rows - 3).isZero(0));
}

TEST_CASE_TEMPLATE("the nearest centre is the one that a plain search finds", Scalar, float, double) {
  for (const ff::index columns : {1, 2, 3, 4, 5, 6, 7, 12, 13, 16, 17, 40}) {
    for (const ff::index count : {1, 2, 5, 9}) {
      const auto sessions = some_sessions<Scalar>(simd::tile_rows, columns);
      const auto view = simd::view_of_tile(sessions);
      const auto centers = odd_numbers<Scalar>(static_cast<std::size_t>(count * columns), 0, 9);
      simd::tile_values<Scalar> numbers, squares, plain_numbers, plain_squares, single;
      CHECK(simd::nearest(view, centers.data(), count, numbers.data(), squares.data()));
      CHECK(simd::nearest<Scalar, Scalar>(view, centers.data(), count, plain_numbers.data(), plain_squares.data()));
      CHECK(numbers == plain_numbers);
      CHECK(squares == plain_squares);
      for (ff::index row = 0; row < simd::tile_rows; ++row) {
        const auto i = static_cast<std::size_t>(row);
        Scalar least = std::numeric_limits<Scalar>::infinity();
        ff::index best = 0;
        for (ff::index center = 0; center < count; ++center) {
          Scalar square = 0;
          for (ff::index column = 0; column < columns; ++column) {
            const Scalar difference =
                sessions(row, column) - centers[static_cast<std::size_t>(center * columns + column)];
            square += difference * difference;
          }
          if (square < least) {
            least = square;
            best = center;
          }
        }
        REQUIRE(numbers[i] == static_cast<Scalar>(best));
        REQUIRE(squares[i] == least);
      }
      simd::squared_distances(view, centers.data(), single);
      if (count == 1) CHECK(single == squares);
      simd::squared_distances<Scalar, Scalar>(view, centers.data(), plain_squares);
      CHECK(single == plain_squares);

      auto lowered = squares, plain_lowered = squares;
      simd::lower_to_distances(view, centers.data() + (count - 1) * columns, lowered);
      simd::lower_to_distances<Scalar, Scalar>(view, centers.data() + (count - 1) * columns, plain_lowered);
      CHECK(lowered == squares);  // the last centre is among those already looked at
      CHECK(plain_lowered == squares);
      lowered.fill(Scalar{100});
      simd::lower_to_distances(view, centers.data(), lowered);
      for (std::size_t i = 0; i < lowered.size(); ++i) REQUIRE(lowered[i] == std::min(Scalar{100}, single[i]));
    }
  }
}

TEST_CASE_TEMPLATE("a tie goes to the lowest number", Scalar, float, double) {
  const auto sessions = some_sessions<Scalar>(5, 2);  // the rest is zero
  const Scalar centers[] = {3, 0, 0, 3, -3, 0, 3, 0};
  simd::tile_values<Scalar> numbers, squares;
  CHECK(simd::nearest(simd::view_of_tile(sessions), centers, 4, numbers.data(), squares.data()));
  for (std::size_t i = 5; i < numbers.size(); ++i) {
    CHECK(numbers[i] == 0);
    CHECK(squares[i] == 9);
  }
}

TEST_CASE_TEMPLATE("a session without a distance is infinitely far", Scalar, float, double) {
  auto sessions = some_sessions<Scalar>(simd::tile_rows, 2);
  sessions(3, 1) = std::numeric_limits<Scalar>::quiet_NaN();
  sessions(100, 0) = -std::numeric_limits<Scalar>::infinity();
  sessions(127, 0) = std::numeric_limits<Scalar>::max();
  const Scalar centers[] = {1, 2, 3, 4};
  simd::tile_values<Scalar> numbers, squares;
  CHECK(!simd::nearest(simd::view_of_tile(sessions), centers, 2, numbers.data(), squares.data()));
  for (std::size_t i = 0; i < squares.size(); ++i) CHECK(std::isinf(squares[i]) == (i == 3 || i == 100 || i == 127));
}

TEST_CASE_TEMPLATE("sessions are read where they lie, minus an origin", Scalar, float, double) {
  for (const ff::index columns : {1, 4, 9, 16, 20}) {
    const auto values = odd_numbers<Scalar>(static_cast<std::size_t>(300 * columns), 50);
    const std::vector<Scalar> origin(static_cast<std::size_t>(columns), Scalar{48});
    const auto centers = odd_numbers<Scalar>(static_cast<std::size_t>(3 * columns), 0, 9);
    for (const ff::index from : {0, 1, 100, 172}) {
      simd::tile<Scalar> copy(simd::tile_rows, columns);
      simd::fill(copy, Eigen::Map<const ff::matrix<Scalar>>(values.data(), 300, columns).middleRows(from, 128),
                 origin.data());
      simd::tile_values<Scalar> numbers, squares, copied_numbers, copied_squares;
      CHECK(simd::nearest({values.data() + from, 300, columns, origin.data()}, centers.data(), 3, numbers.data(),
                          squares.data()));
      CHECK(simd::nearest(simd::view_of_tile(copy), centers.data(), 3, copied_numbers.data(), copied_squares.data()));
      CHECK(numbers == copied_numbers);
      CHECK(squares == copied_squares);
    }
  }
}

TEST_CASE_TEMPLATE("the nearest centre by products is the one by distances, up to rounding", Scalar, float, double) {
  for (const ff::index columns : {1, 2, 4, 5, 6, 12, 13, 16, 17, 40}) {
    const auto values = odd_numbers<Scalar>(static_cast<std::size_t>(simd::tile_rows * columns), 50);
    const std::vector<Scalar> origin(static_cast<std::size_t>(columns), Scalar{48});
    const simd::tile_view<Scalar> view{values.data(), simd::tile_rows, columns, origin.data()};
    for (const ff::index count : {1, 2, 5, 9}) {
      const auto centers = odd_numbers<Scalar>(static_cast<std::size_t>(count * columns), 0, 9);
      std::vector<Scalar> halves;
      for (ff::index center = 0; center < count; ++center) {
        Scalar sum = 0;
        for (ff::index i = center * columns; i < (center + 1) * columns; ++i) {
          sum += centers[static_cast<std::size_t>(i)] * centers[static_cast<std::size_t>(i)];
        }
        halves.push_back(sum / 2);
      }
      simd::tile_values<Scalar> numbers, squares, own, by_products, plain;
      REQUIRE(simd::nearest(view, centers.data(), count, numbers.data(), squares.data()));
      simd::nearest_by_products(view, centers.data(), halves.data(), count, by_products.data());
      simd::nearest_by_products<Scalar, Scalar>(view, centers.data(), halves.data(), count, plain.data());
      CHECK(by_products == plain);
      for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (by_products[i] == numbers[i]) continue;
        simd::squared_distances(view, centers.data() + static_cast<ff::index>(by_products[i]) * columns, own);
        REQUIRE(own[i] <= squares[i] * (1 + 1000 * std::numeric_limits<Scalar>::epsilon()));
      }
    }
  }
}

TEST_CASE_TEMPLATE("a tie by products goes to the lowest number", Scalar, float, double) {
  const auto sessions = some_sessions<Scalar>(5, 2);  // the rest is zero
  const Scalar centers[] = {4, 0, 0, 3, -3, 0, 3, 0};
  const Scalar halves[] = {8, 4.5, 4.5, 4.5};
  simd::tile_values<Scalar> numbers;
  simd::nearest_by_products(simd::view_of_tile(sessions), centers, halves, 4, numbers.data());
  for (std::size_t i = 5; i < numbers.size(); ++i) CHECK(numbers[i] == 1);
}
