// SPDX-License-Identifier: MIT
// The sessions of a made-up fashion shop as a table: what was drawn, what is derived from it, and when each is known.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/stage.hpp>
#include <footfall/data/column.hpp>
#include <footfall/data/table.hpp>
#include <footfall/synthetic/fashion_behaviour.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The levels of the columns with categories, in the order of their codes.
inline constexpr std::array<std::string_view, 3> fashion_devices = {"mobile", "desktop", "tablet"};
inline constexpr std::array<std::string_view, 6> fashion_sources = {"organic", "paid_search", "paid_social",
                                                                    "direct",  "email",       "referral"};
inline constexpr std::array<std::string_view, 6> fashion_countries = {"US", "GB", "DE", "FR", "CA", "AU"};
inline constexpr std::array<std::string_view, 7> fashion_weekdays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

/// One row a session, the columns of `fashion_store::generate`. Cost O(sessions).
inline table fashion_columns(fashion_draws d) {
  const std::size_t rows = d.rows();
  std::vector<double> early_score(rows), score(rows), view_rate(rows), time_a_page(rows), checkout_progress(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    early_score[row] = std::min(d.duration[row], 1800.0) / 60 + d.pages[row] + 2 * d.product_views[row] +
                       d.scroll[row] / 25 + 3 * d.wishlist[row] + 2 * d.search[row] + d.promotions[row];
    score[row] = early_score[row] + 20 * d.cart[row] + 10 * d.step[row];
    view_rate[row] = d.product_views[row] / d.pages[row];  // there is always a page
    time_a_page[row] = d.duration[row] / d.pages[row];
    checkout_progress[row] = d.step[row] / 4;
  }
  const auto number = [](const char* name, std::vector<double>& values, stage s) {
    return column::numeric(name, std::move(values), s);
  };
  const auto category = [](const char* name, std::vector<std::int32_t>& codes, const auto& levels) {
    return column::categorical(name, std::move(codes), {levels.begin(), levels.end()}, stage::context);
  };
  return table({
      number("pages_viewed", d.pages, stage::browse),
      number("product_views", d.product_views, stage::browse),
      number("session_duration_sec", d.duration, stage::browse),
      number("scroll_depth_pct", d.scroll, stage::browse),
      number("wishlist_adds", d.wishlist, stage::browse),
      number("used_search", d.search, stage::browse),
      number("promo_clicks", d.promotions, stage::browse),
      number("add_to_cart", d.cart, stage::cart),
      number("reached_checkout", d.checkout, stage::checkout),
      number("checkout_step_reached", d.step, stage::checkout),
      category("device", d.device, fashion_devices),
      category("traffic_source", d.source, fashion_sources),
      category("country", d.country, fashion_countries),
      number("hour", d.hour, stage::context),
      category("day_of_week", d.weekday, fashion_weekdays),
      number("returning_visitor", d.returning, stage::context),
      number("engagement_score_precheckout", early_score, stage::browse),
      number("engagement_score", score, stage::checkout),
      number("product_view_rate_per_page", view_rate, stage::browse),
      number("session_duration_per_page", time_a_page, stage::browse),
      number("checkout_progress_ratio", checkout_progress, stage::checkout),
      number("purchased", d.purchased, stage::outcome),
      number("revenue", d.revenue, stage::outcome),
  });
}

FOOTFALL_END_NAMESPACE
