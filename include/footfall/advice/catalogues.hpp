// SPDX-License-Identifier: MIT
// The actions that two published studies give their segments and channels, each with the evidence it would need.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <footfall/advice/recommendation.hpp>

FOOTFALL_BEGIN_NAMESPACE

// Both catalogues are data to start from: copy them, change bounds, add rules of your own. What each rule reads:
//
//   conversion against the rest    difference of two rates with its test and interval: this segment less all others
//   share of sessions              of the segment, with its interval
//   conversion against the others  the same for a channel, its p-value adjusted for all channels that were looked at
//   share of conversions           of the channel, with its interval
//   cost per conversion, return on ad spend, cost of a contact    inputs
//   return of the next session bought    an effect with an interval, from spend that varied
//   lift of the best tenth         of a model's scores, with its interval
//   lift before the checkout       of scores that only know what was known then
//   conversion by segment          the test of all segments together
//   effect of retargeting          conversions that it brings, from an experiment, with its interval

namespace detail {

inline std::vector<advice_rule> actions_for(const std::string& persona, const std::vector<need>& needs,
                                            std::vector<std::string> actions) {
  std::vector<advice_rule> rules;
  for (auto& action : actions) {
    rules.push_back({persona, std::move(action), needs,
                     "What the action does is not in the data: try it on a random half of the segment"});
  }
  return rules;
}

}  // namespace detail

/// Actions by persona, under the names of `ga4_personas()`: each needs a segment that is large enough to matter and converts
/// as its persona supposes, less than the rest or, for buyers, more.
inline std::vector<advice_rule> persona_actions() {
  const auto size = needs_interval_above("share of sessions", 0.01, "a segment below 1 % is not worth a project");
  const std::vector<need> lags = {
      size, needs_interval_below("conversion against the rest", 0, "there must be something to win")};
  const std::vector<need> leads = {size,
                                   needs_interval_above("conversion against the rest", 0, "else they are no buyers")};
  std::vector<advice_rule> all;
  const auto add = [&](const std::string& persona, const std::vector<need>& needs, std::vector<std::string> actions) {
    for (auto& rule : detail::actions_for(persona, needs, std::move(actions))) all.push_back(std::move(rule));
  };
  add("Mobile low-intent skimmers", lags,
      {"simplify the landing page on phones", "make pages load faster",
       "keep the call to action and trust badges in sight", "offer a small incentive in the first session"});
  add("Desktop window shoppers", lags,
      {"send an e-mail after browsing that was abandoned", "show recently viewed products",
       "nudge towards the wishlist"});
  add("Search-driven browsers", lags,
      {"review how the search on the site is used", "complete what is typed and know synonyms",
       "help where a search finds nothing", "offer filters and facets"});
  add("Product explorers, cart hesitators", lags,
      {"bring abandoned carts back", "say how much is missing to free shipping", "make an offer on leaving",
       "show the cart without leaving the page"});
  add("High-intent buyers", leads,
      {"take steps out of the checkout", "make paying easier", "offer bundles and better versions",
       "bring abandoned checkouts back"});
  return all;
}

/// Actions by finding. Keys: "channel converts less", "channel brings volume", "channel could grow", "scores find buyers",
/// "segments differ", "retargeting".
inline std::vector<advice_rule> finding_actions() {
  const auto contact = needs_input("cost of a contact", "a contact that costs more than it brings is no gain");
  return {
      {"channel converts less",
       "reduce its spend",
       {needs_test("conversion against the others", 0.05, "chance alone must not explain the gap"),
        needs_interval_below("conversion against the others", 0),
        needs_input("cost per conversion", "without costs nothing is known of spend"),
        needs_effect_below("return on ad spend", 1, "what brings more than it costs is no waste")},
       "Its average return is judged here, not what the last session bought brought"},
      {"channel brings volume",
       "protect its traffic",
       {needs_interval_above("share of conversions", 0.2, "it must bring much of what is sold")},
       "Because of its volume: that it converts better is a question of its own"},
      {"channel could grow",
       "scale it",
       {needs_input("cost per conversion", "without costs nothing is known of spend"),
        needs_interval_above("return of the next session bought", 1,
                             "an average says nothing about the next session bought")}},
      {"scores find buyers",
       "direct ad spend at the sessions with the highest scores",
       {needs_interval_above("lift of the best tenth", 1), contact},
       "That they buy more often does not say that an ad makes them buy"},
      {"scores find buyers",
       "show offers only to sessions that are likely to buy",
       {needs_interval_above("lift before the checkout", 1, "the score must be known while the session lasts"),
        contact},
       "Whoever would have bought anyway takes the offer too"},
      {"segments differ",
       "set priorities for the pages by segment",
       {needs_test("conversion by segment", 0.05, "segments that convert alike need no plans of their own")},
       "What a treatment does is not in the data: try it on a random half"},
      {"retargeting",
       "cut retargeting of sessions that do not come back",
       {contact, needs_interval_below("effect of retargeting", 0.001, "only an experiment shows what it brings")}},
  };
}

FOOTFALL_END_NAMESPACE
