// SPDX-License-Identifier: MIT
// The shop has the published totals, sizes and rates, and says when each column is known.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/kmeans.hpp>
#include <footfall/core/digest.hpp>
#include <footfall/data/label.hpp>
#include <footfall/evaluate/deciles.hpp>
#include <footfall/evaluate/ranking.hpp>
#include <footfall/features/columns.hpp>
#include <footfall/features/numeric.hpp>
#include <footfall/features/one_hot.hpp>
#include <footfall/features/select.hpp>
#include <footfall/features/standard_scaler.hpp>
#include <footfall/forest/random_forest.hpp>
#include <footfall/pipeline/chain.hpp>
#include <footfall/statistics/interval.hpp>
#include <footfall/synthetic/fashion_store.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using ff::fashion_label;
using ff::fashion_store;

const std::array<ff::index, 6> published_sizes = {9323, 5593, 3236, 2614, 2620, 1614};
const std::array<ff::index, 6> published_buyers = {416, 388, 195, 163, 591, 94};

std::span<const double> numbers(const ff::table& shop, const char* name) { return shop[name].numbers(); }
double sum(const ff::table& shop, const char* name) {
  const auto values = numbers(shop, name);
  return std::accumulate(values.begin(), values.end(), 0.0);
}

struct group {
  double sessions = 0;
  double buyers = 0;
  double revenue = 0;
  double mean_views = 0;
  double carts = 0;
  double checkouts = 0;
};

std::array<group, 6> groups_of(const ff::table& shop, const ff::segment_ids& segment) {
  std::array<group, 6> groups{};
  for (std::size_t row = 0; row < segment.size(); ++row) {
    auto& own = groups[static_cast<std::size_t>(segment[row])];
    own.sessions += 1;
    own.buyers += numbers(shop, "purchased")[row];
    own.revenue += numbers(shop, "revenue")[row];
    own.mean_views += numbers(shop, "product_views")[row];
    own.carts += numbers(shop, "add_to_cart")[row];
    own.checkouts += numbers(shop, "reached_checkout")[row];
  }
  for (auto& each : groups) each.mean_views /= each.sessions;
  return groups;
}

// The interval in which the published rate of a segment leaves the true one.
ff::interval published_rate(std::size_t segment) {
  return ff::wilson_interval(published_buyers[segment], published_sizes[segment]);
}

// The columns whose segments the studied report describes.
auto behaviour() {
  return ff::numeric{{"pages_viewed", "product_views", "session_duration_sec", "scroll_depth_pct", "wishlist_adds",
                      "used_search", "promo_clicks", "reached_checkout", "checkout_step_reached"}} |
         ff::standard_scaler{};
}

const ff::table& default_shop() {
  static const ff::table shop = fashion_store{}.generate();
  return shop;
}

}  // namespace

