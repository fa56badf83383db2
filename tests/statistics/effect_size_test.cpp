// SPDX-License-Identifier: MIT
#include <cmath>
#include <numbers>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/statistics/effect_size.hpp>

#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using summaries = std::vector<ff::sample_summary>;

TEST_CASE("Cohen's h: the distance of two rates on the arcsine scale") {
  CHECK(close(ff::cohens_h(1, 0), std::numbers::pi, 1e-15));
  CHECK(close(ff::cohens_h(0.5, 0), std::numbers::pi / 2, 1e-15));
  CHECK(
      close(ff::cohens_h(0.25, 0.75), -std::numbers::pi / 3, 1e-14));  // asin(1/2), asin(sqrt(3)/2): 30 and 60 degrees
  CHECK(ff::cohens_h(0.3, 0.3) == 0);
}

TEST_CASE("Cohen's d: two means in units of their pooled spread") {
  CHECK(close(ff::cohens_d({5, 12, 4}, {5, 10, 4}), 1, 1e-15));
  CHECK(close(ff::cohens_d({3, 12, 1}, {5, 10, 4}), 2 / std::sqrt(3.0), 1e-15));  // (2 x 1 + 4 x 4) / 6 = 3
  CHECK(std::isnan(ff::cohens_d({3, 1, 0}, {3, 2, 0})));
}

TEST_CASE("eta squared and epsilon squared, worked out by hand") {
  // 1 2 3 | 3 4 5 | 8 9 10: mean 5, between 3 x (9 + 1 + 16) = 78, within 3 x 2 = 6, so within by degrees 1.
  const summaries groups{{3, 2, 1}, {}, {3, 4, 1}, {3, 9, 1}};
  CHECK(close(ff::eta_squared(groups), 78.0 / 84, 1e-14));
  CHECK(close(ff::epsilon_squared(groups), 76.0 / 84, 1e-14));
  const summaries alike{{3, 2, 1}, {3, 2, 1}};
  CHECK(ff::eta_squared(alike) == 0);
  CHECK(close(ff::epsilon_squared(alike), -0.25, 1e-14));
  CHECK(ff::eta_squared(summaries{{1, 2, 0}, {1, 3, 0}}) == 1);
  CHECK(std::isnan(ff::epsilon_squared(summaries{{1, 2, 0}, {1, 3, 0}})));
  CHECK(std::isnan(ff::eta_squared(summaries{{2, 2, 0}, {5, 2, 0}})));
  CHECK(std::isnan(ff::eta_squared(summaries{})));
}

TEST_CASE("rates and summaries that are none") {
  for (const double bad : {-0.1, 1.1, std::nan("")}) {
    CHECK(code_thrown_by([&] { return ff::cohens_h(bad, 0.5); }) == "bad_value");
    CHECK(code_thrown_by([&] { return ff::cohens_h(0.5, bad); }) == "bad_value");
  }
  CHECK(code_thrown_by([] { return ff::cohens_d({1, 2, 0}, {3, 2, 1}); }) == "bad_value");
  CHECK(code_thrown_by([] { return ff::eta_squared(summaries{{3, 2, -1}}); }) == "bad_value");
  CHECK(code_thrown_by([] { return ff::epsilon_squared(summaries{{3, HUGE_VAL, 1}}); }) == "bad_value");
}
