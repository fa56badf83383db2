// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include <footfall/statistics/tests.hpp>

#include <tests/oracle/statistics.hpp>
#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using doctest::Approx;
using footfall_tests::failure_of;

namespace {

ff::matrix<double> counts(ff::index rows, ff::index columns, std::initializer_list<double> row_by_row) {
  ff::matrix<double> result(rows, columns);
  ff::index i = 0;
  for (const double count : row_by_row) {
    result(i / columns, i % columns) = count;
    ++i;
  }
  return result;
}

}  // namespace

TEST_CASE("two proportions agree with scipy's chi-square of the same four counts") {
  struct {
    std::int64_t hits_a, trials_a, hits_b, trials_b;
    double z, p;
  } const known[] = {{151, 625, 120, 640, 2.3447399652444196, 0.019040353719954085},
                     {50, 1000, 30, 1000, 2.2821773229381925, 0.022478873366125248},
                     {1, 1000, 400, 1000, -22.283914082689964, 5.2924782459328915e-110}};
  for (const auto& each : known) {
    const auto found =
        ff::two_proportions(ff::rate_of(each.hits_a, each.trials_a), ff::rate_of(each.hits_b, each.trials_b));
    CHECK(close(found.statistic, each.z, 1e-12));
    CHECK(close(found.p_value, each.p, 1e-10));
    CHECK(found.effect_name == "difference");
    const auto back =
        ff::two_proportions(ff::rate_of(each.hits_b, each.trials_b), ff::rate_of(each.hits_a, each.trials_a));
    CHECK(back.statistic == -found.statistic);
    CHECK(back.p_value == found.p_value);
    CHECK(back.effect == -found.effect);
    const auto misses_a = static_cast<double>(each.trials_a - each.hits_a);
    const auto misses_b = static_cast<double>(each.trials_b - each.hits_b);
    const auto table = ff::chi_square(
        counts(2, 2, {static_cast<double>(each.hits_a), misses_a, static_cast<double>(each.hits_b), misses_b}));
    CHECK(close(table.statistic, each.z * each.z, 1e-12));
    CHECK(close(table.p_value, each.p, 1e-9));
  }
  CHECK(ff::two_proportions(ff::rate_of(1, 4), ff::rate_of(1, 2)).effect == -0.25);
}

TEST_CASE("no difference, no evidence") {
  const auto equal = ff::two_proportions(ff::rate_of(10, 20), ff::rate_of(100, 200));
  CHECK(equal.statistic == 0);
  CHECK(equal.p_value == 1);
  for (const std::int64_t all : {0, 1}) {
    const auto found = ff::two_proportions(ff::rate_of(20 * all, 20), ff::rate_of(30 * all, 30));
    CHECK(found.statistic == 0);
    CHECK(found.p_value == 1);
    CHECK(found.effect == 0);
  }
  const auto failed = failure_of([] { (void)ff::two_proportions(ff::rate_of(0, 0), ff::rate_of(1, 2)); });
  CHECK(failed.code == ff::error_code::bad_value);
  CHECK(failed.message == "two_proportions: both sides need trials, got 0 and 2");
}

TEST_CASE("the chi-square test agrees with scipy.stats.chi2_contingency without correction") {
  const auto even = ff::chi_square(counts(2, 3, {10, 20, 30, 6, 9, 17}));
  CHECK(close(even.statistic, 0.27157465150403504, 1e-12));
  CHECK(close(even.p_value, 0.873028283380073, 1e-12));
  CHECK(even.degrees_of_freedom == 2);
  CHECK(close(even.effect, 0.05433137570422292, 1e-12));
  CHECK(even.effect_name == "Cramer's V");

  const auto uneven = ff::chi_square(counts(2, 3, {762, 327, 468, 484, 239, 477}));  // Agresti 2007, table 2.5
  CHECK(close(uneven.statistic, 30.070149095754672, 1e-12));
  CHECK(close(uneven.p_value, 2.9535891832117595e-07, 1e-10));
  CHECK(close(uneven.effect, 0.10443580235646777, 1e-12));

  const auto small = ff::chi_square(counts(2, 2, {12, 5, 3, 14}));
  CHECK(close(small.statistic, 9.663157894736843, 1e-12));
  CHECK(close(small.p_value, 0.0018800017694650532, 1e-10));
  CHECK(close(small.effect, 0.5331139899831832, 1e-12));

  const auto strong = ff::chi_square(counts(2, 2, {900, 100, 100, 900}));
  CHECK(close(strong.statistic, 1280, 1e-12));
  CHECK(close(strong.p_value, 2.509158096763556e-280, 1e-8));
  CHECK(close(strong.effect, 0.8, 1e-12));
}

