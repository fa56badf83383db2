// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/statistics/rate_comparison.hpp>

#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

TEST_CASE("intervals of differences are those of Newcombe 1998, table II, method 10") {
  struct {
    std::int64_t hits_a, trials_a, hits_b, trials_b;
    double low, high;
  } const known[] = {{56, 70, 48, 80, 0.0524, 0.3339}, {9, 10, 3, 10, 0.1705, 0.8090},  {6, 7, 2, 7, 0.0582, 0.8062},
                     {5, 56, 0, 29, -0.0381, 0.1926},  {0, 10, 0, 20, -0.1611, 0.2775}, {0, 10, 0, 10, -0.2775, 0.2775},
                     {10, 10, 0, 20, 0.6791, 1.0000},  {10, 10, 0, 10, 0.6075, 1.0000}};
  for (const auto& each : known) {
    const auto a = ff::rate_of(each.hits_a, each.trials_a);
    const auto b = ff::rate_of(each.hits_b, each.trials_b);
    const auto found = ff::difference_interval(a, b);
    CHECK(std::fabs(found.low - each.low) < 0.00005001);
    CHECK(std::fabs(found.high - each.high) < 0.00005001);
    const auto back = ff::difference_interval(b, a);
    CHECK(back.low == -found.high);
    CHECK(back.high == -found.low);
  }
}

TEST_CASE("the studied channels: 20.29 % of 150,000 against 19.92 % of 50,000") {
  // By the unpooled normal interval -0.04 to 0.78 points; at these sizes the methods agree to a hundredth of a point.
  const auto found = ff::difference_interval(ff::rate_of(30435, 150000), ff::rate_of(9960, 50000));
  CHECK(std::fabs(found.low - -0.0004) < 0.0001);
  CHECK(std::fabs(found.high - 0.0078) < 0.0001);
}

TEST_CASE("the interval of a ratio holds it, turns over with it, and closes on the log interval") {
  const auto a = ff::rate_of(3020, 15000);
  const auto b = ff::rate_of(2250, 12000);
  const auto found = ff::ratio_interval(a, b, 0.9);
  const double ratio = a.value / b.value;
  const double error = std::sqrt(1 / 3020.0 - 1 / 15000.0 + 1 / 2250.0 - 1 / 12000.0);  // Katz 1978
  const double z = ff::normal_quantile(0.95);
  CHECK(close(found.low, ratio * std::exp(-z * error), 1e-4));
  CHECK(close(found.high, ratio * std::exp(z * error), 1e-4));
  CHECK(found.contains(ratio));
  CHECK(found.confidence == 0.9);
  const auto turned = ff::ratio_interval(b, a, 0.9);
  CHECK(close(turned.low, 1 / found.high, 1e-12));
  CHECK(close(turned.high, 1 / found.low, 1e-12));
}

TEST_CASE("a side without hits leaves the ratio one end") {
  const auto none = ff::rate_of(0, 34);
  const auto some = ff::rate_of(7, 34);
  CHECK(ff::ratio_interval(none, some).low == 0);
  CHECK(ff::ratio_interval(none, some).high < 1);
  CHECK(ff::ratio_interval(some, none).low > 1);
  CHECK(std::isinf(ff::ratio_interval(some, none).high));
  CHECK(ff::ratio_interval(none, none).low == 0);
  CHECK(std::isinf(ff::ratio_interval(none, none).high));
  const auto all = ff::ratio_interval(ff::rate_of(34, 34), ff::rate_of(34, 34));
  CHECK(all.low < 1);
  CHECK(all.high > 1);
}

