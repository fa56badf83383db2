// SPDX-License-Identifier: MIT
// Do channels differ? Conversion, behaviour and the mix of personas by channel and by device, with tests and costs.
#pragma once

#include <algorithm>
#include <cctype>
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
#include <footfall/report/heat_map.hpp>
#include <footfall/report/stacked_chart.hpp>

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

/// Means of the four columns, coloured by how far they lie from all sessions; a deviation is the scale of the colours, so
/// that groups that hardly differ look alike.
inline ff::heat_map behaviour_map(const compared& found, std::string what) {
  ff::heat_map map{.what = std::move(what), .columns = behaviour_titles, .reach = 1};
  for (const auto& each : found.table.channels) {
    map.rows.push_back(each.name);
    map.cells.emplace_back();
    for (const auto& mean : each.behaviour) {
      const auto& all = found.table.all[mean.column].values;
      const double deviation = std::sqrt(all.variance);
      map.cells.back().push_back({ff::fixed(mean.values.mean, mean.column == "time_spent" ? 1 : 3),
                                  deviation > 0 ? (mean.values.mean - all.mean) / deviation : 0});
    }
  }
  return map;
}

inline double furthest_in(const ff::heat_map& map) {
  double away = 0;
  for (const auto& row : map.cells) {
    for (const auto& cell : row) away = std::max(away, std::fabs(cell.standardised));
  }
  return away;
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
                          ff::percent(high->value), ": chance alone ",
                          rates.all.p_value < 0.05 ? "hardly explains it" : "could explain it", " (",
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

inline void describe_tests(const channel_findings& found, ff::page& page, ff::json& report) {
  // What the published rates and volumes come to.
  const auto published = ff::two_proportions(ff::rate_of(30'435, 150'000), ff::rate_of(9'960, 50'000));
  ff::printed_table tests("Could chance alone do it?",
                          {{"Question"}, {"Test", ff::alignment::left}, {"Statistic"}, {"Degrees"}, {"p"}, {"Effect"}});
  const auto ask = [&](const char* name, const char* question, const std::optional<ff::test_result>& result) {
    if (!result) return;
    const bool difference = result->effect_name == "difference";
    tests.add({question, result->test, ff::fixed(result->statistic, 2),
               result->degrees_of_freedom > 0 ? ff::fixed(result->degrees_of_freedom, 0) : std::string(),
               ff::p_value(result->p_value),
               difference ? ff::fixed(100 * result->effect, 2) + " points"
                          : result->effect_name + " " + ff::fixed(result->effect, 4)});
    report["tests"][name] = ff::as_json(*result);
  };
  const auto& channels = found.channels;
  const auto& devices = found.devices;
  ask("conversion_by_channel", "Does conversion depend on the channel?", channels.conversion.all);
  ask("google_against_ads", "Google against Ads", against(channels, "Google", "Ads"));
  ask("instagram_against_ads", "Instagram against Ads", against(channels, "Instagram", "Ads"));
  ask("google_against_ads_published", "Google against Ads, published rates and volumes", published);
  ask("personas_by_channel", "Does the mix of personas depend on the channel?", found.mix.homogeneity);
  ask("conversion_by_device", "Does conversion depend on the device?", devices.conversion.all);
  ask("time_by_channel", "Does the mean time depend on the channel?", channels.time.means);
  ask("time_ranks_by_channel", "Does time depend on the channel, by ranks?", channels.time.ranks);
  ask("time_by_device", "Does the mean time depend on the device?", devices.time.means);
  page.add(tests);

  ff::printed_table pairs("All pairs of channels, and what each pair could show",
                          {{"Pair"},
                           {"Difference, points"},
                           {"95 % interval"},
                           {"p"},
                           {"p among all pairs"},
                           {"Found with probability 0.8 from"}});
  for (const auto& pair : channels.conversion.pairs) {
    const auto& first = channels.table.channels[static_cast<std::size_t>(pair.compared.first)].name;
    const auto& second = channels.table.channels[static_cast<std::size_t>(pair.compared.second)].name;
    pairs.add({ff::text(first, " less ", second), ff::fixed(100 * pair.compared.test.effect, 2),
               ff::fixed(times(pair.difference, 100), 2), ff::p_value(pair.compared.test.p_value),
               ff::p_value(pair.compared.adjusted_p_value),
               pair.detectable ? ff::fixed(100 * *pair.detectable, 2) : std::string("nothing")});
    ff::json out;
    out["first"] = first;
    out["second"] = second;
    out["test"] = ff::as_json(pair.compared.test);
    out["adjusted_p_value"] = pair.compared.adjusted_p_value;
    out["difference"] = ff::as_json(pair.difference);
    if (pair.detectable) out["detectable"] = *pair.detectable;
    report["pairs"].push(out);
  }
  page.add(pairs);
  const auto& range = channels.conversion.range;
  report["range_of_equal_channels"]["observed"] = range.observed;
  report["range_of_equal_channels"]["chance"] = range.chance;
  report["range_of_equal_channels"]["median"] = range.median;
  report["range_of_equal_channels"]["highest_of_twenty"] = range.highest;
  page.paragraph(ff::text(
      "The best channel lies ", ff::fixed(100 * range.observed, 2),
      " points above the worst. Equal channels of these sizes lie ", ff::fixed(100 * range.median, 2),
      " apart in the median, more than ", ff::fixed(100 * range.highest, 2),
      " in one of twenty cases, and at least as far as these with a probability of ", ff::fixed(range.chance, 2), "."));
  page.paragraph(ff::text(
      "Whoever looks at ", channels.conversion.pairs.size(),
      " pairs meets a p below 0.05 by luck more often than one time in twenty, which the p among all pairs allows for. "
      "The published gap of 0.37 points has ",
      ff::p_in_words(published.p_value),
      " by itself: not evidence against Ads, and no evidence of equality either. A large p says that the sessions "
      "cannot "
      "tell, not that there is nothing."));
}

inline void describe_mix(const segments& personas, const channel_findings& found, ff::page& page, ff::json& report) {
  page.section("Who comes through which channel");
  ff::stacked_chart mix{.what = "Channel"};
  for (const auto& each : personas.personas) mix.parts.push_back(each.name);
  for (std::size_t i = 0; i < found.channels.table.channels.size(); ++i) {
    const auto& name = found.channels.table.channels[i].name;
    mix.names.push_back(name);
    mix.shares.emplace_back();
    for (std::size_t p = 0; p < personas.personas.size(); ++p) {
      const double share = found.mix.within_channel(static_cast<ff::index>(i), static_cast<ff::index>(p));
      mix.shares.back().push_back(share);
      report["mix"]["within_channel"][name][personas.personas[p].name] = share;
    }
  }
  report["mix"]["sentence"] = found.mix.sentence();
  report["mix"]["strength"] = ff::as_json(found.mix.strength);
  std::string sentence = found.mix.sentence();
  sentence[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(sentence[0])));
  page.add(
      ff::chart({"composition", "Personas by channel",
                 "Each bar is a channel and as long as any other; its colours are the shares of the personas among "
                 "its sessions, so equal mixes look the same from bar to bar.",
                 sentence + "."},
                mix));
  page.paragraph(
      "V is Cramér's: 0 where the channel says nothing about the persona, 1 where it says everything. Equal mixes are "
      "read as broad targeting in the studied report; they only say that no channel brings more of a persona than "
      "another.");
}

