// SPDX-License-Identifier: MIT
// The log of the shop, cut into sessions again, is the table of the shop.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/session_table.hpp>
#include <footfall/events/sessionize.hpp>
#include <footfall/events/studied_features.hpp>
#include <footfall/synthetic/fashion_events.hpp>

namespace {

namespace ff = footfall;

/// What the events of one session say, counted by hand.
struct counted {
  double pages = 0, products = 0, scroll = 0, wishlist = 0, carts = 0, steps = 0, purchases = 0, revenue = 0;
  std::int64_t first = 0, last = 0;
  std::string device, source, country;
};

counted count(const ff::event_log& log, std::span<const std::uint32_t> events) {
  counted c;
  c.first = log[events.front()].time();
  c.last = log[events.back()].time();
  for (const auto at : events) {
    const auto e = log[at];
    c.pages += e.is("page_view");
    c.products += e.is("view_item");
    if (e.is("scroll")) c.scroll = e.number("percent_scrolled");
    c.wishlist += e.is("add_to_wishlist");
    c.carts += e.is("add_to_cart");
    for (const char* step : {"begin_checkout", "add_shipping_info", "add_payment_info", "review_order"}) {
      c.steps += e.is(step);
    }
    c.purchases += e.is("purchase");
    if (e.is("purchase")) c.revenue += e.number("value");
    if (!e.text("source").empty()) c.source = e.text("source");
    c.device = e.text("device_category");
    c.country = e.text("country");
  }
  return c;
}

/// Rows of the shop by visitor and start: what tells sessions apart.
std::map<std::pair<std::string, std::int64_t>, std::size_t> rows_of(const ff::fashion_events& recipe) {
  const auto visits = recipe.visits();
  std::map<std::pair<std::string, std::int64_t>, std::size_t> rows;
  for (std::size_t row = 0; row < visits.start.size(); ++row) {
    rows[{ff::fashion_visitor(visits.visitor[row]), visits.start[row]}] = row;
  }
  return rows;
}

/// Every session against its row.
void check_against(const ff::fashion_events& recipe, const ff::event_log& log, const ff::session_list& sessions) {
  const auto shop = recipe.shop.generate();
  const auto rows = rows_of(recipe);
  const auto number = [&](const char* name, std::size_t row) { return shop[name].numbers()[row]; };
  const auto level = [&](const char* name, std::size_t row) {
    return shop[name].levels()[static_cast<std::size_t>(shop[name].codes()[row])];
  };
  for (ff::index s = 0; s < sessions.size(); ++s) {
    const auto c = count(log, sessions.events(s));
    const auto visitor = std::string(log[sessions.events(s).front()].visitor());
    const auto found = rows.find({visitor, c.first});
    REQUIRE(found != rows.end());
    const std::size_t row = found->second;
    REQUIRE(c.pages == number("pages_viewed", row));
    REQUIRE(c.products == number("product_views", row));
    REQUIRE(static_cast<double>(c.last - c.first) / 1e6 == number("session_duration_sec", row));
    REQUIRE(c.scroll == number("scroll_depth_pct", row));
    REQUIRE(c.wishlist == number("wishlist_adds", row));
    REQUIRE(c.carts == number("add_to_cart", row));
    REQUIRE(c.steps == number("checkout_step_reached", row));
    REQUIRE(c.purchases == number("purchased", row));
    REQUIRE(c.revenue == number("revenue", row));
    REQUIRE(c.device == level("device", row));
    REQUIRE(c.source == level("traffic_source", row));
    REQUIRE(c.country == level("country", row));
  }
}

}  // namespace

TEST_CASE("sessions by rule and by the source's ids are those of the shop") {
  const ff::fashion_events recipe{.shop = {.sessions = 3'000, .seed = 4}};
  const auto log = recipe.log();
  const auto times = log.times();
  CHECK(std::is_sorted(times.begin(), times.end()));
  CHECK(log.size() > 6 * 3'000);
  check_against(recipe, log, ff::sessionize(log));
  check_against(recipe, log, ff::sessionize(log, ff::session_rules::of_source()));
}

TEST_CASE("the features of the log are the columns of the shop, to the last bit") {
  const ff::fashion_events recipe{.shop = {.sessions = 1'500, .seed = 9, .label = ff::fashion_label::repair}};
  const auto log = recipe.log();
  const auto sessions = ff::sessionize(log);
  const auto made = ff::features_of(log, sessions, ff::studied_features()).features;
  const auto shop = recipe.shop.generate();
  const auto rows = rows_of(recipe);
  REQUIRE(made.rows() == shop.rows());
  for (const auto& column : shop.columns()) {
    const auto& other = made[column.name()];
    CAPTURE(column.name());
    CHECK(other.stage() == column.stage());
    for (ff::index s = 0; s < sessions.size(); ++s) {
      const auto first = log[sessions.events(s).front()];
      const std::size_t row = rows.at({std::string(first.visitor()), first.time()});
      const auto at = static_cast<std::size_t>(s);
      if (column.is_numeric()) {
        REQUIRE(other.numbers()[at] == column.numbers()[row]);
      } else {
        REQUIRE(other.levels()[static_cast<std::size_t>(other.codes()[at])] ==
                column.levels()[static_cast<std::size_t>(column.codes()[row])]);
      }
    }
  }
}

TEST_CASE("late and shuffled events make the same sessions") {
  ff::fashion_events recipe{.shop = {.sessions = 1'000, .seed = 4, .label = ff::fashion_label::funnel}};
  recipe.dirt = {.late = 0.2, .shuffled = true};
  const auto log = recipe.log();
  const auto times = log.times();
  CHECK_FALSE(std::is_sorted(times.begin(), times.end()));
  check_against(recipe, log, ff::sessionize(log));
}

TEST_CASE("duplicates are more events and no more sessions") {
  ff::fashion_events recipe{.shop = {.sessions = 1'000, .seed = 4}};
  const auto clean = recipe.log();
  recipe.dirt = {.duplicated = 0.1};
  const auto dirty = recipe.log();
  CHECK(dirty.size() > clean.size() * 107 / 100);
  CHECK(dirty.size() < clean.size() * 113 / 100);
  CHECK(ff::sessionize(dirty).size() == 1'000);
}

TEST_CASE("a purchase says where no checkout was recorded") {
  const auto off_site = [](ff::fashion_label label) {
    const auto log = ff::fashion_events{.shop = {.sessions = 2'000, .seed = 1, .label = label}}.log();
    int count = 0;
    for (ff::index i = 0; i < log.size(); ++i) count += log[i].number("off_site") == 1 ? 1 : 0;
    return count;
  };
  CHECK(off_site(ff::fashion_label::seed_like) > 80);
  CHECK(off_site(ff::fashion_label::repair) == 0);
  CHECK(off_site(ff::fashion_label::funnel) == 0);
}

TEST_CASE("the seed decides everything, threads nothing") {
  const ff::fashion_events recipe{.shop = {.sessions = 300, .seed = 2}};
  const auto one = recipe.log({.threads = 1}), many = recipe.log({.threads = 4});
  REQUIRE(one.size() == many.size());
  for (ff::index i = 0; i < one.size(); ++i) REQUIRE(one[i].copy() == many[i].copy());
}
