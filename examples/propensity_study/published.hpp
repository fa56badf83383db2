// SPDX-License-Identifier: MIT
// What the studied report publishes, and what its figures say about each other.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include <footfall/footfall.hpp>

#include "../study.hpp"

/// A segment of the report. The sixth is what the five described ones leave; its name is ours.
struct published_segment {
  const char* id;
  const char* name;
  double sessions;
  double conversion;  // percent
};
inline constexpr std::array<published_segment, 6> published_segments = {{
    {"S1-28", "Mobile low-intent skimmers", 9323, 4.46},
    {"S1-29", "Desktop window shoppers", 5593, 6.94},
    {"S1-30", "Search-driven browsers", 3236, 6.03},
    {"S1-31", "Product explorers, cart hesitators", 2614, 6.24},
    {"S1-32", "High-intent buyers", 2620, 22.56},
    {"S1-33", "Promotion seekers (our name)", 1614, 5.86},
}};

/// What the studied report publishes about its models. It speaks of 25,000 sessions and of a top fifth of 1,250.
inline const ff::published_evaluation published_models = {
    .sessions = {25'000, 6250},
    .base_rate = ff::printed("7.39 %"),
    .rankings = {{.name = "Model A",
                  .roc_auc = ff::printed("0.8721"),
                  .average_precision = ff::printed("0.5634"),
                  .depths = {{.depth = 0.1, .rate = ff::printed("24.16 %"), .lift = ff::printed("3.27")},
                             {.depth = 0.2, .sessions = 1250, .lift = ff::printed("2.68")}}},
                 {.name = "Model B",
                  .roc_auc = ff::printed("0.5812"),
                  .average_precision = ff::printed("0.0998"),
                  .depths = {{.depth = 0.1, .rate = ff::printed("11.84 %"), .lift = ff::printed("1.60")},
                             {.depth = 0.2, .sessions = 1250, .lift = ff::printed("1.48")}}}}};

/// The report's business case.
inline const ff::published_business_case published_case = {.judged = 6250,
                                                           .named = 25'000,
                                                           .conversions = 137,
                                                           .effect = 0.12,
                                                           .order_value = ff::printed("143.53"),
                                                           .extra_orders = ff::printed("16"),
                                                           .extra_revenue = {2300, -2},
                                                           .scaled_to = 500'000,
                                                           .scaled_revenue = {46'000, -3}};

/// The five described segments; of a sixth only the existence.
inline ff::audited_segments audited_published_segments() {
  ff::published_segments published{.sessions = 25'000, .base_rate = ff::printed("7.39 %")};
  for (const auto& each : published_segments) {
    const bool described = &each != &published_segments.back();
    published.segments.push_back(
        {.name = each.name, .sessions = described ? static_cast<std::int64_t>(each.sessions) : 0});
    if (described) published.segments.back().rate = {each.conversion / 100, 4};
  }
  published.segments[3].step_rate = ff::printed("0.01");
  published.segments[4].step_rate = ff::printed("1.00");
  published.segments[4].revenue_per_session = ff::printed("33.23");
  return ff::audit(published);
}

/// The published figures against each other: nothing of ours takes part.
inline void audit_published_figures(claim_list& limits) {
  for (const auto& each : ff::audit(published_models).claims) {
    const std::string& name = each.claim.name;
    const bool area = name.find("ROC-AUC") != std::string::npos, precision = name.find("average") != std::string::npos;
    const bool first = name.find("Model A") != std::string::npos;
    if (area) limits.add(first ? "S1-13" : "S1-20", each);
    if (precision) limits.add(first ? "S1-14" : "S1-21", each);
  }
  for (const auto& each : audited_published_segments().claims) {
    if (each.claim.name.ends_with("step of every conversion")) limits.add("S1-31", each);
  }
}
