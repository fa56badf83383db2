// SPDX-License-Identifier: MIT
#include <vector>

#include <doctest/doctest.h>

#include <footfall/simd/covariance.hpp>

#include <tests/simd/numbers.hpp>

namespace ff = footfall;
namespace simd = footfall::simd;

TEST_CASE("products have the same bits in registers and one by one") {
  for (const ff::index columns : {1, 2, 3, 4, 5, 8, 11}) {
    const auto numbers = odd_numbers<double>(static_cast<std::size_t>(simd::tile_rows * columns));
    const auto others = odd_numbers<double>(static_cast<std::size_t>(simd::tile_rows * columns), 0, 2);
    const simd::tile<double> left = Eigen::Map<const ff::matrix<double>>(numbers.data(), simd::tile_rows, columns);
    const simd::tile<double> right = Eigen::Map<const ff::matrix<double>>(others.data(), simd::tile_rows, columns);
    std::vector<double> wide(static_cast<std::size_t>(columns * columns * simd::product_lanes), 0.25), plain(wide);
    simd::add_products(left, right, wide.data());
    simd::add_products<double>(left, right, plain.data());
    for (ff::index i = 0; i < columns; ++i) {
      for (ff::index j = i; j < columns; ++j) {
        std::vector<double> expected(static_cast<std::size_t>(simd::product_lanes), 0.25);
        for (ff::index row = 0; row < simd::tile_rows; ++row) {
          expected[static_cast<std::size_t>(row % simd::product_lanes)] += left(row, i) * right(row, j);
        }
        for (ff::index lane = 0; lane < simd::product_lanes; ++lane) {
          const auto at = static_cast<std::size_t>((i * columns + j) * simd::product_lanes + lane);
          REQUIRE(wide[at] == expected[static_cast<std::size_t>(lane)]);
          REQUIRE(plain[at] == expected[static_cast<std::size_t>(lane)]);
        }
      }
    }
  }
}

TEST_CASE("comoments of parts merge to those of the whole, and of nothing change nothing") {
  const auto numbers = odd_numbers<double>(3 * 9001, 100);
  const Eigen::Map<const ff::matrix<double>> x(numbers.data(), 9001, 3);
  ff::run_options run;
  run.threads = 1;
  ff::workers team(run);
  const auto of = [&](ff::index begin, ff::index rows) {
    const ff::matrix_view<double> view = x.middleRows(begin, rows);
    return simd::comoments_of(view, {}, team);
  };
  const auto whole = of(0, 9001);
  const Eigen::RowVectorXd mean = x.colwise().mean();
  const ff::matrix<double> deviations = x.rowwise() - mean;
  const ff::matrix<double> products = deviations.transpose() * deviations;
  CHECK((whole.products - products).cwiseAbs().maxCoeff() < 1e-11 * products.maxCoeff());
  CHECK((whole.mean.transpose() - mean).cwiseAbs().maxCoeff() < 1e-12 * mean.maxCoeff());
  const auto both = simd::merge(of(0, 123), of(123, 9001 - 123));
  CHECK(both.weight == 9001);
  CHECK((both.products - products).cwiseAbs().maxCoeff() < 1e-11 * products.maxCoeff());
  CHECK(simd::merge(whole, {}).products == whole.products);
  CHECK(simd::merge({}, whole).mean == whole.mean);
}
