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

TEST_CASE("visitors are drawn as often as there are any") {
  const auto counts = ff::resampled_visitors(1'000, 3, 0);
  CHECK(std::accumulate(counts.begin(), counts.end(), 0) == 1'000);
  CHECK(counts != ff::resampled_visitors(1'000, 3, 1));
  CHECK(counts == ff::resampled_visitors(1'000, 3, 0));
  // A visitor is left out with probability 1 / e.
  CHECK(std::abs(std::count(counts.begin(), counts.end(), 0) - 368) < 50);
}

TEST_CASE("percentiles lie between order statistics") {
  const std::vector<double> values{1, 2, 3, 4, 5};
  CHECK(ff::detail::sorted_quantile(values, 0.5) == 3);
  CHECK(ff::detail::sorted_quantile(values, 0) == 1);
  CHECK(ff::detail::sorted_quantile(values, 1) == 5);
  CHECK(ff::detail::sorted_quantile(values, 0.875) == 4.5);
}

// Last touch of 4,000 visitors, 300 of whom a converts: resampling must find the binomial spread.
TEST_CASE("the interval of a count is that of a binomial count") {
  const auto paths = ff::journeys::of_paths({path_of("a", 300, 1'700, 3'000), path_of("b", 100, 1'900, 1'000)});
  const auto found = ff::credit_with_intervals(paths, ff::last_touch{}, {.resamples = 1'000});
  REQUIRE(found.size() == 2);
  CHECK(found[0].channel == "a");
  CHECK(found[0].conversions == 300);
  CHECK(found[0].share == 0.75);
  const auto expected = ff::wilson_interval(300, 4'000);
  CHECK(std::fabs(found[0].conversions_interval.low - 4'000 * expected.low) < 6);
  CHECK(std::fabs(found[0].conversions_interval.high - 4'000 * expected.high) < 6);
  CHECK(close(found[0].revenue_interval.low, 10 * found[0].conversions_interval.low, 1e-12));
  const auto share = ff::wilson_interval(300, 400);
  CHECK(std::fabs(found[0].share_interval.low - share.low) < 0.015);
  CHECK(std::fabs(found[0].share_interval.high - share.high) < 0.015);
  CHECK(found[0].leads == 1);
  CHECK(found[1].leads == 0);
}

TEST_CASE("who leads is uncertain where channels are equal; ties are nobody's lead") {
  const auto paths = ff::journeys::of_paths({path_of("a", 30, 70), path_of("b", 30, 70)});
  const auto found = ff::credit_with_intervals(paths, ff::first_touch{}, {.resamples = 400});
  CHECK(std::fabs(found[0].leads - found[1].leads) < 0.15);
  CHECK(found[0].leads + found[1].leads < 1);
  const auto none =
      ff::credit_with_intervals(ff::journeys::of_paths({path_of("a", 0, 5), path_of("b", 0, 5)}), ff::first_touch{});
  CHECK(none[0].conversions_interval == ff::interval{0, 0, 0.95});
  CHECK(none[0].share == 0);
  CHECK(none[0].leads == 0);
}

TEST_CASE("the journeys of one visitor are drawn together") {
  // One visitor with both conversions, or two visitors with one each: the former is all or nothing.
  using numbers = std::vector<std::int32_t>;
  const auto with = [](numbers visitor) {
    return ff::journeys::from_parts({"a"}, {0, 1, 2, 3}, {0, 0, 0}, {0, 0, 0}, std::move(visitor), {1, 1, 0},
                                    {0, 0, 0});
  };
  for (int i = 0; i < 50; ++i) {
    const auto together = with({0, 0, 1});
    const auto counts = ff::resampled_visitors(together.visitors(), 1, i);
    CHECK(static_cast<std::int64_t>(ff::last_touch{}.credit_of(together, counts).conversions[0]) % 2 == 0);
  }
  CHECK(with({0, 1, 2}).visitors() == 3);
}

TEST_CASE("any number of threads gives the same bytes; progress is heard") {
  const auto paths = ff::journeys::of_paths(random_paths(200, 4, 9));
  const auto one = ff::credit_with_intervals(paths, ff::markov{}, {.resamples = 50}, {.threads = 1});
  ff::index heard = 0;
  const auto four = ff::credit_with_intervals(paths, ff::markov{}, {.resamples = 50},
                                              {.threads = 4, .progress = [&](auto, ff::index done, ff::index) {
                                                 heard = done;
                                                 return true;
                                               }});
  CHECK(heard == 50);
  for (std::size_t i = 0; i < one.size(); ++i) {
    CHECK(one[i].conversions_interval == four[i].conversions_interval);
    CHECK(one[i].revenue_interval == four[i].revenue_interval);
    CHECK(one[i].leads == four[i].leads);
    CHECK(one[i].conversions_interval.contains(one[i].conversions));
  }
}

TEST_CASE("options out of range") {
  const auto paths = ff::journeys::of_paths({path_of("a", 1)});
  CHECK(code_thrown_by([&] { return ff::credit_with_intervals(paths, ff::last_touch{}, {.resamples = 1}); }) ==
        "bad_option");
  CHECK(code_thrown_by([&] { return ff::credit_with_intervals(paths, ff::last_touch{}, {.confidence = 0}); }) ==
        "bad_option");
  CHECK(code_thrown_by([] { return ff::credit_with_intervals({}, ff::last_touch{}); }) == "wrong_shape");
}
