// SPDX-License-Identifier: MIT
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/simd/moments.hpp>

#include <tests/simd/numbers.hpp>

namespace ff = footfall;
namespace simd = footfall::simd;

namespace {

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

bool same_bits(const simd::moments& a, const simd::moments& b) {
  return bits(a.weight) == bits(b.weight) && bits(a.mean) == bits(b.mean) && bits(a.squares) == bits(b.squares) &&
         bits(a.smallest) == bits(b.smallest) && bits(a.largest) == bits(b.largest) && a.finite == b.finite;
}

template <class Scalar>
ff::matrix<Scalar> column(const std::vector<Scalar>& values) {
  return Eigen::Map<const ff::matrix<Scalar>>(values.data(), static_cast<ff::index>(values.size()), 1);
}

template <class Scalar>
std::vector<simd::moments> moments_of(const ff::matrix<Scalar>& x, const ff::weights& w = {}, int threads = 1) {
  ff::run_options run;
  run.threads = threads;
  ff::workers team(run);
  const ff::matrix_view<Scalar> view = x;
  return simd::moments_of(view, w, team);
}

// Two passes in long double.
template <class Scalar>
void check_against_long(const simd::moments& found, const std::vector<Scalar>& values, double tolerance) {
  long double mean = 0, squares = 0;
  for (const auto value : values) mean += static_cast<long double>(value);
  mean /= static_cast<long double>(values.size());
  for (const auto value : values) {
    squares += (static_cast<long double>(value) - mean) * (static_cast<long double>(value) - mean);
  }
  CHECK(found.weight == static_cast<double>(values.size()));
  CHECK(std::abs(found.mean - static_cast<double>(mean)) <=
        tolerance * std::sqrt(static_cast<double>(squares) / found.weight));
  CHECK(found.squares == doctest::Approx(static_cast<double>(squares)).epsilon(tolerance));
}

}  // namespace

TEST_CASE_TEMPLATE("moments have the same bits in registers and one by one", Scalar, float, double) {
  const auto values = odd_numbers<Scalar>(200, 3);
  const auto weights = odd_numbers<double>(200, 200, 2);
  for (ff::index offset = 0; offset < 64; ++offset) {
    for (ff::index count = 0; count <= 130; ++count) {
      for (const double* weight : {static_cast<const double*>(nullptr), weights.data() + offset}) {
        const Scalar* const from = values.data() + offset;
        const auto wide = simd::chunk_moments(from, weight, count, 0.7);
        const auto plain = simd::chunk_moments<Scalar, double>(from, weight, count, 0.7);
        REQUIRE(same_bits(wide, plain));
      }
    }
  }
}

TEST_CASE_TEMPLATE("rows that begin far from all others spoil neither mean nor spread", Scalar, float, double) {
  for (const double away : {1e2, 1e4, 1e6}) {
    auto values = odd_numbers<Scalar>(9000, 5);
    for (const std::size_t begin : {std::size_t{0}, static_cast<std::size_t>(simd::chunk_rows)}) {
      for (std::size_t i = 0; i < static_cast<std::size_t>(simd::guess_rows); ++i) {
        values[begin + i] += static_cast<Scalar>(away);
      }
    }
    check_against_long(moments_of(column(values))[0], values, 1e-13);
  }
}

TEST_CASE_TEMPLATE("mean and spread are right for any length", Scalar, float, double) {
  for (const std::size_t count : {1U, 2U, 3U, 15U, 16U, 17U, 100U, 4095U, 4096U, 4097U, 9000U}) {
    const auto values = odd_numbers<Scalar>(count, 5);
    const auto found = moments_of(column(values))[0];
    check_against_long(found, values, 1e-13);
    CHECK(found.finite);
    CHECK(found.smallest == static_cast<double>(*std::min_element(values.begin(), values.end())));
    CHECK(found.largest == static_cast<double>(*std::max_element(values.begin(), values.end())));
  }
}

TEST_CASE("a constant column has no spread at all, and its value as mean") {
  for (const double value : {0.1, -1e9, 1e300, 0.0, 3e-310}) {
    const auto found = moments_of(ff::matrix<double>(ff::matrix<double>::Constant(10000, 1, value)))[0];
    CHECK(found.mean == value);
    CHECK(found.squares == 0);
    CHECK(found.finite);
  }
  ff::random_stream stream(3);
  std::vector<double> weights(10000);
  for (double& weight : weights) weight = stream.uniform();
  const auto found =
      moments_of(ff::matrix<float>(ff::matrix<float>::Constant(10000, 1, 0.1F)), ff::weights(weights))[0];
  CHECK(found.mean == static_cast<double>(0.1F));
  CHECK(found.squares == 0);
}

