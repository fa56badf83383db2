// SPDX-License-Identifier: MIT
// The published figures of two models held against each other: two areas of one of them cannot be true of its lifts.
#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include <footfall/evaluate/evaluation_audit.hpp>

#include <tests/evaluate/published_study.hpp>

namespace {

namespace ff = footfall;
using ff::printed;
using ff::verdict;

const ff::audited_claim& claim_named(const ff::audited_evaluation& audited, const std::string& name) {
  const auto found = std::find_if(audited.claims.begin(), audited.claims.end(),
                                  [&](const auto& each) { return each.claim.name == name; });
  REQUIRE_MESSAGE(found != audited.claims.end(), name);
  return *found;
}

}  // namespace

// The limits are derived in ranking_limits_test.cpp.
TEST_CASE("model A's average precision is impossible, whatever its ties; its AUC needs a rate that rises again") {
  const auto audited = ff::audit(published_study());
  REQUIRE(audited.counts.size() == 1);
  const auto& any = claim_named(audited, "Model A: average precision, scores all different");
  CHECK(any.verdict == verdict::contradicted);
  CHECK(any.range.high == doctest::Approx(0.5095).epsilon(1e-4));
  CHECK(any.reason == "published 0.5634 lies outside [0.105, 0.5095]");
  const auto& tied = claim_named(audited, "Model A: average precision, ties cut in the worst order");
  CHECK(tied.verdict == verdict::contradicted);
  CHECK(tied.range.high == doctest::Approx(0.5451).epsilon(1e-4));
  CHECK(claim_named(audited, "Model A: average precision, where the rate never rises").verdict ==
        verdict::contradicted);

  CHECK(claim_named(audited, "Model A: ROC-AUC, scores all different").verdict == verdict::bounded);
  const auto& falling = claim_named(audited, "Model A: ROC-AUC, where the rate never rises");
  CHECK(falling.verdict == verdict::contradicted);
  CHECK(falling.range.low == doctest::Approx(0.688).epsilon(1e-3));
  CHECK(falling.range.high == doctest::Approx(0.839).epsilon(1e-3));
}

TEST_CASE("model B's four figures are those of one ordinary score") {
  const auto audited = ff::audit(published_study());
  for (const auto& each : audited.claims) {
    CAPTURE(each.claim.name);
    if (each.claim.name.starts_with("Model B")) CHECK(each.verdict == verdict::bounded);
  }
  const auto& falling = claim_named(audited, "Model B: ROC-AUC, where the rate never rises");
  CHECK(falling.range.low == doctest::Approx(0.553).epsilon(1e-3));
  CHECK(falling.range.high == doctest::Approx(0.663).epsilon(1e-3));
}

// Robust against what the base was: any from 430 to 500 buyers keeps the bound with ties below 0.5634.
TEST_CASE("no base near the published one makes room for model A's average precision") {
  auto study = published_study();
  study.base_rate = {};
  study.rankings.pop_back();
  for (auto& depth : study.rankings[0].depths) depth.lift = {};
  study.rankings[0].depths[1].rate = printed("19.84 %");
  study.sessions = {6250};
  const auto audited = ff::audit(study);
  CHECK(audited.counts.size() > 1000);  // nothing says what the base is
  double highest = 0;
  for (const auto& counts : audited.counts) {
    if (counts.positives < 430 || counts.positives > 500) continue;
    const ff::ranking_cut cuts[] = {{625, 151}, {1250, 248}};
    highest = std::max(highest, ff::limits_with_ties(6250, counts.positives, cuts).average_precision.high);
  }
  CHECK(highest == doctest::Approx(0.556).epsilon(1e-3));
}

TEST_CASE("each rate, lift and base is held against the others") {
  const auto audited = ff::audit(published_study());
  const auto& base = claim_named(audited, "base rate");
  CHECK(base.verdict == verdict::bounded);
  CHECK(base.range == ff::interval{462.0 / 6250, 462.0 / 6250, 1});
  const auto& rate = claim_named(audited, "Model A: rate of the top 10 %");
  CHECK(rate.verdict == verdict::bounded);
  CHECK(rate.range.low == doctest::Approx(151.0 / 625).epsilon(1e-12));

  auto wrong = published_study();
  wrong.rankings[0].depths[0].lift = printed("3.10");
  const auto against = ff::audit(wrong);
  CHECK(against.counts.empty());
  const auto& lift = claim_named(against, "Model A: lift of the top 10 %");
  CHECK(lift.verdict == verdict::contradicted);
  CHECK(lift.range.low == doctest::Approx(3.2684).epsilon(1e-4));
  // The one wrong figure stands in the way of all others.
  CHECK(claim_named(against, "Model B: lift of the top 10 %").verdict == verdict::not_derivable);
  CHECK(claim_named(against, "Model A: ROC-AUC, scores all different").verdict == verdict::not_derivable);
  CHECK(claim_named(against, "Model A: ROC-AUC, where the rate never rises").reason ==
        "no whole numbers make the published rates, lifts and captures true together");
}

TEST_CASE("a published rate that rises again bars the limits of a falling one") {
  ff::published_evaluation study;
  study.sessions = {1000};
  study.base_rate = printed("10.0 %");
  study.rankings = {
      {"", printed("0.6"), {}, {{.depth = 0.1, .rate = printed("10 %")}, {.depth = 0.2, .rate = printed("20 %")}}}};
  const auto audited = ff::audit(study);
  const auto& falling = claim_named(audited, "ROC-AUC, where the rate never rises");
  CHECK(falling.verdict == verdict::not_derivable);
  CHECK(falling.reason == "the published rate rises between two depths");
  CHECK(claim_named(audited, "ROC-AUC, scores all different").verdict == verdict::bounded);
}

TEST_CASE("too few digits are said to be too few") {
  ff::published_evaluation study;
  study.sessions = {1'000'000};
  study.base_rate = printed("20.1 %");
  study.rankings = {
      {"", printed("0.7"), {}, {{.depth = 0.1, .lift = printed("2.1")}, {.depth = 0.2, .lift = printed("1.9")}}}};
  const auto audited = ff::audit(study);
  CHECK(claim_named(audited, "ROC-AUC, where the rate never rises").reason ==
        "the published digits leave too many counts to go through");
  CHECK(claim_named(audited, "ROC-AUC, scores all different").verdict == verdict::bounded);
}

TEST_CASE("without any depth only trivial limits are left") {
  ff::published_evaluation study;
  study.sessions = {100};
  study.base_rate = printed("10 %");
  study.rankings = {{"", printed("0.9"), printed("0.5"), {}}};
  const auto audited = ff::audit(study);
  CHECK(claim_named(audited, "ROC-AUC, scores all different").range == ff::interval{0, 1, 1});
  CHECK(claim_named(audited, "average precision, where the rate never rises").range.low ==
        doctest::Approx(0.1).epsilon(1e-12));
}
