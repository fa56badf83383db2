// SPDX-License-Identifier: MIT
// The features of the study of a fashion shop, from events under the names that Google Analytics 4 recommends.
#pragma once

#include <string>
#include <vector>

#include <footfall/core/stage.hpp>
#include <footfall/events/fold.hpp>
#include <footfall/events/session_features.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What the events and parameters are called in the shop's log.
struct studied_events {
  event_names page_view = "page_view";
  event_names product_view = "view_item";
  event_names wishlist = "add_to_wishlist";
  event_names search = {"search", "view_search_results"};
  event_names promotion = "select_promotion";
  event_names scroll = "scroll";
  event_names cart = "add_to_cart";
  /// The steps of the checkout in their order. The purchase is none: it would write the outcome into a column of the checkout.
  /// (`review_order` is not a name that GA4 recommends; a log without it reaches three quarters.)
  event_names checkout = {"begin_checkout", "add_shipping_info", "add_payment_info", "review_order"};
  event_names purchase = "purchase";
  std::string scroll_percent = "percent_scrolled";
  std::string order_value = "value";
  std::string device = "device_category";
  std::string source = "source";
  std::string country = "country";
  int minutes_east = 0;  ///< of the shop's clock, for `hour` and `day_of_week`
};

/// How much each thing a visitor does adds to the engagement score. The study publishes no formula: these are ours.
struct engagement_weights {
  double minute = 1;  ///< of the session, at most 30 of them
  double page = 1;
  double product_view = 2;
  double full_scroll = 4;  ///< of a page read to its end; a quarter of it adds a quarter
  double wishlist = 3;
  double search = 2;  ///< once, however many
  double promotion = 1;
  double cart = 20;           ///< once; not in the score before the checkout
  double checkout_step = 10;  ///< neither
};

/// The 23 columns of the study, in its order, each with the stage at which it is known. `engagement_score_precheckout` knows nothing
/// of the cart; `engagement_score` adds cart and checkout steps, and so is of the checkout: a model before the cart must not see it,
/// though the study's list of excluded columns leaves it out. Per page: missing where no page was viewed.
inline session_features studied_features(const studied_events& events = {}, const engagement_weights& score = {}) {
  using enum stage;
  const auto steps = static_cast<double>(events.checkout.size());
  const std::vector<weighted_term> early{
      {.column = "session_duration_sec", .weight = score.minute, .per = 60, .most = 1800},
      {.column = "pages_viewed", .weight = score.page},
      {.column = "product_views", .weight = score.product_view},
      {.column = "scroll_depth_pct", .weight = score.full_scroll, .per = 100},
      {.column = "wishlist_adds", .weight = score.wishlist},
      {.column = "used_search", .weight = score.search},
      {.column = "promo_clicks", .weight = score.promotion}};
  return session_features({
      {"pages_viewed", fold::count(events.page_view), browse},
      {"product_views", fold::count(events.product_view), browse},
      {"session_duration_sec", fold::duration(), browse},
      {"scroll_depth_pct", fold::largest(events.scroll, events.scroll_percent, 0), browse},
      {"wishlist_adds", fold::count(events.wishlist), browse},
      {"used_search", fold::any(events.search), browse},
      {"promo_clicks", fold::count(events.promotion), browse},
      {"add_to_cart", fold::any(events.cart), cart},
      {"reached_checkout", fold::any(events.checkout), checkout},
      {"checkout_step_reached", fold::furthest(events.checkout), checkout},
      {"device", fold::first_text({}, events.device), context},
      {"traffic_source", fold::first_text({}, events.source), context},
      {"country", fold::first_text({}, events.country), context},
      {"hour", fold::hour(events.minutes_east), context},
      {"day_of_week", fold::weekday_name(events.minutes_east), context},
      {"sessions_before", fold::sessions_before(), context},
      {"returning_visitor", fold::weighted_sum({{.column = "sessions_before", .most = 1}}), context},
      {"engagement_score_precheckout", fold::weighted_sum(early), browse},
      {"engagement_score",
       fold::weighted_sum({{.column = "engagement_score_precheckout"},
                           {.column = "add_to_cart", .weight = score.cart},
                           {.column = "checkout_step_reached", .weight = score.checkout_step}}),
       checkout},
      {"product_view_rate_per_page", fold::ratio("product_views", "pages_viewed"), browse},
      {"session_duration_per_page", fold::ratio("session_duration_sec", "pages_viewed"), browse},
      {"checkout_progress_ratio", fold::weighted_sum({{.column = "checkout_step_reached", .per = steps}}), checkout},
      {"purchased", fold::any(events.purchase), outcome},
      {"revenue", fold::sum(events.purchase, events.order_value), outcome},
  });
}

FOOTFALL_END_NAMESPACE
