// SPDX-License-Identifier: MIT
// Rules that name a segment by what its profile shows: data that a shop writes itself.
#pragma once

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <footfall/core/version.hpp>
#include <footfall/segments/profile.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A figure of a profile: the mean of a numeric column, its contrast to all sessions, or the share of a level.
struct persona_figure {
  enum class kind : unsigned char { mean, contrast, share };

  kind what = kind::mean;
  std::string column{};
  std::string level{};  ///< of a share; for a contrast empty where the column is numeric

  /// The figure and its range in a profile. Throws unknown_name for a column or level that the profile lacks.
  struct reading {
    double value = 0;
    interval range{};
    double deviation = 0;  ///< how much of it one standard deviation of all sessions is
    footfall::contrast contrast{};
  };
  reading read(const segment_profile& profile) const {
    if (!level.empty()) {
      const auto& found = profile.level(column, level);
      if (what == kind::contrast) return {found.contrast.value, found.contrast.range, 1, found.contrast};
      const double share = found.share_of_all;
      return {found.share.value, found.share.wilson, std::sqrt(share * (1 - share)), found.contrast};
    }
    const auto& found = profile.number(column);
    if (what == kind::contrast) return {found.contrast.value, found.contrast.range, 1, found.contrast};
    return {found.summary.mean, found.mean_range, found.deviation_of_all, found.contrast};
  }

  bool operator==(const persona_figure&) const = default;
};

/// One condition of a rule; made by `mean_of("clicks") > 5` and the like.
struct persona_condition {
  persona_figure figure{};
  bool above = true;  ///< strictly above `bound`, else strictly below
  double bound = 0;

  bool operator==(const persona_condition&) const = default;
};

/// The mean of a numeric column; of one of 0 and 1 it is a share.
inline persona_figure mean_of(std::string column) { return {persona_figure::kind::mean, std::move(column), {}}; }
/// How many standard deviations of all sessions the segment's mean lies from theirs.
inline persona_figure contrast_of(std::string column) {
  return {persona_figure::kind::contrast, std::move(column), {}};
}
/// The same of the share of a level.
inline persona_figure contrast_of(std::string column, std::string level) {
  return {persona_figure::kind::contrast, std::move(column), std::move(level)};
}
/// The share of a level of a categorical column, in [0, 1].
inline persona_figure share_of(std::string column, std::string level) {
  return {persona_figure::kind::share, std::move(column), std::move(level)};
}
inline persona_condition operator>(persona_figure figure, double bound) { return {std::move(figure), true, bound}; }
inline persona_condition operator<(persona_figure figure, double bound) { return {std::move(figure), false, bound}; }

/// A name for a segment of which all conditions hold, at least one.
struct persona_rule {
  std::string name{};
  std::string sentence{};  ///< who these sessions are, for people to read; ends with a full stop
  std::vector<persona_condition> when{};

  bool operator==(const persona_rule&) const = default;
};

/// The four personas of a published study of 500,000 sessions on `clicks`, `time_spent` and `add_to_cart`, with its
/// bounds. It calls everybody else a passerby; here a passerby has to show few clicks and little time.
inline std::vector<persona_rule> shop_personas() {
  return {{.name = "Ready to buy",
           .sentence = "Comes with a purchase in mind and fills the cart.",
           .when = {mean_of("add_to_cart") > 0.8}},
          {.name = "Deep researcher",
           .sentence = "Stays long, reads and compares, and often leaves undecided.",
           .when = {mean_of("time_spent") > 300}},
          {.name = "Window shopper",
           .sentence = "Clicks through the catalogue and puts next to nothing into the cart.",
           .when = {mean_of("clicks") > 5, mean_of("add_to_cart") < 0.2}},
          {.name = "Passerby",
           .sentence = "Clicks little and is soon gone.",
           .when = {contrast_of("clicks") < 0, contrast_of("time_spent") < 0, mean_of("add_to_cart") < 0.2}}};
}

/// The six personas of a published study of 25,000 sessions of a fashion shop, on `reached_checkout`, `promo_clicks`,
/// `used_search`, `product_views`, `session_duration_sec`, `scroll_depth_pct` and `device`. It describes five; the
/// sixth is left over there, and that promotions set it apart is our reading. The bounds are ours.
inline std::vector<persona_rule> ga4_personas() {
  return {{.name = "High-intent buyers",
           .sentence = "Fills the cart and goes to the checkout; it only has to be easy.",
           .when = {mean_of("reached_checkout") > 0.5}},
          {.name = "Promotion seekers (our name)",
           .sentence = "Comes for an offer and clicks on it.",
           .when = {mean_of("promo_clicks") > 0.5, mean_of("reached_checkout") < 0.5}},
          {.name = "Search-driven browsers",
           .sentence = "Knows what it wants, searches for it, and does not buy.",
           .when = {mean_of("used_search") > 0.5, mean_of("reached_checkout") < 0.5}},
          {.name = "Product explorers, cart hesitators",
           .sentence = "Views many products and stops before the checkout.",
           .when = {mean_of("product_views") > 3, mean_of("reached_checkout") < 0.5}},
          {.name = "Mobile low-intent skimmers",
           .sentence = "Looks in on the phone, views little and is soon gone.",
           .when = {share_of("device", "mobile") > 0.5, contrast_of("product_views") < 0,
                    contrast_of("session_duration_sec") < 0, contrast_of("scroll_depth_pct") < 0}},
          {.name = "Desktop window shoppers",
           .sentence = "Browses at the desk without a sign that it wants to buy.",
           .when = {share_of("device", "desktop") > 0.5, mean_of("reached_checkout") < 0.5,
                    mean_of("used_search") < 0.5, mean_of("promo_clicks") < 0.5}}};
}

FOOTFALL_END_NAMESPACE
