// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/statistics/resample.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

std::vector<std::uint32_t> drawn(const ff::resampled_units& units, std::uint64_t seed) {
  std::vector<std::uint32_t> times(static_cast<std::size_t>(units.sessions())), room;
  units.draw(ff::random_stream(seed), times, room);
  return times;
}

}  // namespace

TEST_CASE("as many sessions are drawn as there are, each as often as the others") {
  for (const ff::index n : {1, 2, 5, 300, 1000}) {
    const ff::resampled_units units(n);
    std::vector<double> total(static_cast<std::size_t>(n));
    constexpr int repeats = 2000;
    for (int repeat = 0; repeat < repeats; ++repeat) {
      const auto times = drawn(units, static_cast<std::uint64_t>(repeat));
      CHECK(std::accumulate(times.begin(), times.end(), ff::index{0}) == n);
      for (std::size_t i = 0; i < times.size(); ++i) total[i] += times[i];
    }
    // Each total is binomial with mean `repeats` and variance repeats (1 - 1/n): six deviations hold for all.
    for (const double each : total) CHECK(std::fabs(each - repeats) <= 6 * std::sqrt(repeats));
  }
}

TEST_CASE("how often a session is drawn has the law of n draws out of n") {
  // Binomial(1000, 1/1000): 0.36770, 0.36806, 0.18403 for 0, 1, 2 (scipy.stats.binom.pmf).
  const ff::resampled_units units(1000);
  std::map<std::uint32_t, double> seen;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    for (const auto each : drawn(units, seed)) seen[each] += 1.0 / 200'000;
  }
  CHECK(std::fabs(seen[0] - 0.36770) < 0.003);
  CHECK(std::fabs(seen[1] - 0.36806) < 0.005);
  CHECK(std::fabs(seen[2] - 0.18403) < 0.004);
}

TEST_CASE("visitors come with all their sessions, strata with their sizes") {
  const std::vector<int> visitor{7, 7, -3, 9, 9, 9, 4, 2};
  const auto units = ff::resampled_units::of_visitors(visitor);
  CHECK(units.units() == 5);
  CHECK(units.sessions() == 8);
  const std::vector<int> stratum{1, 1, 0, 1, 1, 1, 0, 0};
  const auto strata = units.stratified_by(stratum);
  CHECK(strata.strata() == 2);
  std::set<std::vector<std::uint32_t>> different;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    for (const auto& design : {units, strata}) {
      const auto times = drawn(design, seed);
      CHECK(times[0] == times[1]);
      CHECK(times[3] == times[4]);
      CHECK(times[4] == times[5]);
      CHECK(times[0] + times[2] + times[3] + times[6] + times[7] == 5);
    }
    const auto times = drawn(strata, seed);
    CHECK(times[0] + times[3] == 2);
    CHECK(times[2] + times[6] + times[7] == 3);
    different.insert(times);
  }
  CHECK(different.size() == 30);  // 3 ways to draw two of two, 10 to draw three of three
}

TEST_CASE("replicates do not depend on the threads, nor on how many there are") {
  const ff::resampled_units units(500);
  const auto statistic = [](std::span<const std::uint32_t> times, std::span<double> figures) {
    figures[0] = times[0];
    figures[1] = static_cast<double>(times[17]) * times[400];
  };
  const auto some = ff::resample(units, 2, statistic, {.replicates = 100, .seed = 3}, {.threads = 1});
  const auto more = ff::resample(units, 2, statistic, {.replicates = 150, .seed = 3}, {.threads = 3});
  CHECK(more.topRows(100) == some);
  CHECK(ff::resample(units, 2, statistic, {.replicates = 100, .seed = 4}) != some);
}

TEST_CASE("each replicate is a draw of its own") {
  const auto statistic = [](std::span<const std::uint32_t> times, std::span<double> figures) {
    for (std::size_t i = 0; i < times.size(); ++i) figures[i] = times[i];
  };
  const auto replicates = ff::resample(ff::resampled_units(40), 40, statistic, {.replicates = 200});
  std::set<std::vector<double>> different;
  for (ff::index r = 0; r < 200; ++r) {
    std::vector<double> times;
    for (ff::index i = 0; i < 40; ++i) times.push_back(replicates(r, i));
    different.insert(times);
  }
  CHECK(different.size() == 200);
}

TEST_CASE("the error of a mean is that of the textbook") {
  std::vector<double> values(400);
  ff::random_stream stream(5);
  for (double& each : values) each = stream.normal();
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / 400;
  double squares = 0;
  for (const double each : values) squares += (each - mean) * (each - mean);
  const auto statistic = [&](std::span<const std::uint32_t> times, std::span<double> figures) {
    figures[0] = 0;
    for (std::size_t i = 0; i < values.size(); ++i) figures[0] += times[i] * values[i] / 400;
  };
  const auto replicates = ff::resample(ff::resampled_units(400), 1, statistic, {.replicates = 20'000});
  const auto summary =
      ff::summary_of_replicates(mean, {replicates.data(), replicates.data() + replicates.size()}, 0.95);
  const double error = std::sqrt(squares) / 400;
  CHECK(summary.value == mean);
  CHECK(summary.standard_error == doctest::Approx(error).epsilon(0.03));
  CHECK(summary.range.low == doctest::Approx(mean - 1.96 * error).epsilon(0.05 * error / std::fabs(mean)));
  CHECK(summary.range.high == doctest::Approx(mean + 1.96 * error).epsilon(0.05 * error / std::fabs(mean)));
}

TEST_CASE("quantiles are interpolated, undefined replicates counted") {
  // numpy.percentile([1, 2, 4, 8], [10, 90]) is 1.3 and 6.8.
  const double missing = std::numeric_limits<double>::quiet_NaN();
  const auto summary = ff::summary_of_replicates(3, {8, missing, 1, 4, 2}, 0.8);
  CHECK(summary.range.low == doctest::Approx(1.3).epsilon(1e-12));
  CHECK(summary.range.high == doctest::Approx(6.8).epsilon(1e-12));
  CHECK(summary.undefined == 1);
  CHECK(summary.standard_error == doctest::Approx(std::sqrt(28.75 / 3)).epsilon(1e-12));
  CHECK(thrown_by([&] {
          return ff::summary_of_replicates(3, {missing, 1}, 0.8);
        }) == "bad_value: resample: the figure exists in only 1 of 2 replicates");
  CHECK(code_thrown_by([] { return ff::summary_of_replicates(3, {1, 2}, 1); }) == "bad_option");
}

TEST_CASE("what cannot be drawn is refused") {
  CHECK(thrown_by([] { return ff::resampled_units(0); }) ==
        "wrong_shape: resampled_units: there must be at least one session, got 0");
  const std::vector<int> visitor{1, 1, 2}, split{0, 1, 1}, few{0, 1};
  const auto units = ff::resampled_units::of_visitors(visitor);
  CHECK(thrown_by([&] { return units.stratified_by(split); }) ==
        "bad_value: resampled_units: sessions of one visitor must lie in one stratum, got 0 and 1");
  CHECK(code_thrown_by([&] { return units.stratified_by(few); }) == "wrong_shape");
  const auto nothing = [](std::span<const std::uint32_t>, std::span<double>) {};
  CHECK(code_thrown_by([&] { return ff::resample(units, 1, nothing, {.replicates = 1}); }) == "bad_option");
  CHECK(code_thrown_by([&] {
          const ff::run_options run{.progress = [](std::string_view, ff::index, ff::index) { return false; }};
          return ff::resample(units, 1, nothing, {}, run);
        }) == "cancelled");
}
