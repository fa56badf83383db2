// SPDX-License-Identifier: MIT
// The figures of the studied report beside ours.
#pragma once

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>

#include "channels.hpp"
#include "personas.hpp"

namespace segmentation {

inline void audit_personas(const segments& found, const study_data& data, claim_list& audited) {
  const auto sessions = static_cast<double>(data.sessions.rows());
  audited.add("S2-01", {"Sessions", 500'000, 0}, {sessions, {sessions, sessions, 1}});
  const auto chosen = static_cast<double>(found.chosen());
  audited.add("S2-06", {"Segments", 4, 0}, {chosen, {chosen, chosen, 1}});
  const auto about = [&](const char* id, const char* name, const char* what, double published, int decimals,
                         const auto& estimate) {
    const persona* const ours = found.find(name);
    audited.add(id, {ff::text(name, ": ", what), published, decimals},
                ours == nullptr ? mean_estimate{} : estimate(*ours));
  };
  const auto mean = [](const char* column) {
    return [column](const persona& each) {
      const auto& of = each.profile.number(column);
      return mean_estimate{of.summary.mean, of.mean_range};
    };
  };
  const auto conversion = [](const persona& each) { return estimate_of(each.conversion, 100); };
  about("S2-13", "Ready to buy", "add_to_cart", 1.00, 2, mean("add_to_cart"));
  about("S2-13", "Ready to buy", "conversion, %", 42.2, 1, conversion);
  about("S2-13", "Ready to buy", "time_spent, minutes", 2, 0,
        [&](const persona& each) { return times(mean("time_spent")(each), 1.0 / 60); });
  about("S2-14", "Deep researcher", "time_spent, s", 438, 0, mean("time_spent"));
  about("S2-14", "Deep researcher", "conversion, %", 20, 0, conversion);
  about("S2-15", "Window shopper", "clicks", 6.2, 1, mean("clicks"));
  about("S2-15", "Window shopper", "conversion, %", 15, 0, conversion);
  about("S2-16", "Passerby", "conversion, %", 10, 0, conversion);
}

inline void audit_channels(const channel_findings& found, claim_list& audited) {
  const auto& channels = found.channels;
  const auto ours = [&](const char* name, const auto& estimate) {
    const auto* const row = channels.find(name);
    return row == nullptr ? mean_estimate{} : estimate(*row);
  };
  // Both rates are draws, so the interval is one for their difference: that of half as many sessions.
  const auto rate = [](const ff::channel_row& row) {
    const auto& of = row.conversion;
    return times(mean_estimate{of.value, ff::wilson_interval_of_share(of.value, static_cast<double>(of.trials) / 2)},
                 100);
  };
  const auto volume = [](const ff::channel_row& row) {
    return mean_estimate{500'000 * row.share, {500'000 * row.share, 500'000 * row.share, 1}};
  };
  for (const auto& [name, published] : {std::pair{"Google", 20.29}, {"Instagram", 20.29}, {"Ads", 19.92}}) {
    audited.add("S2-18", {ff::text(name, ": conversion, %"), published, 2}, ours(name, rate));
  }
  const auto *const google = channels.find("Google"), *const ads = channels.find("Ads");
  if (google != nullptr && ads != nullptr) {
    // Again two draws: twice the variance of the difference here.
    const auto range = ff::difference_interval(google->conversion, ads->conversion);
    const double gap = google->conversion.value - ads->conversion.value;
    const auto wider = [&](double end) { return 100 * (gap + std::sqrt(2.0) * (end - gap)); };
    audited.add("S2-18", {"Google less Ads, points", 0.37, 2},
                {100 * gap, {wider(range.low), wider(range.high), 0.95}});
  }
  for (const auto& [name, published] : {std::pair{"Google", 150'000.0}, {"Instagram", 125'000.0}, {"Ads", 50'000.0}}) {
    audited.add("S2-19", {ff::text(name, ": sessions of 500,000"), published, 0}, ours(name, volume));
  }
  const auto time = [](const ff::channel_row& row) {
    return mean_estimate{row["time_spent"].values.mean, row["time_spent"].interval};
  };
  const auto [low, high] =
      std::minmax_element(channels.table.channels.begin(), channels.table.channels.end(),
                          [&](const auto& a, const auto& b) { return time(a).value < time(b).value; });
  audited.add("S2-20", {"time_spent, the channel with the least, s", 140, 0}, time(*low));
  audited.add("S2-20", {"time_spent, the channel with the most, s", 141, 0}, time(*high));
}

inline void describe(const claim_list& audited, const study_data& data, ff::page& page) {
  page.section("Published figures and ours");
  page.paragraph(verdicts_explained);
  page.add(ff::claim_table("The personas", audited.of({"S2-01", "S2-06", "S2-13", "S2-14", "S2-15", "S2-16"})));
  page.add(ff::claim_table("The channels", audited.of({"S2-18", "S2-19", "S2-20"})));
  page.paragraph(
      "The published rates of the channels are one draw and these are another, so the intervals allow for both.");
  if (data.made_up) page.paragraph("Where channels have no effect, every seed orders them anew.");
  page.paragraph(
      "What the studied report leaves open: the split of 175,000 sessions between Direct and Email; the sizes of its "
      "personas, which its rates and times bound and do not fix; whether Instagram is paid (it is called organic in "
      "one "
      "place and Instagram Ads in another); any cost. The gap of 0.37 is one of percentage points, not of per cent. "
      "Its "
      "title speaks of attribution, and each session counts for one channel: credit over several touches needs "
      "journeys, "
      "which these columns do not hold.");
}

}  // namespace segmentation
