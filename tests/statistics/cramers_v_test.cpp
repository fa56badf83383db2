// SPDX-License-Identifier: MIT
#include <cmath>

#include <doctest/doctest.h>

#include <footfall/statistics/cramers_v.hpp>

#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

// The numbers are those of R 4.2 (pchisq with ncp), except the last, where R stops adding early: it is scipy 1.10's.
TEST_CASE("the noncentral chi-square distribution agrees with R and scipy") {
  CHECK(close(ff::noncentral_chi_square_cdf(3.59, 2, 0), 0.833872547653167, 1e-13));
  CHECK(close(ff::noncentral_chi_square_cdf(10, 4, 3.5), 0.7481504959849575, 1e-12));
  CHECK(close(ff::noncentral_chi_square_cdf(1000, 12, 900), 0.925658782999846, 1e-12));
  CHECK(close(ff::noncentral_chi_square_cdf(5, 1, 20), 0.012673659328882416, 1e-11));
  CHECK(close(ff::noncentral_chi_square_cdf(0.5, 3, 0.001), 0.08107198064189054, 1e-12));
  CHECK(close(ff::noncentral_chi_square_cdf(250'000, 12, 250'300), 0.37793575125999, 1e-9));
  CHECK(ff::noncentral_chi_square_cdf(0, 3, 5) == 0);
  CHECK(close(ff::noncentral_chi_square_cdf(7, 3, 0), ff::chi_square_cdf(7, 3), 1e-14));
}

// R: uniroot of pchisq(x, df, ncp) - 0.975 and - 0.025, then sqrt(ncp / (n (side - 1))).
TEST_CASE("limits of Cramer's V") {
  const auto v = [](double statistic, double degrees, std::int64_t n, ff::index side) {
    const ff::test_result test{"chi-square", statistic, degrees, 0.5, "Cramer's V", 0.1};
    return ff::cramers_v_interval(test, n, side);
  };
  CHECK(close(v(30, 4, 1'000, 3).low, 0.0706253717716475, 1e-7));
  CHECK(close(v(30, 4, 1'000, 3).high, 0.1609505194233088, 1e-7));
  CHECK(v(13.2, 12, 500'000, 4).low == 0);
  CHECK(close(v(13.2, 12, 500'000, 4).high, 0.003405358959965073, 1e-7));
  CHECK(close(v(3.59, 2, 325'000, 2).high, 0.006425462003713409, 1e-7));
  CHECK(v(0, 2, 50, 2).low == 0);
  CHECK(v(0, 2, 50, 2).high == 0);    // no more alike than chance makes them
  CHECK(v(90, 1, 100, 2).high == 1);  // cut where V ends
}

TEST_CASE("what is no chi-square test has no limits") {
  const auto call = [](const ff::test_result& test, std::int64_t n = 10, ff::index side = 2, double confidence = 0.95) {
    return code_thrown_by([&] { return ff::cramers_v_interval(test, n, side, confidence); });
  };
  const ff::test_result good{"chi-square", 3, 2, 0.2, "Cramer's V", 0.1};
  CHECK(call(good).empty());
  CHECK(call({"Welch's F", 3, 2, 0.2, "eta squared", 0.1}) == "bad_value");
  CHECK(call(good, 0) == "bad_option");
  CHECK(call(good, 10, 1) == "bad_option");
  CHECK(call(good, 10, 2, 1) == "bad_option");
  CHECK(code_thrown_by([] { return ff::noncentral_chi_square_cdf(1, 0, 1); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::noncentral_chi_square_cdf(1, 1, -1); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::noncentral_chi_square_cdf(std::nan(""), 1, 1); }) == "missing_value");
}
