// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/features/scaler_moments.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using moments = ff::scaler_moments<double>;

// Three columns: one far from zero, one constant, one small.
ff::matrix<double> sessions(ff::index begin, ff::index end) {
  ff::matrix<double> x(end - begin, 3);
  for (ff::index row = begin; row < end; ++row) {
    x(row - begin, 0) = 1e9 + static_cast<double>(row * 37 % 101);
    x(row - begin, 1) = 0.1;
    x(row - begin, 2) = static_cast<double>(row % 7) / 7;
  }
  return x;
}

}  // namespace

TEST_CASE("one part is the scaler, several are its numbers") {
  const auto all = ff::standard_scaler{}.fit(sessions(0, 3000));
  CHECK(moments::of(sessions(0, 3000)).scaler() == all);
  auto merged = moments::of(sessions(0, 1));
  merged.merge(moments::of(sessions(1, 1200)));
  merged.merge(moments::of(sessions(1200, 3000)));
  const auto scaler = merged.scaler();
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(std::fabs(scaler.means()[i] - all.means()[i]) <= 1e-15 * std::fabs(all.means()[i]));
    CHECK(std::fabs(scaler.scales()[i] - all.scales()[i]) <= 1e-11 * all.scales()[i]);  // a mean of 1e9 has 1e-7
  }
  CHECK(scaler.scales()[1] == 1);  // constant in every part: left unscaled, exactly
  CHECK(scaler.means()[1] == 0.1);
}

TEST_CASE("a column that is constant in each part and differs between them is scaled") {
  ff::matrix<double> low(2, 1), high(2, 1);
  low << 3, 3;
  high << 7, 7;
  auto merged = moments::of(low);
  merged.merge(moments::of(high));
  CHECK(merged.scaler().means()[0] == 5);
  CHECK(merged.scaler().scales()[0] == 2);
}

TEST_CASE("weights count as copies") {
  ff::matrix<double> x(2, 1), copies(4, 1);
  x << 1, 5;
  copies << 1, 5, 5, 5;
  CHECK(moments::of(x, ff::weights({1, 3})).scaler() == ff::standard_scaler{}.fit(copies));
}

TEST_CASE("parts that do not fit, and parts that are none") {
  auto some = moments::of(sessions(0, 10));
  const auto before = some;
  ff::matrix<double> other(2, 2);
  other.setOnes();
  CHECK(code_thrown_by([&] { some.merge(moments::of(other)); }) == "wrong_shape");
  ff::matrix<double> large(1, 3);
  large.setConstant(1e200);
  CHECK(code_thrown_by([&] { some.merge(moments::of(large)); }) == "limit");
  CHECK(some == before);
  CHECK(code_thrown_by([] { return moments::of(ff::matrix<double>(0, 1)); }) == "wrong_shape");
  CHECK(code_thrown_by([] { return moments::from_parts({{}}, {0}, {1}, {1}); }) == "bad_parts");
  CHECK(code_thrown_by([] { return moments::from_parts({{}}, {1}, {1}, {-1}); }) == "bad_parts");
  CHECK(code_thrown_by([] {
          return moments::from_parts({{}}, {1}, {std::numeric_limits<double>::quiet_NaN()}, {1});
        }) == "bad_parts");
  CHECK(code_thrown_by([] { return moments::from_parts({{}}, {1, 1}, {1}, {1}); }) == "bad_parts");
  CHECK(code_thrown_by([] { return moments::from_parts({{}}, {1}, {}, {1}); }) == "bad_parts");
  CHECK(code_thrown_by([] { return moments::from_parts({{}}, {1}, {1}, {1, 1}); }) == "bad_parts");
  const double inf = std::numeric_limits<double>::infinity();
  CHECK(code_thrown_by([&] { return moments::from_parts({{}}, {inf}, {1}, {1}); }) == "bad_parts");
  CHECK(code_thrown_by([&] { return moments::from_parts({{}}, {1}, {1}, {inf}); }) == "bad_parts");
}
