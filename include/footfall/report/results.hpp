// SPDX-License-Identifier: MIT
// What the library computes, as JSON and as tables to read: rates, tests, lift tables, importances and claims.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <footfall/evaluate/business_case.hpp>
#include <footfall/evaluate/claim.hpp>
#include <footfall/evaluate/deciles.hpp>
#include <footfall/forest/importance.hpp>
#include <footfall/report/json.hpp>
#include <footfall/report/text.hpp>
#include <footfall/statistics/interval.hpp>
#include <footfall/statistics/rate.hpp>
#include <footfall/statistics/tests.hpp>

FOOTFALL_BEGIN_NAMESPACE

inline json as_json(const interval& limits) {
  json out;
  out["low"] = limits.low;
  out["high"] = limits.high;
  out["confidence"] = limits.confidence;
  return out;
}

inline json as_json(const rate& r) {
  json out;
  out["hits"] = r.hits;
  out["trials"] = r.trials;
  out["value"] = r.value;
  out["interval"] = as_json(r.wilson);
  return out;
}

inline json as_json(const test_result& result) {
  json out;
  out["test"] = result.test;
  out["statistic"] = result.statistic;
  out["degrees_of_freedom"] = result.degrees_of_freedom;
  if (result.denominator_degrees_of_freedom > 0) {
    out["denominator_degrees_of_freedom"] = result.denominator_degrees_of_freedom;
  }
  out["p_value"] = result.p_value;
  out["effect_name"] = result.effect_name;
  out["effect"] = result.effect;
  return out;
}

inline json as_json(const decile& part) {
  json out;
  out["number"] = part.number;
  out["sessions"] = part.sessions;
  out["score_low"] = part.score_low;
  out["score_high"] = part.score_high;
  out["score_mean"] = part.score_mean;
  out["positives"] = part.positives;
  out["rate"] = part.rate;
  out["rate_interval"] = as_json(part.rate_interval);
  out["lift"] = part.lift;
  out["lift_interval"] = as_json(part.lift_interval);
  out["capture"] = part.capture;
  out["capture_interval"] = as_json(part.capture_interval);
  out["cumulative_rate"] = part.cumulative_rate;
  out["cumulative_lift"] = part.cumulative_lift;
  out["cumulative_lift_interval"] = as_json(part.cumulative_lift_interval);
  out["cumulative_capture"] = part.cumulative_capture;
  out["cumulative_capture_interval"] = as_json(part.cumulative_capture_interval);
  out["ks"] = part.ks;
  return out;
}

inline json as_json(const importance& each) {
  json out;
  out["name"] = each.name;
  out["source"] = each.source;
  out["share"] = each.share;
  return out;
}

inline json as_json(const audited_claim& audited) {
  json out;
  out["name"] = audited.claim.name;
  out["published"] = audited.claim.published;
  out["reproduced"] = audited.computed;
  out["low"] = audited.range.low;
  out["high"] = audited.range.high;
  out["verdict"] = name_of(audited.verdict);
  out["why"] = audited.reason;
  return out;
}

inline json as_json(const amount& of) {
  json out;
  out["value"] = of.value;
  out["interval"] = as_json(of.range);
  return out;
}

inline json as_json(const business_ledger& ledger) {
  json out;
  out["scale"] = ledger.scale;
  out["reached"] = ledger.reached;
  out["conversions"] = as_json(ledger.conversions);
  out["extra_orders"] = as_json(ledger.extra_orders);
  out["extra_revenue"] = as_json(ledger.extra_revenue);
  out["gross_profit"] = as_json(ledger.gross_profit);
  out["discounts"] = as_json(ledger.discounts);
  out["contacts"] = as_json(ledger.contacts);
  out["net_profit"] = as_json(ledger.net_profit);
  out["chance_of_profit"] = ledger.chance_of_profit;
  out["break_even_discount"] = ledger.break_even_discount;
  out["break_even_effect"] = ledger.break_even_effect;
  out["sessions_to_prove"] = ledger.sessions_to_prove;
  return out;
}

/// The lift table, a row a part. `outcome` is what the sessions are counted by, e.g. `Buyers`.
inline printed_table lift_table(std::string caption, std::span<const decile> parts, const std::string& outcome) {
  double largest = 0;
  for (const auto& part : parts) largest = std::max(largest, part.lift);
  printed_table table(std::move(caption), {{"Part"},
                                           {"Sessions"},
                                           {outcome},
                                           {"Rate"},
                                           {"Interval"},
                                           {"Lift", alignment::left},
                                           {"Lift so far"},
                                           {"Captured so far"}});
  for (const auto& part : parts) {
    table.add({text(part.number), thousands(part.sessions), fixed(part.positives, part.fewest == part.most ? 0 : 1),
               percent(part.rate), percent(part.rate_interval),
               printed_cell(fixed(part.lift, 2)).with_bar(largest > 0 ? part.lift / largest : 0),
               fixed(part.cumulative_lift, 2), percent(part.cumulative_capture, 1)});
  }
  return table;
}

/// The `most` largest importances.
inline printed_table importance_table(std::string caption, std::span<const importance> importances, std::size_t most) {
  printed_table table(std::move(caption), {{"Column"}, {"Share", alignment::left}});
  for (std::size_t i = 0; i < std::min(most, importances.size()); ++i) {
    const double longest = importances.front().share;
    table.add(
        {importances[i].name,
         printed_cell(percent(importances[i].share, 1)).with_bar(longest > 0 ? importances[i].share / longest : 0)});
  }
  return table;
}

/// Published figures beside computed ones, in the published digits; an interval whose ends would be written alike has as
/// many more, up to three, as show that they differ.
inline printed_table claim_table(std::string caption, std::span<const audited_claim> claims) {
  printed_table table(
      std::move(caption),
      {{"Figure"}, {"Published"}, {"Here"}, {"Interval"}, {"Verdict", alignment::left}, {"Because", alignment::left}});
  for (const auto& each : claims) {
    const int digits = std::max(0, each.claim.decimals);
    int finer = digits;
    while (finer < digits + 3 && fixed(each.range.low, finer) == fixed(each.range.high, finer)) ++finer;
    const tone colour = each.verdict == verdict::contradicted    ? tone::bad
                        : each.verdict == verdict::not_derivable ? tone::caution
                                                                 : tone::good;
    std::string words(name_of(each.verdict));
    std::replace(words.begin(), words.end(), '_', ' ');
    table.add({each.claim.name, fixed(each.claim.published, digits), fixed(each.computed, digits),
               each.verdict == verdict::not_derivable ? std::string(missing_text)
               : each.range.low == each.range.high    ? std::string("exact")
                                                      : fixed(each.range, finer),
               printed_cell(words).with_tone(colour), each.reason});
  }
  return table;
}

FOOTFALL_END_NAMESPACE
