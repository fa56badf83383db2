// SPDX-License-Identifier: MIT
// The second study, end to end: four personas, five channels, and what may be said about either.
#include <chrono>
#include <filesystem>
#include <iostream>

#include <footfall/footfall.hpp>
#include <footfall/report/file.hpp>
#include <footfall/report/page.hpp>
#include <footfall/report/results.hpp>

#include "arguments.hpp"
#include "study.hpp"

namespace {

using ff::printed_cell;
using ff::text;

constexpr const char* usage =
    "usage: segmentation_study [--out DIR] [--sessions N] [--seed S]\n"
    "  --out DIR       where report.json and report.html go (out/segmentation)\n"
    "  --sessions N    made-up sessions (500000)\n"
    "  --seed S        of the sessions, the sample and the segments (7)\n";

const std::vector<std::string> behaviour = {"clicks", "page_views", "time_spent", "add_to_cart"};

// ------------------------------------------------------------------------------------------------------- quality

void describe_quality(const ff::table& sessions, ff::page& page, ff::json& report) {
  page.section("The data, and whether to believe it");
  page.paragraph(
      "The sessions are made up, because those of the studied report cannot be had. Channel volumes and the personas "
      "behind "
      "the sessions were set to the published figures. Channels were given no effect at all: whatever differs between "
      "them "
      "here is chance.");
  ff::printed_table table("Every column, and values that cannot be", {{"Column"},
                                                                      {"Known at", ff::alignment::left},
                                                                      {"Missing"},
                                                                      {"Lowest"},
                                                                      {"Mean"},
                                                                      {"Highest"},
                                                                      {"Must be", ff::alignment::left},
                                                                      {"Impossible"}});
  for (const auto& column : sessions.columns()) {
    ff::json each;
    each["name"] = column.name();
    each["stage"] = ff::name_of(column.stage());
    each["missing"] = column.missing();
    if (column.is_numeric()) {
      const auto numbers = column.numbers();
      const bool flag = column.name() == "add_to_cart" || column.name() == "conversion_label";
      const auto impossible = std::count_if(numbers.begin(), numbers.end(), [&](double value) {
        return !(flag ? value == 0 || value == 1 : value >= 1 && value == std::floor(value));
      });
      const auto [low, high] = std::minmax_element(numbers.begin(), numbers.end());
      const double mean = std::accumulate(numbers.begin(), numbers.end(), 0.0) / static_cast<double>(numbers.size());
      table.add({column.name(), ff::name_of(column.stage()), ff::thousands(column.missing()), ff::fixed(*low, 0),
                 ff::fixed(mean, flag ? 4 : 2), ff::fixed(*high, 0), flag ? "0 or 1" : "whole, at least 1",
                 ff::thousands(impossible)});
      each["mean"] = mean;
      each["impossible"] = impossible;
    } else {
      std::string levels;
      for (const auto& level : column.levels()) levels += (levels.empty() ? "" : ", ") + level;
      table.add({column.name(), ff::name_of(column.stage()), ff::thousands(column.missing()), "", "", "", levels, "0"});
      each["levels"] = ff::json::list(column.levels());
    }
    report["columns"].push(each);
  }
  page.add(table);
  const auto repeated = sessions.rows() - static_cast<ff::index>(ff::first_occurrences(sessions).size());
  report["repeated_rows"] = repeated;
  page.paragraph(
      text(ff::thousands(repeated),
           " rows repeat an earlier one in every column. A few whole numbers and no id "
           "tell sessions apart, so different sessions look alike; nothing says that these were counted twice, "
           "and all are kept."));
}

// ------------------------------------------------------------------------------------------------------ personas

struct persona {
  std::string name;
  std::string sentence;
  ff::segment_profile profile;
  ff::row_set rows;
  ff::rate conversion;
};

struct segmentation {
  std::vector<double> column_means, column_scales;
  ff::chosen_k<double> choice;  // on a sample
  int chosen = 0;
  ff::segment_ids assigned;  // positions in `personas`
  std::vector<persona> personas;

