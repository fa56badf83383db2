// SPDX-License-Identifier: MIT
// Layers 4 and 5 of the first study: six segments, what they do, and what may be done about each.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <footfall/footfall.hpp>
#include <footfall/report/heat_map.hpp>
#include <footfall/report/page.hpp>
#include <footfall/report/results.hpp>

#include "../study.hpp"
#include "choice_of_k.hpp"
#include "published.hpp"

struct segment {
  std::string name;
  std::string sentence;
  ff::segment_profile profile;
  ff::row_set rows;
  std::vector<ff::recommendation> actions;
};

struct segmentation {
  static constexpr int fitted = 6;  // as published
  tried_k tried;
  ff::segment_ids ids;  // of each session: a position in `segments`
  std::vector<segment> segments;

  const ff::fitted_kmeans<float>& fit() const { return tried.choice.with(fitted); }
  int best() const { return tried.choice.verdict().best; }
  const segment* find(const std::string& name) const {
    const auto found =
        std::find_if(segments.begin(), segments.end(), [&](const auto& each) { return each.name == name; });
    return found == segments.end() ? nullptr : &*found;
  }
};

/// What each persona of the rules may have done for it, judged on its size and on its conversion against the rest.
inline std::vector<ff::recommendation> actions_for(const std::string& name, const ff::segment_profile& profile,
                                                   const ff::labels& bought) {
  const auto& own = *profile.conversion;
  const auto rest = ff::rate_of(bought.positives() - own.hits, bought.size() - own.trials);
  return ff::advise(ff::persona_actions(), name,
                    ff::evidence_list(name)
                        .add("share of sessions", profile.share)
                        .add("conversion against the rest", {.effect = own.value - rest.value,
                                                             .interval = ff::difference_interval(own, rest),
                                                             .source = "the other sessions"}));
}

/// Profiles, names and order of the segments of one fit with six clusters.
inline std::vector<segment> named_segments(const ff::table& sessions, const ff::labels& bought,
                                           const ff::segment_ids& ids, int clusters) {
  const auto profiles = ff::profile(sessions, ids, {.converted = bought, .revenue = "revenue"});
  const auto personas = ff::name_personas(profiles, ff::ga4_personas());
  auto groups = rows_by_group(ids, clusters);
  std::vector<segment> segments;
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    segments.push_back({personas[i].name, personas[i].sentence, profiles[i], std::move(groups[i]),
                        actions_for(personas[i].name, profiles[i], bought)});
  }
  // Two segments may fit one persona, in another shop than the studied one.
  std::map<std::string, int> seen;
  for (auto& each : segments) {
    const int number = ++seen[each.name];
    if (number > 1) each.name += ff::text(" (", number, ")");
  }
  const auto place = [](const segment& each) {
    return std::find_if(published_segments.begin(), published_segments.end(),
                        [&](const auto& other) { return other.name == each.name; }) -
           published_segments.begin();
  };
  std::stable_sort(segments.begin(), segments.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
  return segments;
}

/// The fit with six, from the best of all k that were tried.
inline segmentation find_segments(const ff::table& sessions, const ff::labels& bought, tried_k tried) {
  segmentation result;
  result.tried = std::move(tried);
  const auto own = result.fit().assign(standardised(sessions, segment_columns()));
  result.segments = named_segments(sessions, bought, own, segmentation::fitted);
  result.ids.resize(own.size());
  for (std::size_t i = 0; i < result.segments.size(); ++i) {
    for (const ff::index row : result.segments[i].rows) {
      result.ids[static_cast<std::size_t>(row)] = static_cast<std::int32_t>(i);
    }
  }
  return result;
}

/// For each segment the column that lies furthest from all sessions.
inline std::string furthest_columns(const ff::heat_map& heat) {
  std::string all = "Furthest from all sessions, in standard deviations: ";
  for (std::size_t i = 0; i < heat.rows.size(); ++i) {
    const auto& cells = heat.cells[i];
    const auto at = std::max_element(cells.begin(), cells.end(), [](const auto& x, const auto& y) {
      return std::fabs(x.standardised) < std::fabs(y.standardised);
    });
    all += ff::text(i == 0 ? "" : "; ", heat.rows[i], ": ", heat.columns[static_cast<std::size_t>(at - cells.begin())],
                    at->standardised < 0 ? " " : " +", ff::fixed(at->standardised, 1));
  }
  return all + ".";
}