// The probability, over all outcomes of 30 and 45 trials, that an interval holds the truth: no simulation is needed.
TEST_CASE("both intervals hold their confidence on average") {
  constexpr int trials_a = 30;
  constexpr int trials_b = 45;
  double difference_held = 0;
  double ratio_held = 0;
  int cases = 0;
  for (const double share_a : {0.1, 0.25, 0.5, 0.8}) {
    for (const double share_b : {0.1, 0.3, 0.45, 0.7}) {
      ++cases;
      for (int a = 0; a <= trials_a; ++a) {
        for (int b = 0; b <= trials_b; ++b) {
          const double chance = (ff::binomial_cdf(a, trials_a, share_a) - ff::binomial_cdf(a - 1, trials_a, share_a)) *
                                (ff::binomial_cdf(b, trials_b, share_b) - ff::binomial_cdf(b - 1, trials_b, share_b));
          if (chance < 1e-9) continue;
          const auto rate_a = ff::rate_of(a, trials_a);
          const auto rate_b = ff::rate_of(b, trials_b);
          if (ff::difference_interval(rate_a, rate_b).contains(share_a - share_b)) difference_held += chance;
          if (ff::ratio_interval(rate_a, rate_b).contains(share_a / share_b)) ratio_held += chance;
        }
      }
    }
  }
  CHECK(difference_held / cases > 0.945);
  CHECK(difference_held / cases < 0.965);
  CHECK(ratio_held / cases > 0.94);
  CHECK(ratio_held / cases < 0.965);
}

TEST_CASE("the paired interval, by hand") {
  // 25 and 12 of 98 pairs: 26/100 - 13/100 = 0.13, and the variance is (0.39 - 0.0169) / 100.
  const auto found = ff::paired_difference_interval(25, 12, 98, 0.9);
  const double half = ff::normal_quantile(0.95) * std::sqrt(0.003731);
  CHECK(close(found.low, 0.13 - half, 1e-13));
  CHECK(close(found.high, 0.13 + half, 1e-13));
  CHECK(found.confidence == 0.9);
  const auto back = ff::paired_difference_interval(12, 25, 98, 0.9);
  CHECK(back.low == -found.high);
  CHECK(ff::paired_difference_interval(0, 0, 50).contains(0));
  CHECK(ff::paired_difference_interval(1, 0, 1).high == 1);
  CHECK(ff::paired_difference_interval(0, 1, 1).low == -1);
}

// Disagreements of both kinds among 40 pairs are trinomial: over all outcomes the interval holds the truth often enough.
TEST_CASE("the paired interval holds its confidence") {
  constexpr int pairs = 40;
  double average = 0;
  int cases = 0;
  for (const double a : {0.02, 0.1, 0.3}) {
    for (const double b : {0.05, 0.2, 0.4}) {
      double held = 0;
      for (int i = 0; i <= pairs; ++i) {
        const double first = ff::binomial_cdf(i, pairs, a) - ff::binomial_cdf(i - 1, pairs, a);
        for (int j = 0; j <= pairs - i; ++j) {
          const double share = b / (1 - a);
          const double second = ff::binomial_cdf(j, pairs - i, share) - ff::binomial_cdf(j - 1, pairs - i, share);
          held += ff::paired_difference_interval(i, j, pairs).contains(a - b) ? first * second : 0;
        }
      }
      CHECK(held > 0.93);
      average += held;
      ++cases;
    }
  }
  CHECK(average / cases > 0.945);
  CHECK(average / cases < 0.97);
}

TEST_CASE("pairs that are none") {
  for (const auto& bad : {std::vector<std::int64_t>{-1, 0, 5}, {0, -1, 5}, {3, 3, 5}, {0, 0, 0}}) {
    CHECK(code_thrown_by([&] { return ff::paired_difference_interval(bad[0], bad[1], bad[2]); }) == "bad_value");
  }
  CHECK(code_thrown_by([] { return ff::paired_difference_interval(1, 2, 5, 1.5); }) == "bad_option");
}

TEST_CASE("rates without trials cannot be compared") {
  const auto none = ff::rate_of(0, 0);
  const auto some = ff::rate_of(1, 2);
  CHECK(thrown_by([&] { return ff::difference_interval(none, some); }) ==
        "bad_value: difference_interval: both sides need trials, got 0 and 2");
  CHECK(code_thrown_by([&] { return ff::ratio_interval(some, none); }) == "bad_value");
  CHECK(code_thrown_by([&] { return ff::ratio_interval(some, some, 1.0); }) == "bad_option");
  CHECK(code_thrown_by([&] { return ff::difference_interval(some, some, std::nan("")); }) == "bad_option");
}
