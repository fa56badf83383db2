// SPDX-License-Identifier: MIT
// Who buys: exact quotas by segment, likelier with a cart and in the evening, and for the stated order values.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/synthetic/fashion_purchases.hpp>

namespace {

namespace ff = footfall;
using ff::fashion_label;

// 25,000 sessions of the quotas, in the order of the segments.
ff::fashion_draws shop(std::uint64_t seed) {
  ff::segment_ids segment;
  for (std::size_t i = 0; i < 6; ++i) {
    segment.insert(segment.end(), static_cast<std::size_t>(ff::fashion_parameters::sessions[i]),
                   static_cast<std::int32_t>(i));
  }
  return ff::draw_behaviour(std::move(segment), ff::fashion_streams(seed));
}

std::vector<double> buyers_in(const ff::fashion_draws& d) {
  std::vector<double> buyers(6, 0);
  for (std::size_t row = 0; row < d.rows(); ++row) buyers[static_cast<std::size_t>(d.segment[row])] += d.purchased[row];
  return buyers;
}

double total(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

}  // namespace

TEST_CASE("each segment has its quota of buyers, whom a cart and the evening make likelier") {
  auto d = shop(1);
  ff::draw_purchases(d, fashion_label::seed_like, true, ff::fashion_streams(1));
  CHECK(buyers_in(d) == std::vector<double>{414, 394, 193, 163, 591, 92});
  double carts = 0, bought_with_cart = 0, evenings = 0, bought_in_evening = 0, others = 0, bought_others = 0;
  for (std::size_t row = 0; row < d.rows(); ++row) {
    if (d.in(row, ff::fashion_segment::buyer)) continue;
    const bool evening = d.hour[row] >= 19 && d.hour[row] <= 22;
    if (d.cart[row] > 0) {
      carts += 1;
      bought_with_cart += d.purchased[row];
    } else {
      (evening ? evenings : others) += 1;
      (evening ? bought_in_evening : bought_others) += d.purchased[row];
    }
  }
  CHECK(bought_with_cart / carts > 0.14);  // exp(1.5) times the odds of the others, about 4.3 %
  CHECK(bought_in_evening / evenings > bought_others / others);
}

TEST_CASE("sampled numbers of buyers scatter about the quotas") {
  std::vector<double> all;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    auto d = shop(seed);
    ff::draw_purchases(d, fashion_label::seed_like, false, ff::fashion_streams(seed));
    all.push_back(total(d.purchased));
    CHECK(std::fabs(all.back() - 1'847) < 165);  // four standard deviations of a binomial number
  }
  CHECK(*std::max_element(all.begin(), all.end()) > *std::min_element(all.begin(), all.end()));
}

TEST_CASE("repair keeps the buyers and fills in what they must have done") {
  auto as_published = shop(2), repaired = shop(2);
  ff::draw_purchases(as_published, fashion_label::seed_like, true, ff::fashion_streams(2));
  ff::draw_purchases(repaired, fashion_label::repair, true, ff::fashion_streams(2));
  CHECK(repaired.purchased == as_published.purchased);
  CHECK(repaired.pages == as_published.pages);
  for (std::size_t row = 0; row < repaired.rows(); ++row) {
    if (repaired.purchased[row] > 0) {
      REQUIRE((repaired.cart[row] == 1 && repaired.checkout[row] == 1 && repaired.step[row] == 4));
    } else {
      REQUIRE((repaired.cart[row] == as_published.cart[row] && repaired.step[row] == as_published.step[row]));
    }
  }
}

TEST_CASE("in the funnel all buyers come from the checkout, as many as there are") {
  auto d = shop(3);
  ff::draw_purchases(d, fashion_label::funnel, true, ff::fashion_streams(3));
  CHECK(total(d.purchased) == 1'847);
  for (std::size_t row = 0; row < d.rows(); ++row) REQUIRE(d.purchased[row] <= d.checkout[row]);

  // Fewer who reach the checkout than buyers: all of them buy.
  auto few = ff::draw_behaviour(ff::segment_ids(1'000, 0), ff::fashion_streams(3));
  few.checkout[17] = few.cart[17] = 1;
  ff::draw_purchases(few, fashion_label::funnel, true, ff::fashion_streams(3));
  CHECK(total(few.purchased) == 1);
  CHECK(few.purchased[17] == 1);
}

TEST_CASE("orders are worth the stated mean whatever the seed, and nobody else pays") {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    auto d = shop(seed);
    ff::draw_purchases(d, fashion_label::seed_like, true, ff::fashion_streams(seed));
    ff::draw_revenue(d, ff::fashion_streams(seed));
    CHECK(std::fabs(total(d.revenue) / 1'847 / 143.53 - 1) < 0.01);
    for (std::size_t row = 0; row < d.rows(); ++row) REQUIRE((d.revenue[row] > 0) == (d.purchased[row] > 0));
  }
}
