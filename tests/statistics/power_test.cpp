// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/statistics/power.hpp>
#include <footfall/statistics/tests.hpp>

#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

// The studied business case supposes +12 % on a rate of 10.96 %, that is 12.2752 % against 10.96 %. With the pooled rate
// p = 0.116176 in the test and the two rates in the spread:
//   n = (1.959964 sqrt(2 p (1 - p)) + 0.841621 sqrt(0.1096 x 0.8904 + 0.122752 x 0.877248))^2 / 0.013152^2 = 9317.1
// and so 9,318 sessions on each side. (With the unpooled spread in both places it would be 9,315.)
TEST_CASE("an effect of 12 % on 10.96 % needs 9,318 sessions on each side") {
  CHECK(ff::trials_needed(0.1096, 0.1096 * 1.12) == 9318);
  CHECK(ff::trials_needed(0.1096 * 1.12, 0.1096) == 9318);
  CHECK(ff::difference_power(0.1096, 0.1096 * 1.12, 9318, 9318) >= 0.8);
  CHECK(ff::difference_power(0.1096, 0.1096 * 1.12, 9317, 9317) < 0.8);
  CHECK(std::fabs(ff::difference_power(0.1096, 0.1096 * 1.12, 625, 625) - 0.11) < 0.005);
}

// 150,000 and 50,000 sessions near 20.2 %: (1.959964 + 0.841621) sqrt(0.202 x 0.798 (1 / 150000 + 1 / 50000)) = 0.0058,
// and the published 0.37 points are found with probability 0.43.
TEST_CASE("channels of 150,000 and 50,000 sessions tell 0.58 points, not 0.37") {
  CHECK(std::fabs(ff::detectable_difference(0.202, 150'000, 50'000) - 0.0058) < 0.00005);
  CHECK(std::fabs(ff::difference_power(0.2029, 0.1992, 150'000, 50'000) - 0.43) < 0.001);
}

TEST_CASE("the smallest detectable difference has the power that was asked for") {
  for (const double power : {0.3, 0.8, 0.95}) {
    for (const double base : {0.0, 0.05, 0.5, 0.9}) {
      const double difference = ff::detectable_difference(base, 400, 900, {.power = power, .confidence = 0.9});
      CHECK(ff::difference_power(base, base + difference, 400, 900, 0.9) >= power);
      CHECK(ff::difference_power(base, base + difference * (1 - 1e-9), 400, 900, 0.9) < power);
    }
  }
}

TEST_CASE("the test of two proportions finds what the power says") {
  ff::random_stream stream(9);
  constexpr int times = 1500;
  int found = 0;
  for (int i = 0; i < times; ++i) {
    std::int64_t a = 0;
    std::int64_t b = 0;
    for (int t = 0; t < 500; ++t) a += stream.uniform() < 0.20 ? 1 : 0;
    for (int t = 0; t < 800; ++t) b += stream.uniform() < 0.26 ? 1 : 0;
    found += ff::two_proportions(ff::rate_of(a, 500), ff::rate_of(b, 800)).p_value < 0.05 ? 1 : 0;
  }
  const double power = ff::difference_power(0.20, 0.26, 500, 800);
  CHECK(power > 0.6);
  CHECK(power < 0.8);
  CHECK(std::fabs(static_cast<double>(found) / times - power) < 4 * std::sqrt(power * (1 - power) / times));
}

TEST_CASE("certain rates, and no difference at all") {
  CHECK(ff::difference_power(0, 1, 10, 10) == 1);
  CHECK(ff::difference_power(0, 0, 10, 10) == 0);
  CHECK(ff::trials_needed(0, 1) >= 1);
  CHECK(close(ff::difference_power(0.3, 0.3, 1000, 1000), 0.025, 1e-12));  // by chance, in one direction
}

TEST_CASE("what cannot be asked") {
  CHECK(thrown_by([] { return ff::trials_needed(0.3, 0.3); }) ==
        "bad_value: trials_needed: no number of trials tells 0.3 from itself");
  CHECK(code_thrown_by([] { return ff::trials_needed(0.3, 0.3 + 1e-12); }) == "limit");
  CHECK(code_thrown_by([] { return ff::difference_power(0.3, 0.4, 0, 5); }) == "bad_value");
  CHECK(thrown_by([] { return ff::detectable_difference(0.3, 2, 2); }) ==
        "bad_value: detectable_difference: these trials cannot tell 0.3 from 1");
  CHECK(code_thrown_by([] { return ff::detectable_difference(1, 2000, 2000); }) == "bad_value");
  CHECK(code_thrown_by([] { return ff::detectable_difference(0.3, 0, 2); }) == "bad_value");
  for (const double bad : {-0.1, 1.1, std::nan("")}) {
    CHECK(code_thrown_by([&] { return ff::trials_needed(bad, 0.3); }) == "bad_value");
    CHECK(code_thrown_by([&] { return ff::difference_power(0.3, bad, 5, 5); }) == "bad_value");
    CHECK(code_thrown_by([&] { return ff::detectable_difference(bad, 5, 5); }) == "bad_value");
    CHECK(code_thrown_by([&] { return ff::trials_needed(0.1, 0.3, {.power = bad}); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::trials_needed(0.1, 0.3, {.confidence = bad}); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::detectable_difference(0.1, 5, 5, {.power = bad}); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::difference_power(0.1, 0.3, 5, 5, bad); }) == "bad_option");
  }
}
