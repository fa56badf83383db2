// SPDX-License-Identifier: MIT
#include <cmath>
#include <functional>

#include <doctest/doctest.h>

#include <footfall/statistics/distributions.hpp>

#include <tests/oracle/statistics.hpp>
#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

TEST_CASE("the normal distribution is R's, far out too") {
  for (const auto& known : oracle::normal_cases) {
    CHECK(close(ff::normal_cdf(known.z), known.below, 1e-12));
    CHECK(close(ff::normal_tail(known.z), known.above, 1e-12));
  }
  for (const auto& known : oracle::normal_quantiles) CHECK(close(ff::normal_quantile(known.p), known.z, 1e-14));
  CHECK(std::fabs(ff::normal_quantile(0.5)) < 1e-15);
}

TEST_CASE("Student's t is R's, also for degrees that are not whole") {
  for (const auto& known : oracle::t_cases) {
    CAPTURE(known.t);
    CAPTURE(known.degrees);
    CHECK(close(ff::student_t_tail(known.t, known.degrees), known.above, 2e-12));
    CHECK(close(ff::student_t_cdf(-known.t, known.degrees), known.above, 2e-12));
    CHECK(close(ff::student_t_quantile(known.p, known.degrees), known.quantile, 1e-11));
  }
  CHECK(ff::student_t_tail(0, 5) == 0.5);
  CHECK(ff::student_t_quantile(0.5, 5) == 0);
  CHECK(ff::student_t_both_tails(HUGE_VAL, 5) == 0);
  CHECK(close(ff::student_t_both_tails(-2, 1), 1 - 2 / 3.14159265358979323846 * std::atan(2.0), 1e-14));
}

TEST_CASE("with many degrees t is normal, and its square is F") {
  CHECK(close(ff::student_t_tail(1.96, 1e12), ff::normal_tail(1.96), 1e-10));
  for (const double t : {0.3, 2.0, 9.0}) {
    CHECK(close(ff::f_tail(t * t, 1, 12), ff::student_t_both_tails(t, 12), 1e-13));
    CHECK(close(ff::chi_square_tail(t * t, 1), 2 * ff::normal_tail(t), 1e-13));
  }
}

TEST_CASE("chi-square and F are R's") {
  for (const auto& known : oracle::chi_square_cases) {
    CAPTURE(known.x);
    CAPTURE(known.degrees);
    CHECK(close(ff::chi_square_tail(known.x, known.degrees), known.above, 1e-12));
    CHECK(close(ff::chi_square_cdf(known.x, known.degrees) + ff::chi_square_tail(known.x, known.degrees), 1, 1e-15));
    CHECK(close(ff::chi_square_quantile(known.p, known.degrees), known.quantile, 1e-12));
  }
  for (const auto& known : oracle::f_cases) {
    CAPTURE(known.f);
    CAPTURE(known.degrees);
    CHECK(close(ff::f_cdf(known.f, known.degrees, known.denominator), known.below, 1e-12));
    CHECK(close(ff::f_tail(known.f, known.degrees, known.denominator), known.above, 1e-12));
  }
  for (const double x : {-3.0, 0.0}) {
    CHECK(ff::chi_square_cdf(x, 3) == 0);
    CHECK(ff::chi_square_tail(x, 3) == 1);
    CHECK(ff::f_cdf(x, 3, 4) == 0);
    CHECK(ff::f_tail(x, 3, 4) == 1);
  }
  CHECK(ff::f_tail(HUGE_VAL, 3, 4) == 0);
  CHECK(ff::chi_square_tail(HUGE_VAL, 3) == 0);
}

TEST_CASE("the binomial distribution is R's and adds up") {
  for (const auto& known : oracle::binomial_cases) {
    CAPTURE(known.hits);
    CHECK(close(ff::binomial_cdf(known.hits, known.trials, known.share), known.below, 2e-12));
    CHECK(close(ff::binomial_tail(known.hits, known.trials, known.share), known.above, 2e-12));
  }
  double sum = 0;
  for (int hits = 0; hits <= 6; ++hits) {  // 6 over k times 0.25^k 0.75^(6-k)
    const double ways[] = {1, 6, 15, 20, 15, 6, 1};
    sum += ways[hits] * std::pow(0.25, hits) * std::pow(0.75, 6 - hits);
    CHECK(close(ff::binomial_cdf(hits, 6, 0.25), sum, 1e-14));
  }
  CHECK(ff::binomial_cdf(-1, 6, 0.25) == 0);
  CHECK(ff::binomial_tail(6, 6, 0.25) == 0);
  CHECK(ff::binomial_cdf(3, 6, 0) == 1);
  CHECK(ff::binomial_cdf(3, 6, 1) == 0);
  CHECK(ff::binomial_cdf(0, 0, 0.5) == 1);
}

TEST_CASE("quantiles lead back") {
  for (const double p : {1e-12, 0.003, 0.4, 0.5, 0.77, 0.999999}) {
    CHECK(close(ff::normal_cdf(ff::normal_quantile(p)), p, 1e-13));
    CHECK(close(ff::student_t_cdf(ff::student_t_quantile(p, 7.5), 7.5), p, 1e-12));
    CHECK(close(ff::chi_square_cdf(ff::chi_square_quantile(p, 9), 9), p, 1e-12));
    CHECK(close(ff::incomplete_beta(3, 40, ff::beta_quantile(p, 3, 40), 1 - ff::beta_quantile(p, 3, 40)).below, p,
                1e-12));
  }
}

TEST_CASE("what is not a probability, a number or a distribution") {
  const double nan = std::nan("");
  for (const double bad : {0.0, 1.0, -0.1, 1.1, nan}) {
    CHECK(code_thrown_by([&] { return ff::normal_quantile(bad); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::student_t_quantile(bad, 3); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::chi_square_quantile(bad, 3); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::beta_quantile(bad, 3, 2); }) == "bad_option");
  }
  for (const double bad : {0.0, -1.0, nan, HUGE_VAL}) {
    CHECK(code_thrown_by([&] { return ff::student_t_tail(1, bad); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::student_t_quantile(0.3, bad); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::chi_square_cdf(1, bad); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::chi_square_tail(1, bad); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::chi_square_quantile(0.3, bad); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::f_cdf(1, bad, 3); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::f_tail(1, 3, bad); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::beta_quantile(0.3, bad, 2); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::beta_quantile(0.3, 2, bad); }) == "bad_option");
  }
  CHECK(thrown_by([&] { return ff::normal_cdf(nan); }) == "missing_value: normal_cdf: the value is missing");
  CHECK(code_thrown_by([&] { return ff::normal_tail(nan); }) == "missing_value");
  CHECK(code_thrown_by([&] { return ff::student_t_cdf(nan, 3); }) == "missing_value");
  CHECK(code_thrown_by([&] { return ff::chi_square_cdf(nan, 3); }) == "missing_value");
  CHECK(code_thrown_by([&] { return ff::chi_square_tail(nan, 3); }) == "missing_value");
  CHECK(code_thrown_by([&] { return ff::f_cdf(nan, 3, 3); }) == "missing_value");
  CHECK(code_thrown_by([&] { return ff::f_tail(nan, 3, 3); }) == "missing_value");
  for (const double bad : {-0.1, 1.1, nan}) {
    CHECK(code_thrown_by([&] { return ff::binomial_cdf(1, 2, bad); }) == "bad_option");
  }
  CHECK(code_thrown_by([&] { return ff::binomial_tail(1, -2, 0.5); }) == "bad_option");
}
