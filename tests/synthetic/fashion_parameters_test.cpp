// SPDX-License-Identifier: MIT
// The numbers of the shop hold together: totals, distributions, and an order value that agrees with the published ones.
#include <array>
#include <numeric>
#include <span>

#include <doctest/doctest.h>

#include <footfall/synthetic/fashion_parameters.hpp>

namespace {

using p = footfall::fashion_parameters;

double sum(std::span<const double> weights) { return std::accumulate(weights.begin(), weights.end(), 0.0); }

}  // namespace

TEST_CASE("quotas add up to the published totals") {
  CHECK(std::accumulate(p::sessions.begin(), p::sessions.end(), std::int64_t{0}) == p::all_sessions);
  CHECK(std::accumulate(p::buyers.begin(), p::buyers.end(), std::int64_t{0}) == p::all_buyers);
}

TEST_CASE("distributions add up to one") {
  for (const double total :
       {sum(p::borrowed), sum(p::country), sum(p::weekday), sum(p::step), sum(p::abandoned_step)}) {
    CHECK(total == doctest::Approx(1));
  }
  for (std::size_t segment = 0; segment < 6; ++segment) {
    // Buyers borrow the behaviour of others.
    const double expected = segment == static_cast<std::size_t>(footfall::fashion_segment::buyer) ? 0 : 1;
    CHECK(sum(p::device[segment]) == doctest::Approx(expected));
    CHECK(sum(p::source[segment]) == doctest::Approx(expected));
    CHECK((p::duration_mean[segment] > 0) == (expected == 1));
  }
}

TEST_CASE("order values average to the published one") {
  double value = 0;
  for (std::size_t segment = 0; segment < 6; ++segment) {
    value += p::order_value[segment] * static_cast<double>(p::buyers[segment]);
  }
  CHECK(value / static_cast<double>(p::all_buyers) == doctest::Approx(143.53).epsilon(1e-4));
}

TEST_CASE("a count is at least its least") {
  const footfall::fashion_count count{.least = 3, .more = 1.26};
  double total = 0;
  for (std::uint64_t i = 0; i < 2'000; ++i) {
    const double drawn = count.draw(footfall::random_stream(5).child(i));
    REQUIRE(drawn >= 3);
    total += drawn;
  }
  CHECK(total / 2'000 == doctest::Approx(4.26).epsilon(0.02));  // 0.02 are 3.4 standard errors
}
