// SPDX-License-Identifier: MIT
// Sessions with exactly the means that the two studies publish of their segments. What they tell in words alone ("short
// sessions, minimal scroll depth", "lowest clicks") has a number of ours, and says so here.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include <footfall/core/types.hpp>
#include <footfall/data/table.hpp>

struct published_sessions {
  footfall::table table;
  footfall::segment_ids ids;
  std::vector<std::string> names;  ///< as published, of segment 0, 1, ...
};

namespace published {

/// `mean * size` ones first, then zeros.
inline void add_flags(std::vector<double>& to, int size, double mean) {
  const int ones = static_cast<int>(std::lround(mean * size));
  for (int i = 0; i < size; ++i) to.push_back(i < ones ? 1 : 0);
}
/// Half of them a fifth below the mean, half a fifth above.
inline void add_numbers(std::vector<double>& to, int size, double mean) {
  for (int i = 0; i < size; ++i) to.push_back(mean * (size % 2 == 1 && i == 0 ? 1 : i % 2 == 0 ? 1.2 : 0.8));
}

}  // namespace published

/// The four of 500,000 sessions, a hundredth of them. Published are the means 438 s, about 120 s for the buyers, 6.2
/// clicks, a cart in all and in nearly none; sizes are those that the published rates imply, the rest is ours.
inline published_sessions published_shop_sessions() {
  struct segment {
    const char* name;
    int size;
    double clicks, page_views, time, cart;
  };
  const std::array<segment, 4> segments = {{{"Window shopper", 1630, 6.2, 7, 100, .01},
                                            {"Passerby", 1630, 1.8, 1.7, 70, 0},
                                            {"Deep researcher", 600, 3.6, 5, 438, .03},
                                            {"Ready to buy", 1140, 3.4, 3.6, 120, 1}}};
  std::vector<double> clicks, page_views, time, cart;
  published_sessions result;
  for (const auto& each : segments) {
    result.names.emplace_back(each.name);
    for (int i = 0; i < each.size; ++i) result.ids.push_back(static_cast<std::int32_t>(&each - segments.data()));
    published::add_numbers(clicks, each.size, each.clicks);
    published::add_numbers(page_views, each.size, each.page_views);
    published::add_numbers(time, each.size, each.time);
    published::add_flags(cart, each.size, each.cart);
  }
  using footfall::column;
  result.table = footfall::table({column::numeric("clicks", clicks), column::numeric("page_views", page_views),
                                  column::numeric("time_spent", time), column::numeric("add_to_cart", cart)});
  return result;
}

/// The six of 25,000 sessions. Published are the sizes, 91 % mobile of the first, used_search 1.00 of the third, 4.26
/// product views, 0.30 carts and 0.01 checkouts of the fourth, carts and checkouts of the fifth; the size of the sixth is
/// what the others leave, and the rest is ours.
inline published_sessions published_fashion_sessions() {
  struct segment {
    const char* name;
    int size;
    double mobile, search, promotions, views, duration, scroll, cart, checkout;
  };
  const std::array<segment, 6> segments = {
      {{"Mobile low-intent skimmers", 9323, .91, 0, 0, .3, 48, 22, .04, 0},
       {"Desktop window shoppers", 5593, .12, 0, 0, 1.9, 180, 58, .1, 0},
       {"Search-driven browsers", 3236, .55, 1, 0, 1.9, 190, 57, .1, 0},
       {"Product explorers, cart hesitators", 2614, .5, .04, 0, 4.26, 330, 76, .30, .01},
       {"High-intent buyers", 2620, .35, .1, 0, 2, 160, 50, 1, 1},
       {"Promotion seekers (our name)", 1614, .62, .02, 1, 1.7, 120, 42, .1, 0}}};
  std::vector<std::string> device;
  std::vector<double> search, promotions, views, duration, scroll, cart, checkout;
  published_sessions result;
  for (const auto& each : segments) {
    result.names.emplace_back(each.name);
    const int mobile = static_cast<int>(std::lround(each.mobile * each.size));
    for (int i = 0; i < each.size; ++i) {
      result.ids.push_back(static_cast<std::int32_t>(&each - segments.data()));
      device.emplace_back(i < mobile ? "mobile" : "desktop");
    }
    published::add_flags(search, each.size, each.search);
    published::add_numbers(promotions, each.size, each.promotions);
    published::add_numbers(views, each.size, each.views);
    published::add_numbers(duration, each.size, each.duration);
    published::add_numbers(scroll, each.size, each.scroll);
    published::add_flags(cart, each.size, each.cart);
    published::add_flags(checkout, each.size, each.checkout);
  }
  using footfall::column;
  result.table =
      footfall::table({column::from_text("device", device), column::numeric("used_search", search),
                       column::numeric("promo_clicks", promotions), column::numeric("product_views", views),
                       column::numeric("session_duration_sec", duration), column::numeric("scroll_depth_pct", scroll),
                       column::numeric("add_to_cart", cart), column::numeric("reached_checkout", checkout)});
  return result;
}
