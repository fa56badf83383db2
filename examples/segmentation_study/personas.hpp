// SPDX-License-Identifier: MIT
// Four columns on one scale, the choice of k, and personas with their evidence.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/cluster/choose_k.hpp>
#include <footfall/cluster/kmeans.hpp>
#include <footfall/features/numeric.hpp>
#include <footfall/features/standard_scaler.hpp>
#include <footfall/pipeline/chain.hpp>
#include <footfall/report/bar_chart.hpp>
#include <footfall/report/heat_map.hpp>
#include <footfall/report/line_chart.hpp>
#include <footfall/segments/persona.hpp>
#include <footfall/segments/persona_rule.hpp>
#include <footfall/segments/profile.hpp>

#include "data.hpp"

namespace segmentation {

inline auto recipe(int clusters, std::uint64_t seed) {
  return ff::numeric{behaviour} | ff::standard_scaler{} |
         ff::kmeans{.clusters = clusters, .restarts = 10, .seed = seed};
}
using fitted_segments = decltype(recipe(2, 0).fit(ff::table()));

struct persona {
  std::string name;
  std::string sentence;
  ff::segment_profile profile;
  ff::rate conversion;
};

struct segments {
  ff::chosen_k<float> choice;
  fitted_segments pipeline;     // numbers | scaler | k-means, on all sessions
  ff::features<double> scaled;  // what k-means saw
  ff::segment_ids assigned;     // positions in `personas`
  std::vector<persona> personas;

  int chosen() const { return choice.verdict().best; }
  const persona* find(std::string_view name) const {
    const auto found =
        std::find_if(personas.begin(), personas.end(), [&](const auto& each) { return each.name == name; });
    return found == personas.end() ? nullptr : &*found;
  }
};

/// In single precision: half the memory to pass over. The pipeline that is kept is fitted in double.
inline ff::chosen_k<float> choose(const ff::table& sessions, std::uint64_t seed, const ff::run_options& run) {
  const auto scaled = (ff::numeric{behaviour} | ff::standard_scaler{}).fit(sessions).transform(sessions);
  const ff::features<float> single(scaled.values().cast<float>(), scaled.columns());
  return ff::choose_k{.from = 2, .to = 8, .restarts = 5, .seed = seed, .resampled_up_to = 3000}.fit(single, {}, run);
}

/// The chosen k on all sessions. Personas are ordered by their conversion, the highest first; a segment that no rule names
/// keeps its number.
inline segments find_personas(const study_data& data, ff::chosen_k<float> choice, std::uint64_t seed) {
  const int clusters = choice.verdict().best;
  auto pipeline = recipe(clusters, seed).fit(data.sessions);
  auto scaled = pipeline.first().transform(data.sessions);
  const auto ids = pipeline.last().assign(scaled);
  segments result{std::move(choice), std::move(pipeline), std::move(scaled), {}, {}};
  const auto profiles = ff::profile(data.sessions, ids, {.converted = data.converted});
  const auto names = ff::name_personas(profiles, ff::shop_personas());
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    result.personas.push_back(
        {names[i].distinct() ? names[i].name : ff::text("Segment ", profiles[i].segment, " (", names[i].name, ")"),
         names[i].sentence, profiles[i], *profiles[i].conversion});
  }
  std::stable_sort(result.personas.begin(), result.personas.end(),
                   [](const auto& a, const auto& b) { return a.conversion.value > b.conversion.value; });
  std::vector<std::int32_t> place(result.personas.size());
  for (std::size_t i = 0; i < place.size(); ++i) {
    place[static_cast<std::size_t>(result.personas[i].profile.segment)] = static_cast<std::int32_t>(i);
  }
  for (const auto id : ids) result.assigned.push_back(place[static_cast<std::size_t>(id)]);
  return result;
}

