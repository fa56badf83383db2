// SPDX-License-Identifier: MIT
// The business case of the first study as a ledger: every input in sight, the arithmetic done again, and what it leaves out.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <footfall/footfall.hpp>
#include <footfall/report/model_charts.hpp>
#include <footfall/report/page.hpp>
#include <footfall/report/results.hpp>

#include "../study.hpp"
#include "models.hpp"
#include "published.hpp"
#include "segments.hpp"

/// The same offer to the published audience and to ours. The report states no margin and no cost: these are left at all of
// the price and at nothing, which is the best that they can be.
inline ff::business_case case_of(std::int64_t judged, std::int64_t reached, std::int64_t conversions,
                                 const ff::assumption& order_value, std::int64_t scaled_to) {
  return {.judged = judged,
          .reached = reached,
          .conversions = conversions,
          .offer = {.effect = {published_case.effect},
                    .order_value = order_value,
                    .margin = 1,
                    .discount = 0,
                    .redeemed = 1,
                    .contact_cost = 0},
          .scaled_to = scaled_to};
}

inline ff::json as_json(const ff::business_case& given, const ff::business_ledger& ledger) {
  ff::json out;
  out["sessions_judged"] = given.judged;
  out["audience"] = given.reached;
  out["conversions"] = given.conversions;
  out["assumed_effect"] = given.offer.effect.value;
  out["order_value"] = given.offer.order_value.value;
  out["scaled_to"] = given.scaled_to;
  out["ledger"] = ff::as_json(ledger);
  return out;
}

inline void describe_business_case(const model_result& b, const ff::split& split, const ff::table& sessions,
                                   const ff::labels& bought, claim_list& audited, ff::page& page, ff::json& report) {
  const auto revenue = sessions["revenue"].numbers();
  const auto buyers = [&] {
    ff::row_set rows;
    for (ff::index row = 0; row < bought.size(); ++row) {
      if (bought[row]) rows.push_back(row);
    }
    return mean_over(revenue, rows);
  }();
  audited.add("S1-41", {"Average order value, $", 143.53, 2}, buyers);
  for (const auto& each : ff::audit(published_case)) {
    audited.add(each.claim.name.ends_with("scaled") ? "S1-42" : "S1-41", each);
  }

  // Whole buyers: where the cut goes through equal scores, the mean over their orders may be none.
  const auto found = static_cast<std::int64_t>(std::floor(b.held_out.deciles[1].cumulative_positives));
  const auto judged = static_cast<std::int64_t>(split.test.size());
  const auto published_once = case_of(6250, 1250, 137, {143.53}, 6250);
  const auto published_month = case_of(6250, 1250, 137, {143.53}, published_case.scaled_to);
  const auto ours_once = case_of(judged, b.held_out.deciles[1].cumulative_sessions, found,
                                 {buyers.value, buyers.range.low, buyers.range.high}, judged);
  auto ours_month = ours_once;
  ours_month.scaled_to = published_case.scaled_to;
  auto coupon = ours_month;
  coupon.offer.discount = 0.1;
  coupon.offer.margin = 0.5;
  const auto published = ff::work_out(published_once), ours = ff::work_out(ours_once);
  const auto month = ff::work_out(published_month), our_month = ff::work_out(ours_month);
  const auto with_coupon = ff::work_out(coupon);

  page.section("The business case");
  page.paragraph(
      "The arithmetic of the studied report with every input in sight. The audience is the top 20 % of the test "
      "sessions by Model B. The effect of 12 % is assumed there, not measured, and no margin and no cost is given: so "
      "this is revenue, before any cost, if the assumption held. The intervals are those of the counted buyers and of "
      "the order value; they say nothing of the assumed effect.");
  ff::printed_table table(
      "The ledger", {{"Line"}, {"As published"}, {"Here"}, {"Interval"}, {"Where it comes from", ff::alignment::left}});
  const auto line = [&](const char* name, const ff::amount& theirs, const ff::amount& our, int digits, bool money,
                        const ff::printed_cell& source) {
    const auto shown = [&](double value) { return money ? ff::money(value, digits) : ff::fixed(value, digits); };
    table.add({name, shown(theirs.value), shown(our.value),
               ff::text(shown(our.range.low), " to ", shown(our.range.high)), source});
  };
  table.add({"Sessions judged", "6,250", ff::thousands(judged), "", "a quarter of all, the test sessions"});
  table.add({"Audience", "1,250", ff::thousands(ours_once.reached), "", "the top 20 % of these"});
  line("Conversions in it", published.conversions, ours.conversions, 0, false, "counted");
  table.add({"Relative effect", "12 %", "12 %", "", ff::printed_cell("assumed").with_tone(ff::tone::caution)});
  line("Extra orders", published.extra_orders, ours.extra_orders, 2, false, "conversions × effect");
  line("Extra revenue", published.extra_revenue, ours.extra_revenue, 0, true, "extra orders × order value");
  line("The same at 500,000 sessions a month", month.extra_revenue, our_month.extra_revenue, 0, true,
       "× 500,000 / sessions judged");
  line("The same month with a coupon of 10 % and a margin of 50 %",
       ff::work_out([&] {
         auto theirs = published_month;
         theirs.offer = coupon.offer;
         theirs.offer.order_value = {143.53};
         return theirs;
       }())
           .net_profit,
       with_coupon.net_profit, 0, true, "half of the extra revenue, less a tenth of all orders in the audience");
  page.add(table);
  page.paragraph(ff::text("A coupon is redeemed by those who would have bought anyway. At a margin of 50 %, one of ",
                          ff::percent(with_coupon.break_even_discount, 1),
                          " already eats all that an effect of 12 % brings. To prove such an effect takes ",
                          ff::thousands(ours.sessions_to_prove),
                          " sessions on each side of a test that withholds the offer from "
                          "half of the audience by chance; this audience has ",
                          ff::thousands(ours_once.reached), ". ", ff::propensity_is_not_uplift));
  page.add(ff::claim_table("The published figures of the case", audited.of({"S1-41", "S1-42"})));
  page.paragraph(
      ff::text("The published $46,000 a month multiplies by 500,000 / 25,000 = 20, although the $2,300 come from 6,250 "
               "sessions, a quarter of these: its own inputs give four times as much, about ",
               ff::money(month.extra_revenue.value, 0), "."));

  const auto curve = ff::profit_curve(ff::ranking(b.test, bought.rows(split.test)), coupon.offer);
  const auto best = std::max_element(curve.begin(), curve.end(),
                                     [](const auto& x, const auto& y) { return x.net_profit < y.net_profit; });
  page.add(ff::chart(
      {.name = "profit",
       .title = "What a coupon leaves, by how many of the test sessions get it",
       .how_to_read =
           "Going right, sessions with lower and lower scores by Model B get a coupon of 10 % at a margin of 50 %; the "
           "height is what the assumed effect of 12 % leaves.",
       .says = best->net_profit > 0 ? ff::text("It is best for ", ff::thousands(best->reached),
                                               " sessions, where it leaves ", ff::money(best->net_profit, 0), ".")
                                    : std::string("However many sessions get it, it costs more than it brings.")},
      ff::profit_chart("Model B", curve)));

  report["business_case"]["published_inputs"] = as_json(published_month, month);
  report["business_case"]["ours"] = as_json(ours_month, our_month);
  report["business_case"]["ours_with_coupon"] = as_json(coupon, with_coupon);
}

