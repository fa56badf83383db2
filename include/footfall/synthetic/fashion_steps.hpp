// SPDX-License-Identifier: MIT
// One session of a made-up fashion shop as the events that its columns are counts of.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/synthetic/fashion_behaviour.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What happens in a session; the names are those that Google Analytics 4 recommends, but for `review_order`.
enum class fashion_step : std::uint8_t {
  start,
  page_view,
  product_view,
  wishlist,
  search,
  promotion,
  scroll,
  cart,
  begin_checkout,
  shipping,
  payment,
  review,
  purchase,
  end
};
inline constexpr std::array<std::string_view, 14> fashion_step_names = {
    "session_start",    "page_view",    "view_item",   "add_to_wishlist", "view_search_results",
    "select_promotion", "scroll",       "add_to_cart", "begin_checkout",  "add_shipping_info",
    "add_payment_info", "review_order", "purchase",    "user_engagement"};

/// The steps of session `row` in their order. A session lands on a page that shows no product; a product is looked at on the page
/// that was opened for it, and put on a wishlist only there; checkout and purchase open no page. The cart comes anywhere
/// after the landing, since it can be filled from a list.
inline std::vector<fashion_step> steps_of_session(const fashion_draws& d, std::size_t row,
                                                  const fashion_streams& streams) {
  auto stream = streams.of(fashion_variable::steps, row);
  const auto whole = [](double value) { return static_cast<std::size_t>(value); };
  const std::size_t products = whole(d.product_views[row]);
  std::vector<fashion_step> pages(whole(d.pages[row]) - 1, fashion_step::page_view);  // behind the landing
  std::fill_n(pages.begin(), products, fashion_step::product_view);
  stream.shuffle(std::span(pages));

  std::vector<fashion_step> steps{fashion_step::page_view};
  std::size_t wishes = whole(d.wishlist[row]);
  for (const fashion_step page : pages) {
    steps.push_back(fashion_step::page_view);
    if (page != fashion_step::product_view) continue;
    steps.push_back(page);
    if (wishes > 0) {
      steps.push_back(fashion_step::wishlist);
      --wishes;
    }
  }
  // A step anywhere behind the landing. Between a page and its product nothing else happens.
  const auto anywhere = [&](fashion_step step) {
    std::size_t at = 1 + static_cast<std::size_t>(stream.below(steps.size()));
    while (at < steps.size() && (steps[at] == fashion_step::product_view || steps[at] == fashion_step::wishlist)) ++at;
    steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(at), step);
  };
  if (d.search[row] > 0) anywhere(fashion_step::search);
  for (std::size_t i = 0; i < whole(d.promotions[row]); ++i) anywhere(fashion_step::promotion);
  if (d.scroll[row] > 0) anywhere(fashion_step::scroll);
  if (d.cart[row] > 0) anywhere(fashion_step::cart);

  steps.insert(steps.begin(), fashion_step::start);
  for (std::size_t i = 0; i < whole(d.step[row]); ++i) {
    steps.push_back(static_cast<fashion_step>(static_cast<std::size_t>(fashion_step::begin_checkout) + i));
  }
  steps.push_back(d.purchased[row] > 0 ? fashion_step::purchase : fashion_step::end);
  return steps;
}

/// When each of `count` steps happens, in microseconds after the first: the first at 0, the last at `length`, those between at
/// random. `count` is at least 2.
inline std::vector<std::int64_t> times_of_steps(std::size_t count, std::int64_t length, random_stream stream) {
  std::vector<std::int64_t> times(count, 0);
  for (std::size_t i = 1; i + 1 < count; ++i) {
    times[i] = static_cast<std::int64_t>(stream.uniform() * static_cast<double>(length));
  }
  times.back() = length;
  std::sort(times.begin(), times.end());
  return times;
}

FOOTFALL_END_NAMESPACE