  const persona* find(std::string_view name) const {
    const auto found =
        std::find_if(personas.begin(), personas.end(), [&](const auto& each) { return each.name == name; });
    return found == personas.end() ? nullptr : &*found;
  }
};

segmentation find_personas(const ff::table& sessions, const ff::labels& converted, std::uint64_t seed) {
  const auto recipe = ff::numeric{behaviour} | ff::standard_scaler{};
  const auto fitted = recipe.fit(sessions);
  const auto x = fitted.transform(sessions);

  segmentation result;
  result.column_means = fitted.last().means();
  result.column_scales = fitted.last().scales();
  const auto sample = x.rows(sample_of(x.rows(), 10'000, seed));
  result.choice = ff::choose_k{.from = 2, .to = 8, .restarts = 10, .seed = seed, .resampled_up_to = 5000}.fit(sample);
  result.chosen = result.choice.verdict().best;

  const auto segments = ff::kmeans{.clusters = result.chosen, .restarts = 10, .seed = seed}.fit(x);
  const auto ids = segments.assign(x);
  const auto profiles = ff::profile(sessions, ids, {.converted = converted});
  const auto names = ff::name_personas(profiles, ff::shop_personas());
  auto groups = rows_by_group(ids, result.chosen);
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    result.personas.push_back(
        {names[i].name, names[i].sentence, profiles[i], std::move(groups[i]), *profiles[i].conversion});
  }
  std::stable_sort(result.personas.begin(), result.personas.end(),
                   [](const auto& a, const auto& b) { return a.conversion.value > b.conversion.value; });
  std::vector<std::int32_t> place(result.personas.size());
  for (std::size_t i = 0; i < place.size(); ++i)
    place[static_cast<std::size_t>(result.personas[i].profile.segment)] = static_cast<std::int32_t>(i);
  for (const auto id : ids) result.assigned.push_back(place[static_cast<std::size_t>(id)]);
  return result;
}

void describe_personas(const segmentation& found, const ff::table& sessions, ff::page& page, ff::json& report) {
  page.section("Four columns on one scale");
  page.paragraph(
      "Distances would otherwise be a matter of seconds alone. Each column is moved to mean 0 and divided by its "
      "standard "
      "deviation.");
  ff::printed_table scaling("What the scaler learned", {{"Column"}, {"Mean"}, {"Standard deviation"}});
  for (std::size_t i = 0; i < behaviour.size(); ++i) {
    scaling.add({behaviour[i], ff::fixed(found.column_means[i], 3), ff::fixed(found.column_scales[i], 3)});
    report["scaling"][behaviour[i]]["mean"] = found.column_means[i];
    report["scaling"][behaviour[i]]["standard_deviation"] = found.column_scales[i];
  }
  page.add(scaling);

  page.section("Personas");
  page.paragraph(
      text("How many segments: K-Means with ten restarts for every k, fitted and measured on one random sample of ",
           ff::thousands(found.choice.of(found.chosen).silhouette_sessions),
           " sessions. The chosen k is then fitted on all ", ff::thousands(sessions.rows()),
           ", again with ten restarts. The label and the channel take no part."));
  describe_choice(found.choice, page, report);
  page.paragraph(
      "That the personas stand so far apart is how they were made, and says nothing about the sessions of the studied "
      "report; part of it is that a standardised column of 0 and 1 makes two slabs by itself.");

  double highest = 0, strongest = 0;
  for (const auto& each : found.personas) {
    highest = std::max(highest, each.conversion.value);
    for (const auto& column : behaviour)
      strongest = std::max(strongest, std::fabs(each.profile.number(column).contrast.value));
  }
  ff::printed_table sizes(
      "Personas, named by rules from the profile of their segment",
      {{"Persona"}, {"Sessions"}, {"Share"}, {"Conversions"}, {"Conversion", ff::alignment::left}, {"95 % interval"}});
  ff::printed_table heat(
      "Behavioural fingerprint: means, and in brackets how many standard deviations from all sessions",
      {{"Persona"}, {"Clicks"}, {"Page views"}, {"Time spent, s"}, {"Add to cart"}});
  report["personas"] = ff::json::array();
  for (const auto& each : found.personas) {
    const auto size = each.profile.sessions;
    const double share = each.profile.share.value;
    sizes.add(
        {each.name, ff::thousands(size), ff::percent(share, 1), ff::thousands(each.conversion.hits),
         printed_cell(ff::percent(each.conversion.value)).with_bar(highest > 0 ? each.conversion.value / highest : 0),
         ff::percent(each.conversion.wilson)});
    ff::json out;
    out["name"] = each.name;
    out["sentence"] = each.sentence;
    out["sessions"] = size;
    out["share"] = share;
    out["conversion"] = ff::as_json(each.conversion);
    std::vector<printed_cell> row = {each.name};
    for (std::size_t i = 0; i < behaviour.size(); ++i) {
      const auto& column = each.profile.number(behaviour[i]);
      const double z = column.contrast.value;
      row.push_back(printed_cell(text(ff::fixed(column.summary.mean, i == 2 ? 1 : 2), " (", z < 0 ? "" : "+",
                                      ff::fixed(z, 2), ")"))
                        .with_shade(strongest > 0 ? z / strongest : 0));
      out["means"][behaviour[i]] = column.summary.mean;
      out["standardised"][behaviour[i]] = z;
    }
    heat.add(std::move(row));
    report["personas"].push(out);
  }
  page.add(sizes);
  page.add(heat);
  page.paragraph("Orange lies above the mean of all sessions, blue below; the stronger, the further.");
  ff::printed_table names("The names and their evidence", {{"Persona"}, {"Why", ff::alignment::left}});
  for (const auto& each : found.personas) names.add({each.name, each.sentence});
  page.add(names);
}

// ------------------------------------------------------------------------------------------------------ channels

struct attribution {
  ff::channel_table table;
  ff::rate_differences conversion;
  ff::mean_differences time;
  ff::composition mix;  // a row a channel and a column a persona
  ff::test_result by_device;

  ff::test_result against_ads(std::string_view name) const {
    return ff::two_proportions(table[name].conversion, table["Ads"].conversion);
  }
};

attribution compare_channels(const ff::table& sessions, const ff::labels& converted, const segmentation& found) {
  const auto& source = sessions["referral_source"];
  const auto channels = static_cast<std::int32_t>(source.levels().size());
  attribution result;
  result.table = ff::tabulate_channels(
      sessions, {.channel = "referral_source", .converted = "conversion_label", .behaviour = {"time_spent"}});
  result.conversion = ff::compare_rates(result.table.conversions());
  result.time = ff::compare_means(sessions["time_spent"].numbers(), source.codes(), channels);
  ff::channel_totals totals(channels, static_cast<ff::index>(found.personas.size()));
  totals.add(source.codes(), found.assigned, converted);
  result.mix = ff::composition_of(totals);
  result.by_device =
      ff::compare_rates(
          ff::tabulate_channels(sessions, {.channel = "device_type", .converted = "conversion_label"}).conversions())
          .all;
  return result;
}

void describe_channels(const attribution& found, const segmentation& segments, ff::page& page, ff::json& report) {
  page.section("Channels");
  double highest = 0;
  for (const auto& each : found.table.channels) highest = std::max(highest, each.conversion.value);
  ff::printed_table table("Conversion and time by channel, each session counted for the one channel it came through",
                          {{"Channel"},
                           {"Sessions"},
                           {"Share"},
                           {"Conversions"},
                           {"Conversion", ff::alignment::left},
                           {"95 % interval"},
                           {"Mean time, s"},
                           {"95 % interval"}});
  ff::printed_table mix("Personas by channel: share of the channel's sessions", [&] {
    std::vector<ff::printed_column> columns = {{"Channel"}};
    for (const auto& each : segments.personas) columns.push_back({each.name});
    return columns;
  }());
  for (std::size_t i = 0; i < found.table.channels.size(); ++i) {
    const auto& each = found.table.channels[i];
    const auto& time = each["time_spent"];
    table.add(
        {each.name, ff::thousands(each.conversion.trials), ff::percent(each.share, 1),
         ff::thousands(each.conversion.hits),
         printed_cell(ff::percent(each.conversion.value)).with_bar(highest > 0 ? each.conversion.value / highest : 0),
         ff::percent(each.conversion.wilson), ff::fixed(time.values.mean, 1), ff::fixed(time.interval, 1)});
    ff::json out;
    out["name"] = each.name;
    out["sessions"] = each.conversion.trials;
    out["conversion"] = ff::as_json(each.conversion);
    out["time_spent"]["mean"] = time.values.mean;
    out["time_spent"]["interval"] = ff::as_json(time.interval);
    std::vector<printed_cell> row = {each.name};
    for (std::size_t p = 0; p < segments.personas.size(); ++p) {
      const double share = found.mix.within_channel(static_cast<ff::index>(i), static_cast<ff::index>(p));
      row.emplace_back(ff::percent(share));
      out["personas"][segments.personas[p].name] = share;
    }
    mix.add(std::move(row));
    report["channels"].push(out);
  }
  page.add(table);
  page.add(mix);
  page.paragraph(text("In one sentence: ", found.mix.sentence(), "."));
  report["mix"]["sentence"] = found.mix.sentence();
  report["mix"]["strength"] = ff::as_json(found.mix.strength);

  // What the published rates and volumes come to.
  const auto published = ff::two_proportions(ff::rate_of(30'435, 150'000), ff::rate_of(9'960, 50'000));
  ff::printed_table tests("Could chance alone do it?",
                          {{"Question"}, {"Test", ff::alignment::left}, {"Statistic"}, {"Degrees"}, {"p"}, {"Effect"}});
  const auto ask = [&](const char* name, const char* question, const ff::test_result& result) {
    const bool difference = result.effect_name == "difference";
    tests.add({question, result.test, ff::fixed(result.statistic, 2),
               result.degrees_of_freedom > 0 ? ff::fixed(result.degrees_of_freedom, 0) : std::string(),
               ff::p_value(result.p_value),
               difference ? ff::fixed(100 * result.effect, 2) + " points"
                          : result.effect_name + " " + ff::fixed(result.effect, 4)});
    report["tests"][name] = ff::as_json(result);
  };
  ask("conversion_by_channel", "Does conversion depend on the channel?", found.conversion.all);
  ask("google_against_ads", "Google against Ads", found.against_ads("Google"));
  ask("instagram_against_ads", "Instagram against Ads", found.against_ads("Instagram"));
  ask("google_against_ads_published", "Google against Ads, published rates and volumes", published);
  ask("personas_by_channel", "Does the mix of personas depend on the channel?", found.mix.homogeneity);
  ask("conversion_by_device", "Does conversion depend on the device?", found.by_device);
  ask("time_by_channel", "Does the mean time depend on the channel?", found.time.means);
  ask("time_ranks_by_channel", "Does time depend on the channel, by ranks?", found.time.ranks);
  page.add(tests);

  ff::printed_table pairs("All pairs of channels, and what each pair could show",
                          {{"Pair"},
                           {"Difference, points"},
                           {"95 % interval"},
                           {"p"},
                           {"p among all pairs"},
                           {"Found with probability 0.8 from"}});
  for (const auto& pair : found.conversion.pairs) {
    const auto& first = found.table.channels[static_cast<std::size_t>(pair.compared.first)].name;
    const auto& second = found.table.channels[static_cast<std::size_t>(pair.compared.second)].name;
    pairs.add({text(first, " less ", second), ff::fixed(100 * pair.compared.test.effect, 2),
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
  const auto& range = found.conversion.range;
  report["range_of_equal_channels"]["observed"] = range.observed;
  report["range_of_equal_channels"]["chance"] = range.chance;
  report["range_of_equal_channels"]["median"] = range.median;
  report["range_of_equal_channels"]["highest_of_twenty"] = range.highest;
  page.paragraph(text("The best channel lies ", ff::fixed(100 * range.observed, 2),
                      " points above the worst. Equal channels of these sizes lie ", ff::fixed(100 * range.median, 2),
                      " apart in the median, more than ", ff::fixed(100 * range.highest, 2),
                      " in one of twenty cases, and at least as far as these with a probability of ",
                      ff::fixed(range.chance, 2), "."));
  page.paragraph(text(
      "Five channels make ten pairs, and whoever looks at ten meets a p below 0.05 by luck far more often than one "
      "time in twenty. The published gap of 0.37 points has p = ",
      ff::p_value(published.p_value),
      " by itself: not evidence against Ads, and no evidence of equality either. A large p says that the "
      "sessions cannot tell, not that there is nothing."));
}

// -------------------------------------------------------------------------------- published figures and what follows

claim_list audit_study(const segmentation& found, const attribution& channels, const ff::table& sessions) {
  claim_list audited;
  const auto chosen = static_cast<double>(found.chosen);
  audited.add("S2-06", {"Segments", 4, 0}, {chosen, {chosen, chosen, 1}});
  const auto about = [&](const char* id, const char* name, const std::string& what, double value, int decimals,
                         const auto& estimate) {
    const persona* const ours = found.find(name);
    audited.add(id, {text(name, ": ", what), value, decimals}, ours == nullptr ? mean_estimate{} : estimate(*ours));
  };
  const auto mean = [&](const char* column) {
    return [&, column](const persona& each) { return mean_over(sessions[column].numbers(), each.rows); };
  };
  const auto conversion = [](const persona& each) { return estimate_of(each.conversion, 100); };
  about("S2-13", "Ready to buy", "add_to_cart", 1.00, 2, mean("add_to_cart"));
  about("S2-13", "Ready to buy", "conversion, %", 42.2, 1, conversion);
  about("S2-14", "Deep researcher", "time_spent, s", 438, 0, mean("time_spent"));
  about("S2-14", "Deep researcher", "conversion, %", 20, 0, conversion);
  about("S2-15", "Window shopper", "clicks", 6.2, 1, mean("clicks"));
  about("S2-15", "Window shopper", "conversion, %", 15, 0, conversion);
  about("S2-16", "Passerby", "conversion, %", 10, 0, conversion);

  // Both rates are draws, so the interval is one for their difference: that of half as many sessions.
  for (const auto& [name, published] : {std::pair{"Google", 20.29}, {"Instagram", 20.29}, {"Ads", 19.92}}) {
    const auto& rate = channels.table[name].conversion;
    const auto range = ff::wilson_interval_of_share(rate.value, static_cast<double>(rate.trials) / 2);
    audited.add("S2-18", {text(name, ": conversion, %"), published, 2}, times(mean_estimate{rate.value, range}, 100));
  }
  for (const auto& [name, volume] : {std::pair{"Google", 150'000.0}, {"Instagram", 125'000.0}, {"Ads", 50'000.0}}) {
    const double ours = 500'000 * channels.table[name].share;
    audited.add("S2-19", {text(name, ": sessions of 500,000"), volume, 0}, {ours, {ours, ours, 1}});
  }
  const auto time = [](const ff::channel_row& row) {
    return mean_estimate{row["time_spent"].values.mean, row["time_spent"].interval};
  };
  const auto [low, high] =
      std::minmax_element(channels.table.channels.begin(), channels.table.channels.end(),
                          [&](const auto& a, const auto& b) { return time(a).value < time(b).value; });
  audited.add("S2-20", {"time_spent, the channel with the least, s", 140, 0}, time(*low));
  audited.add("S2-20", {"time_spent, the channel with the most, s", 141, 0}, time(*high));
  return audited;
}

void describe_recommendations(const attribution& found, const segmentation& segments, ff::page& page,
                              ff::json& report) {
  page.section("What may be recommended");
  page.paragraph(
      "Each recommendation of the studied report, with what it would need and what there is. One that lacks something "
      "is "
      "withheld, and says what is missing.");
  ff::printed_table table("Recommendations made and withheld", {{"Recommendation"},
                                                                {"Needs", ff::alignment::left},
                                                                {"There is", ff::alignment::left},
                                                                {"Verdict", ff::alignment::left},
                                                                {"Because", ff::alignment::left}});
  const auto rules = ff::finding_actions();
  const auto joined = [](const std::vector<std::string>& parts) {
    std::string all;
    for (const auto& part : parts) all += (all.empty() ? "" : "; ") + part;
    return all;
  };
  const auto add = [&](const char* name, const char* finding, const ff::evidence_list& evidence) {
    for (const auto& rule : rules) {
      if (rule.key != finding) continue;
      std::vector<std::string> needs;
      for (const auto& each : rule.needs) {
        if (std::find(needs.begin(), needs.end(), each.evidence) == needs.end()) needs.push_back(each.evidence);
      }
      const auto advised = ff::advise(rule, evidence);
      const auto there = joined(advised.grounds);
      const auto reason = advised.made ? advised.caveat : joined(advised.missing);
      table.add({name, joined(needs), there,
                 printed_cell(advised.made ? "made" : "withheld")
                     .with_tone(advised.made ? ff::tone::good : ff::tone::caution),
                 reason});
      ff::json each;
      each["recommendation"] = name;
      each["action"] = rule.action;
      each["needs"] = joined(needs);
      each["evidence"] = there;
      each["made"] = advised.made;
      each["reason"] = reason;
      report["recommendations"].push(each);
    }
  };
  const auto& ads = found.table["Ads"].conversion;
  const auto& google = found.table["Google"].conversion;
  const auto place = [&](std::string_view name) {
    const auto& all = found.table.channels;
    return std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == name; }) - all.begin();
  };
  add("Reduce ad spend", "channel converts less",
      ff::evidence_list("Ads")
          .add("conversion against the others",
               {.effect = ads.value - google.value,
                .interval = ff::difference_interval(ads, google),
                .p_value = found.conversion.between(place("Google"), place("Ads")).compared.adjusted_p_value})
          .add_input("cost per conversion", found.table["Ads"].cost_per_conversion)
          .add_input("return on ad spend", found.table["Ads"].return_on_ad_spend));
  add("Protect search traffic (Google)", "channel brings volume",
      ff::evidence_list("Google").add("share of conversions",
                                      ff::rate_of(google.hits, found.table.all.conversion.hits)));
  add("Scale social content (Instagram)", "channel could grow",
      ff::evidence_list("Instagram").add_input("cost per conversion", found.table["Instagram"].cost_per_conversion));
  std::vector<ff::rate> rates;
  for (const auto& each : segments.personas) rates.push_back(each.conversion);
  add("Treat personas differently", "segments differ",
      ff::evidence_list("personas").add("conversion by segment", ff::compare_rates(rates).all));
  page.add(table);
}

// ---------------------------------------------------------------------------------------------------------- whole

void study(const arguments& given) {
  const auto started = std::chrono::steady_clock::now();
  const std::filesystem::path folder = given.text("out", "out/segmentation");
  const auto count = given.whole<ff::index>("sessions", 500'000);
  const auto seed = given.whole<std::uint64_t>("seed", 7);

  const auto sessions = ff::channel_mix{.sessions = count, .seed = seed}.generate();
  const auto converted = ff::label(sessions, "conversion_label");
  const auto base = ff::rate_of(converted.positives(), converted.size());
  const auto found = find_personas(sessions, converted, seed);
  const auto channels = compare_channels(sessions, converted, found);
  const auto audited = audit_study(found, channels, sessions);

  ff::json report;
  report["study"] = "segmentation";
  report["version"] = text(FOOTFALL_VERSION_MAJOR, '.', FOOTFALL_VERSION_MINOR, '.', FOOTFALL_VERSION_PATCH);
  report["sessions"] = sessions.rows();
  report["seed"] = seed;
  report["base_rate"] = base.value;
  report["base_rate_interval"] = ff::as_json(base.wilson);

  ff::page page(
      "Who comes, and from where: personas and channels of a shop",
      text("A published study of 500,000 sessions, done again on made-up ones with every rate beside its interval: ",
           ff::thousands(sessions.rows()), " sessions, seed ", seed, "."));
  page.headlines(
      {{"Conversion", ff::percent(base.value), ff::percent(base.wilson)},
       {"Personas", text(found.chosen), "by silhouette, of 2 to 8"},
       {"Best persona", ff::percent(found.personas.front().conversion.value, 1), found.personas.front().name},
       {"Google against Ads", text(ff::fixed(100 * channels.against_ads("Google").effect, 2), " points"),
        text("p = ", ff::p_value(channels.against_ads("Google").p_value))},
       {"All channels", text("p = ", ff::p_value(channels.conversion.all.p_value)), "chi-square test"}});
  describe_quality(sessions, page, report);
  describe_personas(found, sessions, page, report);
  describe_channels(channels, found, page, report);
  describe_recommendations(channels, found, page, report);
  page.section("Published figures and ours");
  page.paragraph(verdicts_explained);
  page.add(ff::claim_table("The personas", audited.of({"S2-06", "S2-13", "S2-14", "S2-15", "S2-16"})));
  page.add(ff::claim_table("The channels", audited.of({"S2-18", "S2-19", "S2-20"})));
  page.paragraph(
      "The published rates of the channels are one draw and these are another, so the intervals allow for both. Where "
      "channels "
      "have no effect, every seed orders them anew.");
  report["claims"] = audited.json();

  ff::write_file(folder / "report.json", report.text() + "\n");
  ff::write_file(folder / "report.html", page.html());

  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  ff::printed_table summary(text("segmentation study: ", ff::thousands(sessions.rows()), " sessions, conversion ",
                                 ff::percent(base.value), " (", ff::percent(base.wilson),
                                 "), conversion by channel: p = ", ff::p_value(channels.conversion.all.p_value)),
                            {{"persona"}, {"sessions"}, {"conversion"}, {"interval"}});
  for (const auto& each : found.personas) {
    summary.add({each.name, ff::thousands(each.conversion.trials), ff::percent(each.conversion.value),
                 ff::percent(each.conversion.wilson)});
  }
  ff::print(std::cout, summary);
  std::cout << ff::fixed(seconds, 1) << " s\n"
            << (folder / "report.json").string() << '\n'
            << (folder / "report.html").string() << '\n';
}

}  // namespace

int main(int count, char** words) { return run_program(count, words, usage, {"out", "sessions", "seed"}, study); }
