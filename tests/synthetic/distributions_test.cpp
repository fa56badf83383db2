// SPDX-License-Identifier: MIT
// Mean, variance and range of what is drawn; tolerances are five standard errors.
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <doctest/doctest.h>

#include <footfall/synthetic/distributions.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr int draws = 40'000;

struct moments {
  double mean = 0;
  double variance = 0;
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
};

template <class Draw>
moments moments_of(Draw draw) {
  ff::random_stream stream(11);
  moments m;
  double squares = 0;
  for (int i = 0; i < draws; ++i) {
    const auto value = static_cast<double>(draw(stream));
    const double step = value - m.mean;
    m.mean += step / (i + 1);
    squares += step * (value - m.mean);
    m.low = std::min(m.low, value);
    m.high = std::max(m.high, value);
  }
  m.variance = squares / (draws - 1);
  return m;
}

// Of a mean over the draws, five times.
double error_of_mean(double variance) { return 5 * std::sqrt(variance / draws); }

}  // namespace

TEST_CASE("a Poisson number has its mean as its variance") {
  for (const double mean : {0.002, 0.32, 3.5, 15.9, 16.1, 100.0}) {
    CAPTURE(mean);
    const auto m = moments_of([&](auto& stream) { return ff::draw_poisson(stream, mean); });
    CHECK(std::fabs(m.mean - mean) < error_of_mean(mean));
    // The fourth central moment is mean + 3 mean^2.
    CHECK(std::fabs(m.variance - mean) < error_of_mean(mean + 2 * mean * mean));
    CHECK(m.low >= 0);
  }
  ff::random_stream stream(1);
  CHECK(ff::draw_poisson(stream, 0) == 0);
  CHECK(stream == ff::random_stream(1));
}

TEST_CASE("small Poisson numbers come as often as they should") {
  int none = 0, one = 0;
  moments_of([&](auto& stream) {
    const auto count = ff::draw_poisson(stream, 0.9);
    none += count == 0;
    one += count == 1;
    return count;
  });
  CHECK(std::fabs(none / double(draws) - std::exp(-0.9)) < error_of_mean(0.25));
  CHECK(std::fabs(one / double(draws) - 0.9 * std::exp(-0.9)) < error_of_mean(0.25));
}

TEST_CASE("a gamma number has its shape as mean and variance") {
  for (const double shape : {0.3, 1.0, 3.96, 20.0}) {
    CAPTURE(shape);
    const auto m = moments_of([&](auto& stream) { return ff::draw_gamma(stream, shape); });
    CHECK(std::fabs(m.mean - shape) < error_of_mean(shape));
    // The fourth central moment is 3 shape^2 + 6 shape.
    CHECK(std::fabs(m.variance - shape) < error_of_mean(2 * shape * shape + 6 * shape));
    CHECK(m.low >= 0);
  }
}

TEST_CASE("a beta number has mean a / (a + b)") {
  for (const auto& [a, b] : {std::pair{3.96, 14.04}, {0.5, 0.5}, {15.2, 4.8}}) {
    const double mean = a / (a + b);
    const double variance = mean * (1 - mean) / (a + b + 1);
    const auto m = moments_of([&, a = a, b = b](auto& stream) { return ff::draw_beta(stream, a, b); });
    CHECK(std::fabs(m.mean - mean) < error_of_mean(variance));
    CHECK(m.variance == doctest::Approx(variance).epsilon(0.05));
    CHECK(m.low >= 0);
    CHECK(m.high <= 1);
  }
  // Shapes so small that both gamma numbers may vanish.
  const auto tiny = moments_of([](auto& stream) { return ff::draw_beta(stream, 1e-6, 1e-6); });
  CHECK(std::fabs(tiny.mean - 0.5) < 0.5);
}

TEST_CASE("a lognormal number has the mean that was asked for") {
  const double log_sd = 0.45;
  const double variance = 48 * 48 * std::expm1(log_sd * log_sd);
  const auto m = moments_of([&](auto& stream) { return ff::draw_lognormal(stream, 48, log_sd); });
  CHECK(std::fabs(m.mean - 48) < error_of_mean(variance));
  CHECK(m.variance == doctest::Approx(variance).epsilon(0.06));
  CHECK(m.low > 0);
  ff::random_stream stream(1);
  CHECK(ff::draw_lognormal(stream, 3, 0) == 3);
}

TEST_CASE("the same stream gives the same numbers") {
  ff::random_stream a(5), b(5);
  for (int i = 0; i < 100; ++i) {
    CHECK(ff::draw_poisson(a, 2.5) == ff::draw_poisson(b, 2.5));
    CHECK(ff::draw_gamma(a, 2.5) == ff::draw_gamma(b, 2.5));
    CHECK(ff::draw_beta(a, 2.5, 0.5) == ff::draw_beta(b, 2.5, 0.5));
    CHECK(ff::draw_lognormal(a, 2.5, 1) == ff::draw_lognormal(b, 2.5, 1));
  }
}

TEST_CASE("parameters out of range are refused") {
  ff::random_stream stream(1);
  const double nan = std::nan("");
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(thrown_by([&] { return ff::draw_poisson(stream, -1); }) ==
        "bad_option: draw_poisson: the mean must be in [0, 1e6], got -1");
  for (const double bad : {nan, infinity, 2e6}) {
    CHECK(code_thrown_by([&] { return ff::draw_poisson(stream, bad); }) == "bad_option");
  }
  CHECK(thrown_by([&] { return ff::draw_gamma(stream, 0); }) ==
        "bad_option: draw_gamma: the shape must be above 0 and finite, got 0");
  for (const double bad : {nan, infinity, -1.0}) {
    CHECK(code_thrown_by([&] { return ff::draw_gamma(stream, bad); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::draw_beta(stream, 1, bad); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::draw_beta(stream, bad, 1); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::draw_lognormal(stream, bad, 1); }) == "bad_option");
    CHECK(code_thrown_by([&] { return ff::draw_lognormal(stream, 1, bad); }) == "bad_option");
  }
  CHECK(code_thrown_by([&] { return ff::draw_lognormal(stream, 0, 1); }) == "bad_option");
}
