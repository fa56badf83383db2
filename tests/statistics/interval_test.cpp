// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>

#include <doctest/doctest.h>

#include <footfall/statistics/interval.hpp>

#include <tests/oracle/statistics.hpp>
#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using doctest::Approx;
using footfall_tests::failure_of;

TEST_CASE("Wilson intervals are those of Newcombe 1998, table I") {
  const auto agrees = [](std::int64_t hits, std::int64_t trials, double low, double high) {
    const ff::interval found = ff::wilson_interval(hits, trials);
    CHECK(std::fabs(found.low - low) < 0.00005001);
    CHECK(std::fabs(found.high - high) < 0.00005001);
  };
  agrees(81, 263, 0.2553, 0.3662);
  agrees(15, 148, 0.0624, 0.1605);
  agrees(0, 20, 0, 0.1611);
  agrees(1, 29, 0.0061, 0.1718);
}

TEST_CASE("Wilson intervals are those of scipy.stats.binomtest") {
  struct {
    std::int64_t hits, trials;
    double confidence, low, high;
  } const known[] = {{151, 625, 0.95, 0.2096852068405022, 0.276671814521063},
                     {1908, 12330, 0.95, 0.14846850895658126, 0.16123560647040025},
                     {0, 10, 0.95, 0.0, 0.27753279986288926},
                     {10, 10, 0.95, 0.7224672001371109, 1.0},
                     {1, 1000000, 0.99, 1.174054749996328e-07, 8.517433834755595e-06},
                     {3, 7, 0.5, 0.3106034777497514, 0.5552572159915451}};
  for (const auto& each : known) {
    const ff::interval found = ff::wilson_interval(each.hits, each.trials, each.confidence);
    CHECK(found.low == Approx(each.low).epsilon(1e-12));
    CHECK(found.high == Approx(each.high).epsilon(1e-12));
    CHECK(found.confidence == each.confidence);
  }
}

TEST_CASE("an interval stays within [0, 1], holds the share, and is the mirror image of that of the misses") {
  for (const std::int64_t trials : {1, 2, 3, 10, 999}) {
    for (std::int64_t hits = 0; hits <= trials; ++hits) {
      const ff::interval found = ff::wilson_interval(hits, trials);
      const ff::interval mirrored = ff::wilson_interval(trials - hits, trials);
      REQUIRE(found.low >= 0);
      REQUIRE(found.high <= 1);
      REQUIRE(found.contains(static_cast<double>(hits) / static_cast<double>(trials)));
      REQUIRE(std::fabs(found.low - (1 - mirrored.high)) < 1e-15);
    }
  }
  CHECK(ff::wilson_interval(0, 7).low == 0);
  CHECK(ff::wilson_interval(7, 7).high == 1);
}

TEST_CASE("more trials and less confidence make it narrower") {
  const auto width = [](const ff::interval& x) { return x.high - x.low; };
  CHECK(width(ff::wilson_interval(100, 400)) < width(ff::wilson_interval(10, 40)));
  CHECK(width(ff::wilson_interval(10, 40, 0.8)) < width(ff::wilson_interval(10, 40, 0.95)));
}

TEST_CASE("without trials everything is possible") { CHECK(ff::wilson_interval(0, 0, 0.9) == ff::interval{0, 1, 0.9}); }

TEST_CASE("a share need not be one of whole counts") {
  CHECK(ff::wilson_interval_of_share(0.2416, 625) == ff::wilson_interval(151, 625));
  const ff::interval between = ff::wilson_interval_of_share(2.5 / 10, 10);
  CHECK(between.low > ff::wilson_interval(2, 10).low);
  CHECK(between.low < ff::wilson_interval(3, 10).low);
  CHECK(between.high > ff::wilson_interval(2, 10).high);
  CHECK(between.high < ff::wilson_interval(3, 10).high);
  CHECK(ff::wilson_interval_of_share(0.3, 0) == ff::interval{0, 1, 0.95});
  for (const double bad : {-0.1, 1.1, std::nan("")}) {
    CHECK(failure_of([&] { (void)ff::wilson_interval_of_share(bad, 10); }).code == ff::error_code::bad_value);
    CHECK(failure_of([&] { (void)ff::wilson_interval_of_share(0.5, -std::fabs(bad)); }).code ==
          ff::error_code::bad_value);
    CHECK(failure_of([&] { (void)ff::wilson_interval_of_share(0.5, 10, bad); }).code == ff::error_code::bad_option);
  }
}

