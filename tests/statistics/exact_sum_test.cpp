// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/statistics/exact_sum.hpp>

#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

double sum_of(const std::vector<double>& values) {
  ff::exact_sum sum;
  for (const double each : values) sum.add(each);
  return sum.value();
}

ff::sample_summary moments_of(const std::vector<double>& values) {
  ff::exact_moments moments;
  for (const double each : values) moments.add(each);
  return moments.summary();
}

}  // namespace

TEST_CASE("a sum is the nearest double to the true sum") {
  CHECK(sum_of({}) == 0);
  CHECK(sum_of({1e308, 1.0, -1e308}) == 1.0);
  CHECK(sum_of({0x1p53, 1.0, 1.0}) == 0x1p53 + 2);
  // Halfway cases go to the even one, unless something below tips them.
  CHECK(sum_of({0x1p53, 1.0}) == 0x1p53);
  CHECK(sum_of({0x1p53, 1.0, 0x1p-1074}) == 0x1p53 + 2);
  CHECK(sum_of({0x1p53, 3.0}) == 0x1p53 + 4);
  CHECK(sum_of({-0x1p53, -1.0, -0x1p-500}) == -0x1p53 - 2);
  CHECK(sum_of({-0x1p53, -1.0, 0x1p-500}) == -0x1p53);
  // The smallest numbers there are.
  CHECK(sum_of({0x1p-1074, 0x1p-1074, 0x1p-1074}) == 3 * 0x1p-1074);
  CHECK(sum_of({0x1p-1022, -0x1p-1074}) == 0x1p-1022 - 0x1p-1074);
  CHECK(sum_of({-0x1.8p-1030, 0x1p-1031}) == -0x1p-1030);
  // Beyond the largest one.
  CHECK(sum_of({1.7e308, 1.7e308}) == std::numeric_limits<double>::infinity());
  CHECK(sum_of({1.7e308, 1.7e308, -1.7e308}) == 1.7e308);
  // Ten tenths are 1 and a little, as 0.1 is a little more than a tenth: 2^-54 more rounds to 1.
  CHECK(sum_of(std::vector<double>(10, 0.1)) == 1.0);
}

TEST_CASE("single values of every exponent come back, with either sign") {
  for (int exponent = -1074; exponent < 1024; ++exponent) {
    const double value = std::ldexp(1.0 + 0x1p-52 * (exponent > -1022), exponent);
    CHECK(sum_of({value}) == value);
    CHECK(sum_of({-value}) == -value);
    if (exponent < 1022) CHECK(sum_of({value, -3 * value / 2, value}) == value - 3 * value / 2 + value);
  }
}

TEST_CASE("whole numbers agree with integer arithmetic, however they are split up and merged") {
  ff::random_stream random(3);
  std::int64_t expected = 0;
  ff::exact_sum whole, left, right;
  for (int i = 0; i < 20'000; ++i) {
    const auto value = static_cast<std::int64_t>(random() >> 14) - (std::int64_t{1} << 49);
    expected += value >> 12;
    const auto x = static_cast<double>(value >> 12);
    whole.add(x);
    (i % 3 == 0 ? left : right).add(x);
  }
  CHECK(whole.value() == static_cast<double>(expected));
  left.merge(right);
  CHECK(left.value() == whole.value());
}

TEST_CASE("the order of the values does not matter") {
  ff::random_stream random(4);
  std::vector<double> values;
  for (int i = 0; i < 5'000; ++i)
    values.push_back(std::ldexp(random.normal(), static_cast<int>(random.below(200)) - 100));
  const double first = sum_of(values);
  const auto moments = moments_of(values);
  for (int round = 0; round < 5; ++round) {
    random.shuffle(std::span(values));
    CHECK(sum_of(values) == first);
    CHECK(moments_of(values) == moments);
  }
}

TEST_CASE("moments agree with two readings, also where the mean is large beside the spread") {
  ff::random_stream random(5);
  std::vector<double> values;
  for (int i = 0; i < 1'000; ++i) values.push_back(random.normal());
  const auto two_readings = ff::summary_of(values);
  const auto one_reading = moments_of(values);
  CHECK(one_reading.count == 1'000);
  CHECK(close(one_reading.mean, two_readings.mean, 1e-14));
  CHECK(close(one_reading.variance, two_readings.variance, 1e-14));

  // 10^9 + {0, 1, 2}: sums of squares in doubles alone would find nothing of the variance of 1.
  CHECK(moments_of({1e9, 1e9 + 1, 1e9 + 2}).variance == 1);
  CHECK(close(moments_of({1e12 + 0.25, 1e12 + 0.5, 1e12 + 0.75}).variance, 0.0625, 1e-14));
  CHECK(moments_of({0.1, 0.1, 0.1}).variance < 1e-40);
  CHECK(std::isnan(moments_of({}).mean));
  CHECK(moments_of({4}).mean == 4);
  CHECK(std::isnan(moments_of({4}).variance));

  ff::exact_moments left, right;
  for (std::size_t i = 0; i < values.size(); ++i) (i < 300 ? left : right).add(values[i]);
  left.merge(right);
  CHECK(left.summary() == one_reading);
}

TEST_CASE("values that have no moments are refused") {
  ff::exact_moments moments;
  CHECK(code_thrown_by([&] { return moments.add(std::nan("")), 0; }) == "missing_value");
  CHECK(code_thrown_by([&] { return moments.add(INFINITY), 0; }) == "not_finite");
  CHECK(code_thrown_by([&] { return moments.add(-1e200), 0; }) == "limit");
}