TEST_CASE("a large offset costs no digits") {
  // The numbers are multiples of 2^-20, so that the offset itself loses none of them.
  std::vector<double> values;
  ff::random_stream stream(4);
  for (int i = 0; i < 50000; ++i) values.push_back(std::round(stream.normal() * 0x1p20) * 0x1p-20);
  const auto here = moments_of(column(values))[0];
  for (double& value : values) value += 1e9;
  const auto far = moments_of(column(values))[0];
  check_against_long(far, values, 1e-7);  // the mean itself has but 7 digits behind 1e9
  CHECK(far.squares == doctest::Approx(here.squares).epsilon(1e-13));
}

TEST_CASE("an outlier in the first row costs nothing") {
  auto values = odd_numbers<double>(20000, 7);
  values.front() = -1e6;
  check_against_long(moments_of(column(values))[0], values, 1e-12);
}

TEST_CASE("merged moments are those of the whole") {
  const auto values = odd_numbers<double>(1000, 40);
  for (const std::size_t cut : {0U, 1U, 499U, 999U, 1000U}) {
    const std::vector<double> head(values.begin(), values.begin() + static_cast<ff::index>(cut));
    const std::vector<double> tail(values.begin() + static_cast<ff::index>(cut), values.end());
    const auto both = simd::merge(moments_of(column(head))[0], moments_of(column(tail))[0]);
    check_against_long(both, values, 1e-12);
    CHECK(both.smallest == *std::min_element(values.begin(), values.end()));
    CHECK(both.largest == *std::max_element(values.begin(), values.end()));
  }
  CHECK(simd::merge(simd::moments{}, simd::moments{}) == simd::moments{});
  const auto only = moments_of(column(values))[0];
  CHECK(simd::merge(only, {}) == only);
  CHECK(simd::merge({}, only) == only);
}

TEST_CASE("a weight of two counts as two rows, a weight of zero as none") {
  const auto values = odd_numbers<double>(5000, 11);
  std::vector<double> weights;
  std::vector<double> repeated;
  for (std::size_t i = 0; i < values.size(); ++i) {
    weights.push_back(static_cast<double>(i % 3));
    for (std::size_t copy = 0; copy < i % 3; ++copy) repeated.push_back(values[i]);
  }
  const auto weighted = moments_of(column(values), ff::weights(weights))[0];
  const auto whole = moments_of(column(repeated))[0];
  CHECK(weighted.weight == whole.weight);
  CHECK(weighted.mean == doctest::Approx(whole.mean).epsilon(1e-13));
  CHECK(weighted.squares == doctest::Approx(whole.squares).epsilon(1e-12));
}

TEST_CASE("a chunk without weight adds nothing") {
  std::vector<double> weights(9000, 0.0);
  weights[8500] = 2;
  auto values = odd_numbers<double>(9000);
  const auto found = moments_of(column(values), ff::weights(weights))[0];
  CHECK(found.weight == 2);
  CHECK(found.mean == values[8500]);
  CHECK(found.squares == 0);
  values[3] = std::numeric_limits<double>::quiet_NaN();  // but is not overlooked
  CHECK(!moments_of(column(values), ff::weights(weights))[0].finite);
}

TEST_CASE_TEMPLATE("what is not finite is noticed wherever it is", Scalar, float, double) {
  for (const std::size_t place : {0U, 1U, 15U, 16U, 4095U, 4096U, 4999U}) {
    for (const Scalar value : {std::numeric_limits<Scalar>::quiet_NaN(), std::numeric_limits<Scalar>::infinity(),
                               -std::numeric_limits<Scalar>::infinity()}) {
      auto values = odd_numbers<Scalar>(5000);
      CHECK(moments_of(column(values))[0].finite);
      values[place] = value;
      CHECK(!moments_of(column(values))[0].finite);
      CHECK(!simd::merge(simd::moments{}, moments_of(column(values))[0]).finite);
    }
  }
  std::vector<double> huge = {1e308, -1e308};
  CHECK(!moments_of(column(huge))[0].finite);
}

TEST_CASE("threads change no bit, and columns do not touch each other") {
  const auto values = odd_numbers<float>(3 * 30011, 2);
  const ff::matrix<float> x = Eigen::Map<const ff::matrix<float>>(values.data(), 30011, 3);
  std::vector<double> numbers = odd_numbers<double>(30011, 200);
  const ff::weights w(numbers);
  const auto plain = moments_of(x);
  const auto weighted = moments_of(x, w);
  for (const int threads : {2, 3, 7}) {
    CHECK(moments_of(x, {}, threads) == plain);
    CHECK(moments_of(x, w, threads) == weighted);
  }
  for (ff::index i = 0; i < 3; ++i) {
    CHECK(moments_of(ff::matrix<float>(x.col(i)))[0] == plain[static_cast<std::size_t>(i)]);
  }
}