TEST_CASE("counts and confidences that are none") {
  CHECK(failure_of([] { (void)ff::wilson_interval(-1, 5); }).code == ff::error_code::bad_value);
  CHECK(failure_of([] { (void)ff::wilson_interval(6, 5); }).message ==
        "wilson_interval: hits must be in [0, 5], got 6");
  CHECK(failure_of([] { (void)ff::wilson_interval(0, -1); }).code == ff::error_code::bad_value);
  for (const double bad : {0.0, 1.0, 95.0, -0.5, std::nan("")}) {
    CHECK(failure_of([&] { (void)ff::wilson_interval(1, 5, bad); }).code == ff::error_code::bad_option);
    CHECK(failure_of([&] { (void)ff::wilson_interval(0, 0, bad); }).code == ff::error_code::bad_option);
  }
}

TEST_CASE("both ends belong to an interval") {
  const ff::interval found{0.25, 0.5, 0.95};
  CHECK(found.contains(0.25));
  CHECK(found.contains(0.5));
  CHECK_FALSE(found.contains(0.2499));
  CHECK_FALSE(found.contains(std::nan("")));
}

TEST_CASE("exact intervals are those of R's binom.test") {
  for (const auto& known : oracle::exact_cases) {
    CAPTURE(known.hits);
    CAPTURE(known.trials);
    const ff::interval found = ff::exact_interval(known.hits, known.trials, known.confidence);
    CHECK(close(found.low, known.low, 1e-10));
    CHECK(close(found.high, known.high, 1e-10));
    CHECK(found.confidence == known.confidence);
  }
}

TEST_CASE("an exact interval ends where either tail has half of what is left over") {
  const ff::interval found = ff::exact_interval(3, 17, 0.9);
  CHECK(close(ff::binomial_tail(2, 17, found.low), 0.05, 1e-12));
  CHECK(close(ff::binomial_cdf(3, 17, found.high), 0.05, 1e-12));
  CHECK(ff::exact_interval(0, 0, 0.9) == ff::interval{0, 1, 0.9});
  CHECK(ff::exact_interval(0, 9).low == 0);
  CHECK(ff::exact_interval(9, 9).high == 1);
}

// The probability, over all outcomes of 40 trials, that the interval holds the true share: no simulation is needed.
TEST_CASE("the exact interval always holds its confidence, Wilson's does on average") {
  constexpr int trials = 40;
  double average = 0;
  for (int step = 1; step < 200; ++step) {
    const double share = step / 200.0;
    double exact = 0;
    double wilson = 0;
    for (int hits = 0; hits <= trials; ++hits) {
      const double chance = ff::binomial_cdf(hits, trials, share) - ff::binomial_cdf(hits - 1, trials, share);
      exact += ff::exact_interval(hits, trials).contains(share) ? chance : 0;
      wilson += ff::wilson_interval(hits, trials).contains(share) ? chance : 0;
    }
    REQUIRE(exact >= 0.95 - 1e-12);
    average += wilson / 199;
  }
  CHECK(average > 0.945);
  CHECK(average < 0.96);
}

TEST_CASE("an exact interval refuses what Wilson's does") {
  CHECK(failure_of([] { (void)ff::exact_interval(-1, 5); }).code == ff::error_code::bad_value);
  CHECK(failure_of([] { (void)ff::exact_interval(6, 5); }).message == "exact_interval: hits must be in [0, 5], got 6");
  for (const double bad : {0.0, 1.0, 95.0, std::nan("")}) {
    CHECK(failure_of([&] { (void)ff::exact_interval(1, 5, bad); }).code == ff::error_code::bad_option);
  }
}
