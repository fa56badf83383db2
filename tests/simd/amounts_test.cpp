// SPDX-License-Identifier: MIT
#include <array>
#include <bit>
#include <cstdint>
#include <limits>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/simd/amounts.hpp>

namespace {

namespace ff = footfall;
using limits = std::numeric_limits<double>;

}  // namespace

TEST_CASE("which amounts are there, and which are none, bit by bit") {
  std::array<double, 64> amounts{};
  CHECK(ff::simd::amounts_of_64(amounts.data()) == ff::simd::amount_masks{0, ~std::uint64_t{0}});
  for (std::size_t i = 0; i < 64; ++i) {
    const std::uint64_t here = std::uint64_t{1} << i;
    const auto with = [&](double amount) {
      amounts[i] = amount;
      return ff::simd::amounts_of_64(amounts.data());
    };
    CHECK(with(12.5) == ff::simd::amount_masks{here, ~std::uint64_t{0}});
    CHECK(with(limits::denorm_min()) == ff::simd::amount_masks{here, ~std::uint64_t{0}});
    CHECK(with(limits::max()) == ff::simd::amount_masks{here, ~std::uint64_t{0}});
    CHECK(with(-0.0) == ff::simd::amount_masks{0, ~std::uint64_t{0}});
    CHECK(with(-limits::denorm_min()) == ff::simd::amount_masks{here, ~here});
    CHECK(with(limits::infinity()) == ff::simd::amount_masks{here, ~here});
    CHECK(with(limits::quiet_NaN()) == ff::simd::amount_masks{here, ~here});
    amounts[i] = 0;
  }
}

TEST_CASE("64 rows at once say what one at a time says") {
  ff::random_stream stream(3);
  std::array<double, 64> amounts{};
  for (int round = 0; round < 500; ++round) {
    for (double& amount : amounts) {
      // Any bits at all, but zeros of both signs half of the time.
      amount = stream.below(2) == 0 ? (stream.below(2) == 0 ? 0.0 : -0.0) : std::bit_cast<double>(stream());
    }
    REQUIRE(ff::simd::amounts_of_64(amounts.data()) == ff::simd::amounts_of_64_plain(amounts.data()));
  }
}
