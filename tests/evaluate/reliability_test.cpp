// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/evaluate/reliability.hpp>

#include <tests/oracle/calibration.hpp>
#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

struct made {
  ff::scores score;
  std::vector<int> label;
};

made honest(int rows, std::uint64_t seed, double steps) {
  ff::random_stream stream(seed);
  made result;
  for (int row = 0; row < rows; ++row) {
    const double p = std::floor(stream.uniform() * steps) / steps;
    result.score.push_back(p);
    result.label.push_back(stream.uniform() < p ? 1 : 0);
  }
  return result;
}

}  // namespace

TEST_CASE("bins of equal width are those of scikit-learn's calibration_curve") {
  for (const auto& known : oracle::calibration_cases) {
    if (known.brier == 0) continue;
    const auto table =
        ff::reliability_table(known.score, ff::labels(known.label), {.bins = 5, .edges = ff::bin_edges::equal_width});
    REQUIRE(table.size() == known.observed.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
      CHECK(close(table[i].observed.value, known.observed[i], 1e-12));
      CHECK(close(table[i].mean_score, known.promised[i], 1e-12));
    }
  }
}

TEST_CASE("an edge belongs to the bin below it") {
  const ff::scores score{0, 0.1, 0.2, 0.30000000000000004, 0.3, 0.7, 1};
  const auto table = ff::reliability_table(score, ff::labels(std::vector{0, 1, 0, 1, 0, 1, 1}),
                                           {.bins = 10, .edges = ff::bin_edges::equal_width});
  REQUIRE(table.size() == 6);
  CHECK(table[0].number == 1);
  CHECK(table[0].observed == ff::rate_of(1, 2));
  CHECK(table[1].number == 2);
  CHECK(table[2].number == 3);  // 0.3 is 3 / 10
  CHECK(table[3].number == 4);  // the number above it is not
  CHECK(table[4].number == 7);
  CHECK(table[5].number == 10);
}

TEST_CASE("bins of equal count, by hand") {
  const ff::scores score{0.9, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7};
  const ff::labels y(std::vector{1, 0, 0, 1, 0, 1, 0, 1});
  const auto table = ff::reliability_table(score, y, {.bins = 4, .confidence = 0.9});
  REQUIRE(table.size() == 4);
  CHECK(table[1].number == 2);
  CHECK(table[1].score_low == 0.3);
  CHECK(table[1].score_high == 0.4);
  CHECK(close(table[1].mean_score, 0.35, 1e-15));
  CHECK(table[1].observed == ff::rate_of(1, 2, 0.9));
  CHECK(table[3].score_high == 0.9);
}

TEST_CASE("sessions of one score are never parted, and none is lost") {
  for (const double steps : {1.0, 2.0, 3.0, 7.0, 40.0, 1e9}) {
    for (const int bins : {1, 2, 3, 10, 500}) {
      for (const auto edges : {ff::bin_edges::equal_count, ff::bin_edges::equal_width}) {
        const auto sessions = honest(200, 3, steps);
        const auto table = ff::reliability_table(sessions.score, ff::labels(sessions.label), {bins, edges});
        REQUIRE(table.size() <= static_cast<std::size_t>(bins));
        std::int64_t all = 0;
        double promised = 0;
        for (std::size_t i = 0; i < table.size(); ++i) {
          all += table[i].observed.trials;
          promised += table[i].mean_score * static_cast<double>(table[i].observed.trials);
          REQUIRE(table[i].score_low <= table[i].score_high);
          REQUIRE(table[i].mean_score >= table[i].score_low - 1e-15);
          REQUIRE(table[i].mean_score <= table[i].score_high + 1e-15);
          if (i == 0) continue;
          REQUIRE(table[i].number > table[i - 1].number);
          REQUIRE(table[i].score_low > table[i - 1].score_high);
        }
        CHECK(all == 200);
        double sum = 0;
        for (const double each : sessions.score) sum += each;
        CHECK(promised == doctest::Approx(sum).epsilon(1e-12));
      }
    }
  }
}

TEST_CASE("without ties bins are as even as they can be, whatever the order of the rows and the threads") {
  auto sessions = honest(1003, 4, 1e12);
  const ff::labels y(sessions.label);
  const auto table = ff::reliability_table(sessions.score, y);
  REQUIRE(table.size() == 10);
  for (const auto& bin : table) {
    CHECK(bin.observed.trials >= 100);
    CHECK(bin.observed.trials <= 101);
  }
  ff::row_set order(1003);
  for (ff::index row = 0; row < 1003; ++row) order[static_cast<std::size_t>(row)] = row;
  ff::random_stream(1).shuffle(std::span(order));
  ff::scores mixed;
  for (const auto row : order) mixed.push_back(sessions.score[static_cast<std::size_t>(row)]);
  CHECK(ff::reliability_table(mixed, y.rows(order)) == table);
  CHECK(ff::reliability_table(sessions.score, y, {}, {.threads = 3}) == table);
}

TEST_CASE("the calibration error, by hand") {
  const ff::scores score{0.25, 0.25, 0.75, 0.75, 0.75, 0.75};
  const auto table = ff::reliability_table(score, ff::labels(std::vector{0, 1, 1, 1, 1, 0}), {.bins = 2});
  REQUIRE(table.size() == 2);
  const auto error = ff::calibration_error_of(table);
  CHECK(close(error.expected, 2.0 / 6 * 0.25, 1e-15));
  CHECK(error.largest == 0.25);
  const double deviation = std::sqrt(2 / 3.14159265358979323846 * 0.1875);
  CHECK(close(error.by_chance, 2.0 / 6 * deviation / std::sqrt(2.0) + 4.0 / 6 * deviation / 2, 1e-14));
}

TEST_CASE("true probabilities show about the error that chance gives") {
  double expected = 0;
  double by_chance = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const auto sessions = honest(4000, seed, 1e12);
    const auto error = ff::calibration_error_of(ff::reliability_table(sessions.score, ff::labels(sessions.label)));
    expected += error.expected / 40;
    by_chance += error.by_chance / 40;
  }
  CHECK(expected / by_chance > 0.9);
  CHECK(expected / by_chance < 1.1);
}

TEST_CASE("what has no reliability") {
  const ff::labels y(std::vector{1, 0});
  const ff::scores score{0.5, 0.6};
  CHECK(thrown_by([&] { return ff::reliability_table(score, y, {.bins = 0}); }) ==
        "bad_option: reliability_table: there must be at least one bin, got 0");
  CHECK(code_thrown_by([&] { return ff::reliability_table(score, y, {.confidence = 1}); }) == "bad_option");
  CHECK(code_thrown_by([&] { return ff::reliability_table(ff::scores{}, ff::labels()); }) == "wrong_shape");
  CHECK(code_thrown_by([&] { return ff::reliability_table(ff::scores{0.5}, y); }) == "wrong_shape");
  CHECK(code_thrown_by([&] { return ff::reliability_table(ff::scores{0.5, 1.01}, y); }) == "bad_value");
  CHECK(code_thrown_by([&] { return ff::reliability_table(ff::scores{0.5, std::nan("")}, y); }) == "missing_value");
  CHECK(code_thrown_by([&] { return ff::calibration_error_of({}); }) == "wrong_shape");
  CHECK(ff::reliability_table(score, ff::labels(std::vector{1, 1})).front().observed.value == 1);
}
