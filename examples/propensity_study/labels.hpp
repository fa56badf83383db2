// SPDX-License-Identifier: MIT
// The same shop with labels that a real log could show, and what each gives up of the published figures.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <footfall/footfall.hpp>
#include <footfall/report/bar_chart.hpp>
#include <footfall/report/page.hpp>

#include "../study.hpp"
#include "data.hpp"
#include "models.hpp"
#include "segments.hpp"

/// One label, judged more quickly than the main run: forests of 50 trees.
struct label_result {
  std::string name;
  ff::rate base, checkout, bought_of_checkout;
  judgement a, b;
  std::vector<segment> segments;
};

inline label_result try_label(const std::string& name, const shop_sessions& data, const ff::split& split,
                              std::uint64_t seed) {
  label_result result{name, ff::rate_of(data.bought.positives(), data.bought.size()), {}, {}, {}, {}, {}};
  std::int64_t reached = 0, both = 0;
  const auto checkout = data.sessions["reached_checkout"].numbers();
  for (ff::index row = 0; row < data.bought.size(); ++row) {
    if (checkout[static_cast<std::size_t>(row)] == 0) continue;
    ++reached;
    both += data.bought[row];
  }
  result.checkout = ff::rate_of(reached, data.bought.size());
  result.bought_of_checkout = ff::rate_of(both, reached);
  result.a = held_out(data, split, {}, seed, 50);
  const auto x = standardised(data.sessions, segment_columns());
  const auto ids = ff::kmeans{.clusters = segmentation::fitted, .restarts = 5, .seed = seed}.fit(x).assign(x);
  result.segments = named_segments(data.sessions, data.bought, ids, segmentation::fitted);
  return result;
}

/// The three labels of one shop. Model B is fitted once where two labels have the same buyers and differ in nothing that it sees.
inline std::vector<label_result> try_labels(ff::index sessions, std::uint64_t seed) {
  const auto barred = and_also(late_columns, {"engagement_score"});
  std::vector<label_result> results;
  ff::table seen_before;
  ff::labels bought_before;
  for (const char* name : {"seed_like", "repair", "funnel"}) {
    shop_sessions data{
        .sessions =
            with_weekend(ff::fashion_store{.sessions = sessions, .seed = seed, .label = label_named(name)}.generate()),
        .source = name};
    data.bought = ff::label(data.sessions, "purchased");
    const auto split = ff::stratified_split(data.bought, {.test_share = 0.25, .seed = seed});
    auto result = try_label(name, data, split, seed);
    auto seen = data.sessions.without(and_also(barred, {"purchased", "revenue"}));
    const bool same = !results.empty() && seen == seen_before && data.bought == bought_before;
    result.b = same ? results.back().b : held_out(data, split, barred, seed, 50);
    results.push_back(std::move(result));
    seen_before = std::move(seen);
    bought_before = data.bought;
  }
  return results;
}

inline void describe_labels(const std::vector<label_result>& labels, ff::page& page, ff::json& report) {
  page.section("Labels that a real log could show");
  page.paragraph(
      "With the published rates two buyers in three never saw the checkout. Two other labels of the same shop are "
      "whole: repair keeps "
      "the buyers and fills in the steps that they must have taken, funnel lets only those buy who reach the "
      "checkout. Both have the "
      "same conversion of all sessions. No label can have everything: with 7.39 % buyers and the published segment "
      "rates there are buyers "
      "without checkout, and where nobody buys without one, the segment that reaches it holds nearly all buyers.");
  ff::printed_table table("What each label gives up, with forests of 50 trees",
                          {{"Figure"}, {labels[0].name}, {labels[1].name}, {labels[2].name}});
  const auto line = [&](const char* what, auto figure) {
    std::vector<ff::printed_cell> row = {what};
    for (const auto& each : labels) row.emplace_back(figure(each));
    table.add(std::move(row));
  };
  line("Conversion", [](const auto& l) { return ff::percent(l.base.value); });
  line("Reach the checkout", [](const auto& l) { return ff::percent(l.checkout.value, 1); });
  line("Buy, of these", [](const auto& l) { return ff::percent(l.bought_of_checkout.value, 1); });
  line("Model A: ROC-AUC", [](const auto& l) { return ff::fixed(l.a.roc_auc.value, 3); });
  line("Model A: average precision", [](const auto& l) { return ff::fixed(l.a.average_precision.value, 3); });
  line("Model A: lift of the top 10 %", [](const auto& l) { return ff::fixed(l.a.lift_10().value, 2); });
  line("Model A: lift of the top 20 %", [](const auto& l) { return ff::fixed(l.a.lift_20().value, 2); });
  line("Model B: ROC-AUC", [](const auto& l) { return ff::fixed(l.b.roc_auc.value, 3); });
  line("Model B: average precision", [](const auto& l) { return ff::fixed(l.b.average_precision.value, 3); });
  line("Model B: lift of the top 10 %", [](const auto& l) { return ff::fixed(l.b.lift_10().value, 2); });
  line("Model B: lift of the top 20 %", [](const auto& l) { return ff::fixed(l.b.lift_20().value, 2); });
  page.add(table);
  ff::bar_chart chart{.what = "Segment", .value = "Conversion", .format = ff::as_percent(1)};
  for (const auto& published : published_segments) {
    for (const auto& each : labels) {
      const auto found = std::find_if(each.segments.begin(), each.segments.end(),
                                      [&](const auto& s) { return s.name == published.name; });
      if (found == each.segments.end()) continue;
      chart.bars.push_back(
          {published.name, found->profile.conversion->value, found->profile.conversion->wilson, each.name});
    }
  }
  std::string gathered = "The segment with the most buyers holds ";
  for (std::size_t i = 0; i < labels.size(); ++i) {
    std::int64_t most = 0;
    for (const auto& each : labels[i].segments) most = std::max(most, each.profile.conversion->hits);
    const double held = static_cast<double>(most) / static_cast<double>(labels[i].base.hits);
    gathered += ff::text(i == 0                  ? ""
                         : i + 1 < labels.size() ? ", "
                                                 : " and ",
                         ff::percent(held, 0), i == 0 ? " of them under " : " under ", labels[i].name);
  }
  if (!chart.bars.empty()) {
    page.add(ff::chart({.name = "labels-segments",
                        .title = "Conversion by segment, for each label",
                        .how_to_read = "Bars of one segment stand side by side, one for each label; a segment that a "
                                       "label does not have is missing.",
                        .says = gathered + "."},
                       chart));
  }
  page.paragraph(ff::text("With a whole funnel Model A has an AUC of ", ff::fixed(labels[1].a.roc_auc.value, 3),
                          " and ", ff::fixed(labels[2].a.roc_auc.value, 3),
                          ", and that is no skill: it sees the checkout of the session whose purchase it names. Under "
                          "repair Model B has the "
                          "columns and the buyers of the main run, and so the same worth."));
  for (const auto& each : labels) {
    ff::json out;
    out["label"] = each.name;
    out["base_rate"] = each.base.value;
    out["checkout_rate"] = each.checkout.value;
    out["conversion_of_checkout"] = each.bought_of_checkout.value;
    out["model_a"] = as_json(each.a);
    out["model_b"] = as_json(each.b);
    for (const auto& s : each.segments) {
      ff::json of;
      of["name"] = s.name;
      of["sessions"] = s.profile.sessions;
      of["conversion"] = ff::as_json(*s.profile.conversion);
      out["segments"].push(std::move(of));
    }
    report["labels"].push(std::move(out));
  }
}
