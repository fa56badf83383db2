// SPDX-License-Identifier: MIT
#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/attribution/channels.hpp>
#include <footfall/core/random.hpp>
#include <footfall/synthetic/channel_mix.hpp>

#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using column = ff::column;

namespace {

// Ads: 4 sessions, 1 buys for 30. Mail: 2, both buy, for 10 and 20. Nobody came through Fair. One session has no channel.
ff::table small_shop() {
  return ff::table({
      column::categorical("channel", {0, 1, 0, 1, 0, 0, -1}, {"Ads", "Mail", "Fair"}),
      column::numeric("bought", {0, 1, 1, 1, 0, 0, 1}),
      column::numeric("revenue", {0, 10, 30, 20, 0, 0, 5}),
      column::numeric("seconds", {10, 20, 30, std::nan(""), 50, 70, 9}),
  });
}

const ff::channel_columns everything{.channel = "channel",
                                     .converted = "bought",
                                     .revenue = "revenue",
                                     .behaviour = {"seconds"},
                                     .cost = {{"Ads", 60}, {"Fair", 100}}};

}  // namespace

TEST_CASE("a channel's row") {
  const auto found = ff::tabulate_channels(small_shop(), everything);
  REQUIRE(found.channels.size() == 3);
  const auto& ads = found["Ads"];
  CHECK(ads.sessions == 4);
  CHECK(ads.share == 4.0 / 7);
  CHECK(ads.conversion == ff::rate_of(1, 4));
  CHECK(ads.revenue == 30);
  CHECK(ads.revenue_per_session == 7.5);
  CHECK(ads.cost == 60);
  CHECK(ads.cost_per_conversion == 60);
  CHECK(ads.return_on_ad_spend == 0.5);
  CHECK(ads["seconds"].values == ff::summary_of(std::vector<double>{10, 30, 50, 70}));
  CHECK(ads["seconds"].interval == ff::mean_interval(ads["seconds"].values));

  // A missing value is left out of the mean, and the count says so.
  CHECK(found["Mail"]["seconds"].values.count == 1);
  CHECK(found["Mail"]["seconds"].values.mean == 20);

  CHECK(found.without_channel.sessions == 1);
  CHECK(found.without_channel.revenue == 5);
  CHECK(found.all.sessions == 7);
  CHECK(found.all.conversion.hits == 4);
  CHECK(found.all.revenue == 65);
  CHECK(found.all["seconds"].values.count == 6);
  CHECK(found.conversions().at(1) == ff::rate_of(2, 2));
}

TEST_CASE("what was not given is absent, not zero") {
  const auto found = ff::tabulate_channels(small_shop(), everything);
  CHECK_FALSE(found["Mail"].cost);
  CHECK_FALSE(found["Mail"].cost_per_conversion);
  CHECK_FALSE(found["Mail"].return_on_ad_spend);
  CHECK_FALSE(found["Fair"].cost_per_conversion);  // a cost, and no conversion to divide it by
  CHECK(found["Fair"].return_on_ad_spend == 0);    // spent, and nothing came back
  CHECK_FALSE(found["Fair"].revenue_per_session);  // no session
  CHECK(std::isnan(found["Fair"].conversion.value));

  const auto bare =
      ff::tabulate_channels(small_shop(), {.channel = "channel", .converted = "bought", .cost = {{"Ads", 0}}});
  CHECK_FALSE(bare["Ads"].revenue);
  CHECK_FALSE(bare["Ads"].return_on_ad_spend);
  CHECK(bare["Ads"].cost_per_conversion == 0);
  CHECK(bare["Ads"].behaviour.empty());

  auto free = everything;
  free.cost = {{"Ads", 0}};
  CHECK_FALSE(ff::tabulate_channels(small_shop(), free)["Ads"].return_on_ad_spend);
}

TEST_CASE("the order of the sessions changes nothing") {
  const auto sessions = ff::channel_mix{.sessions = 3'000, .seed = 2}.generate();
  ff::row_set order;
  for (ff::index row = sessions.rows(); row-- > 0;) order.push_back(row * 7 % sessions.rows());
  const ff::channel_columns columns{
      .channel = "referral_source", .converted = "conversion_label", .revenue = "time_spent", .behaviour = {"clicks"}};
  const auto first = ff::tabulate_channels(sessions, columns);
  const auto second = ff::tabulate_channels(sessions.rows(order), columns);
  for (std::size_t i = 0; i < first.channels.size(); ++i) {
    CHECK(first.channels[i].conversion == second.channels[i].conversion);
    CHECK(first.channels[i].revenue == second.channels[i].revenue);
    CHECK(first.channels[i]["clicks"].values == second.channels[i]["clicks"].values);
  }
}

TEST_CASE("0 and 1 and 21 channels") {
  const auto of = [](std::vector<std::int32_t> codes, std::vector<std::string> levels) {
    const std::vector<double> bought(codes.size(), 1);
    return ff::tabulate_channels(
        ff::table({column::categorical("c", std::move(codes), std::move(levels)), column::numeric("y", bought)}),
        {.channel = "c", .converted = "y"});
  };
  CHECK(code_thrown_by([&] { return of({-1, -1}, {}); }) == "wrong_shape");
  CHECK(of({0, 0}, {"only"})["only"].share == 1);
  std::vector<std::string> many;
  for (int i = 0; i < 21; ++i) many.push_back("c" + std::to_string(i));
  CHECK(of({20, 3}, many)["c20"].sessions == 1);
}

TEST_CASE("bad input has its error") {
  const auto with = [](auto change) {
    auto columns = everything;
    change(columns);
    return thrown_by([&] { return ff::tabulate_channels(small_shop(), columns); });
  };
  CHECK(with([](auto& c) {
          c.cost = {{"TV", 3}};
        }) == "unknown_name: tabulate_channels: a cost is given for 'TV', which is no channel");
  CHECK(with([](auto& c) {
          c.cost = {{"Ads", -3}};
        }) == "bad_value: tabulate_channels: a cost must be finite and at least 0, got -3 for 'Ads'");
  CHECK(with([](auto& c) { c.cost = {{"Ads", std::nan("")}}; }).substr(0, 13) == "missing_value");
  CHECK(with([](auto& c) { c.channel = "sources"; }).substr(0, 12) == "unknown_name");
  CHECK(with([](auto& c) { c.channel = "seconds"; }).substr(0, 10) == "wrong_kind");
  CHECK(with([](auto& c) { c.converted = "seconds"; }).substr(0, 13) == "missing_value");
  CHECK(with([](auto& c) { c.converted = "revenue"; }).substr(0, 9) == "bad_value");
  CHECK(with([](auto& c) { c.revenue = "seconds"; }).substr(0, 13) == "missing_value");
  CHECK(with([](auto& c) { c.behaviour = {"channel"}; }).substr(0, 10) == "wrong_kind");
  CHECK(with([](auto& c) { c.confidence = 95; }).substr(0, 10) == "bad_option");
  const auto infinite = small_shop().with(column::numeric("seconds", {1, 2, 3, 4, 5, INFINITY, 7}));
  CHECK(code_thrown_by([&] { return ff::tabulate_channels(infinite, everything); }) == "not_finite");
  const auto found = ff::tabulate_channels(small_shop(), everything);
  CHECK(code_thrown_by([&] { return found["TV"].sessions; }) == "unknown_name");
  CHECK(code_thrown_by([&] { return found["Ads"]["clicks"].values.count; }) == "unknown_name");
}