inline void describe_segments(const segmentation& found, const ff::table& sessions, ff::page& page, ff::json& report) {
  page.section("Six segments");
  ff::bar_chart rates{.what = "Segment", .value = "Conversion", .format = ff::as_percent(2)};
  ff::heat_map heat{.what = "Segment"};
  const std::vector<std::pair<std::string, std::string>> shown = {
      {"pages_viewed", "Pages"},        {"product_views", "Products"}, {"session_duration_sec", "Seconds"},
      {"scroll_depth_pct", "Scroll %"}, {"wishlist_adds", "Wishlist"}, {"used_search", "Search"},
      {"promo_clicks", "Promos"},       {"add_to_cart", "Cart"},       {"reached_checkout", "Checkout"}};
  const auto everybody = all_rows(sessions.rows());
  std::vector<std::pair<double, double>> usual;  // mean and standard deviation over all sessions
  for (const auto& [column, title] : shown) {
    const auto numbers = sessions[column].numbers();
    const double mean = mean_over(numbers, everybody).value;
    double squares = 0;
    for (const double value : numbers) squares += (value - mean) * (value - mean);
    usual.emplace_back(mean, std::sqrt(squares / static_cast<double>(numbers.size())));
    heat.columns.push_back(title);
  }
  heat.columns.emplace_back("Mobile");
  ff::printed_table sizes(
      "What the segments come to",
      {{"Segment"}, {"Sessions"}, {"Share"}, {"Buyers"}, {"Conversion"}, {"95 % interval"}, {"Revenue a session"}});
  report["segments"] = ff::json::array();
  double mobile_of_all = 0;
  for (const auto& each : found.segments) {
    mobile_of_all += each.profile.level("device", "mobile").share.value * each.profile.share.value;
  }
  for (const auto& each : found.segments) {
    const auto& profile = each.profile;
    const double mobile = profile.level("device", "mobile").share.value;
    const auto& conversion = *profile.conversion;
    rates.bars.push_back({each.name, conversion.value, conversion.wilson});
    heat.rows.push_back(each.name);
    std::vector<ff::heat_cell> cells;
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const double mean = profile.mean(shown[i].first);
      cells.push_back(
          {ff::fixed(mean, mean >= 20 ? 0 : 2), usual[i].second > 0 ? (mean - usual[i].first) / usual[i].second : 0});
    }
    cells.push_back({ff::fixed(mobile, 2), (mobile - mobile_of_all) / std::sqrt(mobile_of_all * (1 - mobile_of_all))});
    heat.cells.push_back(std::move(cells));
    sizes.add({each.name, ff::thousands(profile.sessions), ff::percent(profile.share.value, 1),
               ff::thousands(conversion.hits), ff::percent(conversion.value), ff::percent(conversion.wilson),
               ff::money(profile.mean("revenue"))});
    ff::json out;
    out["name"] = each.name;
    out["sentence"] = each.sentence;
    out["sessions"] = profile.sessions;
    out["share"] = profile.share.value;
    out["conversion"] = ff::as_json(conversion);
    out["means"]["mobile"] = mobile;
    out["means"]["revenue"] = profile.mean("revenue");
    for (const auto& [column, title] : shown) out["means"][column] = profile.mean(column);
    for (const auto& action : each.actions) {
      ff::json advised;
      advised["action"] = action.action;
      advised["made"] = action.made;
      out["actions"].push(std::move(advised));
    }
    report["segments"].push(std::move(out));
  }
  page.add(sizes);
  const auto best = std::max_element(rates.bars.begin(), rates.bars.end(),
                                     [](const auto& x, const auto& y) { return x.value < y.value; });
  // Of the others, those that cannot be told from every other one.
  const auto overlapping = std::count_if(rates.bars.begin(), rates.bars.end(), [&](const auto& x) {
    return &x != &*best && std::any_of(rates.bars.begin(), rates.bars.end(), [&](const auto& y) {
      return &y != &x && &y != &*best && x.range->low <= y.range->high && y.range->low <= x.range->high;
    });
  });
  page.add(ff::chart(
      {.name = "segment-conversion",
       .title = "Conversion by segment",
       .how_to_read = "A bar is the share of a segment's sessions with a purchase, its thin line the 95 % interval.",
       .says = ff::text(best->name, " convert best, ", ff::percent(best->value, 1), "; ", overlapping, " of the other ",
                        rates.bars.size() - 1, " have an interval that overlaps another's.")},
      rates));
  page.add(ff::chart(
      {.name = "segment-behaviour",
       .title = "What the segments do",
       .how_to_read = "Each cell is a mean, or a share from 0 to 1; its colour says how far it lies from all sessions.",
       .says = furthest_columns(heat)},
      heat));
  ff::printed_table names("Names, given by rules, and the evidence", {{"Segment"}, {"Why", ff::alignment::left}});
  for (const auto& each : found.segments) names.add({each.name, each.sentence});
  page.add(names);
  page.paragraph(
      "Deviations say how far the segment's mean lies from that of all sessions, in standard deviations of the "
      "column.");
}

