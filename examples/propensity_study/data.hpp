// SPDX-License-Identifier: MIT
// Layers 1 and 2 of the first study: events, the sessions cut from them, their quality, and a first look.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <footfall/events.hpp>
#include <footfall/footfall.hpp>
#ifdef FOOTFALL_HAS_GA4
#include <footfall/events/ga4.hpp>
#endif
#include <footfall/report/bar_chart.hpp>
#include <footfall/report/funnel_chart.hpp>
#include <footfall/report/page.hpp>
#include <footfall/report/quality.hpp>

#include "../arguments.hpp"
#include "../study.hpp"

/// What the study works on.
struct shop_sessions {
  ff::table sessions{};  // one row a session
  ff::labels bought{};
  std::string source{};  // for readers
  bool made = true;      // by `fashion_store` with the label of the study: published figures may be held against it
  ff::event_log log{};
  ff::session_list list{};
  std::vector<ff::index> row_of{};  // of each session of `list`
};

/// Columns that the study leaves out of Model B.
inline const std::vector<std::string> late_columns = {"add_to_cart", "reached_checkout", "checkout_step_reached",
                                                      "checkout_progress_ratio"};

/// The flag of the weekend beside the day. The flags of the devices are the levels of `device`, one column each.
inline ff::table with_weekend(const ff::table& sessions) {
  const auto& days = sessions["day_of_week"];
  std::vector<double> weekend;
  for (const auto code : days.codes()) {
    const bool known = code != ff::column::missing_code;
    const auto day = known ? days.levels()[static_cast<std::size_t>(code)] : std::string();
    weekend.push_back(known ? (day == "Sat" || day == "Sun" ? 1.0 : 0.0) : std::nan(""));
  }
  return sessions.with(ff::column::numeric("is_weekend", std::move(weekend), ff::stage::context));
}

inline ff::fashion_label label_named(const std::string& name) {
  if (name == "seed_like") return ff::fashion_label::seed_like;
  if (name == "repair") return ff::fashion_label::repair;
  if (name == "funnel") return ff::fashion_label::funnel;
  throw usage_error("there is no label '" + name + "'; there are seed_like, repair and funnel");
}

/// Sessions of a log by the rules of GA4, with the features of the study.
inline shop_sessions cut_into_sessions(ff::event_log log, std::string source, bool made) {
  shop_sessions data{.source = std::move(source), .made = made};
  data.list = ff::sessionize(log);
  data.sessions =
      with_weekend(ff::features_of(log, data.list, ff::studied_features()).features.without({"sessions_before"}));
  data.bought = ff::label(data.sessions, "purchased");
  data.log = std::move(log);
  data.row_of = all_rows(data.sessions.rows());
  return data;
}

/// A GA4 export, or a CSV file with named columns. Throws for rows that are no events.
inline ff::event_log read_log(const std::string& file) {
  if (file.ends_with(".jsonl") || file.ends_with(".ndjson")) {
#ifdef FOOTFALL_HAS_GA4
    return ff::read_ga4(std::filesystem::path(file), {.strict = true}).events;
#else
    throw usage_error("this build reads no exports: it was made without simdjson");
#endif
  }
  return ff::read_csv_log(file, {.visitor = "visitor",
                                 .name = "name",
                                 .numbers = {"percent_scrolled", "value"},
                                 .texts = {"device_category", "source", "country"},
                                 .strict = true})
      .events;
}

inline shop_sessions made_shop(ff::index count, std::uint64_t seed, const std::string& label) {
  const ff::fashion_events recipe{.shop = {.sessions = count, .seed = seed, .label = label_named(label)}};
  auto data = cut_into_sessions(recipe.log(), ff::text("made by fashion_store, label ", label), label == "seed_like");
  // In the order in which the shop numbers its sessions, so that they lie on the same side of the split as those of its table.
  const auto visits = recipe.visits();
  std::map<std::pair<std::string, std::int64_t>, ff::index> numbers;
  for (std::size_t row = 0; row < visits.start.size(); ++row) {
    numbers[{ff::fashion_visitor(visits.visitor[row]), visits.start[row]}] = static_cast<ff::index>(row);
  }
  ff::row_set session_of(numbers.size());
  for (ff::index s = 0; s < data.list.size(); ++s) {
    const auto first = data.log[data.list.events(s).front()];
    const ff::index row = numbers.at({std::string(first.visitor()), first.time()});
    data.row_of[static_cast<std::size_t>(s)] = row;
    session_of[static_cast<std::size_t>(row)] = s;
  }
  data.sessions = data.sessions.rows(session_of);
  data.bought = data.bought.rows(session_of);
  return data;
}

