// SPDX-License-Identifier: MIT
// Layer 4 of the first study: how many segments the sessions have, which the columns decide.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <footfall/footfall.hpp>
#include <footfall/report/line_chart.hpp>
#include <footfall/report/page.hpp>
#include <footfall/report/results.hpp>

#include "../study.hpp"

inline const std::vector<std::string> browsing_columns = {"pages_viewed",     "product_views", "session_duration_sec",
                                                          "scroll_depth_pct", "wishlist_adds", "used_search",
                                                          "promo_clicks"};

inline std::vector<std::string> and_also(std::vector<std::string> names, const std::vector<std::string>& more) {
  names.insert(names.end(), more.begin(), more.end());
  return names;
}

/// The nine columns that the segments are made of: neither the label nor the device is among them.
inline std::vector<std::string> segment_columns() {
  return and_also(browsing_columns, {"reached_checkout", "checkout_step_reached"});
}

/// In single precision: half the memory to pass over.
inline ff::features<float> standardised(const ff::table& sessions, const std::vector<std::string>& names) {
  const auto scaled = (ff::numeric{names} | ff::standard_scaler{}).fit(sessions).transform(sessions);
  return {ff::matrix<float>(scaled.values().cast<float>()), scaled.columns()};
}

/// A set of columns and what every k from 2 to 10 came to on it.
struct column_set {
  std::string name;
  std::vector<std::string> columns;
  std::vector<double> silhouettes;
  int best = 0;
};

struct tried_k {
  ff::chosen_k<float> choice;    // on the columns of the study
  std::vector<column_set> sets;  // the first one: those
};

/// Every k on other columns: quicker, since it is only to show that the columns decide.
inline column_set tried_on(const ff::table& sessions, std::string name, const std::vector<std::string>& columns,
                           std::uint64_t seed) {
  const auto x = standardised(sessions, columns);
  column_set result{std::move(name), columns, {}, 0};
  for (int k = 2; k <= 10; ++k) {
    const auto ids = ff::kmeans{.clusters = k, .restarts = 4, .seed = seed}.fit(x).assign(x);
    result.silhouettes.push_back(ff::silhouette_estimate(x, ids, {.sessions = 500, .seed = seed}).mean);
  }
  result.best = 2 + static_cast<int>(std::max_element(result.silhouettes.begin(), result.silhouettes.end()) -
                                     result.silhouettes.begin());
  return result;
}

/// Every k from 2 to 10: measured in all ways on the columns of the study, by its silhouette alone on three others.
inline tried_k choose_segments(const ff::table& sessions, std::uint64_t seed, const ff::run_options& run) {
  tried_k result;
  const auto columns = segment_columns();
  result.choice = ff::choose_k{.from = 2,
                               .to = 10,
                               .restarts = 10,
                               .seed = seed,
                               .references = 3,
                               .resamples = 6,
                               .resampled_up_to = 2'000,
                               .resample_restarts = 2}
                      .fit(standardised(sessions, columns), {}, run);
  result.sets.push_back({"browsing, reached_checkout and checkout_step_reached (used here)", columns, {}, 0});
  for (const auto& each : result.choice.figures()) result.sets[0].silhouettes.push_back(each.silhouette);
  result.sets[0].best = result.choice.verdict().best;
  for (const auto& [name, more] : std::vector<std::pair<std::string, std::vector<std::string>>>{
           {"browsing alone (seven columns)", {}},
           {"browsing and reached_checkout", {"reached_checkout"}},
           {"browsing, cart and both of the checkout", {"add_to_cart", "reached_checkout", "checkout_step_reached"}}}) {
    result.sets.push_back(tried_on(sessions, name, and_also(browsing_columns, more), seed));
  }
  return result;
}

inline void describe_k(const tried_k& found, ff::page& page, ff::json& report) {
  page.section("How many segments?");
  page.paragraph(ff::text(
      "K-Means on nine standardised columns: the seven of browsing and the two of the checkout. Every k from 2 to 10 "
      "is "
      "fitted on all sessions with ten restarts; its mean silhouette is that of all ",
      ff::thousands(found.choice.of(found.choice.verdict().best).silhouette_sessions),
      " sessions. The label takes no part."));
  ff::line silhouettes{"mean silhouette", {}};
  for (const auto& each : found.choice.figures()) {
    silhouettes.points.push_back({static_cast<double>(each.clusters), each.silhouette, each.silhouette_range()});
  }
  const auto& verdict = found.choice.verdict();
  page.add(ff::chart({.name = "silhouette-by-k",
                      .title = "Mean silhouette by the number of segments",
                      .how_to_read = "The higher, the better sessions fit their own segment compared with the next "
                                     "one; the lines are 95 % intervals.",
                      .says = ff::text("The largest is at k = ", verdict.best, ", ",
                                       ff::fixed(found.choice.of(verdict.best).silhouette, 3), ".")},
                     ff::line_chart{.lines = {silhouettes},
                                    .x = "k",
                                    .y = "Mean silhouette",
                                    .x_format = ff::as_number(0),
                                    .y_format = ff::as_number(3),
                                    .from_zero = false,
                                    .marks = true}));
  describe_choice(found.choice, page, report);
  std::vector<ff::printed_column> headings = {{"Columns"}};
  for (int k = 2; k <= 10; ++k) headings.push_back({ff::text(k)});
  headings.push_back({"Best"});
  ff::printed_table table("The columns decide k: mean silhouettes of 2 to 10 segments on other columns", headings);
  for (const auto& set : found.sets) {
    std::vector<ff::printed_cell> row = {set.name};
    for (std::size_t i = 0; i < set.silhouettes.size(); ++i) {
      auto cell = ff::printed_cell(ff::fixed(set.silhouettes[i], 3));
      row.push_back(static_cast<int>(i) + 2 == set.best ? std::move(cell).with_tone(ff::tone::good) : cell);
    }
    row.emplace_back(ff::text(set.best));
    table.add(std::move(row));
    ff::json out;
    out["columns"] = ff::json::list(set.columns);
    out["silhouettes"] = ff::json::list(set.silhouettes);
    out["best"] = set.best;
    report["column_sets"].push(std::move(out));
  }
  page.add(table);
  const auto sixes = std::count_if(found.sets.begin(), found.sets.end(), [](const auto& set) { return set.best == 6; });
  page.paragraph(ff::text(
      "The first set is exact, the others are estimates from 500 sessions each, held against all. The largest "
      "mean silhouette is at six segments on ",
      sixes, " of the ", found.sets.size(), " sets of columns. What follows is the fit with six, as published."));
}
