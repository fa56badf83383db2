// SPDX-License-Identifier: MIT
// A fashion shop that does not exist: seeded sessions with known segments, for examples, tests and benchmarks.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/stage.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/table.hpp>
#include <footfall/statistics/interval.hpp>
#include <footfall/synthetic/distributions.hpp>
#include <footfall/synthetic/quotas.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Who buys in a `fashion_store`. Both labels have the same number of buyers and the same sessions before the checkout.
enum class fashion_label : unsigned char {
  seed_like,  ///< each segment has its published conversion rate; two buyers in three never saw the checkout, which
              ///< those rates force and a real log cannot show
  funnel      ///< nobody buys without the checkout; the published rates of the segments are lost
};

/// The recipe of a shop. The numbers of sessions and of buyers in each segment are exact quotas, not draws: rates come
/// out tighter than sampling would make them. 25,000 sessions have 1,847 buyers (7.39 %); other sizes share in
/// proportion, by largest remainder.
struct fashion_store {
  /// The segments, in the order of `segments()`; each session behaves as one of them.
  static constexpr std::array<std::string_view, 6> segment_names = {
      "low-intent skimmers", "window shoppers", "search-driven browsers",
      "product explorers",   "buyers",          "promotion seekers"};

  index sessions = 25'000;                         ///< in [1, 2^31 - 1]
  std::uint64_t seed = 7;                          ///< the same seed gives the same shop
  fashion_label label = fashion_label::seed_like;  ///< who buys

  /// One row a session, each column with the stage at which it is known: behaviour (`pages_viewed`, without those of
  /// the checkout, to `checkout_step_reached`, 0 to 4), context (`device` to `returning_visitor`), features derived
  /// from them, and the outcome (`purchased`, 0 or 1, and `revenue`). Nothing is missing.
  /// `engagement_score_precheckout` is minutes (at most 30) + pages + 2 x product views + scroll depth / 25 + 3 x
  /// wishlist + 2 x search + promotions; `engagement_score` adds 20 x cart + 10 x checkout step.
  /// Throws bad_option. Cost O(sessions x log sessions).
  table generate() const;

  /// The segment that each session was drawn from, a position in `segment_names`: what no column states.
  segment_ids segments() const;
};

namespace detail {

enum class fashion_segment : std::int32_t { skimmer, window, search, explorer, buyer, promotion };

/// A count: `least`, and a Poisson number of more.
struct fashion_count {
  index least = 0;
  double more = 0;

  double draw(random_stream stream) const { return static_cast<double>(least + draw_poisson(stream, more)); }
};

/// By segment, in the order of `fashion_segment`, where there are six.
struct fashion_parameters {
  static constexpr std::array<std::int64_t, 6> sessions = {9310, 5640, 3225, 2635, 2598, 1592};
  static constexpr std::array<std::int64_t, 6> buyers = {414, 394, 193, 163, 591, 92};
  static constexpr std::int64_t all_sessions = 25'000;
  static constexpr std::int64_t all_buyers = 1'847;

  static constexpr std::array<double, 6> returning = {.22, .34, .38, .42, .50, .46};
  static constexpr std::array<double, 6> cart = {.045, .10, .10, .305, 1, .10};
  static constexpr std::array<double, 6> checkout_of_carts = {0, 0, 0, .02 / .305, 1, 0};
  static constexpr std::array<double, 6> order_value = {141.75, 141.75, 141.75, 141.75, 147.30, 141.75};
  static constexpr double order_variation = .45;  // standard deviation / mean

