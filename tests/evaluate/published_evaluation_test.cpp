// SPDX-License-Identifier: MIT
// The whole numbers behind published rates, lifts and captures.
#include <vector>

#include <doctest/doctest.h>

#include <footfall/evaluate/published_evaluation.hpp>

#include <tests/evaluate/published_study.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using ff::printed;

// The report speaks of 25,000 sessions, of which a quarter could be held back. A tenth of 25,000 is 2,500, but the top fifth
// was said to have 1,250 sessions: so 6,250 were judged. 24.16 % of 625 is 151 and 11.84 % is 74, nothing else; 7.39 % of
// 6,250 is 462 only (461.6 to 462.2); 2.68 x 7.392 % of 1,250 is 248 and 1.48 x 7.392 % is 137.
TEST_CASE("a test set of 6,250 sessions with 462 buyers is the only base that fits") {
  const auto counts = ff::counts_implied(published_study());
  REQUIRE(counts.size() == 1);
  CHECK(counts[0].sessions == 6250);
  CHECK(counts[0].positives == 462);
  CHECK(counts[0].at_depth ==
        std::vector<std::vector<ff::count_range>>{{{151, 151}, {248, 248}}, {{74, 74}, {137, 137}}});
}

TEST_CASE("the lifts alone leave the same base") {
  auto study = published_study();
  study.base_rate = {};
  const auto counts = ff::counts_implied(study);
  REQUIRE(counts.size() == 1);
  CHECK(counts[0].positives == 462);
}

TEST_CASE("few digits leave many bases, and neighbours narrow each other") {
  ff::published_evaluation loose;
  loose.sessions = {100};
  loose.base_rate = printed("20 %");
  loose.rankings = {{"", {}, {}, {{.depth = 0.1}, {.depth = 0.2, .capture = printed("0.9")}, {.depth = 0.5}}}};
  const auto counts = ff::counts_implied(loose);
  REQUIRE(counts.size() == 1);  // 19.5 to 20.5 of 100
  // 17.0 to 19.0 of 20 in the first 20 sessions: 17, 18 or 19; at most 10 in the first 10, and 7 at least of these.
  CHECK(counts[0].at_depth[0] == std::vector<ff::count_range>{{7, 10}, {17, 19}, {17, 20}});
}

TEST_CASE("figures that exclude each other leave nothing") {
  auto study = published_study();
  study.rankings[0].depths[0].lift = printed("3.10");  // with 24.16 %, a base of 7.79 %
  CHECK(ff::counts_implied(study).empty());
  study = published_study();
  study.sessions = {25'000};  // a fifth of these are not 1,250
  CHECK(ff::counts_implied(study).empty());
}

TEST_CASE("a depth is cut after whole sessions") {
  ff::published_evaluation study;
  study.sessions = {10};
  study.rankings = {{"", {}, {}, {{.depth = 0.3, .sessions = 3}}}};
  CHECK(ff::counts_implied(study).size() == 9);
  study.rankings[0].depths[0] = {.depth = 0.05};  // not one session
  CHECK(ff::counts_implied(study).empty());
}

TEST_CASE("what makes no sense by itself is refused") {
  const auto refused = [](const auto& change) {
    auto study = published_study();
    change(study);
    return thrown_by([&] { return ff::counts_implied(study); });
  };
  CHECK(refused([](auto& s) { s.sessions = {}; }) ==
        "bad_option: audit: at least one number of sessions is needed, got 0");
  CHECK(refused([](auto& s) { s.sessions = {1}; }) == "bad_option: audit: sessions must be at least 2, got 1");
  CHECK(refused([](auto& s) { s.base_rate = printed("7.39"); }) ==
        "bad_value: audit: the base rate must be in [0, 1], got 7.39");
  CHECK(refused([](auto& s) { s.rankings[1].roc_auc = printed("1.2"); }) ==
        "bad_value: audit: a ROC-AUC must be in [0, 1], got 1.2");
  CHECK(refused([](auto& s) { s.rankings[1].depths[0].lift = printed("-1"); }).starts_with("bad_value: audit: a lift"));
  CHECK(refused([](auto& s) { s.rankings[1].depths[0].rate.decimals = 16; }) ==
        "bad_option: audit: a rate: decimals must be in [-15, 15], got 16");
  CHECK(refused([](auto& s) { s.rankings[0].depths[1].depth = 0.1; }) ==
        "bad_option: audit: depths must rise within (0, 1), got 0.1 after 0.1");
  CHECK(refused([](auto& s) { s.rankings[0].depths[1].depth = 1; }).starts_with("bad_option: audit: depths"));
  CHECK(refused([](auto& s) { s.rankings[0].depths[0].sessions = -1; }).starts_with("bad_value: audit: sessions at"));
}