/// Throws where there is too little to split, to fit and to judge.
inline void require_enough(const shop_sessions& data) {
  constexpr std::int64_t least = 30;
  const auto buyers = data.bought.positives(), others = data.bought.negatives();
  ff::require(buyers >= least && others >= least, ff::error_code::wrong_shape, "propensity_study", "there must be ",
              least, " sessions that bought and as many that did not, got ", buyers, " and ", others);
}

// ------------------------------------------------------------------------------------------------------- quality

inline void describe_quality(const shop_sessions& data, ff::page& page, ff::json& report) {
  page.section("Data quality");
  page.paragraph(
      "Nothing is repaired: what is missing, far out or impossible is counted and shown. A number is far out when it "
      "lies three quartile distances beyond the quartiles.");
  auto rules = ff::funnel_rules();
  rules.push_back(ff::field("product_views") <= ff::field("pages_viewed"));
  const auto found = ff::check_quality(data.sessions, rules, {.reach = 3});
  page.add(ff::quality_table("What is in each column", found));
  page.add(ff::rules_table("What must hold in a shop", found));
  const auto& funnel = found.rules.front();  // no purchase without a checkout
  const auto share = static_cast<double>(funnel.broken) / static_cast<double>(data.bought.positives());
  page.paragraph(
      funnel.broken > 0 && data.made
          ? ff::text("The first line is no slip of the generator: with the published rates, ", ff::percent(share, 0),
                     " of the buyers must lie outside the one segment that reaches the checkout. No real log looks "
                     "like this; what a coherent one gives up stands under \"Labels that a real log could show\".")
      : funnel.broken > 0 ? ff::text(ff::percent(share, 0), " of the purchases have no checkout in the log.")
                          : std::string("Nobody buys without a checkout: the funnel is whole."));
  report["quality"]["repeated_sessions"] = found.repeated;
  for (const auto& each : found.columns) {
    ff::json column;
    column["name"] = each.name;
    column["stage"] = ff::name_of(data.sessions[each.name].stage());
    column["missing"] = each.missing;
    column["far_out"] = each.far_out;
    report["quality"]["columns"].push(std::move(column));
  }
  for (const auto& each : found.rules) report["quality"]["broken"][each.rule] = each.broken;
}

// ------------------------------------------------------------------------------------------------------ features

inline void describe_features(const ff::table& sessions, ff::page& page) {
  page.section("Features");
  page.paragraph(
      "The studied report names its features and groups but publishes no formula: those of the scores are ours. Each "
      "column knows at which stage of a visit it can be known, and a model refuses columns that come later than its "
      "moment.");
  ff::printed_table table("Features by group, with the stage at which each is known",
                          {{"Group"},
                           {"Column", ff::alignment::left},
                           {"Known at", ff::alignment::left},
                           {"Formula", ff::alignment::left}});
  const auto add = [&](const char* group, const char* name, const char* formula) {
    table.add({group, name, ff::name_of(sessions[name].stage()), formula});
  };
  add("Engagement", "pages_viewed", "page views, without those of the checkout");
  add("Engagement", "session_duration_sec", "from the first event to the last");
  add("Engagement", "scroll_depth_pct", "the furthest scroll");
  add("Product interaction", "product_views", "product pages seen");
  add("Product interaction", "wishlist_adds", "products put on a wishlist");
  add("Product interaction", "used_search", "1 with a search on the site");
  add("Product interaction", "promo_clicks", "promotions selected");
  add("Funnel progression", "add_to_cart", "1 with a cart");
  add("Funnel progression", "reached_checkout", "1 with any step of the checkout");
  add("Funnel progression", "checkout_step_reached", "the furthest of four steps");
  add("Funnel progression", "checkout_progress_ratio", "checkout_step_reached / 4");
  add("Context", "device", "a column each for mobile, desktop and tablet: the device flags");
  add("Context", "traffic_source", "a column each");
  add("Context", "country", "a column each");
  add("Context", "hour", "of the first event");
  add("Context", "day_of_week", "a column each");
  add("Context", "is_weekend", "1 on Saturday and Sunday");
  add("Context", "returning_visitor", "1 with an earlier session");
  add("Derived", "engagement_score_precheckout",
      "minutes (at most 30) + pages + 2 product views + scroll / 25 + 3 wishlist + 2 search + promotions");
  add("Derived", "engagement_score", "that + 20 cart + 10 checkout steps");
  add("Derived", "product_view_rate_per_page", "product_views / pages_viewed");
  add("Derived", "session_duration_per_page", "session_duration_sec / pages_viewed");
  page.add(table);
}

// --------------------------------------------------------------------------------------------------- exploration

/// Columns that are looked at one by one: so often chance has a try, and a p is multiplied by it (Bonferroni).
inline constexpr int looks = 5;