TEST_CASE("rows and columns without counts do not matter, nor does which side is which") {
  const auto plain = ff::chi_square(counts(2, 2, {12, 5, 3, 14}));
  const auto padded = ff::chi_square(counts(3, 4, {12, 0, 5, 0, 0, 0, 0, 0, 3, 0, 14, 0}));
  CHECK(padded.statistic == Approx(plain.statistic).epsilon(1e-14));
  CHECK(padded.degrees_of_freedom == 1);
  CHECK(padded.effect == Approx(plain.effect).epsilon(1e-14));
  const auto turned = ff::chi_square(counts(2, 2, {12, 3, 5, 14}));
  CHECK(turned.statistic == Approx(plain.statistic).epsilon(1e-14));
}

TEST_CASE("the effect is 1 where one side tells the other, 0 where it tells nothing") {
  CHECK(ff::chi_square(counts(2, 2, {5, 0, 0, 7})).effect == Approx(1).epsilon(1e-14));
  CHECK(ff::chi_square(counts(2, 2, {5, 10, 10, 20})).statistic == Approx(0).epsilon(1e-14));
  CHECK(ff::chi_square(counts(2, 2, {5, 10, 10, 20})).p_value == Approx(1));
}

TEST_CASE("tables of counts that are none") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(failure_of([&] { (void)ff::chi_square(counts(2, 2, {1, 2, 3, -4})); }).code == ff::error_code::bad_value);
  CHECK(failure_of([&] { (void)ff::chi_square(counts(2, 2, {1, 2, 3, nan})); }).code == ff::error_code::bad_value);
  CHECK(failure_of([&] { (void)ff::chi_square(counts(2, 2, {1, 2, 3, infinity})); }).code == ff::error_code::bad_value);
  CHECK(failure_of([] {
          (void)ff::chi_square(counts(2, 2, {1, 2, 0, 0}));
        }).message == "chi_square: at least two rows and two columns need counts, got 1 and 2");
  CHECK(failure_of([] { (void)ff::chi_square(counts(1, 3, {1, 2, 3})); }).code == ff::error_code::bad_value);
  CHECK(failure_of([] { (void)ff::chi_square(ff::matrix<double>()); }).code == ff::error_code::bad_value);
}

TEST_CASE("McNemar's p-value is the exact one, R's binom.test of the disagreements") {
  for (const auto& known : oracle::mcnemar_cases) {
    CAPTURE(known.only_a);
    const auto found = ff::mcnemar(known.only_a, known.only_b, 200'000);
    CHECK(close(found.p_value, known.p, 1e-11));
    CHECK(ff::mcnemar(known.only_b, known.only_a, 200'000).p_value == found.p_value);
    CHECK(ff::mcnemar(known.only_b, known.only_a, 200'000).statistic == -found.statistic);
  }
  const auto found = ff::mcnemar(25, 12, 100);  // z squared is R's mcnemar.test without correction: 169 / 37
  CHECK(close(found.statistic * found.statistic, 169.0 / 37, 1e-14));
  CHECK(found.effect == 0.13);
  CHECK(found.effect_name == "difference");
}

TEST_CASE("pairs that never disagree, and counts that are none") {
  const auto found = ff::mcnemar(0, 0, 7);
  CHECK(found.statistic == 0);
  CHECK(found.p_value == 1);
  CHECK(ff::mcnemar(4, 3, 7).p_value == 1);
  CHECK(failure_of([] { (void)ff::mcnemar(-1, 0, 7); }).code == ff::error_code::bad_value);
  CHECK(failure_of([] { (void)ff::mcnemar(0, -1, 7); }).code == ff::error_code::bad_value);
  CHECK(failure_of([] { (void)ff::mcnemar(0, 0, 0); }).code == ff::error_code::bad_value);
  CHECK(failure_of([] { (void)ff::mcnemar(4, 4, 7); }).message ==
        "mcnemar: disagreements must be at least 0 and at most the pairs, got 4 and 4 of 7");
}
