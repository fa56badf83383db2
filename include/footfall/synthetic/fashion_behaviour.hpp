// SPDX-License-Identifier: MIT
// What the sessions of a made-up fashion shop do before anybody says who buys.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <footfall/core/parallel.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/synthetic/distributions.hpp>
#include <footfall/synthetic/fashion_parameters.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What is drawn of a session, one stream each: a variable that is added later does not move the others.
// clang-format off
enum class fashion_variable : std::uint64_t {
  segment, borrowed, device, source, country, hour, weekday, returning, product_views, other_pages, duration, scroll,
  wishlist, search, promotions, cart, checkout, step, buyer, abandoned_step, order_place, order_value, sampled_buyer,
  visit, visitor, steps, step_times, pages, dirt, after_last
};
// clang-format on

/// The stream of each variable, and of each variable of each session.
class fashion_streams {
 public:
  explicit fashion_streams(std::uint64_t seed) {
    for (std::uint64_t v = 0; v < static_cast<std::uint64_t>(fashion_variable::after_last); ++v) {
      streams_.push_back(random_stream(seed).child(v));
    }
  }
  random_stream of(fashion_variable variable) const { return streams_[static_cast<std::size_t>(variable)]; }
  random_stream of(fashion_variable variable, std::size_t row) const {
    return streams_[static_cast<std::size_t>(variable)].child(row);
  }

 private:
  std::vector<random_stream> streams_;
};

/// The columns of the shop while it is drawn.
struct fashion_draws {
  using numbers = std::vector<double>;
  using codes = std::vector<std::int32_t>;

  segment_ids segment;
  codes device, source, country, weekday;
  numbers hour, returning, product_views, pages, duration, scroll, wishlist, search, promotions, cart, checkout, step;
  numbers purchased, revenue;

  std::size_t rows() const noexcept { return segment.size(); }
  bool in(std::size_t row, fashion_segment which) const { return segment[row] == static_cast<std::int32_t>(which); }
};

namespace detail {

/// Everything of one session but who buys.
inline void draw_session(fashion_draws& d, std::size_t row, const fashion_streams& streams) {
  using p = fashion_parameters;
  using v = fashion_variable;
  const auto pick = [&](fashion_variable variable, std::span<const double> weights) {
    return static_cast<std::int32_t>(streams.of(variable, row).pick(weights));
  };
  const auto happens = [&](fashion_variable variable, double chance) {
    return streams.of(variable, row).uniform() < chance ? 1.0 : 0.0;
  };
  const auto kind = static_cast<std::size_t>(d.segment[row]);
  const auto style =
      d.in(row, fashion_segment::buyer) ? static_cast<std::size_t>(pick(v::borrowed, p::borrowed)) : kind;

  d.device[row] = pick(v::device, p::device[style]);
  d.source[row] = pick(v::source, p::source[style]);
  d.country[row] = pick(v::country, p::country);
  d.weekday[row] = pick(v::weekday, p::weekday);
  d.hour[row] = pick(v::hour, p::hour);
  d.returning[row] = happens(v::returning, p::returning[kind]);

  d.product_views[row] = p::product_views[style].draw(streams.of(v::product_views, row));
  d.pages[row] = d.product_views[row] + p::other_pages[style].draw(streams.of(v::other_pages, row));
  auto time = streams.of(v::duration, row);
  d.duration[row] = std::clamp(
      std::round(draw_lognormal(time, p::duration_mean[style], p::duration_log_sd[style]) * 10) / 10, 1.0, 3600.0);
  auto depth = streams.of(v::scroll, row);
  d.scroll[row] = std::round(100 * draw_beta(depth, p::scroll_mean[style] * p::scroll_sharpness[style],
                                             (1 - p::scroll_mean[style]) * p::scroll_sharpness[style]));
  d.wishlist[row] = std::min(p::wishlist[style].draw(streams.of(v::wishlist, row)), d.product_views[row]);
  d.search[row] = happens(v::search, p::search[style]);
  d.promotions[row] = p::promotions[style].draw(streams.of(v::promotions, row));

  // From a listing page a product goes into the cart without being viewed, so a cart asks for no product view.
  d.cart[row] = happens(v::cart, p::cart[kind]);
  d.checkout[row] = d.cart[row] * happens(v::checkout, p::checkout_of_carts[kind]);
  d.step[row] = d.checkout[row] * (1 + pick(v::step, p::step));
}

}  // namespace detail

/// Sessions of the given segments, nobody a buyer yet; the same for any number of threads. Cost O(sessions).
inline fashion_draws draw_behaviour(segment_ids segment, const fashion_streams& streams, const run_options& run = {}) {
  fashion_draws d;
  const std::size_t rows = segment.size();
  d.segment = std::move(segment);
  for (auto* column : {&d.device, &d.source, &d.country, &d.weekday}) column->resize(rows);
  for (auto* column : {&d.hour, &d.returning, &d.product_views, &d.pages, &d.duration, &d.scroll, &d.wishlist,
                       &d.search, &d.promotions, &d.cart, &d.checkout, &d.step, &d.purchased, &d.revenue}) {
    column->resize(rows);
  }
  workers team(run);
  team.for_each_block(static_cast<index>(rows), 4096, [&](index begin, index end) {
    for (index row = begin; row < end; ++row) detail::draw_session(d, static_cast<std::size_t>(row), streams);
  });
  return d;
}

FOOTFALL_END_NAMESPACE