  // Buyers have no behaviour of their own before the cart: each borrows that of another segment, or an early model would
  // know them at once. So their places stay empty.
  static constexpr std::array<double, 6> borrowed = {.24, .68, .08, 0, 0, 0};
  static constexpr std::array<std::array<double, 3>, 6> device = {
      {{.918, .055, .027}, {.12, .83, .05}, {.55, .40, .05}, {.50, .44, .06}, {}, {.62, .32, .06}}};
  static constexpr std::array<std::array<double, 6>, 6> source = {{{.22, .12, .36, .14, .06, .10},
                                                                   {.32, .16, .12, .24, .06, .10},
                                                                   {.44, .24, .06, .16, .04, .06},
                                                                   {.30, .16, .16, .20, .08, .10},
                                                                   {},
                                                                   {.12, .10, .26, .08, .36, .08}}};
  static constexpr std::array<fashion_count, 6> product_views = {
      {{0, .32}, {1, .90}, {1, .90}, {3, 1.26}, {}, {1, .70}}};
  static constexpr std::array<fashion_count, 6> other_pages = {{{1, .35}, {2, 1.3}, {2, 1.3}, {3, 1.8}, {}, {1, 1.2}}};
  static constexpr std::array<double, 6> duration_mean = {48, 180, 190, 330, 0, 120};
  static constexpr std::array<double, 6> duration_log_sd = {.45, .35, .35, .30, 0, .40};
  static constexpr std::array<double, 6> scroll_mean = {.22, .58, .57, .76, 0, .42};
  static constexpr std::array<double, 6> scroll_sharpness = {18, 18, 18, 20, 0, 18};  // sum of the shapes of a beta
  static constexpr std::array<fashion_count, 6> wishlist = {
      {{0, .002}, {0, .008}, {0, .008}, {1, .15}, {}, {0, .008}}};  // at most one a viewed product
  static constexpr std::array<double, 6> search = {0, 0, 1, .04, 0, .02};
  static constexpr std::array<fashion_count, 6> promotions = {
      {{0, .001}, {0, .002}, {0, .002}, {0, .004}, {}, {1, .08}}};

  static constexpr std::array<double, 6> country = {.46, .18, .12, .09, .08, .07};
  static constexpr std::array<double, 7> weekday = {.135, .13, .13, .135, .14, .165, .165};
  static constexpr std::array<double, 24> hour = {2, 1,   1, 1, 1,   1.5, 2.5, 4, 5,   5, 5, 5.5,
                                                  6, 5.5, 5, 5, 5.5, 6,   7,   8, 8.5, 8, 6, 3.5};
  static constexpr std::array<double, 4> step = {.20, .27, .28, .25};
  static constexpr std::array<double, 4> abandoned_step = {.40, .28, .20, .12};

  // What raises a session's chance among those of its segment, on the log scale.
  static constexpr double evening = .28;  // hours 19 to 22
  static constexpr double comes_back = .05;
  static constexpr double views = .12;      // by standard deviation of log(1 + product views)
  static constexpr double has_cart = 1.5;   // outside the buyers' segment
  static constexpr double each_step = .32;  // inside it
};

/// What is drawn of a session, one stream each: a variable that is added later does not move the others.
// clang-format off
enum class fashion_variable : std::uint64_t {
  segment, borrowed, device, source, country, hour, weekday, returning, product_views, other_pages, duration, scroll,
  wishlist, search, promotions, cart, checkout, step, buyer, abandoned_step, order_place, order_value
};
// clang-format on

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

class fashion_streams {
 public:
  explicit fashion_streams(std::uint64_t seed) : root_(seed) {}
  random_stream of(fashion_variable variable) const { return root_.child(static_cast<std::uint64_t>(variable)); }
  random_stream of(fashion_variable variable, std::size_t row) const { return of(variable).child(row); }