/// The four uses that the studied report names for its scores and segments, each made or withheld.
inline void describe_uses(const model_result& a, const model_result& b, const segmentation& found, ff::page& page,
                          ff::json& report) {
  std::vector<ff::rate> rates;
  for (const auto& each : found.segments) rates.push_back(*each.profile.conversion);
  const auto lift = [](const judgement& of) {
    return ff::evidence{.effect = of.lift_10().value, .interval = of.lift_10().range, .source = "test sessions"};
  };
  ff::evidence_list known("the shop");
  known.add("lift of the best tenth", lift(a.held_out))
      .add("lift before the checkout", lift(b.held_out))
      .add("conversion by segment", ff::compare_rates(rates).all)
      .add_input("cost of a contact", std::nullopt);
  ff::printed_table table("What else the studied report would use scores and segments for",
                          {{"Use"}, {"Verdict", ff::alignment::left}, {"Because", ff::alignment::left}});
  for (const auto& rule : ff::finding_actions()) {
    if (rule.key != "scores find buyers" && rule.key != "segments differ" && rule.key != "retargeting") continue;
    const auto advised = ff::advise(rule, known);
    std::string why = advised.made ? advised.caveat : "";
    for (const auto& missing : advised.missing) {
      if (!advised.made) why += (why.empty() ? "" : "; ") + missing;
    }
    table.add({rule.action,
               ff::printed_cell(advised.made ? "made" : "withheld")
                   .with_tone(advised.made ? ff::tone::good : ff::tone::caution),
               why});
    ff::json out;
    out["recommendation"] = rule.action;
    out["made"] = advised.made;
    out["because"] = why;
    report["recommendations"].push(std::move(out));
  }
  page.add(table);
}
