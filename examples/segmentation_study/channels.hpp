// SPDX-License-Identifier: MIT
// What came through each channel and each device, and what it cost.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/attribution/channel_tests.hpp>
#include <footfall/attribution/channel_totals.hpp>
#include <footfall/attribution/channels.hpp>
#include <footfall/attribution/composition.hpp>
#include <footfall/report/bar_chart.hpp>

#include "data.hpp"
#include "personas.hpp"

namespace segmentation {

/// A categorical column's groups, and what tells them apart.
struct compared {
  ff::channel_table table;
  ff::rate_differences conversion;
  ff::mean_differences time;

  const ff::channel_row* find(std::string_view name) const {
    for (const auto& each : table.channels) {
      if (each.name == name) return &each;
    }
    return nullptr;
  }
};

struct channel_findings {
  compared channels;
  compared devices;
  ff::composition mix;  // a row a channel and a column a persona
};

inline compared compare(const study_data& data, const std::string& by,
                        const std::map<std::string, double>& costs = {}) {
  compared result;
  result.table = ff::tabulate_channels(data.sessions, {.channel = by,
                                                       .converted = "conversion_label",
                                                       .revenue = data.has_revenue ? "revenue" : "",
                                                       .behaviour = behaviour,
                                                       .cost = costs});
  result.conversion = ff::compare_rates(result.table.conversions());
  const auto& column = data.sessions[by];
  result.time = ff::compare_means(data.sessions["time_spent"].numbers(), column.codes(),
                                  static_cast<std::int32_t>(column.levels().size()));
  return result;
}

inline channel_findings compare_channels(const study_data& data, const segments& found) {
  channel_findings result{compare(data, "referral_source", data.costs), compare(data, "device_type"), {}};
  ff::channel_totals totals(static_cast<ff::index>(result.channels.table.channels.size()),
                            static_cast<ff::index>(found.personas.size()));
  totals.add(data.sessions["referral_source"].codes(), found.assigned, data.converted);
  result.mix = ff::composition_of(totals);
  return result;
}

/// Of two groups by name; empty where one of them is not there.
inline std::optional<ff::test_result> against(const compared& found, std::string_view first, std::string_view second) {
  const auto *const a = found.find(first), *const b = found.find(second);
  if (a == nullptr || b == nullptr) return {};
  return ff::two_proportions(a->conversion, b->conversion);
}

inline std::string known(const std::optional<double>& value, const ff::number_format& format) {
  return value ? format.printed(*value) : "not known";
}

inline ff::json as_json(const ff::channel_row& row) {
  ff::json out;
  out["name"] = row.name;
  out["sessions"] = row.conversion.trials;
  out["share"] = row.share;
  out["conversion"] = ff::as_json(row.conversion);
  for (const auto& each : row.behaviour) {
    out[each.column]["mean"] = each.values.mean;
    out[each.column]["interval"] = ff::as_json(each.interval);
  }
  if (row.cost) out["cost"] = *row.cost;
  if (row.cost_per_conversion) out["cost_per_conversion"] = *row.cost_per_conversion;
  if (row.return_on_ad_spend) out["return_on_ad_spend"] = *row.return_on_ad_spend;
  return out;
}

/// What a p-value leaves of a difference.
inline const char* chance_alone(double p_value) {
  return p_value < 0.05 ? "chance alone hardly explains it" : "chance alone could explain it";
}

/// Bars of conversion with intervals, in the order of the table.
inline ff::bar_chart conversion_bars(const compared& found, std::string what) {
  ff::bar_chart bars{.what = std::move(what),
                     .value = "Conversion",
                     .format = ff::as_percent(2),
                     .reference = ff::reference_line{"all sessions", found.table.all.conversion.value}};
  for (const auto& each : found.table.channels) {
    bars.bars.push_back({each.name, each.conversion.value, each.conversion.wilson});
  }
  return bars;
}

inline void describe_table(const study_data& data, const channel_findings& found, ff::page& page, ff::json& report) {
  page.section("Channels");
  ff::printed_table table("What came through each channel, each session counted for the one channel it came through",
                          {{"Channel"},
                           {"Sessions"},
                           {"Share"},
                           {"Conversions"},
                           {"Conversion"},
                           {"95 % interval"},
                           {"Mean time, s"},
                           {"95 % interval"}});
  ff::printed_table money("What it cost",
                          {{"Channel"}, {"Cost"}, {"Cost per conversion (CPA)"}, {"Return on ad spend (ROAS)"}});
  const auto add = [&](const ff::channel_row& each, const std::string& name) {
    const auto& time = each["time_spent"];
    table.add({name, ff::thousands(each.sessions), ff::percent(each.share, 1), ff::thousands(each.conversion.hits),
               ff::percent(each.conversion.value), ff::percent(each.conversion.wilson), ff::fixed(time.values.mean, 1),
               ff::fixed(time.interval, 1)});
    money.add({name, known(each.cost, ff::as_money(0)), known(each.cost_per_conversion, ff::as_money(2)),
               known(each.return_on_ad_spend, ff::as_number(2))});
  };
  for (const auto& each : found.channels.table.channels) {
    add(each, each.name);
    report["channels"].push(as_json(each));
  }
  if (found.channels.table.without_channel.sessions > 0) add(found.channels.table.without_channel, "(no channel)");
  page.add(table).add(money);
  page.paragraph(data.costs.empty()
                     ? "No costs were given, so what a conversion costs and what ad spend returns cannot be said, by "
                       "anybody: a rate of conversion alone says nothing about money. The option --costs takes them."
                 : !data.has_revenue
                     ? "Costs were given, so the cost of a conversion is there. The sessions state no revenue, so what "
                       "ad spend returns cannot be said."
                     : "Costs and revenue were given. Both figures are averages: what the next session bought would "
                       "cost and bring is another question.");
}

inline void describe_conversion(const channel_findings& found, ff::page& page) {
  const auto& rates = found.channels.conversion;
  const auto bars = conversion_bars(found.channels, "Channel");
  const auto [low, high] = std::minmax_element(bars.bars.begin(), bars.bars.end(),
                                               [](const auto& a, const auto& b) { return a.value < b.value; });
  page.add(
      ff::chart({"conversion-by-channel", "Conversion by channel",
                 "Each bar begins at zero, so lengths may be compared; the thin line is the 95 % interval, the dashed "
                 "one the conversion of all sessions.",
                 ff::text("From ", low->name, " with ", ff::percent(low->value), " to ", high->name, " with ",
                          ff::percent(high->value), ": ", chance_alone(rates.all.p_value), " (",
                          ff::p_in_words(rates.all.p_value), ").")},
                bars));
  auto points = bars;
  points.from_zero = false;
  page.add(
      ff::chart({"conversion-close-up", "The same, close up",
                 "The axis does not begin at zero, so only positions count and there are points in place of bars; "
                 "intervals that overlap much are no evidence of a difference.",
                 ff::text("Best and worst are ", ff::fixed(100 * rates.range.observed, 2),
                          " points apart; equal channels of these sizes would be as far apart with a probability of ",
                          ff::fixed(rates.range.chance, 2), ".")},
                points));
}

inline void describe_costs(const channel_findings& found, ff::page& page) {
  ff::bar_chart bars{.what = "Channel", .value = "Cost per conversion", .format = ff::as_money(2)};
  for (const auto& each : found.channels.table.channels) {
    if (each.cost_per_conversion) bars.bars.push_back({each.name, *each.cost_per_conversion});
  }
  if (bars.bars.empty()) return;
  const auto dearest = std::max_element(bars.bars.begin(), bars.bars.end(),
                                        [](const auto& a, const auto& b) { return a.value < b.value; });
  page.add(
      ff::chart({"cost-per-conversion", "What a conversion costs, where costs are known",
                 "Each bar is the cost of a channel divided by its conversions; channels without a stated cost are "
                 "left out.",
                 ff::text("The dearest is ", dearest->name, " with ", ff::money(dearest->value), ".")},
                bars));
}

}  // namespace segmentation
