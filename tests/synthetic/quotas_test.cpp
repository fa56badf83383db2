// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/synthetic/quotas.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using weights = std::vector<std::int64_t>;
using quotas = std::vector<ff::index>;

}  // namespace

TEST_CASE("what is left over goes to the largest remainders") {
  CHECK(ff::largest_remainder(10, weights{1, 1, 1}) == quotas{4, 3, 3});  // equal remainders: the earlier one
  CHECK(ff::largest_remainder(11, weights{1, 1, 1}) == quotas{4, 4, 3});
  CHECK(ff::largest_remainder(10, weights{6, 3, 4}) == quotas{5, 2, 3});  // 4.62, 2.31, 3.08
  CHECK(ff::largest_remainder(10, weights{4, 3, 6}) == quotas{3, 2, 5});  // wherever they stand
  CHECK(ff::largest_remainder(500'000, weights{30, 25, 20, 15, 10}) ==
        quotas{150'000, 125'000, 100'000, 75'000, 50'000});
  CHECK(ff::largest_remainder(7, weights{0, 5, 0}) == quotas{0, 7, 0});
  CHECK(ff::largest_remainder(0, weights{2, 3}) == quotas{0, 0});
}

TEST_CASE("quotas add up and are within one of the exact share") {
  const weights w = {9310, 5640, 3225, 2635, 2598, 1592};
  for (ff::index total = 0; total < 500; ++total) {
    const auto shared = ff::largest_remainder(total, w);
    CHECK(std::accumulate(shared.begin(), shared.end(), ff::index{0}) == total);
    for (std::size_t i = 0; i < w.size(); ++i) CHECK(std::abs(shared[i] * 25'000 - total * w[i]) < 25'000);
  }
}

TEST_CASE("shuffled quotas hold every number as often as its quota says") {
  const weights w = {3, 0, 2};
  const auto ids = ff::shuffled_quotas(1001, w, ff::random_stream(3));
  CHECK(std::count(ids.begin(), ids.end(), 0) == 601);
  CHECK(std::count(ids.begin(), ids.end(), 1) == 0);
  CHECK(std::count(ids.begin(), ids.end(), 2) == 400);
  CHECK(ids == ff::shuffled_quotas(1001, w, ff::random_stream(3)));
  CHECK(ids != ff::shuffled_quotas(1001, w, ff::random_stream(4)));
  CHECK(!std::is_sorted(ids.begin(), ids.end()));
}

TEST_CASE("totals and weights that cannot be shared are refused") {
  CHECK(thrown_by([] { return ff::largest_remainder(-1, weights{1}); }) ==
        "bad_option: largest_remainder: the total must be at least 0, got -1");
  CHECK(thrown_by([] {
          return ff::largest_remainder(1, weights{1, -2});
        }) == "bad_option: largest_remainder: a weight must be at least 0, got -2");
  CHECK(code_thrown_by([] { return ff::largest_remainder(1, weights{0, 0}); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::largest_remainder(1, weights{}); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::largest_remainder(1'000'000, weights{std::int64_t{1} << 50}); }) == "limit");
  CHECK(code_thrown_by([] { return ff::largest_remainder(1, weights{std::int64_t{1} << 62, 1}); }) == "limit");
}
