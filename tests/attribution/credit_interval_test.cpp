// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/attribution/credit_interval.hpp>
#include <footfall/attribution/markov.hpp>
#include <footfall/attribution/rules.hpp>
#include <footfall/statistics/interval.hpp>

#include <tests/attribution/made_journeys.hpp>
#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::path_of;
using footfall_tests::random_paths;

// Last touch of 4,000 visitors, 300 of whom a converts: resampling must find the binomial spread.
TEST_CASE("the interval of a count is that of a binomial count") {
  const auto paths = ff::journeys::of_paths({path_of("a", 300, 1'700, 3'000), path_of("b", 100, 1'900, 1'000)});
  const auto found = ff::credit_with_intervals(paths, ff::last_touch{}, {.replicates = 1'000});
  REQUIRE(found.size() == 2);
  CHECK(found[0].channel == "a");
  CHECK(found[0].conversions.value == 300);
  CHECK(found[0].share.value == 0.75);
  const auto expected = ff::wilson_interval(300, 4'000);
  CHECK(std::fabs(found[0].conversions.range.low - 4'000 * expected.low) < 6);
  CHECK(std::fabs(found[0].conversions.range.high - 4'000 * expected.high) < 6);
  CHECK(close(found[0].revenue.range.low, 10 * found[0].conversions.range.low, 1e-12));
  const auto share = ff::wilson_interval(300, 400);
  CHECK(std::fabs(found[0].share.range.low - share.low) < 0.015);
  CHECK(std::fabs(found[0].share.range.high - share.high) < 0.015);
  CHECK(found[0].leads == 1);
  CHECK(found[1].leads == 0);
}

TEST_CASE("who leads is uncertain where channels are equal; ties are nobody's lead") {
  const auto paths = ff::journeys::of_paths({path_of("a", 30, 70), path_of("b", 30, 70)});
  const auto found = ff::credit_with_intervals(paths, ff::first_touch{}, {.replicates = 400});
  CHECK(std::fabs(found[0].leads - found[1].leads) < 0.15);
  CHECK(found[0].leads + found[1].leads < 1);
  const auto none =
      ff::credit_with_intervals(ff::journeys::of_paths({path_of("a", 0, 5), path_of("b", 0, 5)}), ff::first_touch{});
  CHECK(none[0].conversions.range == ff::interval{0, 0, 0.95});
  CHECK(none[0].share.value == 0);
  CHECK(none[0].leads == 0);
}

TEST_CASE("the journeys of one visitor are drawn together") {
  // One visitor with both conversions, or two visitors with one each: the former is all or nothing.
  using numbers = std::vector<std::int32_t>;
  const auto with = [](numbers visitor) {
    return ff::journeys::from_parts({"a"}, {0, 1, 2, 3}, {0, 0, 0}, {0, 0, 0}, std::move(visitor), {1, 1, 0},
                                    {0, 0, 0});
  };
  const auto spread = [&](numbers visitor) {
    return ff::credit_with_intervals(with(std::move(visitor)), ff::last_touch{}, {.replicates = 4'000})[0]
        .conversions.standard_error;
  };
  // Variances 2 (2 of 2 visitors, all or nothing) and 2/3 (3 visitors, each with probability 2/3).
  CHECK(close(spread({0, 0, 1}), std::sqrt(2.0), 0.05));
  CHECK(close(spread({0, 1, 2}), std::sqrt(2.0 / 3), 0.05));
  CHECK(with({0, 1, 2}).visitors() == 3);
}

TEST_CASE("any number of threads gives the same bytes; progress is heard") {
  const auto paths = ff::journeys::of_paths(random_paths(200, 4, 9));
  const auto one = ff::credit_with_intervals(paths, ff::markov{}, {.replicates = 50}, {.threads = 1});
  ff::index heard = 0;
  const auto four = ff::credit_with_intervals(paths, ff::markov{}, {.replicates = 50},
                                              {.threads = 4, .progress = [&](auto, ff::index done, ff::index) {
                                                 heard = done;
                                                 return true;
                                               }});
  CHECK(heard == 50);
  CHECK(one == four);
  for (const auto& each : one) CHECK(each.conversions.range.contains(each.conversions.value));
}

TEST_CASE("options out of range") {
  const auto paths = ff::journeys::of_paths({path_of("a", 1)});
  CHECK(code_thrown_by([&] { return ff::credit_with_intervals(paths, ff::last_touch{}, {.replicates = 1}); }) ==
        "bad_option");
  CHECK(code_thrown_by([&] { return ff::credit_with_intervals(paths, ff::last_touch{}, {.confidence = 0}); }) ==
        "bad_option");
  CHECK(code_thrown_by([] { return ff::credit_with_intervals({}, ff::last_touch{}); }) == "wrong_shape");
}
