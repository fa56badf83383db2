// SPDX-License-Identifier: MIT
// Every published figure of the first study beside ours, with its verdict.
#pragma once

#include <footfall/footfall.hpp>
#include <footfall/report/page.hpp>
#include <footfall/report/results.hpp>

#include "../study.hpp"
#include "published.hpp"

inline void describe_claims(const claim_list& audited, const claim_list& limits, ff::page& page) {
  page.section("Published figures and ours");
  page.paragraph(verdicts_explained);
  page.add(ff::claim_table("The models", audited.of({"S1-02", "S1-03", "S1-13", "S1-14", "S1-15", "S1-16", "S1-20",
                                                     "S1-21", "S1-22", "S1-23"})));
  page.paragraph(
      "Model A's two areas do not come out. The published lifts fix how many of the 462 buyers stand in the first and "
      "in "
      "the second tenth of 6,250 test sessions, and that limits both areas. The average precision lies above the "
      "limit, "
      "whatever the model. The ROC-AUC is possible only if sessions in the third tenth bought more often than those in "
      "the "
      "first, which no ranking by propensity is meant to do.");
  page.paragraph(
      "The intervals of the models' figures are those of a difference of two samples, since the published ones were "
      "measured on 6,250 sessions of their own.");
  page.add(ff::claim_table("What the published lifts of Model A allow", limits.of({"S1-13", "S1-14"})));
  page.add(ff::claim_table("What those of Model B allow", limits.of({"S1-20", "S1-21"})));
  page.add(
      ff::claim_table("The segments", audited.of({"S1-26", "S1-28", "S1-29", "S1-30", "S1-31", "S1-32", "S1-33"})));
  page.add(ff::claim_table("The segments against each other", limits.of({"S1-31"})));
  page.add(ff::claim_table("The business case", audited.of({"S1-41", "S1-42"})));
  const auto published = audited_published_segments();
  const auto& sixth = published.segments.back();
  const auto& hesitators = published.segments[3];
  page.paragraph(ff::text(
      "The published table by itself: its five segments leave ", ff::thousands(sixth.sessions), " sessions and ",
      sixth.conversions.low, " or ", sixth.conversions.high, " buyers for the sixth. Of ", hesitators.conversions.low,
      " buyers among the cart hesitators at least ", hesitators.conversions_past_step,
      " never reached the checkout, which no shop's log can show. An order of the high-intent buyers is "
      "worth ",
      ff::money(published.segments[4].order_value.low), " to ", ff::money(published.segments[4].order_value.high),
      "."));
  page.paragraph(
      "The studied report finds six segments and describes five. The sixth is what these leave of 25,000 sessions and "
      "of "
      "1,847 buyers; that promotions set it apart is our assumption. The interval of a size is that of its share.");
}
