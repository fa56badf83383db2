// SPDX-License-Identifier: MIT
// Channels have the published volumes and, unless asked, no effect; personas have the published means and rates.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/data/label.hpp>
#include <footfall/statistics/tests.hpp>
#include <footfall/synthetic/channel_mix.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using ff::channel_mix;

std::array<ff::index, 5> volumes(const ff::table& mix) {
  std::array<ff::index, 5> counts{};
  for (const auto code : mix["referral_source"].codes()) ++counts[static_cast<std::size_t>(code)];
  return counts;
}

ff::test_result conversion_by_channel(const ff::table& mix) {
  ff::matrix<double> counts = ff::matrix<double>::Zero(5, 2);
  const auto label = mix["conversion_label"].numbers();
  for (std::size_t row = 0; row < label.size(); ++row) {
    counts(mix["referral_source"].codes()[row], label[row] > 0 ? 1 : 0) += 1;
  }
  return ff::chi_square(counts);
}

}  // namespace

TEST_CASE("channel volumes are exact at every size") {
  CHECK(volumes(channel_mix{}.generate()) == std::array<ff::index, 5>{150'000, 125'000, 100'000, 75'000, 50'000});
  CHECK(volumes(channel_mix{.sessions = 20}.generate()) == std::array<ff::index, 5>{6, 5, 4, 3, 2});
  CHECK(volumes(channel_mix{.sessions = 1}.generate()) == std::array<ff::index, 5>{1, 0, 0, 0, 0});
  CHECK(channel_mix{}.generate()["referral_source"].levels() ==
        std::vector<std::string>{"Google", "Instagram", "Direct", "Email", "Ads"});
}

TEST_CASE("personas have the published means and rates") {
  const channel_mix recipe{.sessions = 200'000, .seed = 3};
  const auto mix = recipe.generate();
  const auto persona = recipe.personas();
  std::array<double, 4> sessions{}, clicks{}, pages{}, time{}, cart{}, converted{};
  for (std::size_t row = 0; row < persona.size(); ++row) {
    const auto i = static_cast<std::size_t>(persona[row]);
    sessions[i] += 1;
    clicks[i] += mix["clicks"].numbers()[row];
    pages[i] += mix["page_views"].numbers()[row];
    time[i] += mix["time_spent"].numbers()[row];
    cart[i] += mix["add_to_cart"].numbers()[row];
    converted[i] += mix["conversion_label"].numbers()[row];
  }
  CHECK(sessions == std::array<double, 4>{66'000, 64'400, 24'000, 45'600});
  const auto near = [](double value, double expected) { return std::fabs(value / expected - 1) < 0.03; };
  CHECK(near(clicks[0] / sessions[0], 6.2));
  CHECK(near(pages[0] / sessions[0], 6.5));
  CHECK(near(time[1] / sessions[1], 66));
  CHECK(near(time[2] / sessions[2], 438));
  CHECK(near(time[3] / sessions[3], 120));
  CHECK(cart[3] == sessions[3]);
  CHECK(cart[0] / sessions[0] < 0.02);
  CHECK(near(converted[0] / sessions[0], 0.149));
  CHECK(near(converted[1] / sessions[1], 0.0985));
  CHECK(near(converted[2] / sessions[2], 0.201));
  CHECK(near(converted[3] / sessions[3], 0.428));
  CHECK(near((converted[0] + converted[1] + converted[2] + converted[3]) / 200'000, 0.202));
}

TEST_CASE("values stay in their ranges") {
  const auto mix = channel_mix{.sessions = 20'000, .seed = 9}.generate();
  for (const char* name : {"clicks", "page_views", "time_spent"}) {
    for (const double value : mix[name].numbers()) REQUIRE((value >= 1 && value == std::floor(value)));
  }
  for (const char* name : {"add_to_cart", "conversion_label"}) {
    for (const double value : mix[name].numbers()) REQUIRE((value == 0 || value == 1));
  }
  for (const auto& column : mix.columns()) CHECK(column.missing() == 0);
}

TEST_CASE("without an effect the channels differ by chance") {
  // Under the null p-values are uniform: of thirty none or some are small, never most.
  int below_tenth = 0, below_half = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const double p = conversion_by_channel(channel_mix{.sessions = 20'000, .seed = seed}.generate()).p_value;
    below_tenth += p < 0.1;
    below_half += p < 0.5;
  }
  CHECK(below_tenth <= 9);  // binomial: 3 expected, above 9 once in 2,000
  CHECK(below_half >= 6);
  CHECK(below_half <= 24);
}

TEST_CASE("an effect changes the conversions of its channel and nothing else") {
  const auto plain = channel_mix{.sessions = 100'000}.generate();
  const auto with_effect =
      channel_mix{.sessions = 100'000, .channel_effect = {{"Ads", -0.5}, {"Google", 0}}}.generate();
  CHECK(plain.without({"conversion_label"}) == with_effect.without({"conversion_label"}));
  const auto before = plain["conversion_label"].numbers();
  const auto after = with_effect["conversion_label"].numbers();
  double ads_before = 0, ads_after = 0;
  for (std::size_t row = 0; row < before.size(); ++row) {
    if (plain["referral_source"].codes()[row] == 4) {
      ads_before += before[row];
      ads_after += after[row];
      REQUIRE(after[row] <= before[row]);
    } else {
      REQUIRE(after[row] == before[row]);
    }
  }
  CHECK(std::fabs(ads_after / ads_before - 0.5) < 0.05);
  CHECK(conversion_by_channel(with_effect).p_value < 1e-6);
  const auto none = channel_mix{.sessions = 1'000, .channel_effect = {{"Email", -1}}}.generate();
  for (std::size_t row = 0; row < 1'000; ++row) {
    if (none["referral_source"].codes()[row] == 3) CHECK(none["conversion_label"].numbers()[row] == 0);
  }
}

TEST_CASE("every column states when it is known") {
  const auto mix = channel_mix{.sessions = 10}.generate();
  const std::vector<std::pair<std::string, ff::stage>> expected = {
      {"clicks", ff::stage::browse},           {"page_views", ff::stage::browse},
      {"time_spent", ff::stage::browse},       {"add_to_cart", ff::stage::cart},
      {"referral_source", ff::stage::context}, {"device_type", ff::stage::context},
      {"conversion_label", ff::stage::outcome}};
  REQUIRE(mix.cols() == static_cast<ff::index>(expected.size()));
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(mix.columns()[i].name() == expected[i].first);
    CHECK(mix.columns()[i].stage() == expected[i].second);
  }
}

TEST_CASE("the seed decides everything") {
  const channel_mix recipe{.sessions = 1'000, .seed = 42};
  CHECK(recipe.generate() == recipe.generate());
  CHECK(ff::digest_of(recipe.generate()).hex() == "9ac247ba8e599c98");
  CHECK(recipe.generate() != channel_mix{.sessions = 1'000, .seed = 43}.generate());
}

TEST_CASE("options out of range are refused") {
  CHECK(thrown_by([] { return channel_mix{.sessions = 0}.generate(); }) ==
        "bad_option: channel_mix: sessions must be in [1, 2147483647], got 0");
  CHECK(thrown_by([] { return channel_mix{.sessions = -3}.personas(); }) ==
        "bad_option: channel_mix: sessions must be in [1, 2147483647], got -3");
  CHECK(thrown_by([] {
          return channel_mix{.channel_effect = {{"Adds", 0.1}}}.generate();
        }) == "unknown_name: channel_mix: channel_effect names 'Adds', which is no channel");
  CHECK(thrown_by([] {
          return channel_mix{.channel_effect = {{"Ads", -1.5}}}.generate();
        }).starts_with("bad_option: channel_mix: channel_effect of 'Ads' must be in [-1, 1.33"));
  CHECK(code_thrown_by([] { return channel_mix{.channel_effect = {{"Ads", 1.5}}}.generate(); }) == "bad_option");
  CHECK(code_thrown_by([] {
          return channel_mix{.channel_effect = {{"Ads", std::nan("")}}}.generate();
        }) == "bad_option");
}
