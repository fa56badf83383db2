// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/attribution/channel_tests.hpp>
#include <footfall/core/random.hpp>

#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using rates = std::vector<ff::rate>;

namespace {

// What a published study of 500,000 sessions says of three channels: 20.29 %, 20.29 % and 19.92 %.
const ff::rate google = ff::rate_of(30'435, 150'000);
const ff::rate instagram = ff::rate_of(25'363, 125'000);
const ff::rate ads = ff::rate_of(9'960, 50'000);

}  // namespace

TEST_CASE("the published gap of 0.37 points between channels is not shown") {
  const auto found = ff::compare_rates(rates{google, instagram, ads});
  CHECK(std::fabs(found.all.statistic - 3.59) < 0.005);
  CHECK(found.all.degrees_of_freedom == 2);
  CHECK(std::fabs(found.all.p_value - 0.166) < 0.0005);
  CHECK(std::fabs(found.all.effect - 0.0033) < 0.00005);

  const auto& against_google = found.between(0, 2);
  CHECK(std::fabs(against_google.compared.test.statistic - 1.785) < 0.0005);
  CHECK(std::fabs(against_google.compared.test.p_value - 0.074) < 0.0005);
  CHECK(std::fabs(against_google.compared.adjusted_p_value - 0.223) < 0.0005);
  // -0.04 to 0.78 points by the textbook interval, from which Newcombe's differs by less than a hundredth.
  CHECK(std::fabs(against_google.difference.low - -0.0004) < 0.0001);
  CHECK(std::fabs(against_google.difference.high - 0.0078) < 0.0001);
  REQUIRE(against_google.detectable);
  CHECK(std::fabs(*against_google.detectable - 0.0058) < 0.00005);
  CHECK(std::fabs(found.between(2, 1).compared.test.p_value - 0.082) < 0.001);
  CHECK(found.between(0, 1).compared.test.p_value > 0.9);
}

// The two channels that were not published stand at the overall rate of 20.2 %.
TEST_CASE("five equal channels of these sizes show 0.37 points in 31 of 100 cases") {
  const auto found =
      ff::compare_rates(rates{google, instagram, ads, ff::rate_of(20'200, 100'000), ff::rate_of(15'150, 75'000)});
  CHECK(std::fabs(found.range.observed - 0.0037) < 0.00001);
  CHECK(std::fabs(found.range.chance - 0.31) < 0.01);
  CHECK(std::fabs(found.range.median - 0.0031) < 0.00005);
  CHECK(std::fabs(found.range.highest - 0.0054) < 0.00005);
  CHECK(found.pairs.size() == 10);
  CHECK(std::fabs(found.between(0, 2).compared.adjusted_p_value - 0.74) < 0.005);  // ten times the smallest
}

TEST_CASE("a real difference is found, and which one it is") {
  const auto found =
      ff::compare_rates(rates{ff::rate_of(100, 1'000), ff::rate_of(104, 1'000), ff::rate_of(200, 1'000)});
  CHECK(found.all.p_value < 1e-9);
  CHECK(found.between(0, 1).compared.adjusted_p_value > 0.5);
  CHECK(found.between(0, 2).compared.adjusted_p_value < 1e-6);
  CHECK(found.between(0, 2).difference.high < 0);
  CHECK(found.range.chance < 1e-9);
}

TEST_CASE("channels without sessions take no part and keep their places") {
  const auto all = ff::compare_rates(rates{google, ff::rate_of(0, 0), ads});
  const auto two = ff::compare_rates(rates{google, ads});
  CHECK(all.all == two.all);
  REQUIRE(all.pairs.size() == 1);
  CHECK(all.between(0, 2).compared.test == two.between(0, 1).compared.test);
  CHECK(code_thrown_by([&] { return all.between(0, 1).compared.first; }) == "unknown_name");

  // Two sessions on a side tell nothing apart, not even 0.25 from 1.
  CHECK_FALSE(ff::compare_rates(rates{ff::rate_of(1, 2), ff::rate_of(0, 2)}).pairs[0].detectable);
}

TEST_CASE("nothing to compare is an error") {
  CHECK(thrown_by([] { return ff::compare_rates(rates{google}); }) ==
        "bad_value: compare_rates: at least two groups need sessions, got 1");
  CHECK(code_thrown_by([] { return ff::compare_rates(rates{}); }) == "bad_value");
  CHECK(code_thrown_by([] { return ff::compare_rates(rates{google, ff::rate_of(0, 0)}); }) == "bad_value");
  CHECK(thrown_by([] {
          return ff::compare_rates(rates{ff::rate_of(0, 5), ff::rate_of(0, 7)});
        }) == "bad_value: compare_rates: some sessions must have converted and some not, got 0 of 12");
  CHECK(code_thrown_by([] { return ff::compare_rates(rates{ff::rate_of(5, 5), ff::rate_of(7, 7)}); }) == "bad_value");
  CHECK(code_thrown_by([] { return ff::compare_rates(rates{google, ads}, {.power = 2}); }) == "bad_option");
}

TEST_CASE("means of a behaviour: time that no channel changes, and one that does") {
  ff::random_stream random(8);
  std::vector<double> same, longer;
  std::vector<std::int32_t> channel;
  for (int row = 0; row < 4'000; ++row) {
    channel.push_back(row % 4 == 3 ? -1 : row % 4);  // and a fourth one without values
    same.push_back(std::exp(random.normal()));
    longer.push_back(same.back() * (channel.back() == 1 ? 1.5 : 1));
  }
  const auto no = ff::compare_means(same, channel, 4);
  CHECK(no.means.p_value > 0.05);
  CHECK(no.ranks.p_value > 0.05);
  CHECK(no.means.effect_name == "eta squared");
  CHECK(no.pairs.size() == 3);
  const auto yes = ff::compare_means(longer, channel, 4);
  CHECK(yes.means.p_value < 1e-4);
  CHECK(yes.ranks.p_value < 1e-6);
  CHECK(yes.pairs[0].adjusted_p_value < 1e-3);  // 0 and 1
  CHECK(yes.pairs[1].adjusted_p_value > 0.05);  // 0 and 2
  CHECK(yes.pairs[2].first == 1);
  CHECK(yes.pairs[2].second == 2);
  CHECK(yes.means == ff::welch_anova(ff::summaries_by_group(longer, channel, 4)));

  CHECK(code_thrown_by([&] { return ff::compare_means(same, std::vector<std::int32_t>(same.size(), 0), 1); }) ==
        "bad_value");
  same[5] = std::nan("");
  CHECK(code_thrown_by([&] { return ff::compare_means(same, channel, 4); }) == "missing_value");
}
