// SPDX-License-Identifier: MIT
// Do channels differ? Conversion, the mix of personas and behaviour by channel and by device, with tests.
#pragma once

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>

#include <footfall/report/bar_chart.hpp>
#include <footfall/report/heat_map.hpp>
#include <footfall/report/stacked_chart.hpp>

#include "channels.hpp"
#include "personas.hpp"

namespace segmentation {

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
                 ff::text("The gap between the means: ", chance_alone(found.channels.time.means.p_value), " (",
                          ff::p_in_words(found.channels.time.means.p_value),
                          ", Welch); between the ranks: ", chance_alone(found.channels.time.ranks.p_value), " (",
                          ff::p_in_words(found.channels.time.ranks.p_value), ", Kruskal and Wallis).")},
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
                 ff::text("The gap between the devices: ", chance_alone(found.devices.conversion.all.p_value), " (",
                          ff::p_in_words(found.devices.conversion.all.p_value), ").")},
                conversion_bars(found.devices, "Device")));
  for (const auto& each : found.devices.table.channels) report["devices"].push(as_json(each));
}

}  // namespace segmentation
