// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/attribution/composition.hpp>
#include <footfall/synthetic/channel_mix.hpp>

#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

// R 4.2: chisq.test(m, correct = FALSE), and the limits from pchisq with ncp.
TEST_CASE("shares both ways, and the test") {
  ff::matrix<double> counts(3, 2);
  counts << 120, 90, 80, 70, 60, 100;
  const auto found = ff::composition_of(counts);
  CHECK(found.within_channel(0, 0) == 120.0 / 210);
  CHECK(found.within_segment(0, 0) == 120.0 / 260);
  CHECK(found.within_segment(2, 1) == 100.0 / 260);
  CHECK(close(found.homogeneity.statistic, 14.952380952381, 1e-12));
  CHECK(close(found.homogeneity.p_value, 0.0005664110672210477, 1e-10));
  CHECK(close(found.homogeneity.effect, 0.1695717510512254, 1e-12));
  CHECK(close(found.strength.low, 0.0751330884543582, 1e-7));
  CHECK(close(found.strength.high, 0.2508520532685181, 1e-7));
  CHECK(found.verdict == ff::mix_verdict::different);
  CHECK(found.sentence() == "the mix differs between channels: V = 0.17 (0.075 to 0.25), p = 0.00057");
}

TEST_CASE("the same mix is only called so when enough sessions say it") {
  ff::matrix<double> counts(2, 2);
  counts << 50'000, 30'000, 25'000, 15'000;
  CHECK(ff::composition_of(counts).verdict == ff::mix_verdict::alike);
  CHECK(ff::composition_of(counts).sentence() == "the mix is the same in every channel: V = 0 (0 to 0), p = 1");
  // The same shares of few sessions, a little apart: chance shows as much, and so would a real difference.
  counts << 51, 30, 24, 15;
  CHECK(ff::composition_of(counts).verdict == ff::mix_verdict::not_told_apart);
  // Many sessions find a difference that matters to nobody.
  counts << 500'000, 300'000, 250'000, 154'000;
  CHECK(ff::composition_of(counts).verdict == ff::mix_verdict::slightly_different);
  CHECK(ff::composition_of(counts, {.negligible = 0.005}).verdict == ff::mix_verdict::different);
}

TEST_CASE("personas of a shop whose channels make no difference") {
  const ff::channel_mix shop{.sessions = 200'000, .seed = 5};
  const auto sessions = shop.generate();
  ff::channel_totals totals(5, 4);
  totals.add(sessions["referral_source"].codes(), shop.personas(), ff::labels(std::vector<int>(200'000, 0)));
  const auto found = ff::composition_of(totals);
  CHECK(found.counts.sum() == 200'000);
  CHECK(found.homogeneity.effect < 0.01);
  CHECK(found.verdict == ff::mix_verdict::alike);
  for (ff::index channel = 0; channel < 5; ++channel)
    CHECK(std::fabs(found.within_channel.row(channel).sum() - 1) < 1e-12);
  for (ff::index segment = 0; segment < 4; ++segment)
    CHECK(std::fabs(found.within_segment.col(segment).sum() - 1) < 1e-12);
}

TEST_CASE("tables that are none") {
  ff::matrix<double> counts(2, 2);
  counts << 5, 0, 7, 0;
  CHECK(code_thrown_by([&] { return ff::composition_of(counts); }) == "bad_value");
  counts << 5, -1, 7, 3;
  CHECK(code_thrown_by([&] { return ff::composition_of(counts); }) == "bad_value");
  counts << 5, 1, 7, 3;
  CHECK(code_thrown_by([&] { return ff::composition_of(counts, {.confidence = 1}); }) == "bad_option");
  CHECK(code_thrown_by([&] { return ff::composition_of(counts, {.negligible = 0}); }) == "bad_option");
  // An empty channel has no shares; the rest has.
  ff::matrix<double> wide(3, 2);
  wide << 5, 1, 0, 0, 7, 3;
  const auto found = ff::composition_of(wide);
  CHECK(std::isnan(found.within_channel(1, 0)));
  CHECK(found.within_segment(0, 0) == 5.0 / 12);
}
