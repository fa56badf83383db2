// SPDX-License-Identifier: MIT
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/statistics/holm.hpp>

#include <tests/oracle/statistics.hpp>
#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

TEST_CASE("Holm's p-values are those of R's p.adjust") {
  for (const auto& known : oracle::holm_cases) {
    const auto found = ff::holm(known.p);
    REQUIRE(found.size() == known.adjusted.size());
    for (std::size_t i = 0; i < found.size(); ++i) CHECK(close(found[i], known.adjusted[i], 1e-15));
  }
  CHECK(ff::holm(std::vector<double>{}).empty());
}

TEST_CASE("of tests where nothing is, at most alpha of the families have one below alpha") {
  ff::random_stream stream(2);
  constexpr int families = 4000;
  int wrong = 0;
  for (int i = 0; i < families; ++i) {
    std::vector<double> p(10);
    for (double& each : p) each = stream.uniform();
    const auto adjusted = ff::holm(p);
    wrong += *std::min_element(adjusted.begin(), adjusted.end()) < 0.1 ? 1 : 0;
  }
  CHECK(wrong < 0.11 * families);
  CHECK(wrong > 0.08 * families);  // 1 - (1 - 0.01)^10 = 0.096
}

TEST_CASE("all pairs of channels, adjusted together") {
  const ff::rate channels[] = {ff::rate_of(30435, 150'000), ff::rate_of(25363, 125'000), ff::rate_of(9960, 50'000)};
  const auto pairs =
      ff::test_all_pairs(3, [&](ff::index i, ff::index j) { return ff::two_proportions(channels[i], channels[j]); });
  REQUIRE(pairs.size() == 3);
  CHECK(pairs[0].first == 0);
  CHECK(pairs[0].second == 1);
  CHECK(pairs[2].first == 1);
  CHECK(pairs[2].second == 2);
  const auto alone = ff::two_proportions(channels[0], channels[2]);
  CHECK(pairs[1].test.statistic == alone.statistic);
  CHECK(close(pairs[1].test.p_value, alone.p_value, 1e-15));  // what a compiler works out is rounded better
  // The published 20.29 % and 19.92 %: p = 0.074 alone, three times that among three.
  CHECK(std::fabs(pairs[1].test.p_value - 0.074) < 0.001);
  CHECK(close(pairs[1].adjusted_p_value, 3 * pairs[1].test.p_value, 1e-15));
  CHECK(ff::test_all_pairs(1, [](ff::index, ff::index) { return ff::test_result(); }).empty());
}

TEST_CASE("p-values that are none") {
  for (const double bad : {-0.01, 1.01, std::nan("")}) {
    CHECK(code_thrown_by([&] { return ff::holm(std::vector{0.5, bad}); }) == "bad_value");
  }
}
