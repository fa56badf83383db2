// SPDX-License-Identifier: MIT
#include <cstring>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/simd/map.hpp>

#include <tests/simd/numbers.hpp>

namespace ff = footfall;
namespace simd = footfall::simd;

namespace {

const auto formula = [](auto value) { return (value - 0.3) * 1.7; };

}  // namespace

TEST_CASE_TEMPLATE("every value gets the formula, whatever its place, and its neighbours nothing", Scalar, float,
                   double) {
  const auto values = odd_numbers<Scalar>(200);
  for (ff::index offset = 0; offset < 64; ++offset) {
    for (ff::index count = 0; count <= 130; ++count) {
      const std::vector<Scalar> from(values.begin() + offset, values.begin() + offset + count);
      std::vector<Scalar> to(from.size() + 2, Scalar{-9});
      std::vector<Scalar> plain(from.size());
      REQUIRE(simd::map_column(from.data(), count, to.data() + 1, formula));
      REQUIRE(simd::map_column<Scalar, double>(from.data(), count, plain.data(), formula));
      REQUIRE((count == 0 || std::memcmp(to.data() + 1, plain.data(), plain.size() * sizeof(Scalar)) == 0));
      REQUIRE(to.front() == -9);
      REQUIRE(to.back() == -9);
      for (std::size_t i = 0; i < from.size(); ++i) {
        REQUIRE(plain[i] == static_cast<Scalar>((static_cast<double>(from[i]) - 0.3) * 1.7));
      }
    }
  }
}

TEST_CASE_TEMPLATE("a result that cannot be used is noticed in every place", Scalar, float, double) {
  for (std::size_t place = 0; place < 43; ++place) {
    std::vector<Scalar> values(43, Scalar{1});
    std::vector<Scalar> to(43);
    const auto usable = [&](Scalar value) {
      values[place] = value;
      return simd::map_column(values.data(), 43, to.data(), formula);
    };
    CHECK(usable(Scalar{2}));
    CHECK(!usable(std::numeric_limits<Scalar>::quiet_NaN()));
    CHECK(!usable(std::numeric_limits<Scalar>::infinity()));
    CHECK(!usable(-std::numeric_limits<Scalar>::infinity()));
    CHECK(!usable(std::numeric_limits<Scalar>::max()));  // times 1.7
    CHECK(usable(Scalar{3}));
  }
}
