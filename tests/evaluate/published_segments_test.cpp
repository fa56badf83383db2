// SPDX-License-Identifier: MIT
// A published table of segments: the one that was left out, the value of an order, purchases that pass no checkout.
#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/evaluate/published_segments.hpp>
#include <footfall/evaluate/ranking.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using ff::printed;
using ff::verdict;

// Five of six segments of 25,000 sessions as a report describes them; the sixth is not described.
ff::published_segments published_shop() {
  return {.sessions = 25'000,
          .base_rate = printed("7.39 %"),
          .segments = {{"skimmers", 9323, printed("4.46 %"), {}, {}},
                       {"window shoppers", 5593, printed("6.94 %"), {}, {}},
                       {"searchers", 3236, printed("6.03 %"), {}, {}},
                       {"hesitators", 2614, printed("6.24 %"), printed("0.01"), {}},
                       {"buyers", 2620, printed("22.56 %"), printed("1.00"), printed("33.23")},
                       {"the sixth", 0, {}, {}, {}}}};
}

}  // namespace

// 9,323 + 5,593 + 3,236 + 2,614 + 2,620 = 23,386, which leaves 1,614. Each published rate has one whole number of buyers:
// 416 + 388 + 195 + 163 + 591 = 1,753. 7.39 % of 25,000 is 1,847 or 1,848, which leaves 94 or 95: 5.82 % or 5.89 %.
TEST_CASE("the sixth segment has 1,614 sessions and 94 or 95 buyers") {
  const auto audited = ff::audit(published_shop());
  CHECK(audited.conversions == ff::count_range{1847, 1848});
  std::vector<ff::count_range> conversions;
  for (const auto& each : audited.segments) conversions.push_back(each.conversions);
  CHECK(conversions ==
        std::vector<ff::count_range>{{416, 416}, {388, 388}, {195, 195}, {163, 163}, {591, 591}, {94, 95}});
  const auto& sixth = audited.segments.back();
  CHECK(sixth.sessions == 1614);
  CHECK(sixth.rate.low == doctest::Approx(0.0582).epsilon(1e-3));
  CHECK(sixth.rate.high == doctest::Approx(0.0589).epsilon(1e-3));
}

// 33.225 x 2,620 / 591 = 147.29, 33.235 x 2,620 / 591 = 147.34.
TEST_CASE("revenue a session and conversions give the value of an order") {
  const auto audited = ff::audit(published_shop());
  const auto& buyers = audited.segments[4];
  CHECK(buyers.order_value.low == doctest::Approx(147.29).epsilon(1e-4));
  CHECK(buyers.order_value.high == doctest::Approx(147.34).epsilon(1e-4));
  CHECK(std::isnan(audited.segments[0].order_value.low));
}

// 0.01 stands for less than 0.015, so at most 39 of 2,614 sessions saw the checkout; 163 bought.
TEST_CASE("at least 124 purchases of one segment never reached the checkout") {
  const auto audited = ff::audit(published_shop());
  CHECK(audited.segments[3].conversions_past_step == 124);
  CHECK(audited.segments[4].conversions_past_step == 0);
  const auto found = std::find_if(audited.claims.begin(), audited.claims.end(), [](const auto& each) {
    return each.claim.name == "hesitators: share that reaches the step of every conversion";
  });
  REQUIRE(found != audited.claims.end());
  CHECK(found->verdict == verdict::contradicted);
  CHECK(found->reason == "at most 39 sessions reach it, yet at least 163 convert: 124 or more without it");
}

TEST_CASE("the other figures of the table can be true together") {
  for (const auto& each : ff::audit(published_shop()).claims) {
    CAPTURE(each.claim.name);
    CHECK((each.verdict == verdict::bounded) == !each.claim.name.starts_with("hesitators: share"));
  }
}

// With the segment's rate as the score of its sessions (94 buyers in the sixth).
TEST_CASE("the segments by themselves rank sessions with an AUC of 0.649") {
  std::vector<ff::tied_group> groups;
  for (const auto& each : ff::audit(published_shop()).segments) {
    groups.push_back({static_cast<double>(each.conversions.low) / static_cast<double>(each.sessions), each.sessions,
                      each.conversions.low});
  }
  std::sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
  CHECK(ff::roc_auc(groups).value == doctest::Approx(0.649).epsilon(1e-3));
  CHECK(ff::average_precision(groups).value == doctest::Approx(0.138).epsilon(5e-3));
}

TEST_CASE("sums that do not fit are contradicted") {
  auto shop = published_shop();
  shop.segments.back().sessions = 1000;
  const auto audited = ff::audit(shop);
  CHECK(audited.claims.front().claim.name == "sessions of all segments");
  CHECK(audited.claims.front().verdict == verdict::contradicted);
  CHECK(audited.claims.front().range == ff::interval{24'386, 24'386, 1});

  auto many = published_shop();
  many.sessions = 20'000;
  CHECK(ff::audit(many).claims.front().reason == "the published segments alone have 23386");

  auto rate = published_shop();
  rate.segments.back() = {"the sixth", 1614, printed("9.0 %"), {}, {}};
  const auto wrong = ff::audit(rate);
  CHECK(wrong.claims.front().verdict == verdict::bounded);
  for (const auto& each : wrong.claims) {
    // One rate too high: given the others, each has to give way.
    if (each.claim.name.ends_with("given the others")) CHECK(each.verdict == verdict::contradicted);
  }
}

TEST_CASE("tables that make no sense by themselves are refused") {
  const auto refused = [](const auto& change) {
    auto shop = published_shop();
    change(shop);
    return thrown_by([&] { return ff::audit(shop); });
  };
  CHECK(refused([](auto& s) { s.sessions = 0; }) == "bad_option: audit: sessions must be at least 1, got 0");
  CHECK(refused([](auto& s) { s.segments[0].sessions = 0; }) ==
        "bad_option: audit: at most one segment may lack its sessions, got 2");
  CHECK(refused([](auto& s) { s.segments[0].sessions = -3; }) ==
        "bad_value: audit: segment 'skimmers': sessions must be at least 0, got -3");
  CHECK(refused([](auto& s) { s.segments[0].rate = printed("4.46"); }) ==
        "bad_value: audit: segment 'skimmers': the rate must be in [0, 1], got 4.46");
  CHECK(refused([](auto& s) { s.base_rate = printed("-1 %"); }) ==
        "bad_value: audit: the base rate must be in [0, 1], got -0.01");
  CHECK(refused([](auto& s) { s.segments[3].step_rate = printed("2"); }) ==
        "bad_value: audit: segment 'hesitators': the rate of the step must be in [0, 1], got 2");
  CHECK(refused([](auto& s) { s.segments[4].revenue_per_session = printed("-1"); }) ==
        "bad_value: audit: segment 'buyers': revenue must be at least 0, got -1");
}
