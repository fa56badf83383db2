// SPDX-License-Identifier: MIT
// The code of docs/segments.md, in its order: from sessions to named personas, and sessions that have no segments.
#include <cmath>
#include <iostream>

#include <footfall/footfall.hpp>

namespace ff = footfall;

namespace {

double rounded(double value) { return std::round(value * 100) / 100; }

void from_sessions_to_personas(const ff::table& sessions) {
  const auto recipe =
      ff::numeric{{"pages_viewed", "product_views", "session_duration_sec", "scroll_depth_pct", "wishlist_adds",
                   "used_search", "promo_clicks", "reached_checkout", "checkout_step_reached"}} |
      ff::standard_scaler{} | ff::choose_k{.from = 2, .to = 8, .restarts = 10, .seed = 7};
  const auto model = recipe.fit(sessions);
  const auto& choice = model.last();

  std::cout << choice.verdict().words << '\n';
  for (const auto& of : choice.figures()) {
    const double least_stable = *std::min_element(of.stability.begin(), of.stability.end());
    std::cout << "k = " << of.clusters << ": silhouette " << rounded(of.silhouette) << ", Davies-Bouldin "
              << rounded(of.davies_bouldin) << ", gap over one group " << rounded(of.gap - choice.gap_of_one())
              << ", least stable segment " << rounded(least_stable) << '\n';
  }

  const auto ids = model.assign(sessions);
  const auto profiles =
      ff::profile(sessions, ids, {.converted = ff::label(sessions, "purchased"), .revenue = "revenue"});
  for (const auto& each : profiles) {
    const auto& views = each.number("product_views");
    std::cout << "segment " << each.segment << ": " << each.sessions << " sessions, " << rounded(views.summary.mean)
              << " product views (" << rounded(views.mean_range.low) << " to " << rounded(views.mean_range.high)
              << "), mobile " << rounded(each.level("device", "mobile").share.value) << ", converts "
              << rounded(100 * each.conversion->value) << " %\n";
  }

  for (const auto& each : ff::name_personas(profiles, ff::ga4_personas())) {
    std::cout << each.segment << ' ' << each.name << ". " << each.sentence << '\n';
  }

  const std::vector<ff::persona_rule> rules = {
      {.name = "Planners",
       .sentence = "Puts products on the wishlist and comes back to them.",
       .when = {ff::mean_of("wishlist_adds") > 0.5, ff::contrast_of("session_duration_sec") > 0}},
      {.name = "Mail readers",
       .sentence = "Comes from the newsletter.",
       .when = {ff::share_of("traffic_source", "email") > 0.35}}};
  for (const auto& each : ff::name_personas(profiles, rules)) {
    std::cout << each.segment << ' ' << each.name << ": " << each.sentence << '\n';
  }
}

void sessions_without_segments() {
  ff::random_stream stream(7);
  std::vector<double> minutes, pages;
  for (int session = 0; session < 2'000; ++session) {
    minutes.push_back(30 * stream.uniform());
    pages.push_back(20 * stream.uniform());
  }
  const ff::table sessions({ff::column::numeric("minutes", minutes), ff::column::numeric("pages", pages)});

  const auto recipe = ff::numeric{{"minutes", "pages"}} | ff::standard_scaler{} | ff::choose_k{.to = 8, .seed = 7};
  const auto model = recipe.fit(sessions);
  std::cout << model.last().verdict().words << '\n';
}

}  // namespace

int main() {
  from_sessions_to_personas(ff::fashion_store{.sessions = 5'000, .seed = 7}.generate());
  sessions_without_segments();
}
