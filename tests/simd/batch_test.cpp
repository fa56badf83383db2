// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/simd/batch.hpp>

#include <tests/simd/numbers.hpp>

namespace ff = footfall;
namespace simd = footfall::simd;

TEST_CASE_TEMPLATE("a register holds a power of two of sessions, at most sixteen", Scalar, float, double) {
  const auto width = simd::width<Scalar>;
  CHECK(width >= 1);
  CHECK(16 % width == 0);
  CHECK(simd::lanes<Scalar> == 1);
  CHECK(simd::width<double> <= simd::width<float>);
}

TEST_CASE_TEMPLATE("what is read is written again, at every offset and length", Scalar, float, double) {
  using batch = simd::batch<Scalar>;
  std::vector<Scalar> values(80);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<Scalar>(1.0 / (1.0 + static_cast<double>(i)));
  for (ff::index offset = 0; offset < 64; ++offset) {
    for (ff::index count = 1; count <= simd::width<Scalar>; ++count) {
      // Memory of just the right size, so that a sanitizer sees a byte too much.
      const std::vector<Scalar> from(values.begin() + offset, values.begin() + offset + count);
      std::vector<Scalar> to(static_cast<std::size_t>(count), Scalar{-1});
      if (count == simd::width<Scalar>) {
        simd::write(to.data(), simd::read<batch>(from.data()));
      } else {
        simd::write_some(to.data(), simd::read_some<batch>(from.data(), count), count);
      }
      REQUIRE(to == from);
    }
  }
}

TEST_CASE("what lies behind the last session is read as zero") {
  const std::vector<float> one = {3};
  std::vector<double> all(static_cast<std::size_t>(simd::width<double>), -1.0);
  simd::write(all.data(), simd::read_some<simd::batch<double>>(one.data(), 1));
  CHECK(all.front() == 3);
  for (std::size_t i = 1; i < all.size(); ++i) CHECK(all[i] == 0);
}

TEST_CASE("floats are widened and doubles rounded as a cast does it") {
  const float odd[] = {
      0.1F, -0.0F, 1e-42F, 3.4e38F, std::numeric_limits<float>::infinity(), -1.0F / 3, 16777216, 1, 2, 3, 4, 5,
      6,    7,     8,      9};
  using batch = simd::batch<double>;
  for (ff::index i = 0; i < 16; i += simd::lanes<batch>) {
    std::vector<double> wide(static_cast<std::size_t>(simd::lanes<batch>));
    simd::write(wide.data(), simd::read<batch>(odd + i));
    std::vector<float> narrow(wide.size());
    simd::write(narrow.data(), simd::read<batch>(wide.data()) * 1.1);
    for (std::size_t lane = 0; lane < wide.size(); ++lane) {
      const float source = odd[static_cast<std::size_t>(i) + lane];
      const double expected = source;
      const float expected_narrow = static_cast<float>(expected * 1.1);
      CHECK(std::memcmp(&wide[lane], &expected, sizeof expected) == 0);
      CHECK(std::memcmp(&narrow[lane], &expected_narrow, sizeof expected_narrow) == 0);
    }
  }
}

TEST_CASE_TEMPLATE("choice and square root are those of plain numbers", Scalar, float, double) {
  using batch = simd::batch<Scalar>;
  const auto width = static_cast<std::size_t>(simd::width<Scalar>);
  std::vector<Scalar> a(width), b(width), chosen(width), roots(width);
  for (std::size_t i = 0; i < width; ++i) {
    a[i] = static_cast<Scalar>(0.3 * static_cast<double>(i));
    b[i] = i % 2 == 0 ? a[i] : static_cast<Scalar>(1.5);
  }
  using simd::select;  // for plain numbers; xsimd's is found by its arguments
  const batch left = simd::read<batch>(a.data());
  const batch right = simd::read<batch>(b.data());
  simd::write(chosen.data(), batch(select(left < right, left, batch(Scalar{-1}))));
  simd::write(roots.data(), simd::square_root(left));
  for (std::size_t i = 0; i < width; ++i) {
    CHECK(chosen[i] == (a[i] < b[i] ? a[i] : Scalar{-1}));
    CHECK(roots[i] == std::sqrt(a[i]));
  }
}

TEST_CASE("unrolled counts from zero") {
  std::vector<ff::index> seen;
  simd::unrolled<4>([&](ff::index i) { seen.push_back(i); });
  CHECK(seen == std::vector<ff::index>{0, 1, 2, 3});
}

TEST_CASE_TEMPLATE("the smaller and the larger of two are those of one number after the other", Scalar, float, double) {
  using batch = simd::batch<Scalar>;
  constexpr auto count = static_cast<std::size_t>(simd::width<Scalar>);
  const auto a = odd_numbers<Scalar>(count, 0, 1);
  auto b = odd_numbers<Scalar>(count, 0, 2);
  b[0] = a[0];
  std::array<Scalar, count> low, high;
  simd::write(low.data(), simd::smaller(simd::read<batch>(a.data()), simd::read<batch>(b.data())));
  simd::write(high.data(), simd::larger(simd::read<batch>(a.data()), simd::read<batch>(b.data())));
  for (std::size_t i = 0; i < count; ++i) {
    CHECK(low[i] == std::min(a[i], b[i]));
    CHECK(high[i] == std::max(a[i], b[i]));
    CHECK(simd::smaller(a[i], b[i]) == low[i]);
    CHECK(simd::larger(a[i], b[i]) == high[i]);
  }
}
