// SPDX-License-Identifier: MIT
// The steps of a session count up to its columns, in an order that a visit can have.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/synthetic/fashion_steps.hpp>
#include <footfall/synthetic/fashion_store.hpp>

namespace {

namespace ff = footfall;
using step = ff::fashion_step;

double count(const std::vector<step>& steps, step which) {
  return static_cast<double>(std::count(steps.begin(), steps.end(), which));
}

}  // namespace

TEST_CASE("steps count up to the columns and come in a possible order") {
  for (const auto label : {ff::fashion_label::seed_like, ff::fashion_label::repair, ff::fashion_label::funnel}) {
    const auto d = ff::fashion_store{.sessions = 3'000, .seed = 8, .label = label}.draw();
    const ff::fashion_streams streams(8);
    bool cart_in_the_middle = false;
    for (std::size_t row = 0; row < d.rows(); ++row) {
      const auto steps = ff::steps_of_session(d, row, streams);
      REQUIRE(steps == ff::steps_of_session(d, row, streams));
      REQUIRE(count(steps, step::page_view) == d.pages[row]);
      REQUIRE(count(steps, step::product_view) == d.product_views[row]);
      REQUIRE(count(steps, step::wishlist) == d.wishlist[row]);
      REQUIRE(count(steps, step::search) == d.search[row]);
      REQUIRE(count(steps, step::promotion) == d.promotions[row]);
      REQUIRE(count(steps, step::scroll) == (d.scroll[row] > 0 ? 1 : 0));
      REQUIRE(count(steps, step::cart) == d.cart[row]);
      double furthest = 0;
      for (const auto each : {step::begin_checkout, step::shipping, step::payment, step::review}) {
        furthest += count(steps, each);
      }
      REQUIRE(furthest == d.step[row]);
      REQUIRE(count(steps, step::purchase) == d.purchased[row]);

      REQUIRE((steps[0] == step::start && steps[1] == step::page_view));
      REQUIRE((steps.back() == step::purchase || steps.back() == step::end));
      for (std::size_t i = 1; i < steps.size(); ++i) {
        if (steps[i] == step::product_view) REQUIRE(steps[i - 1] == step::page_view);
        if (steps[i] == step::wishlist) REQUIRE(steps[i - 1] == step::product_view);
      }
      const auto checkout = std::find(steps.begin(), steps.end(), step::begin_checkout);
      REQUIRE(std::count(checkout, steps.end(), step::page_view) == 0);
      const auto cart = std::find(steps.begin(), steps.end(), step::cart);
      cart_in_the_middle = cart_in_the_middle || std::count(cart, steps.end(), step::page_view) > 0;
    }
    CHECK(cart_in_the_middle);
  }
}

TEST_CASE("times begin at 0, end at the length and never go back") {
  const auto times = ff::times_of_steps(9, 5'000'000, ff::random_stream(3));
  REQUIRE(times.size() == 9);
  CHECK(times.front() == 0);
  CHECK(times.back() == 5'000'000);
  CHECK(std::is_sorted(times.begin(), times.end()));
  CHECK(times[4] > 0);
  CHECK(ff::times_of_steps(2, 7, ff::random_stream(3)) == std::vector<std::int64_t>{0, 7});
}