/// The rates of a column's levels as bars.
inline void rates_chart(const shop_sessions& data, const std::vector<ff::label_rate>& rates, const std::string& name,
                        const std::string& what, const std::vector<std::string>& names, ff::page& page,
                        ff::json& report) {
  const auto base = ff::rate_of(data.bought.positives(), data.bought.size());
  ff::bar_chart chart{.what = what,
                      .value = "Conversion",
                      .format = ff::as_percent(1),
                      .reference = ff::reference_line{"all sessions", base.value},
                      .standing = rates.size() > 6};
  std::vector<ff::rate> counted;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    chart.bars.push_back({names[i], rates[i].outcome.value, rates[i].outcome.wilson});
    counted.push_back(rates[i].outcome);
    ff::json each = ff::as_json(rates[i].outcome);
    each["level"] = names[i];
    report["rates"][name].push(std::move(each));
  }
  const auto [low, high] = std::minmax_element(chart.bars.begin(), chart.bars.end(),
                                               [](const auto& a, const auto& b) { return a.value < b.value; });
  const double p = counted.size() > 1 ? ff::compare_rates(counted).all.p_value : 1;
  const double among_all = std::min(1.0, looks * p);
  const auto named = [&](const std::string& level) { return name == "hour" ? "hour " + level : level; };
  page.add(
      ff::chart({.name = "conversion-by-" + name,
                 .title = "Conversion by " + what,
                 .how_to_read =
                     "A bar is the share of sessions with a purchase, its thin line the 95 % interval, the dashed line "
                     "the share of all.",
                 .says = ff::text("The highest is ", named(high->name), " with ", ff::percent(high->value, 1),
                                  ", the lowest ", named(low->name), " with ", ff::percent(low->value, 1),
                                  ": chance alone ", among_all < 0.05 ? "hardly explains it" : "could explain it", " (",
                                  ff::p_in_words(p), " by itself, ", ff::p_in_words(among_all), " among five).")},
                chart));
}

inline void explore(const shop_sessions& data, ff::page& page, ff::json& report) {
  page.section("A first look");
  const auto count = [&](const char* column) {
    const auto numbers = data.sessions[column].numbers();
    return static_cast<std::int64_t>(std::count_if(numbers.begin(), numbers.end(), [](double v) { return v > 0; }));
  };
  const std::vector<ff::funnel_step> steps = {{"Sessions", data.sessions.rows()},
                                              {"saw a product", count("product_views")},
                                              {"filled a cart", count("add_to_cart")},
                                              {"reached the checkout", count("reached_checkout")},
                                              {"bought", data.bought.positives()}};
  for (const auto& step : steps) report["funnel"][step.name] = step.sessions;
  page.add(ff::chart(
      {.name = "funnel",
       .title = "The funnel",
       .how_to_read = "Each bar counts the sessions that came at least this far in any way.",
       .says = ff::text(ff::percent(static_cast<double>(steps[3].sessions) / static_cast<double>(steps[0].sessions), 1),
                        " reach the checkout and ",
                        ff::percent(static_cast<double>(steps[4].sessions) / static_cast<double>(steps[0].sessions), 1),
                        " buy.")},
      ff::funnel_chart{.steps = steps}));
  const auto by_level = [&](const char* column, const std::string& name, const std::string& what) {
    const auto rates = ff::rates_by_level(data.sessions, column, data.bought);
    std::vector<std::string> names;
    for (const auto& each : rates) names.push_back(each.part);
    rates_chart(data, rates, name, what, names, page, report);
  };
  by_level("device", "device", "device");
  by_level("traffic_source", "source", "traffic source");
  by_level("country", "country", "country");
  const auto hours = ff::rates_by_quantile(data.sessions, "hour", data.bought, 24);
  std::vector<std::string> names;
  for (const auto& each : hours) {
    names.push_back(each.low == each.high ? ff::text(each.low) : ff::text(each.low, "-", each.high));
  }
  rates_chart(data, hours, "hour", "hour of the day", names, page, report);
  auto days = ff::rates_by_level(data.sessions, "day_of_week", data.bought);
  std::vector<std::string> in_week(ff::fashion_weekdays.begin(), ff::fashion_weekdays.end());
  const auto place = [&](const ff::label_rate& day) { return std::find(in_week.begin(), in_week.end(), day.part); };
  std::stable_sort(days.begin(), days.end(), [&](const auto& x, const auto& y) { return place(x) < place(y); });
  names.clear();
  for (const auto& each : days) names.push_back(each.part);
  rates_chart(data, days, "weekday", "day of the week", names, page, report);
  page.paragraph(
      "Five columns were looked at. Where none had an effect, one of them would still have a p below 0.05 in more than "
      "a fifth of such studies; that is why each p is also given among the five, multiplied by five.");
}
