// SPDX-License-Identifier: MIT
// What may be recommended: for channels what the studied report recommends, for personas what to try, each with its needs.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/advice/catalogues.hpp>
#include <footfall/advice/evidence.hpp>
#include <footfall/advice/recommendation.hpp>

#include "channels.hpp"
#include "personas.hpp"

namespace segmentation {

/// A recommendation under the name that the studied report gives it.
struct advised {
  std::string name;
  std::vector<std::string> needs;
  ff::recommendation outcome;
};

/// What to try with each persona. Whether it works is in no column, so the caveat asks for an experiment.
inline std::vector<ff::advice_rule> persona_actions() {
  const std::string caveat = "Whether it brings anything is not in the data: try it on a random half";
  const auto enough = ff::needs_effect_above("share of the sessions", 0.01, "a few sessions are not worth a plan");
  const auto leads = ff::needs_interval_above("conversion against the rest", 0, "else they are no better buyers");
  const auto lags = ff::needs_interval_below("conversion against the rest", 0, "else there is nothing to catch up");
  return {{"Ready to buy", "keep the way to the checkout short and free of distraction", {enough, leads}, caveat},
          {"Deep researcher",
           "show comparisons, reviews and shipping costs early, and remind them later",
           {enough, ff::needs_effect_above("mean time, deviations from all", 0.5, "else they do not research")},
           caveat},
          {"Window shopper", "suggest products that fit what was looked at", {enough, lags}, caveat},
          {"Passerby", "check that landing pages keep what the link promised", {enough, lags}, caveat}};
}

inline std::vector<advised> advise_channels(const channel_findings& found, const segments& personas) {
  std::vector<advised> result;
  const auto rules = ff::finding_actions();
  const auto add = [&](const std::string& name, std::string_view finding, const ff::evidence_list& evidence) {
    for (const auto& rule : rules) {
      if (rule.key != finding) continue;
      advised each{name, {}, ff::advise(rule, evidence)};
      for (const auto& need : rule.needs) {
        if (std::find(each.needs.begin(), each.needs.end(), need.evidence) == each.needs.end()) {
          each.needs.push_back(need.evidence);
        }
      }
      result.push_back(std::move(each));
    }
  };
  const auto& table = found.channels.table;
  const auto *const ads = found.channels.find("Ads"), *const google = found.channels.find("Google"),
                    *const instagram = found.channels.find("Instagram");
  if (ads != nullptr && google != nullptr) {
    const auto place = [&](const ff::channel_row* row) { return static_cast<ff::index>(row - table.channels.data()); };
    add("Reduce ad spend", "channel converts less",
        ff::evidence_list("Ads")
            .add("conversion against the others",
                 {.effect = ads->conversion.value - google->conversion.value,
                  .interval = ff::difference_interval(ads->conversion, google->conversion),
                  .p_value = found.channels.conversion.between(place(google), place(ads)).compared.adjusted_p_value})
            .add_input("cost per conversion", ads->cost_per_conversion)
            .add_input("return on ad spend", ads->return_on_ad_spend));
  }
  if (google != nullptr) {
    add("Protect search traffic (Google)", "channel brings volume",
        ff::evidence_list("Google").add("share of conversions",
                                        ff::rate_of(google->conversion.hits, table.all.conversion.hits)));
  }
  if (instagram != nullptr) {
    add("Scale social content (Instagram)", "channel could grow",
        ff::evidence_list("Instagram").add_input("cost per conversion", instagram->cost_per_conversion));
  }
  std::vector<ff::rate> rates;
  for (const auto& each : personas.personas) rates.push_back(each.conversion);
  add("Treat personas differently", "segments differ",
      ff::evidence_list("personas").add("conversion by segment", ff::compare_rates(rates).all));
  return result;
}

/// One for each persona, in their order; a segment without a name has none.
inline std::vector<std::optional<advised>> advise_personas(const segments& personas, const ff::rate& base) {
  std::vector<std::optional<advised>> result;
  const auto rules = persona_actions();
  for (const auto& each : personas.personas) {
    const auto rest = ff::rate_of(base.hits - each.conversion.hits, base.trials - each.conversion.trials);
    const auto evidence = ff::evidence_list(each.name)
                              .add("share of the sessions", each.profile.share)
                              .add("conversion against the rest",
                                   ff::evidence{.effect = each.conversion.value - rest.value,
                                                .interval = ff::difference_interval(each.conversion, rest)})
                              .add("mean time, deviations from all",
                                   ff::evidence{.effect = each.profile.number("time_spent").contrast.value});
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const auto& of) { return of.key == each.name; });
    if (rule == rules.end()) {
      result.emplace_back();
      continue;
    }
    advised found{ff::text(each.name, ": ", rule->action), {}, ff::advise(*rule, evidence)};
    for (const auto& need : rule->needs) found.needs.push_back(need.evidence);
    result.emplace_back(std::move(found));
  }
  return result;
}

inline void describe(const std::vector<advised>& channels, const std::vector<std::optional<advised>>& personas,
                     ff::page& page, ff::json& report) {
  page.section("What may be recommended");
  page.paragraph(
      "Each recommendation of the studied report, and one for each persona, with what it would need and what there is. "
      "One that lacks something is withheld, and says what is missing.");
  ff::printed_table table("Recommendations made and withheld", {{"Recommendation"},
                                                                {"Needs", ff::alignment::left},
                                                                {"There is", ff::alignment::left},
                                                                {"Verdict", ff::alignment::left},
                                                                {"Because", ff::alignment::left}});
  const auto joined = [](const std::vector<std::string>& parts) {
    std::string all;
    for (const auto& part : parts) all += (all.empty() ? "" : "; ") + part;
    return all;
  };
  const auto add = [&](const advised& each) {
    const auto& outcome = each.outcome;
    const auto reason = outcome.made ? outcome.caveat : joined(outcome.missing);
    table.add({each.name, joined(each.needs), joined(outcome.grounds),
               ff::printed_cell(outcome.made ? "made" : "withheld")
                   .with_tone(outcome.made ? ff::tone::good : ff::tone::caution),
               reason});
    ff::json out;
    out["recommendation"] = each.name;
    out["action"] = outcome.action;
    out["needs"] = joined(each.needs);
    out["evidence"] = joined(outcome.grounds);
    out["made"] = outcome.made;
    out["reason"] = reason;
    report["recommendations"].push(out);
  };
  for (const auto& each : channels) add(each);
  for (const auto& each : personas) {
    if (each) add(*each);
  }
  page.add(table);
  page.paragraph(
      "The file audience.csv lists the sessions that did not buy and whose persona has a recommendation that was made. "
      "This "
      "study has no score for a single session: propensity there is the conversion of the persona, and decile the "
      "tenth of "
      "all sessions, best first, in which the middle of the persona lies.");
}

}  // namespace segmentation
