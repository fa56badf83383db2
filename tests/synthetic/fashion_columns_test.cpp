// SPDX-License-Identifier: MIT
// The table of the shop, for one session that is worked out by hand.
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/synthetic/fashion_columns.hpp>

namespace ff = footfall;

TEST_CASE("one session, by hand") {
  ff::fashion_draws d;
  d.segment = {4};
  d.device = {1};
  d.source = {2};
  d.country = {3};
  d.weekday = {6};
  d.hour = {21};
  d.returning = {1};
  d.product_views = {3};
  d.pages = {6};
  d.duration = {2'400};  // more than the half hour that counts
  d.scroll = {50};
  d.wishlist = {1};
  d.search = {1};
  d.promotions = {2};
  d.cart = {1};
  d.checkout = {1};
  d.step = {3};
  d.purchased = {1};
  d.revenue = {99.5};
  const ff::table session = ff::fashion_columns(std::move(d));
  CHECK(session.rows() == 1);
  const auto number = [&](const char* name) { return session[name].numbers()[0]; };
  const auto level = [&](const char* name) {
    return session[name].levels()[static_cast<std::size_t>(session[name].codes()[0])];
  };
  CHECK(level("device") == "desktop");
  CHECK(level("traffic_source") == "paid_social");
  CHECK(level("country") == "FR");
  CHECK(level("day_of_week") == "Sun");
  CHECK(number("engagement_score_precheckout") == 30 + 6 + 2 * 3 + 50 / 25 + 3 * 1 + 2 * 1 + 2);
  CHECK(number("engagement_score") == 51 + 20 * 1 + 10 * 3);
  CHECK(number("product_view_rate_per_page") == 0.5);
  CHECK(number("session_duration_per_page") == 400);
  CHECK(number("checkout_progress_ratio") == 0.75);
  CHECK(number("revenue") == 99.5);
  CHECK(session["revenue"].stage() == ff::stage::outcome);
  CHECK(session["engagement_score"].stage() == ff::stage::checkout);
  CHECK(session["engagement_score_precheckout"].stage() == ff::stage::browse);
}
