// SPDX-License-Identifier: MIT
// The study's columns: sessions of the made-up shop written as events give the shop's table again, to the last bit.
#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/session_table.hpp>
#include <footfall/events/sessionize.hpp>
#include <footfall/events/studied_features.hpp>
#include <footfall/synthetic/fashion_store.hpp>

#include <tests/events/made_events.hpp>

namespace {

namespace ff = footfall;

/// The events of one session of the shop, between its first second and its last.
void write(const ff::table& shop, ff::index row, std::vector<ff::event>& events) {
  const auto number = [&](const char* name) { return shop[name].numbers()[static_cast<std::size_t>(row)]; };
  const auto level = [&](const char* name) {
    return shop[name].levels()[static_cast<std::size_t>(shop[name].codes()[static_cast<std::size_t>(row)])];
  };
  const std::vector<std::string> steps{"begin_checkout", "add_shipping_info", "add_payment_info", "review_order"};
  const auto day = static_cast<double>(shop["day_of_week"].codes()[static_cast<std::size_t>(row)]);
  // 2024-03-04 was a Monday.
  const double start = 3 * 86'400 + 86'400 * day + 3'600 * (number("hour") - 12);
  std::vector<ff::event> session{made::at(
      start, "page_view", {},
      {{"device_category", level("device")}, {"source", level("traffic_source")}, {"country", level("country")}})};
  const auto more = [&](const std::string& name, double count) {
    for (int i = 0; i < static_cast<int>(count); ++i) session.push_back(made::at(start, name));
  };
  more("page_view", number("pages_viewed") - 1);
  more("view_item", number("product_views"));
  more("add_to_wishlist", number("wishlist_adds"));
  more(row % 2 == 0 ? "search" : "view_search_results", number("used_search"));
  more("select_promotion", number("promo_clicks"));
  more("add_to_cart", number("add_to_cart"));
  if (number("checkout_step_reached") > 0)
    more(steps[static_cast<std::size_t>(number("checkout_step_reached")) - 1], 1);
  if (number("purchased") > 0) session.push_back(made::at(start, "purchase", {{"value", number("revenue")}}));
  session.push_back(made::at(start, "scroll", {{"percent_scrolled", number("scroll_depth_pct")}}));
  session.back().time += std::llround(number("session_duration_sec") * 1e6);
  for (auto& each : session) {
    each.visitor = "visitor " + std::to_string(1'000'000 + row);
    events.push_back(each);
  }
}

}  // namespace

TEST_CASE("the shop's sessions as events give the shop's table again") {
  const auto shop = ff::fashion_store{.sessions = 400, .seed = 3}.generate();
  std::vector<ff::event> events;
  for (ff::index row = 0; row < shop.rows(); ++row) write(shop, row, events);
  const auto log = made::log_of(events);
  const auto sessions = ff::sessionize(log);
  REQUIRE(sessions.size() == shop.rows());
  const auto ours = ff::features_of(log, sessions, ff::studied_features()).features;
  int compared = 0;
  for (const auto& each : shop.columns()) {
    if (each.name() == "returning_visitor") continue;  // these visitors come once
    INFO(each.name());
    const ff::column& own = ours[each.name()];
    CHECK(own.stage() == each.stage());
    for (std::size_t row = 0; row < static_cast<std::size_t>(shop.rows()); ++row) {
      if (each.is_numeric()) {
        CHECK(own.numbers()[row] == each.numbers()[row]);
      } else {
        CHECK(own.levels()[static_cast<std::size_t>(own.codes()[row])] ==
              each.levels()[static_cast<std::size_t>(each.codes()[row])]);
      }
    }
    ++compared;
  }
  CHECK(compared == 22);
  CHECK(ours["returning_visitor"].numbers()[0] == 0);
  for (std::size_t i = 0, j = 0; i < shop.columns().size(); ++i, ++j) {  // the same order
    while (ours.columns()[j].name() == "sessions_before") ++j;
    CHECK(ours.columns()[j].name() == shop.columns()[i].name());
  }
}

TEST_CASE("names, weights and the clock are the shop's own") {
  const auto features = ff::studied_features({.product_view = "look", .checkout = {"pay"}, .minutes_east = 600},
                                             {.product_view = 7, .cart = 0, .checkout_step = 100});
  const auto log = made::log_of({made::at(0, "look"), made::at(0, "pay")});
  const auto rows = ff::features_of(log, ff::sessionize(log), features).features;
  CHECK(rows["engagement_score_precheckout"].numbers()[0] == 7);
  CHECK(rows["engagement_score"].numbers()[0] == 107);
  CHECK(rows["checkout_progress_ratio"].numbers()[0] == 1);
  CHECK(rows["hour"].numbers()[0] == 22);
  CHECK(std::isnan(rows["product_view_rate_per_page"].numbers()[0]));  // no page was viewed
}