TEST_CASE("25,000 sessions hold 1,847 buyers, other sizes their share") {
  CHECK(default_shop().rows() == 25'000);
  CHECK(ff::label(default_shop(), "purchased").positives() == 1'847);
  for (const auto label : {fashion_label::seed_like, fashion_label::repair, fashion_label::funnel}) {
    for (const ff::index sessions : {1, 2, 6, 7, 33, 1'000, 4'999}) {
      const auto shop = fashion_store{.sessions = sessions, .seed = 2, .label = label}.generate();
      CAPTURE(sessions);
      CHECK(shop.rows() == sessions);
      CHECK(sum(shop, "purchased") == std::floor(double(sessions) * 1847 / 25'000 + 0.5));
    }
  }
}

TEST_CASE("segments have the published sizes, rates and order values") {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const fashion_store recipe{.seed = seed};
    const auto groups = groups_of(recipe.generate(), recipe.segments());
    for (std::size_t i = 0; i < groups.size(); ++i) {
      CAPTURE(i);
      CHECK(std::fabs(groups[i].sessions / double(published_sizes[i]) - 1) < 0.03);
      CHECK(published_rate(i).contains(groups[i].buyers / groups[i].sessions));
    }
    CHECK(std::fabs(groups[3].mean_views / 4.26 - 1) < 0.03);
    CHECK(std::fabs(groups[3].carts / groups[3].sessions - 0.30) < 0.03);
    CHECK(std::fabs(groups[3].checkouts / groups[3].sessions - 0.01) < 0.015);
    CHECK(groups[4].carts == groups[4].sessions);
    CHECK(groups[4].checkouts == groups[4].sessions);
    CHECK(std::fabs(groups[4].revenue / groups[4].sessions / 33.23 - 1) < 0.03);
    double revenue = 0;
    for (const auto& each : groups) revenue += each.revenue;
    CHECK(std::fabs(revenue / 1847 / 143.53 - 1) < 0.01);
  }
}

TEST_CASE("K-Means finds the segments again, for five seeds") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    CAPTURE(seed);
    const fashion_store recipe{.seed = seed};
    const auto shop = recipe.generate();
    const auto x = behaviour().fit(shop).transform(shop);
    const auto found = ff::kmeans{.clusters = 6, .restarts = 8, .seed = seed}.fit(x).assign(x);
    const auto groups = groups_of(shop, found);
    // By what sets each apart: its truth is the latent segment of most of its sessions.
    const auto truth = recipe.segments();
    std::array<std::array<int, 6>, 6> together{};
    for (std::size_t row = 0; row < truth.size(); ++row) {
      ++together[static_cast<std::size_t>(found[row])][static_cast<std::size_t>(truth[row])];
    }
    std::array<bool, 6> met{};
    for (std::size_t cluster = 0; cluster < 6; ++cluster) {
      const auto most = std::max_element(together[cluster].begin(), together[cluster].end());
      const auto i = static_cast<std::size_t>(most - together[cluster].begin());
      CAPTURE(i);
      CHECK(!met[i]);
      met[i] = true;
      CHECK(*most > 0.97 * groups[cluster].sessions);
      CHECK(std::fabs(groups[cluster].sessions / double(published_sizes[i]) - 1) < 0.03);
      CHECK(published_rate(i).contains(groups[cluster].buyers / groups[cluster].sessions));
    }
  }
}

TEST_CASE("values stay in their ranges and derived columns follow their formulas") {
  for (const auto label : {fashion_label::seed_like, fashion_label::repair, fashion_label::funnel}) {
    const auto shop = fashion_store{.sessions = 3'000, .seed = 5, .label = label}.generate();
    const auto at = [&](const char* name, std::size_t row) { return numbers(shop, name)[row]; };
    for (std::size_t row = 0; row < 3'000; ++row) {
      const double pages = at("pages_viewed", row), views = at("product_views", row);
      const double duration = at("session_duration_sec", row), scroll = at("scroll_depth_pct", row);
      const double cart = at("add_to_cart", row), checkout = at("reached_checkout", row);
      const double step = at("checkout_step_reached", row);
      REQUIRE((pages >= 1 && pages == std::floor(pages) && views >= 0 && views <= pages));
      REQUIRE((duration >= 1 && duration <= 3600 && std::fabs(duration * 10 - std::round(duration * 10)) < 1e-6));
      REQUIRE((scroll >= 0 && scroll <= 100 && scroll == std::floor(scroll)));
      REQUIRE(at("wishlist_adds", row) <= views);
      REQUIRE((at("hour", row) >= 0 && at("hour", row) <= 23));
      REQUIRE(checkout <= cart);
      REQUIRE((checkout > 0 ? step >= 1 && step <= 4 : step == 0));
      REQUIRE((at("purchased", row) > 0) == (at("revenue", row) > 0));
      const double early = duration / 60 + pages + 2 * views + scroll / 25 + 3 * at("wishlist_adds", row) +
                           2 * at("used_search", row) + at("promo_clicks", row);
      REQUIRE(at("engagement_score_precheckout", row) == doctest::Approx(std::min(early, early + 30 - duration / 60)));
      REQUIRE(at("engagement_score", row) ==
              doctest::Approx(at("engagement_score_precheckout", row) + 20 * cart + 10 * step));
      REQUIRE(at("product_view_rate_per_page", row) == doctest::Approx(views / pages));
      REQUIRE(at("session_duration_per_page", row) == doctest::Approx(duration / pages));
      REQUIRE(at("checkout_progress_ratio", row) == step / 4);
    }
    for (const auto& column : shop.columns()) CHECK(column.missing() == 0);
  }
}

TEST_CASE("in the funnel nobody buys without the checkout") {
  const auto& published = default_shop();
  const auto funnel = fashion_store{.label = fashion_label::funnel}.generate();
  int past_checkout = 0;
  for (std::size_t row = 0; row < 25'000; ++row) {
    past_checkout += numbers(published, "purchased")[row] > 0 && numbers(published, "reached_checkout")[row] == 0;
    if (numbers(funnel, "purchased")[row] > 0) REQUIRE(numbers(funnel, "checkout_step_reached")[row] == 4);
  }
  CHECK(past_checkout > 1'100);  // what the published rates force
  CHECK(sum(funnel, "purchased") == 1'847);
  // Up to the checkout the sessions are the same; only how far it went and the outcome differ.
  const std::vector<std::string> changed = {"checkout_step_reached", "checkout_progress_ratio", "engagement_score",
                                            "purchased", "revenue"};
  CHECK(published.without(changed) == funnel.without(changed));
}

TEST_CASE("repair has the buyers of the published label, all with a checkout") {
  const auto& published = default_shop();
  const auto repaired = fashion_store{.label = fashion_label::repair}.generate();
  const std::vector<std::string> filled_in = {"add_to_cart", "reached_checkout", "checkout_step_reached",
                                              "checkout_progress_ratio", "engagement_score"};
  CHECK(published.without(filled_in) == repaired.without(filled_in));
  for (std::size_t row = 0; row < 25'000; ++row) {
    if (numbers(repaired, "purchased")[row] > 0) REQUIRE(numbers(repaired, "checkout_step_reached")[row] == 4);
  }
  CHECK(sum(repaired, "reached_checkout") > sum(published, "reached_checkout") + 1'100);
}

TEST_CASE("without quotas sizes and buyers have the noise of a sample") {
  const fashion_store recipe{.seed = 11, .exact = false};
  const auto shop = recipe.generate();
  CHECK(shop.rows() == 25'000);
  const auto groups = groups_of(shop, recipe.segments());
  int as_quota = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const double expected = double(ff::fashion_parameters::sessions[i]);
    CHECK(std::fabs(groups[i].sessions - expected) < 4 * std::sqrt(expected));
    as_quota += groups[i].sessions == expected;
  }
  CHECK(as_quota <= 1);
  CHECK(std::fabs(sum(shop, "purchased") - 1'847) < 165);  // four standard deviations
  CHECK(sum(shop, "purchased") != 1'847);
}

TEST_CASE("every column states when it is known") {
  const std::vector<std::pair<std::string, ff::stage>> expected = {{"pages_viewed", ff::stage::browse},
                                                                   {"product_views", ff::stage::browse},
                                                                   {"session_duration_sec", ff::stage::browse},
                                                                   {"scroll_depth_pct", ff::stage::browse},
                                                                   {"wishlist_adds", ff::stage::browse},
                                                                   {"used_search", ff::stage::browse},
                                                                   {"promo_clicks", ff::stage::browse},
                                                                   {"add_to_cart", ff::stage::cart},
                                                                   {"reached_checkout", ff::stage::checkout},
                                                                   {"checkout_step_reached", ff::stage::checkout},
                                                                   {"device", ff::stage::context},
                                                                   {"traffic_source", ff::stage::context},
                                                                   {"country", ff::stage::context},
                                                                   {"hour", ff::stage::context},
                                                                   {"day_of_week", ff::stage::context},
                                                                   {"returning_visitor", ff::stage::context},
                                                                   {"engagement_score_precheckout", ff::stage::browse},
                                                                   {"engagement_score", ff::stage::checkout},
                                                                   {"product_view_rate_per_page", ff::stage::browse},
                                                                   {"session_duration_per_page", ff::stage::browse},
                                                                   {"checkout_progress_ratio", ff::stage::checkout},
                                                                   {"purchased", ff::stage::outcome},
                                                                   {"revenue", ff::stage::outcome}};
  const auto shop = fashion_store{.sessions = 10}.generate();
  REQUIRE(shop.cols() == static_cast<ff::index>(expected.size()));
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(shop.columns()[i].name() == expected[i].first);
    CHECK(shop.columns()[i].stage() == expected[i].second);
  }
}

TEST_CASE("the seed decides everything") {
  const fashion_store recipe{.sessions = 1'000, .seed = 42};
  CHECK(recipe.generate() == recipe.generate());
  CHECK(ff::digest_of(recipe.generate()).hex() == "2f4786eb4b285461");
  CHECK(recipe.generate({.threads = 1}) == recipe.generate({.threads = 3}));
  CHECK(recipe.generate() != fashion_store{.sessions = 1'000, .seed = 43}.generate());
  CHECK(recipe.segments() != fashion_store{.sessions = 1'000, .seed = 43}.segments());
}

TEST_CASE("options out of range are refused") {
  CHECK(thrown_by([] { return fashion_store{.sessions = 0}.generate(); }) ==
        "bad_option: fashion_store: sessions must be in [1, 2147483647], got 0");
  CHECK(thrown_by([] { return fashion_store{.sessions = 0x80000000}.segments(); }) ==
        "bad_option: fashion_store: sessions must be in [1, 2147483647], got 2147483648");
  CHECK(thrown_by([] { return fashion_store{.label = static_cast<fashion_label>(9)}.generate(); }) ==
        "bad_option: fashion_store: there is no label 9");
}

TEST_CASE("forests have the published lifts") {
  // Intervals of the published counts among 6,250 test sessions with 462 buyers: 151 of 625 and 248 of 1,250 by Model A,
  // 74 and 137 by Model B. Out-of-bag scores of all 25,000 sessions; fewer trees than the study has.
  const double base = 462 / 6250.0;
  const auto lift = [&](std::int64_t buyers, std::int64_t sessions) {
    const auto limits = ff::wilson_interval(buyers, sessions);
    return ff::interval{limits.low / base, limits.high / base};
  };
  const std::vector<std::string> late = {"add_to_cart", "reached_checkout", "checkout_step_reached",
                                         "checkout_progress_ratio", "engagement_score"};
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    CAPTURE(seed);
    const auto shop = fashion_store{.seed = seed}.generate();
    const auto bought = ff::label(shop, "purchased");
    const auto judged = [&](const std::vector<std::string>& barred) {
      const auto names = [&](ff::column_type type) {
        return ff::select{.without = barred, .until = ff::stage::checkout, .type = type}.names(shop);
      };
      const auto recipe = ff::columns(ff::numeric{names(ff::column_type::numeric)},
                                      ff::one_hot{.columns = names(ff::column_type::categorical)}) |
                          ff::random_forest{.trees = 120, .min_leaf = 20, .seed = seed};
      return ff::ranking(recipe.fit(shop, bought).last().out_of_bag(), bought);
    };
    const auto full = judged({});
    CHECK(lift(151, 625).contains(ff::decile_table(full)[0].lift));
    CHECK(lift(248, 1250).contains(ff::decile_table(full)[1].cumulative_lift));
    CHECK(std::fabs(ff::roc_auc(full).value - 0.70) < 0.03);  // and not the published 0.8721, which cannot be
    const auto early = judged(late);
    CHECK(lift(74, 625).contains(ff::decile_table(early)[0].lift));
    CHECK(lift(137, 1250).contains(ff::decile_table(early)[1].cumulative_lift));
    CHECK(ff::interval{0.553, 0.609}.contains(ff::roc_auc(early).value));
  }
}
