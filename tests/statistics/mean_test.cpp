// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/statistics/mean.hpp>

#include <tests/oracle/statistics.hpp>
#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

ff::sample_summary summary(const std::vector<double>& values) { return ff::summary_of(values); }

}  // namespace

TEST_CASE("a summary has count, mean and variance, whatever the offset") {
  for (const double offset : {0.0, 1e9, -1e12}) {
    const auto found = summary({offset + 4, offset + 7, offset + 13, offset + 16});
    CHECK(found.count == 4);
    CHECK(found.mean == offset + 10);
    CHECK(found.variance == 30);
    CHECK(close(found.standard_error(), std::sqrt(7.5), 1e-15));
  }
}

TEST_CASE("ten million values lose no digits") {
  const auto found = summary(std::vector<double>(10'000'000, 0.1));
  CHECK(found.mean == 0.1);
  CHECK(found.variance == 0);
}

TEST_CASE("fewer than two values have no variance, none have no mean") {
  CHECK(summary({3}).mean == 3);
  CHECK(std::isnan(summary({3}).variance));
  CHECK(std::isnan(summary({}).mean));
  CHECK(summary({}).count == 0);
  CHECK(std::isinf(ff::mean_interval(summary({3})).low));
  CHECK(std::isinf(ff::mean_interval(summary({})).high));
  CHECK(ff::mean_interval(summary({}), 0.8).confidence == 0.8);
  CHECK(std::isinf(ff::difference_interval(summary({3}), summary({1, 2})).high));
}

TEST_CASE("values are summed up by group, those of no group are left out") {
  const std::vector<double> values{1, 10, 3, 99, 20, 5};
  const std::vector<std::int32_t> group{0, 2, 0, -1, 2, 0};
  const auto found = ff::summaries_by_group(values, group, 3);
  REQUIRE(found.size() == 3);
  CHECK(found[0] == ff::sample_summary{3, 3, 4});
  CHECK(found[1].count == 0);
  CHECK(found[2] == ff::sample_summary{2, 15, 50});
}

TEST_CASE("the interval of a mean is Student's") {
  // scipy.stats.t.interval(0.95, 4, loc=3, scale=sqrt(2.5 / 5)) for 1, 2, 3, 4, 5
  const auto found = ff::mean_interval(summary({1, 2, 3, 4, 5}));
  CHECK(close(found.low, 1.036756838522439, 1e-12));
  CHECK(close(found.high, 4.963243161477561, 1e-12));
  CHECK(ff::mean_interval(summary({2, 2, 2})).low == 2);
}

TEST_CASE("the interval of a difference is that of R's t.test") {
  for (const auto& known : oracle::sample_cases) {
    const auto found = ff::difference_interval(summary(known.groups[0]), summary(known.groups[1]), 0.9);
    CHECK(close(found.low, known.low, 1e-11));
    CHECK(close(found.high, known.high, 1e-11));
  }
  const auto found = ff::paired_difference_interval(oracle::paired.a, oracle::paired.b);
  CHECK(close(found.low, oracle::paired.low, 1e-11));
  CHECK(close(found.high, oracle::paired.high, 1e-11));
  CHECK(ff::difference_interval(summary({2, 2}), summary({5, 5})) == ff::interval{-3, -3, 0.95});
}

TEST_CASE("a 95 % interval of a mean holds the true one in 95 % of samples") {
  ff::random_stream stream(3);
  int held = 0;
  constexpr int samples = 4000;
  for (int i = 0; i < samples; ++i) {
    std::vector<double> values(8);
    for (double& value : values) value = 5 + 2 * stream.normal();
    held += ff::mean_interval(summary(values)).contains(5) ? 1 : 0;
  }
  CHECK(held > 0.94 * samples);
  CHECK(held < 0.96 * samples);
}

TEST_CASE("values and summaries that are none") {
  const double nan = std::nan("");
  CHECK(thrown_by([&] {
          return summary({1, nan});
        }) == "missing_value: summaries_by_group: the value is missing in row 1");
  CHECK(code_thrown_by([&] { return summary({1, HUGE_VAL}); }) == "not_finite");
  CHECK(code_thrown_by([&] { return summary({1.7e308, 1.7e308}); }) == "limit");
  CHECK(code_thrown_by([&] { return summary({1e200, -1e200}); }) == "limit");
  const std::vector<double> two{1, 2};
  const auto by = [&](const std::vector<std::int32_t>& group, std::int32_t groups) {
    return code_thrown_by([&] { return ff::summaries_by_group(two, group, groups); });
  };
  CHECK(by({0}, 1) == "wrong_shape");
  CHECK(by({0, 1}, 1) == "bad_value");
  CHECK(by({0, -2}, 1) == "bad_value");
  CHECK(by({-1, -1}, -1) == "bad_option");
  CHECK(by({-1, -1}, 0).empty());
  CHECK(thrown_by([&] { return ff::paired_differences(two, std::vector<double>{1}); }) ==
        "wrong_shape: paired_differences: there must be pairs, got 2 and 1 values");
  CHECK(code_thrown_by([&] { return ff::mean_interval({3, nan, 1}); }) == "bad_value");
  CHECK(code_thrown_by([&] { return ff::mean_interval({3, 0, -1}); }) == "bad_value");
  CHECK(code_thrown_by([&] { return ff::mean_interval({3, 0, nan}); }) == "bad_value");
  CHECK(code_thrown_by([&] { return ff::mean_interval({-1, 0, 0}); }) == "bad_value");
  CHECK(code_thrown_by([&] { return ff::mean_interval({3, 0, 1}, 0); }) == "bad_option");
  CHECK(code_thrown_by([&] {
          return ff::difference_interval(ff::sample_summary{3, 0, 1}, {3, 0, HUGE_VAL});
        }) == "bad_value");
}
