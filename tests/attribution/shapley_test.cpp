// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/attribution/shapley.hpp>

#include <tests/attribution/made_journeys.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::path_of;
using footfall_tests::random_paths;

namespace {

void check(const std::vector<double>& found, const std::vector<double>& expected, double within = 1e-12) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) CHECK(std::fabs(found[i] - expected[i]) <= within);
}

// The definition: the mean over all orders of what a channel adds to those before it.
template <class Worth>
std::vector<double> by_all_orders(int channels, Worth worth) {
  std::vector<int> order(static_cast<std::size_t>(channels));
  std::iota(order.begin(), order.end(), 0);
  std::vector<double> values(order.size());
  double orders = 0;
  do {
    std::set<int> joined;
    for (const int channel : order) {
      const double before = worth(joined);
      joined.insert(channel);
      values[static_cast<std::size_t>(channel)] += worth(joined) - before;
    }
    ++orders;
  } while (std::next_permutation(order.begin(), order.end()));
  for (double& each : values) each /= orders;
  return values;
}

struct within {
  double journeys = 0, conversions = 0, revenue = 0;
};

within those_within(const ff::journeys& paths, const std::set<int>& joined) {
  within sum;
  for (ff::index i = 0; i < paths.size(); ++i) {
    const auto touches = paths.touches(i);
    if (!std::all_of(touches.begin(), touches.end(), [&](int touch) { return joined.contains(touch); })) continue;
    ++sum.journeys;
    sum.conversions += paths.converted(i);
    sum.revenue += paths.revenue(i);
  }
  return sum;
}

}  // namespace

TEST_CASE("the examples that can be checked by hand") {
  check(ff::additive_shapley{}.credit_of(ff::journeys::of_paths({path_of("a", 4), path_of("a b", 6)})).conversions,
        {7, 3});
  check(ff::additive_shapley{}.credit_of(ff::journeys::of_paths({path_of("a b c d", 10)})).conversions,
        {2.5, 2.5, 2.5, 2.5});
  check(ff::additive_shapley{}.credit_of(ff::journeys::of_paths({path_of("a b a a", 2, 0, 9)})).revenue, {4.5, 4.5});
  // Alone, a converts 1 of 2 and b none of 1; all three together 1 of 4.
  const auto rates = ff::rate_shapley{}.contributions(
      ff::journeys::of_paths({path_of("a", 1, 1), path_of("b", 0, 1), path_of("a b", 0, 1)}));
  check(rates.conversion, {0.375, -0.125});
  CHECK(rates.exact);
}

TEST_CASE("the closed form and the set transform agree with the definition") {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const auto paths = ff::journeys::of_paths(random_paths(60, 5, seed));
    const auto additive = ff::additive_shapley{}.credit_of(paths);
    check(additive.conversions, by_all_orders(5, [&](const auto& set) { return those_within(paths, set).conversions; }),
          1e-11);
    check(additive.revenue, by_all_orders(5, [&](const auto& set) { return those_within(paths, set).revenue; }), 1e-9);
    const auto rates = ff::rate_shapley{}.contributions(paths);
    check(rates.conversion, by_all_orders(5, [&](const auto& set) {
            const auto sum = those_within(paths, set);
            return sum.journeys > 0 ? sum.conversions / sum.journeys : 0;
          }));
    check(rates.revenue,
          by_all_orders(5,
                        [&](const auto& set) {
                          const auto sum = those_within(paths, set);
                          return sum.journeys > 0 ? sum.revenue / sum.journeys : 0;
                        }),
          1e-11);
  }
}

TEST_CASE("drawn orders come within their standard errors of the exact values") {
  const auto paths = ff::journeys::of_paths(random_paths(400, 8, 4));
  const auto exact = ff::rate_shapley{}.contributions(paths);
  const auto drawn = ff::rate_shapley{.pairs = 2'000, .exact_up_to = 7}.contributions(paths);
  CHECK_FALSE(drawn.exact);
  int outside = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    CHECK(drawn.conversion_error[i] > 0);
    CHECK(drawn.conversion_error[i] < 0.01);
    outside += std::fabs(drawn.conversion[i] - exact.conversion[i]) > 3 * drawn.conversion_error[i];
    outside += std::fabs(drawn.revenue[i] - exact.revenue[i]) > 3 * drawn.revenue_error[i];
  }
  CHECK(outside == 0);
  const auto again = ff::rate_shapley{.pairs = 2'000, .exact_up_to = 7}.contributions(paths, {}, {.threads = 3});
  CHECK(again.conversion == drawn.conversion);
  CHECK(again.revenue_error == drawn.revenue_error);
  CHECK(ff::rate_shapley{.pairs = 2'000, .seed = 2, .exact_up_to = 7}.contributions(paths).conversion !=
        drawn.conversion);
}

TEST_CASE("of two channels an order and its mirror are all orders: nothing is left to chance") {
  const auto paths = ff::journeys::of_paths(
      {{{"a"}, 3, 5, 30}, {{"b"}, 1, 9, 20}, {{"a", "b"}, 6, 2, 90}});  // alone 3/8 and 1/10, together 10/26
  const auto exact = ff::rate_shapley{}.contributions(paths);
  const auto drawn = ff::rate_shapley{.pairs = 20, .exact_up_to = 1}.contributions(paths);
  CHECK_FALSE(drawn.exact);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(std::fabs(drawn.conversion[i] - exact.conversion[i]) < 1e-14);
    CHECK(drawn.conversion_error[i] < 1e-14);
    CHECK(drawn.revenue_error[i] < 1e-12);
  }
}

TEST_CASE("twenty channels are exact, twenty-one are drawn, sixty-five too many") {
  const auto twenty = ff::rate_shapley{}.contributions(ff::journeys::of_paths(random_paths(2'000, 20, 5)));
  CHECK(twenty.exact);
  const auto paths = ff::journeys::of_paths(random_paths(2'000, 21, 5));
  const auto more = ff::rate_shapley{.pairs = 20}.contributions(paths);
  CHECK_FALSE(more.exact);
  const double rate = static_cast<double>(paths.conversions()) / static_cast<double>(paths.size());
  CHECK(std::fabs(std::accumulate(more.conversion.begin(), more.conversion.end(), 0.0) - rate) < 1e-12);
  const auto wide = ff::journeys::of_paths(random_paths(2'000, 65, 5));
  REQUIRE(wide.channels().size() == 65);
  CHECK(thrown_by([&] { return ff::rate_shapley{}.contributions(wide); }) ==
        "limit: rate_shapley: at most 64 channels, got 65");
  CHECK(ff::additive_shapley{}.credit_of(wide).conversions.size() == 65);
  CHECK(code_thrown_by([&] { return ff::rate_shapley{.pairs = 1}.contributions(paths); }) == "bad_option");
  CHECK(code_thrown_by([&] { return ff::rate_shapley{.exact_up_to = 21}.contributions(paths); }) == "bad_option");
}