inline void describe_choice_of_k(const segments& found, const study_data& data, ff::page& page, ff::json& report) {
  page.section("Four columns on one scale");
  page.paragraph(
      "Distances would otherwise be a matter of seconds alone. Each column is moved to mean 0 and divided by its "
      "standard deviation.");
  ff::printed_table scaling("What the scaler learned", {{"Column"}, {"Mean"}, {"Standard deviation"}});
  const auto& scaler = found.pipeline.first().last();
  for (std::size_t i = 0; i < behaviour.size(); ++i) {
    scaling.add({behaviour[i], ff::fixed(scaler.means()[i], 3), ff::fixed(scaler.scales()[i], 3)});
    report["scaling"][behaviour[i]]["mean"] = scaler.means()[i];
    report["scaling"][behaviour[i]]["standard_deviation"] = scaler.scales()[i];
  }
  page.add(scaling);

  page.section("How many segments");
  const auto& best = found.choice.of(found.chosen());
  page.paragraph(ff::text("K-Means with five restarts for every k from 2 to 8, on all ",
                          ff::thousands(data.sessions.rows()),
                          " sessions. The label and the channel take no part. The mean silhouette is ",
                          best.silhouette_sessions < data.sessions.rows()
                              ? ff::text("an estimate from ", ff::thousands(best.silhouette_sessions),
                                         " sessions that were drawn by segment, each held against all others")
                              : std::string("that of all of them"),
                          ". The chosen k is then fitted again with ten restarts."));
  ff::line silhouettes{"Mean silhouette", {}}, inertias{"Inertia", {}};
  for (const auto& each : found.choice.figures()) {
    const double k = each.clusters;
    silhouettes.points.push_back({k, each.silhouette, each.silhouette_range()});
    inertias.points.push_back({k, each.inertia / static_cast<double>(data.sessions.rows())});
  }
  page.add(ff::chart(
      {"silhouette", "Mean silhouette for every k",
       "Each dot is one number of segments; the higher, the better the sessions sit in their own segment, and the line "
       "through a dot is where the mean would lie for other sessions of this kind.",
       found.choice.verdict().words},
      ff::line_chart{.lines = {silhouettes},
                     .x = "Segments",
                     .y = "Mean silhouette",
                     .x_format = ff::as_count,
                     .y_format = ff::as_number(3),
                     .marks = true}));
  page.add(ff::chart(
      {"elbow", "Squared distance to the own centre for every k",
       "It falls with every further segment; a bend where it begins to fall slowly is what people call the elbow.",
       ff::text("From k = ", found.chosen() - 1 > 1 ? found.chosen() - 1 : 2, " to k = ", found.chosen(),
                " it falls to ", ff::fixed(inertias.points[static_cast<std::size_t>(found.chosen() - 2)].y, 3),
                " for each session; an elbow is no test, which is why the silhouettes decide.")},
      ff::line_chart{.lines = {inertias},
                     .x = "Segments",
                     .y = "Squared distance a session",
                     .x_format = ff::as_count,
                     .y_format = ff::as_number(3),
                     .marks = true}));
  describe_choice(found.choice, page, report);
  if (data.made_up) {
    page.paragraph(
        "That the personas stand so far apart is how they were made, and says nothing about the sessions of the "
        "studied "
        "report; part of it is that a standardised column of 0 and 1 makes two slabs by itself.");
  }
}

inline void describe_personas(const segments& found, const ff::rate& base, ff::page& page, ff::json& report) {
  page.section("Personas");
  ff::bar_chart rates{.what = "Persona",
                      .value = "Conversion",
                      .format = ff::as_percent(2),
                      .reference = ff::reference_line{"all sessions", base.value}};
  ff::heat_map heat{.what = "Persona", .columns = behaviour_titles};
  ff::printed_table sizes("How large they are",
                          {{"Persona"}, {"Sessions"}, {"Share", ff::alignment::left}, {"Conversions"}});
  ff::printed_table names("The names and their evidence", {{"Persona"}, {"Why", ff::alignment::left}});
  report["personas"] = ff::json::array();
  for (const auto& each : found.personas) {
    rates.bars.push_back({each.name, each.conversion.value, each.conversion.wilson});
    const double share = each.profile.share.value;
    sizes.add({each.name, ff::thousands(each.profile.sessions), ff::printed_cell(ff::percent(share, 1)).with_bar(share),
               ff::thousands(each.conversion.hits)});
    names.add({each.name, each.sentence});
    ff::json out;
    out["name"] = each.name;
    out["sentence"] = each.sentence;
    out["sessions"] = each.profile.sessions;
    out["share"] = share;
    out["conversion"] = ff::as_json(each.conversion);
    heat.rows.push_back(each.name);
    heat.cells.emplace_back();
    for (std::size_t i = 0; i < behaviour.size(); ++i) {
      const auto& column = each.profile.number(behaviour[i]);
      heat.cells.back().push_back({ff::fixed(column.summary.mean, i == 2 ? 1 : 2), column.contrast.value});
      out["means"][behaviour[i]] = column.summary.mean;
      out["mean_intervals"][behaviour[i]] = ff::as_json(column.mean_range);
      out["standardised"][behaviour[i]] = column.contrast.value;
    }
    report["personas"].push(out);
  }
  page.add(sizes).add(names);
  page.paragraph(
      "Deviations say how far the persona's mean lies from that of all sessions, in standard deviations of the "
      "column.");
  const auto& first = found.personas.front();
  const auto& last = found.personas.back();
  page.add(
      ff::chart({"personas", "Conversion by persona",
                 "Each bar is the share of the persona's sessions that bought, the thin line its 95 % interval, and "
                 "the dashed line the share of all sessions.",
                 ff::text(first.name, ": ", ff::percent(first.conversion.value, 1), " of the sessions bought; ",
                          last.name, ": ", ff::percent(last.conversion.value, 1), ".")},
                rates));
  const persona* furthest = &first;
  std::size_t at = 0;
  for (const auto& each : found.personas) {
    for (std::size_t i = 0; i < behaviour.size(); ++i) {
      const auto away = [&](const persona& of, std::size_t column) {
        return std::fabs(of.profile.number(behaviour[column]).contrast.value);
      };
      if (away(each, i) > away(*furthest, at)) {
        furthest = &each;
        at = i;
      }
    }
  }
  page.add(ff::chart(
      {"fingerprint", "The behavioural fingerprint of each persona",
       "Each cell shows the persona's mean; orange lies above that of all sessions and blue below, the stronger the "
       "further, in standard deviations.",
       ff::text("The furthest from usual: ", furthest->name, ", ", behaviour_titles[at], ", with ",
                ff::fixed(furthest->profile.mean(behaviour[at]), at == 2 ? 0 : 2), ", ",
                ff::fixed(std::fabs(furthest->profile.number(behaviour[at]).contrast.value), 1),
                " standard deviations from all sessions.")},
      heat));
}

}  // namespace segmentation
