// SPDX-License-Identifier: MIT
// The numbers that a made-up fashion shop is drawn from: sizes, rates and behaviour of its six segments.
#pragma once

#include <array>
#include <cstdint>

#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/synthetic/distributions.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Who buys in a `fashion_store`. All labels have the same number of buyers and the same sessions before the cart.
enum class fashion_label : unsigned char {
  seed_like,  ///< each segment has its published conversion rate; two buyers in three never saw the checkout, which
              ///< those rates force and a real log cannot show
  repair,     ///< the same buyers, with the steps that they must have taken filled in; the buyers' segment grows to all
              ///< who bought, and the others are left with hardly a buyer
  funnel      ///< nobody buys without the checkout; the published rates of the segments are lost
};

/// The segments of a `fashion_store`; each session behaves as one of them.
enum class fashion_segment : std::int32_t { skimmer, window, search, explorer, buyer, promotion };

/// A count: `least`, and a Poisson number of more.
struct fashion_count {
  index least = 0;
  double more = 0;

  double draw(random_stream stream) const { return static_cast<double>(least + draw_poisson(stream, more)); }
};

/// Calibrated so that K-Means and forests on the made sessions come to the published tables. By segment, in the order of
/// `fashion_segment`, where there are six.
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

FOOTFALL_END_NAMESPACE