inline void describe_actions(const segmentation& found, ff::page& page) {
  page.section("What may be done, segment by segment");
  page.paragraph(
      "The actions are those of the studied report. One is made where its segment is large enough and converts as its "
      "name supposes; what it "
      "would bring is not in the data, so each is to be tried on a random half first. For the sixth segment nothing "
      "was published. Shares and differences of conversion are parts of one: 0.01 is a point.");
  ff::printed_table table("Actions", {{"Segment"},
                                      {"Action", ff::alignment::left},
                                      {"Verdict", ff::alignment::left},
                                      {"Because", ff::alignment::left}});
  const auto joined = [](const std::vector<std::string>& parts) {
    std::string all;
    for (const auto& part : parts) all += (all.empty() ? "" : "; ") + part;
    return all;
  };
  for (const auto& each : found.segments) {
    bool first = true;
    std::string above;
    for (const auto& action : each.actions) {
      auto because = joined(action.made ? action.grounds : action.missing);
      table.add({first ? each.name : std::string(), action.action,
                 ff::printed_cell(action.made ? "try it" : "withheld")
                     .with_tone(action.made ? ff::tone::good : ff::tone::caution),
                 because == above ? std::string("the same") : because});
      first = false;
      above = std::move(because);
    }
    if (each.actions.empty()) table.add({each.name, "none is known", "", "the report says nothing of it"});
  }
  page.add(table);
}

inline void audit_segments(const segmentation& found, const ff::table& sessions, claim_list& audited) {
  const auto chosen = static_cast<double>(found.best());
  audited.add("S1-26", {"Segments chosen by silhouette", 6, 0}, {chosen, {chosen, chosen, 1}});
  for (std::size_t i = 0; i < published_segments.size(); ++i) {
    const auto& published = published_segments[i];
    const segment* const ours = found.find(published.name);
    // `estimate` is asked only where we have that segment.
    const auto about = [&](const char* what, double value, int decimals, const auto& estimate) {
      audited.add(published.id, {ff::text(published.name, ": ", what), value, decimals},
                  ours == nullptr ? mean_estimate{} : estimate());
    };
    const auto mean = [&](const char* column) {
      return [&, column] { return mean_over(sessions[column].numbers(), ours->rows); };
    };
    about("sessions of 25,000", published.sessions, 0, [&] {
      return estimate_of(ff::rate_of(static_cast<std::int64_t>(ours->rows.size()), sessions.rows()), 25'000);
    });
    about("conversion, %", published.conversion, 2, [&] { return estimate_of(*ours->profile.conversion, 100); });
    if (i == 0) {
      about("mobile, %", 91, 0, [&] { return estimate_of(ours->profile.level("device", "mobile").share, 100); });
    }
    if (i == 2) about("used_search", 1.00, 2, mean("used_search"));
    if (i == 3) {
      about("product_views", 4.26, 2, mean("product_views"));
      about("add_to_cart", 0.30, 2, mean("add_to_cart"));
      about("reached_checkout", 0.01, 2, mean("reached_checkout"));
    }
    if (i == 4) {
      about("add_to_cart", 1.00, 2, mean("add_to_cart"));
      about("reached_checkout", 1.00, 2, mean("reached_checkout"));
      about("revenue a session, $", 33.23, 2, mean("revenue"));
    }
  }
}
