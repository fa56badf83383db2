// SPDX-License-Identifier: MIT
// The code of docs/attribution.md, in its order: from sessions to a recommendation that is withheld and one that is made.
#include <iostream>

#include <footfall/footfall.hpp>

namespace ff = footfall;

namespace {

ff::channel_table tabulate(const ff::table& sessions) {
  const auto channels = ff::tabulate_channels(sessions, {.channel = "referral_source",
                                                         .converted = "conversion_label",
                                                         .behaviour = {"time_spent"},
                                                         .cost = {{"Ads", 9'000}}});
  for (const auto& row : channels.channels) {
    std::cout << row.name << ": " << row.sessions << " sessions, " << row.conversion.value << " convert ("
              << row.conversion.wilson.low << " to " << row.conversion.wilson.high << "), "
              << row["time_spent"].values.mean << " s";
    if (row.cost_per_conversion) std::cout << ", " << *row.cost_per_conversion << " a conversion";
    std::cout << '\n';
  }
  return channels;
}

void compare(const ff::channel_table& channels) {
  const auto differences = ff::compare_rates(channels.conversions());
  std::cout << "all channels: p = " << differences.all.p_value << ", Cramer's V " << differences.all.effect << '\n';
  const auto& pair = differences.between(0, 4);  // Google and Ads
  std::cout << "Google less Ads: " << pair.difference.low << " to " << pair.difference.high
            << ", p = " << pair.compared.test.p_value << ", among ten pairs " << pair.compared.adjusted_p_value << '\n'
            << "such channels would show a difference from " << *pair.detectable << " on\n"
            << "best less worst: " << differences.range.observed << "; of equal channels " << differences.range.median
            << " in the median, as much in a share of " << differences.range.chance << '\n';
}

void compose(const ff::table& sessions, const ff::segment_ids& personas) {
  ff::channel_totals totals(5, 4);
  totals.add(sessions["referral_source"].codes(), personas, ff::label(sessions, "conversion_label"));
  std::cout << ff::composition_of(totals).sentence() << '\n';
}

ff::journeys collect() {
  const auto touches = ff::parse_csv(
      "visitor,at,channel,bought,revenue\n"
      "ann,2024-03-01T09:00,Google,0,0\n"
      "ann,2024-03-04T20:10,Email,1,60\n"
      "bob,2024-03-02T11:30,Google,1,25\n"
      "cem,2024-03-05T08:15,Google,0,0\n"
      "dot,2024-03-03T17:45,Google,1,40\n"
      "eve,2024-03-06T10:00,Email,1,35\n"
      "fay,2024-03-07T12:00,,1,80\n");
  const auto collected = ff::collect_journeys(touches, {.visitor = "visitor",
                                                        .time = "at",
                                                        .channel = "channel",
                                                        .converted = "bought",
                                                        .revenue = "revenue",
                                                        .look_back = 30 * 86'400.0});
  std::cout << collected.paths.size() << " journeys, " << collected.paths.conversions() << " convert; "
            << collected.ledger.conversions_without_touches << " purchase for "
            << collected.ledger.revenue_without_touches << " without any touch\n";
  return collected.paths;
}

void credit(const ff::journeys& paths) {
  const auto compared = ff::compare_credit(paths, ff::usual_models(7 * 86'400.0));
  for (std::size_t model = 0; model < compared.models.size(); ++model) {
    const auto at = static_cast<ff::index>(model);
    std::cout << compared.models[model] << ": " << compared.channels[0] << ' ' << compared.conversions(0, at) << ", "
              << compared.channels[1] << ' ' << compared.conversions(1, at) << '\n';
  }
  const auto chain = ff::markov{}.fit(paths);
  std::cout << "without " << compared.channels[1] << " a share of " << chain.removal_effects()[1]
            << " of the conversions is lost\n";
  for (const auto& each : ff::credit_with_intervals(paths, ff::markov{}, {.replicates = 1'000})) {
    std::cout << each.channel << ": " << each.conversions.value << " (" << each.conversions.range.low << " to "
              << each.conversions.range.high << "), leads in " << each.leads << '\n';
  }
}

void advise(const ff::channel_table& channels) {
  const auto& ads = channels["Ads"].conversion;
  const auto& google = channels["Google"].conversion;
  const auto gap = ff::compare_rates(channels.conversions()).between(0, 4);
  const auto rules = ff::finding_actions();

  ff::evidence_list of_ads("Ads");
  of_ads.add("conversion against the others", {.effect = ads.value - google.value,
                                               .interval = ff::difference_interval(ads, google),
                                               .p_value = gap.compared.adjusted_p_value,
                                               .source = "Ads less Google"});
  of_ads.add_input("cost per conversion", channels["Ads"].cost_per_conversion);
  of_ads.add_input("return on ad spend", channels["Ads"].return_on_ad_spend);
  for (const auto& each : ff::advise(rules, "channel converts less", of_ads)) std::cout << each.sentence() << '\n';

  ff::evidence_list of_google("Google");
  of_google.add("share of conversions", ff::rate_of(google.hits, channels.all.conversion.hits));
  for (const auto& each : ff::advise(rules, "channel brings volume", of_google)) std::cout << each.sentence() << '\n';
}

}  // namespace

int main() {
  const ff::channel_mix shop{.sessions = 100'000, .seed = 7};
  const auto sessions = shop.generate();
  const auto channels = tabulate(sessions);
  compare(channels);
  compose(sessions, shop.personas());
  credit(collect());
  advise(channels);
}
