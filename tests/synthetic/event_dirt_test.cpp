// SPDX-License-Identifier: MIT
// Arrivals hold every event once or twice, in the order of time but for those that come late.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/synthetic/event_dirt.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using ff::arrival_order;

const ff::random_stream stream(4);

std::vector<std::int64_t> some_times() {
  std::vector<std::int64_t> times;
  ff::random_stream own(1);
  for (int i = 0; i < 2'000; ++i) times.push_back(static_cast<std::int64_t>(own.below(1'000'000'000)));
  return times;
}

}  // namespace

TEST_CASE("without dirt events come in the order of time, equal times as given") {
  CHECK(arrival_order(std::vector<std::int64_t>{30, 10, 20, 10}, {}, stream) == std::vector<std::size_t>{1, 3, 2, 0});
  CHECK(arrival_order({}, {}, stream).empty());
}

TEST_CASE("late events are late by no more than stated") {
  const auto times = some_times();
  const auto order = arrival_order(times, {.late = 0.1, .lateness = 5'000'000}, stream);
  REQUIRE(order.size() == times.size());
  std::int64_t latest = 0;
  int late = 0;
  for (const std::size_t at : order) {
    late += times[at] < latest ? 1 : 0;
    REQUIRE(times[at] >= latest - 5'000'000);
    latest = std::max(latest, times[at]);
  }
  CHECK(late > 100);  // of about 200, some of which overtake nobody
  CHECK(late <= 260);
}

TEST_CASE("duplicates come twice, everything else once") {
  const auto times = some_times();
  auto order = arrival_order(times, {.duplicated = 0.05}, stream);
  CHECK(std::fabs(static_cast<double>(order.size()) - 2'100) < 40);  // four standard deviations
  std::sort(order.begin(), order.end());
  CHECK(std::unique(order.begin(), order.end()) - order.begin() == 2'000);
}

TEST_CASE("the second arrival follows the first, no later than stated") {
  const auto times = some_times();
  const auto order = arrival_order(times, {.duplicated = 1, .lateness = 5'000'000}, stream);
  REQUIRE(order.size() == 4'000);
  std::vector<bool> came(times.size());
  std::int64_t latest = 0;
  for (const std::size_t at : order) {
    if (!came[at]) REQUIRE(times[at] >= latest);  // nothing is late, so first arrivals are in the order of time
    REQUIRE(times[at] >= latest - 5'000'000);
    latest = std::max(latest, times[at]);
    came[at] = true;
  }
}

TEST_CASE("shuffled means any order, of the same events") {
  const auto times = some_times();
  const auto in_time = arrival_order(times, {}, stream);
  auto order = arrival_order(times, {.shuffled = true}, stream);
  CHECK(order != in_time);
  CHECK(order == arrival_order(times, {.shuffled = true}, stream));
  std::sort(order.begin(), order.end());
  for (std::size_t i = 0; i < order.size(); ++i) REQUIRE(order[i] == i);
}

TEST_CASE("options out of range are refused") {
  CHECK(thrown_by([] { return arrival_order({}, {.duplicated = -0.1}, stream); }) ==
        "bad_option: event_dirt: duplicated must be in [0, 1], got -0.1");
  CHECK(code_thrown_by([] { return arrival_order({}, {.late = std::nan("")}, stream); }) == "bad_option");
  CHECK(code_thrown_by([] { return arrival_order({}, {.lateness = -1}, stream); }) == "bad_option");
}
