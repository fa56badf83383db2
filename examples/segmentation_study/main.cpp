// SPDX-License-Identifier: MIT
// The second study, end to end: four personas, five channels, and what may be said about either.
#include <filesystem>
#include <iostream>

#include <examples/arguments.hpp>
#include <examples/charts.hpp>
#include <examples/study_clock.hpp>

#include <footfall/report/provenance.hpp>
#include <footfall/report/stage_times.hpp>
#include <footfall/report/write_report.hpp>
#include <footfall/store/model.hpp>

#include "advice.hpp"
#include "audience.hpp"
#include "channels.hpp"
#include "claims.hpp"
#include "data.hpp"
#include "differences.hpp"
#include "map.hpp"
#include "personas.hpp"

namespace {

using namespace segmentation;

constexpr const char* usage =
    "usage: segmentation_study [--sessions N] [--seed S] [--csv FILE] [--costs FILE] [--out DIR]\n"
    "  --sessions N    made-up sessions (500000)\n"
    "  --seed S        of the sessions, the draws and the segments (7)\n"
    "  --csv FILE      sessions of your own in place of made-up ones: clicks, page_views, time_spent, add_to_cart,\n"
    "                  referral_source, device_type, conversion_label, and revenue where it is known\n"
    "  --costs FILE    channel,cost: what all sessions of a channel cost together\n"
    "  --out DIR       where report.html, report.json, charts/, audience.csv and segments.ffm go (out/segmentation)\n";

study_data read_data(const arguments& given, std::uint64_t seed) {
  const auto csv = given.text("csv", "");
  if (!csv.empty() && !given.text("sessions", "").empty()) throw usage_error("--sessions goes with made-up sessions");
  auto data = csv.empty() ? made_up_sessions(given.whole<ff::index>("sessions", 500'000), seed) : read_sessions(csv);
  require_enough(data);
  if (const auto costs = given.text("costs", ""); !costs.empty()) data.costs = read_costs(costs);
  return data;
}

void print_summary(const study_data& data, const ff::rate& base, const segments& found,
                   const channel_findings& channels) {
  ff::printed_table summary(
      ff::text("segmentation study: ", ff::thousands(data.sessions.rows()), " sessions ", data.source, ", conversion ",
               ff::percent(base.value), " (", ff::percent(base.wilson), ")\n", found.choice.verdict().words,
               "\nconversion by channel: ", ff::p_in_words(channels.channels.conversion.all.p_value)),
      {{"persona"}, {"sessions"}, {"conversion"}, {"interval"}});
  for (const auto& each : found.personas) {
    summary.add({each.name, ff::thousands(each.conversion.trials), ff::percent(each.conversion.value),
                 ff::percent(each.conversion.wilson)});
  }
  ff::print(std::cout, summary);
}

std::vector<ff::headline> headlines(const ff::rate& base, const segments& found, const channel_findings& channels) {
  std::vector<ff::headline> result = {
      {"Conversion", ff::percent(base.value), ff::percent(base.wilson)},
      {"Personas", ff::text(found.chosen()), "by silhouette, of 2 to 8"},
      {"Best persona", ff::percent(found.personas.front().conversion.value, 1), found.personas.front().name}};
  if (const auto gap = against(channels.channels, "Google", "Ads")) {
    result.push_back(
        {"Google against Ads", ff::text(ff::fixed(100 * gap->effect, 2), " points"), ff::p_in_words(gap->p_value)});
  }
  result.push_back({"All channels", ff::p_in_words(channels.channels.conversion.all.p_value), "chi-square test"});
  return result;
}

void study(const arguments& given) {
  const std::filesystem::path folder = given.text("out", "out/segmentation");
  const auto seed = given.whole<std::uint64_t>("seed", 7);

  study_clock clock(7);
  clock.begin("sessions");
  const auto data = read_data(given, seed);
  const auto base = ff::rate_of(data.converted.positives(), data.converted.size());
  clock.begin("choice of k");
  auto choice = choose(data.sessions, seed, clock.run());
  clock.begin("personas");
  const auto found = find_personas(data, std::move(choice), seed);
  clock.begin("channels");
  const auto channels = compare_channels(data, found);
  clock.begin("map");
  const auto map = draw_map(found);

  clock.begin("page");
  ff::json report;
  report["study"] = "segmentation";
  report["version"] = ff::footfall_version();
  report["sessions"] = data.sessions.rows();
  report["seed"] = seed;
  report["base_rate"] = base.value;
  report["base_rate_interval"] = ff::as_json(base.wilson);
  ff::page page("Who comes, and from where: personas and channels of a shop",
                ff::text("A published study of 500,000 sessions, done again with every rate beside its interval: ",
                         ff::thousands(data.sessions.rows()), " sessions ", data.source, "."));
  page.headlines(headlines(base, found, channels));
  describe(data, page, report);
  describe_choice_of_k(found, data, page, report);
  describe_personas(found, base, page, report);
  describe_table(data, channels, page, report);
  describe_conversion(channels, page);
  describe_costs(channels, page);
  describe_tests(channels, page, report);
  describe_mix(found, channels, page, report);
  describe_behaviour(channels, page, report);
  describe(map, found, page, report);
  const auto for_personas = advise_personas(found, base);
  describe(advise_channels(channels, found), for_personas, page, report);
  claim_list audited;
  audit_personas(found, data, audited);
  audit_channels(channels, audited);
  describe(audited, data, page);
  report["claims"] = audited.json();
  ff::provenance from{.data = data.source, .sessions = data.sessions.rows(), .seed = seed};
  from.add("the segments", found.pipeline).add("the map", map.axes);
  page.made_from(from);
  report["made_from"] = ff::as_json(from);

  clock.begin("files");
  ff::write_report(folder, page, report, chart_programs());
  ff::write_csv(folder / "audience.csv", audience_of(found, data, for_personas), {.guard_formulas = true});
  ff::save(folder / "segments.ffm", found.pipeline,
           {{"sessions", ff::text(data.sessions.rows())}, {"seed", ff::text(seed)}});
  clock.end();

  print_summary(data, base, found, channels);
  ff::print(std::cout, ff::stage_table("where the time went", clock.times()));
  for (const char* name : {"report.html", "report.json", "audience.csv", "segments.ffm"}) {
    std::cout << (folder / name).string() << '\n';
  }
}

}  // namespace

int main(int count, char** words) {
  return run_program(count, words, usage, {"out", "sessions", "seed", "csv", "costs"}, study);
}