 private:
  random_stream root_;
};

inline fashion_draws draw_behaviour(segment_ids segment, const fashion_streams& streams) {
  using p = fashion_parameters;
  using v = fashion_variable;
  fashion_draws d;
  const std::size_t rows = segment.size();
  for (auto* column : {&d.device, &d.source, &d.country, &d.weekday}) column->resize(rows);
  for (auto* column : {&d.hour, &d.returning, &d.product_views, &d.pages, &d.duration, &d.scroll, &d.wishlist,
                       &d.search, &d.promotions, &d.cart, &d.checkout, &d.step, &d.purchased, &d.revenue}) {
    column->resize(rows);
  }
  for (std::size_t row = 0; row < rows; ++row) {
    const auto pick = [&](fashion_variable variable, std::span<const double> weights) {
      return static_cast<std::int32_t>(streams.of(variable, row).pick(weights));
    };
    const auto happens = [&](fashion_variable variable, double chance) {
      return streams.of(variable, row).uniform() < chance ? 1.0 : 0.0;
    };
    const auto kind = static_cast<std::size_t>(segment[row]);
    const bool is_buyer = segment[row] == static_cast<std::int32_t>(fashion_segment::buyer);
    const auto style = is_buyer ? static_cast<std::size_t>(pick(v::borrowed, p::borrowed)) : kind;

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
  d.segment = std::move(segment);
  return d;
}

/// For each session how much its context and its views speak for a purchase, compared within its segment.
inline std::vector<double> early_appeal(const fashion_draws& d) {
  using p = fashion_parameters;
  std::array<double, 6> count{}, sum{}, squares{};
  std::vector<double> views(d.rows());
  for (std::size_t row = 0; row < d.rows(); ++row) {
    const auto kind = static_cast<std::size_t>(d.segment[row]);
    views[row] = std::log1p(d.product_views[row]);
    count[kind] += 1;
    sum[kind] += views[row];
  }
  for (std::size_t row = 0; row < d.rows(); ++row) {
    const auto kind = static_cast<std::size_t>(d.segment[row]);
    views[row] -= sum[kind] / count[kind];
    squares[kind] += views[row] * views[row];
  }
  for (std::size_t row = 0; row < d.rows(); ++row) {
    const auto kind = static_cast<std::size_t>(d.segment[row]);
    const double deviation = std::sqrt(squares[kind] / count[kind]);
    const bool in_the_evening = d.hour[row] >= 19 && d.hour[row] <= 22;
    views[row] = p::views * (deviation > 0 ? views[row] / deviation : 0) + (in_the_evening ? p::evening : 0) +
                 p::comes_back * d.returning[row];
  }
  return views;
}

/// Marks `count` of the candidates as buyers, drawn without putting back with weights exp(appeal): those with the
/// smallest keys, where a key is exponential with that rate (Efraimidis and Spirakis 2006).
inline void draw_buyers(fashion_draws& d, const std::vector<std::size_t>& candidates, const std::vector<double>& appeal,
                        index count, const fashion_streams& streams) {
  std::vector<std::pair<double, std::size_t>> keys;
  for (const std::size_t row : candidates) {
    auto own = streams.of(fashion_variable::buyer, row);
    keys.emplace_back(-std::log1p(-own.uniform()) / std::exp(appeal[row]), row);
  }
  std::sort(keys.begin(), keys.end());
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) d.purchased[keys[i].second] = 1;
}

inline void draw_labels(fashion_draws& d, fashion_label label, const fashion_streams& streams) {
  using p = fashion_parameters;
  const auto rows = static_cast<index>(d.rows());
  const index buyers = (rows * p::all_buyers + p::all_sessions / 2) / p::all_sessions;
  auto appeal = early_appeal(d);
  if (label == fashion_label::funnel) {
    std::vector<std::size_t> candidates;
    for (std::size_t row = 0; row < d.rows(); ++row) {
      if (d.checkout[row] > 0) candidates.push_back(row);
    }
    draw_buyers(d, candidates, appeal, buyers, streams);
    for (const std::size_t row : candidates) {
      auto own = streams.of(fashion_variable::abandoned_step, row);
      d.step[row] = d.purchased[row] > 0 ? 4 : static_cast<double>(1 + own.pick(p::abandoned_step));
    }
    return;
  }
  std::array<std::vector<std::size_t>, 6> candidates;
  for (std::size_t row = 0; row < d.rows(); ++row) {
    candidates[static_cast<std::size_t>(d.segment[row])].push_back(row);
    appeal[row] += d.in(row, fashion_segment::buyer) ? p::each_step * d.step[row] : p::has_cart * d.cart[row];
  }
  const auto quotas = largest_remainder(buyers, p::buyers);
  for (std::size_t kind = 0; kind < quotas.size(); ++kind) {
    draw_buyers(d, candidates[kind], appeal, quotas[kind], streams);
  }
}

/// Order values by segment, one from each of as many equal slices of the distribution as there are orders: their mean
/// then hardly depends on the seed.
inline void draw_revenue(fashion_draws& d, const fashion_streams& streams) {
  using p = fashion_parameters;
  const double log_sd = std::sqrt(std::log1p(p::order_variation * p::order_variation));
  for (std::size_t kind = 0; kind < p::order_value.size(); ++kind) {
    std::vector<std::size_t> slices;
    for (std::size_t row = 0; row < d.rows(); ++row) {
      if (static_cast<std::size_t>(d.segment[row]) == kind && d.purchased[row] > 0) slices.push_back(row);
    }
    streams.of(fashion_variable::order_place).child(kind).shuffle(std::span(slices));
    for (std::size_t slice = 0; slice < slices.size(); ++slice) {
      auto own = streams.of(fashion_variable::order_value, slices[slice]);
      const double at =
          (static_cast<double>(slice) + std::max(own.uniform(), 0x1p-53)) / static_cast<double>(slices.size());
      const double value = p::order_value[kind] * std::exp(log_sd * normal_quantile(at) - log_sd * log_sd / 2);
      d.revenue[slices[slice]] = std::round(value * 100) / 100;
    }
  }
}

inline table as_table(fashion_draws d) {
  const std::size_t rows = d.rows();
  std::vector<double> early_score(rows), score(rows), view_rate(rows), time_a_page(rows), progress(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    early_score[row] = std::min(d.duration[row], 1800.0) / 60 + d.pages[row] + 2 * d.product_views[row] +
                       d.scroll[row] / 25 + 3 * d.wishlist[row] + 2 * d.search[row] + d.promotions[row];
    score[row] = early_score[row] + 20 * d.cart[row] + 10 * d.step[row];
    view_rate[row] = d.product_views[row] / d.pages[row];  // there is always a page
    time_a_page[row] = d.duration[row] / d.pages[row];
    progress[row] = d.step[row] / 4;
  }
  const auto number = [](const char* name, std::vector<double>& values, stage s) {
    return column::numeric(name, std::move(values), s);
  };
  const auto category = [](const char* name, std::vector<std::int32_t>& codes, std::vector<std::string> levels) {
    return column::categorical(name, std::move(codes), std::move(levels), stage::context);
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
      category("device", d.device, {"mobile", "desktop", "tablet"}),
      category("traffic_source", d.source, {"organic", "paid_search", "paid_social", "direct", "email", "referral"}),
      category("country", d.country, {"US", "GB", "DE", "FR", "CA", "AU"}),
      number("hour", d.hour, stage::context),
      category("day_of_week", d.weekday, {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}),
      number("returning_visitor", d.returning, stage::context),
      number("engagement_score_precheckout", early_score, stage::browse),
      number("engagement_score", score, stage::checkout),
      number("product_view_rate_per_page", view_rate, stage::browse),
      number("session_duration_per_page", time_a_page, stage::browse),
      number("checkout_progress_ratio", progress, stage::checkout),
      number("purchased", d.purchased, stage::outcome),
      number("revenue", d.revenue, stage::outcome),
  });
}

}  // namespace detail

inline segment_ids fashion_store::segments() const {
  require(sessions >= 1 && sessions <= 0x7FFFFFFF, error_code::bad_option, "fashion_store",
          "sessions must be in [1, 2147483647], got ", sessions);
  require(label == fashion_label::seed_like || label == fashion_label::funnel, error_code::bad_option, "fashion_store",
          "there is no label ", static_cast<int>(label));
  return shuffled_quotas(sessions, detail::fashion_parameters::sessions,
                         detail::fashion_streams(seed).of(detail::fashion_variable::segment));
}

inline table fashion_store::generate() const {
  const detail::fashion_streams streams(seed);
  auto draws = detail::draw_behaviour(segments(), streams);
  detail::draw_labels(draws, label, streams);
  detail::draw_revenue(draws, streams);
  return detail::as_table(std::move(draws));
}

FOOTFALL_END_NAMESPACE
