// SPDX-License-Identifier: MIT
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/statistics/mean_tests.hpp>

#include <tests/oracle/statistics.hpp>
#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using summaries = std::vector<ff::sample_summary>;

TEST_CASE("Welch's t is that of R's t.test") {
  for (const auto& known : oracle::sample_cases) {
    const auto a = ff::summary_of(known.groups[0]);
    const auto b = ff::summary_of(known.groups[1]);
    const auto found = ff::welch_t(a, b);
    CHECK(close(found.statistic, known.t, 1e-11));
    CHECK(close(found.degrees_of_freedom, known.t_degrees, 1e-11));
    CHECK(close(found.p_value, known.t_p, 1e-11));
    CHECK(found.effect_name == "Cohen's d");
    CHECK(found.effect == ff::cohens_d(a, b));
    CHECK(ff::welch_t(b, a).statistic == -found.statistic);
    CHECK(ff::welch_t(b, a).p_value == found.p_value);
  }
}

TEST_CASE("the paired t is that of R's t.test") {
  const auto differences = ff::paired_differences(oracle::paired.a, oracle::paired.b);
  const auto found = ff::paired_t(differences);
  CHECK(close(found.statistic, oracle::paired.t, 1e-11));
  CHECK(found.degrees_of_freedom == oracle::paired.degrees);
  CHECK(close(found.p_value, oracle::paired.p, 1e-11));
  CHECK(close(found.effect, oracle::paired.t / std::sqrt(15.0), 1e-11));
}

TEST_CASE("Welch's analysis of variance is that of R's oneway.test") {
  for (const auto& known : oracle::sample_cases) {
    summaries groups;
    for (const auto& values : known.groups) groups.push_back(ff::summary_of(values));
    const auto found = ff::welch_anova(groups);
    CHECK(close(found.statistic, known.f, 1e-11));
    CHECK(found.degrees_of_freedom == known.degrees);
    CHECK(close(found.denominator_degrees_of_freedom, known.denominator, 1e-11));
    CHECK(close(found.p_value, known.p, 1e-11));
    CHECK(found.effect == ff::eta_squared(groups));
    groups.insert(groups.begin() + 1, ff::sample_summary{});  // a channel that nobody used
    CHECK(ff::welch_anova(groups) == found);
    if (known.groups.size() == 2) {  // of two groups F is the square of t
      CHECK(close(found.statistic, known.t * known.t, 1e-11));
      CHECK(close(found.p_value, known.t_p, 1e-11));
    }
  }
}

TEST_CASE("where nothing differs, chance explains everything") {
  const auto even = ff::welch_t({3, 2, 0}, {4, 2, 0});
  CHECK(even.statistic == 0);
  CHECK(even.p_value == 1);
  CHECK(ff::welch_t({3, 2, 1}, {4, 2, 5}).p_value == 1);
  CHECK(ff::paired_t({3, 0, 0}).p_value == 1);
  const auto same = ff::welch_anova(summaries{{3, 2, 0}, {4, 2, 0}, {9, 2, 7}});
  CHECK(same.statistic == 0);
  CHECK(same.p_value == 1);
}

TEST_CASE("p-values of equal groups are uniform though the variances are not equal") {
  ff::random_stream stream(8);
  constexpr int samples = 4000;
  int below = 0;
  for (int i = 0; i < samples; ++i) {
    summaries groups;
    for (const int size : {20, 8, 40}) {
      std::vector<double> values(static_cast<std::size_t>(size));
      for (double& value : values) value = 3 + size * stream.normal();
      groups.push_back(ff::summary_of(values));
    }
    below += ff::welch_anova(groups).p_value < 0.1 ? 1 : 0;
  }
  CHECK(below > 0.085 * samples);
  CHECK(below < 0.115 * samples);
}

TEST_CASE("samples that cannot be judged") {
  CHECK(thrown_by([] {
          return ff::welch_t({1, 2, 0}, {4, 2, 1});
        }) == "bad_value: welch_t: at least 2 values are needed, got 1");
  CHECK(thrown_by([] {
          return ff::welch_t({3, 2, 0}, {4, 2.5, 0});
        }) == "bad_value: welch_t: neither side varies, and 2 is not 2.5");
  CHECK(code_thrown_by([] { return ff::welch_t({3, std::nan(""), 1}, {4, 2.5, 1}); }) == "bad_value");
  CHECK(thrown_by([] { return ff::paired_t({3, 2, 0}); }) == "bad_value: paired_t: all pairs differ by 2");
  CHECK(code_thrown_by([] { return ff::paired_t({1, 2, 0}); }) == "bad_value");
  CHECK(thrown_by([] {
          return ff::welch_anova(summaries{{3, 2, 1}, {}});
        }) == "bad_value: welch_anova: at least two groups need values, got 1");
  CHECK(code_thrown_by([] { return ff::welch_anova(summaries{}); }) == "bad_value");
  CHECK(thrown_by([] {
          return ff::welch_anova(summaries{{3, 2, 1}, {1, 3, 0}});
        }) == "bad_value: welch_anova: at least 2 values are needed, got 1");
  CHECK(thrown_by([] {
          return ff::welch_anova(summaries{{3, 2, 1}, {5, 3, 0}});
        }) == "bad_value: welch_anova: in one group all values are 3");
}