inline void describe_behaviour(const channel_findings& found, ff::page& page, ff::json& report) {
  page.section("Behaviour by channel and by device");
  ff::bar_chart time{
      .what = "Channel",
      .value = "Mean time, s",
      .format = ff::as_number(1),
      .reference = ff::reference_line{"all sessions", found.channels.table.all["time_spent"].values.mean}};
  for (const auto& each : found.channels.table.channels) {
    const auto& mean = each["time_spent"];
    time.bars.push_back({each.name, mean.values.mean, mean.interval});
  }
  page.add(
      ff::chart({"time-by-channel", "Mean time by channel",
                 "Each bar is the mean time of a channel's sessions, the thin line its 95 % interval, the dashed one "
                 "the mean of all.",
                 ff::text("The means differ with ", ff::p_in_words(found.channels.time.means.p_value),
                          " (Welch), the ranks with ", ff::p_in_words(found.channels.time.ranks.p_value),
                          " (Kruskal and Wallis).")},
                time));
  const auto by_channel = behaviour_map(found.channels, "Channel");
  page.add(ff::chart({"behaviour-by-channel", "Behaviour by channel",
                      "Each cell is a mean; the colour is strongest one standard deviation from all sessions, so pale "
                      "cells are means that hardly differ.",
                      ff::text("No mean lies further than ", ff::fixed(furthest_in(by_channel), 3),
                               " standard deviations from that of all sessions.")},
                     by_channel));
  const auto by_device = behaviour_map(found.devices, "Device");
  page.add(ff::chart({"behaviour-by-device", "Behaviour by device",
                      "Read as the one above, by device; the studied report names the device and never uses it.",
                      ff::text("No mean lies further than ", ff::fixed(furthest_in(by_device), 3),
                               " standard deviations from that of all sessions.")},
                     by_device));
  page.add(
      ff::chart({"conversion-by-device", "Conversion by device",
                 "Each bar is the conversion of a device's sessions, the thin line its 95 % interval, the dashed one "
                 "that of all.",
                 ff::text("Chance alone makes differences of this kind with ",
                          ff::p_in_words(found.devices.conversion.all.p_value), ".")},
                conversion_bars(found.devices, "Device")));
  for (const auto& each : found.devices.table.channels) report["devices"].push(as_json(each));
}

}  // namespace segmentation
