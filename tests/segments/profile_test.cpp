// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/segments/profile.hpp>
#include <footfall/synthetic/fashion_store.hpp>

#include <tests/segments/published_sessions.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

ff::table some_sessions() {
  return ff::table({ff::column::numeric("pages", {1, 2, 3, 10, 12}), ff::column::numeric("revenue", {0, 0, 5, 20, 0}),
                    ff::column::from_text("device", {"phone", "phone", "desk", "desk", "desk"})});
}
const ff::segment_ids some_ids = {0, 0, 0, 2, 2};

}  // namespace

TEST_CASE("sizes, columns, conversion and revenue of each segment") {
  const ff::labels bought(std::vector<int>{0, 0, 1, 1, 0});
  const auto found = ff::profile(some_sessions(), some_ids, {.converted = bought, .revenue = "revenue"});
  REQUIRE(found.size() == 3);
  CHECK(found[0].segment == 0);
  CHECK(found[0].sessions == 3);
  CHECK(found[0].share == ff::rate_of(3, 5));
  CHECK(found[0].mean("pages") == 2);
  CHECK(found[2].number("pages").median == 11);
  CHECK(found[0].level("device", "phone").share == ff::rate_of(2, 3));
  REQUIRE(found[0].conversion.has_value());
  CHECK(*found[0].conversion == ff::rate_of(1, 3));
  CHECK(*found[2].conversion == ff::rate_of(1, 2));
  REQUIRE(found[2].revenue.has_value());
  CHECK(found[2].revenue->summary.mean == 10);
  CHECK(found[2].revenue->mean_range.low == doctest::Approx(10 - 12.706204736432095 * 10));  // t of 1 degree
  CHECK(*found[2].revenue == found[2].number("revenue"));

  CHECK(found[1].sessions == 0);  // nobody has this number
  CHECK(found[1].share == ff::rate_of(0, 5));
  CHECK(std::isnan(found[1].mean("pages")));
  CHECK(std::isnan(found[1].conversion->value));
  CHECK(found[0].numbers.size() == 2);
  CHECK(found[0].categories.size() == 1);
}

TEST_CASE("without label and revenue there is neither") {
  const auto found = ff::profile(some_sessions(), some_ids);
  CHECK_FALSE(found[0].conversion.has_value());
  CHECK_FALSE(found[0].revenue.has_value());
}

TEST_CASE("the published segments have the published figures") {
  const auto published = published_fashion_sessions();
  const auto found = ff::profile(published.table, published.ids);
  REQUIRE(found.size() == 6);
  CHECK(found[0].sessions == 9323);
  CHECK(std::round(100 * found[0].share.value) == 37);
  CHECK(std::round(100 * found[0].level("device", "mobile").share.value) == 91);
  CHECK(found[2].mean("used_search") == 1);
  CHECK(found[3].mean("product_views") == doctest::Approx(4.26));
  CHECK(found[3].mean("add_to_cart") == doctest::Approx(0.30).epsilon(0.001));
  CHECK(found[4].mean("reached_checkout") == 1);
  std::int64_t sum = 0;
  double contrasts = 0;
  for (const auto& each : found) {
    sum += each.sessions;
    contrasts += static_cast<double>(each.sessions) * each.number("product_views").contrast.value;
  }
  CHECK(sum == 25'000);
  CHECK(std::abs(contrasts) < 1e-6);  // contrasts to all sessions, weighted by size, leave nothing
}

TEST_CASE("threads change no bit") {
  const ff::fashion_store shop{.sessions = 3000, .seed = 3};
  const auto sessions = shop.generate();
  const auto ids = shop.segments();
  const auto alone = ff::profile(sessions, ids, {.revenue = "revenue"}, {.threads = 1});
  const auto many = ff::profile(sessions, ids, {.revenue = "revenue"}, {.threads = 3});
  const bool same = alone == many;
  CHECK(same);
}

TEST_CASE("a column or level that is not there is named") {
  const auto found = ff::profile(some_sessions(), some_ids);
  CHECK(thrown_by([&] { return found[0].mean("clicks"); }) ==
        "unknown_name: segment_profile: there is no numeric column 'clicks'");
  CHECK(thrown_by([&] { return found[0].mean("device"); }) ==
        "unknown_name: segment_profile: there is no numeric column 'device'");
  CHECK(thrown_by([&] { return found[0].level("browser", "x"); }) ==
        "unknown_name: segment_profile: there is no categorical column 'browser'");
  CHECK(thrown_by([&] { return found[0].level("device", "watch"); }) ==
        "unknown_name: segment_profile: column 'device' has no level 'watch'");
}

TEST_CASE("what cannot be profiled is refused") {
  const auto thrown = [](const ff::segment_ids& ids, const ff::profile_options& options = {}) {
    return thrown_by([&] { return ff::profile(some_sessions(), ids, options); });
  };
  CHECK(thrown_by([] { return ff::profile(ff::table(), {}); }) ==
        "wrong_shape: profile: there must be at least one session, got 0");
  CHECK(thrown({0, 1}) == "wrong_shape: profile: there must be one segment number for each of 5 sessions, got 2");
  CHECK(thrown({0, 1, -2, 0, 0}) == "bad_value: profile: a segment number must be at least 0, got -2 in row 2");
  CHECK(thrown({0, 1, 0, 0, 5000}) == "limit: profile: a segment number must be below 4096, got 5000 in row 4");
  CHECK(thrown({1, 1, 1, 1, 1}) ==
        "bad_value: profile: there must be at least 2 segments, all 5 sessions are in segment 1");
  CHECK(thrown(some_ids, {.converted = ff::labels(std::vector<int>{1, 0})}) ==
        "wrong_shape: profile: there must be one label for each of 5 sessions, got 2");
  CHECK(thrown(some_ids, {.revenue = "income"}) == "unknown_name: table: there is no column 'income'");
  CHECK(thrown(some_ids, {.revenue = "device"}) ==
        "wrong_kind: profile: the revenue column 'device' is categorical, and numbers are needed");
  CHECK(thrown(some_ids, {.confidence = 1}) == "bad_option: profile: confidence must be in (0, 1), got 1");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto gap = some_sessions().with(ff::column::numeric("revenue", {0, nan, 5, 20, 0}));
  CHECK(thrown_by([&] { return ff::profile(gap, some_ids, {.revenue = "revenue"}); }) ==
        "missing_value: profile: the revenue column 'revenue' is missing in row 1 (a session without an order has a "
        "revenue of 0)");
  const auto huge = some_sessions().with(ff::column::numeric("pages", {0, 1, 5, 2, HUGE_VAL}));
  CHECK(thrown_by([&] { return ff::profile(huge, some_ids); }) ==
        "not_finite: profile: column 'pages' is infinite in row 4");
}
