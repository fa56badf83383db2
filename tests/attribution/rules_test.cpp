// SPDX-License-Identifier: MIT
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/attribution/rules.hpp>

#include <tests/attribution/made_journeys.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::path_of;

namespace {

void check(const std::vector<double>& found, const std::vector<double>& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) CHECK(std::fabs(found[i] - expected[i]) <= 1e-12);
}

const ff::journeys& loops() {
  static const auto paths =
      ff::journeys::of_paths({path_of("A B A B B A", 1), path_of("A B B A A", 1), path_of("A A", 1)});
  return paths;
}

}  // namespace

TEST_CASE("the examples that can be checked by hand") {
  check(ff::linear_touch{}.credit_of(loops()).conversions, {2.1, 0.9});
  check(ff::first_touch{}.credit_of(loops()).conversions, {3, 0});
  check(ff::last_touch{}.credit_of(loops()).conversions, {3, 0});
}

TEST_CASE("by position: one, two, three and more touches") {
  const auto of = [](const char* touches, const ff::position_based& rule = {}) {
    return rule.credit_of(ff::journeys::of_paths({path_of(touches, 1)})).conversions;
  };
  check(of("a"), {1});
  check(of("a b"), {0.5, 0.5});
  check(of("a b c"), {0.4, 0.2, 0.4});
  check(of("a b c d"), {0.4, 0.1, 0.1, 0.4});
  check(of("a b", {.first = 0.6, .last = 0.2}), {0.75, 0.25});
  check(of("a b", {.first = 0, .last = 0}), {0.5, 0.5});
  check(of("a b c", {.first = 0, .last = 0}), {0, 1, 0});
  check(of("a b c", {.first = 0.3, .last = 0.7}), {0.3, 0, 0.7});
  check(of("a b a"), {0.8, 0.2});
  const auto paths = ff::journeys::of_paths({path_of("a", 1)});
  CHECK(thrown_by([&] { return ff::position_based{.first = 0.7, .last = 0.4}.credit_of(paths); }) ==
        "bad_option: position_based: first and last must be at least 0 and at most 1 together, got 0.7 and 0.4");
  CHECK(code_thrown_by([&] { return ff::position_based{.first = -0.1}.credit_of(paths); }) == "bad_option");
  CHECK(code_thrown_by([&] { return ff::position_based{.first = std::nan("")}.credit_of(paths); }) == "bad_option");
}

TEST_CASE("last non-direct") {
  const auto paths = ff::journeys::of_paths(
      {path_of("ads mail Direct Direct", 1, 0, 8), path_of("Direct", 1, 0, 4), path_of("Direct ads", 1, 0, 2)});
  const auto found = ff::last_non_direct{}.credit_of(paths);  // Direct, ads, mail
  check(found.conversions, {1, 1, 1});
  check(found.revenue, {4, 2, 8});
  CHECK(thrown_by([&] { return ff::last_non_direct{"direct"}.credit_of(paths); }) ==
        "unknown_name: journeys: there is no channel 'direct'");
}

TEST_CASE("time decay, continuous and stepped") {
  // a is 15 days old, b 6, c 0.
  const auto paths = ff::journeys::from_parts({"a", "b", "c"}, {0, 3}, {0, 1, 2}, {15, 6, 0}, {0}, {1}, {10});
  const double a = std::pow(0.5, 15.0 / 7), b = std::pow(0.5, 6.0 / 7), sum = a + b + 1;
  check(ff::time_decay{.half_life = 7}.credit_of(paths).conversions, {a / sum, b / sum, 1 / sum});
  check(ff::time_decay{.half_life = 7, .stepped = true}.credit_of(paths).conversions,
        {0.25 / 2.25, 1 / 2.25, 1 / 2.25});
  check(ff::time_decay{.half_life = 7, .stepped = true}.credit_of(paths).revenue, {2.5 / 2.25, 10 / 2.25, 10 / 2.25});

  // Touches so old that each weight by itself is 0.
  const auto old = ff::journeys::from_parts({"a", "b"}, {0, 2}, {0, 1}, {1e6 + 1, 1e6}, {0}, {1}, {0});
  check(ff::time_decay{.half_life = 1}.credit_of(old).conversions, {1.0 / 3, 2.0 / 3});

  CHECK(code_thrown_by([&] { return ff::time_decay{.half_life = 0}.credit_of(paths); }) == "bad_option");
  CHECK(code_thrown_by([&] { return ff::time_decay{.half_life = std::nan("")}.credit_of(paths); }) == "bad_option");
}

TEST_CASE("a rule of your own must share out all and no more") {
  const auto paths = ff::journeys::of_paths({path_of("a b", 1)});
  const auto with = [&](double to_a, double to_b) {
    return thrown_by([&] {
      return ff::custom_rule{[&](auto, auto, auto shares) {
               shares[0] = to_a;
               shares[1] = to_b;
             }}
          .credit_of(paths);
    });
  };
  CHECK(with(0.25, 0.75).empty());
  CHECK(with(0.5, 0.6) == "bad_value: custom_rule: shares must add up to 1, got 1.1");
  CHECK(with(-0.5, 1.5) == "bad_value: custom_rule: a share must be at least 0, got -0.5");
  CHECK(with(std::nan(""), 1).substr(0, 9) == "bad_value");
  CHECK(code_thrown_by([&] { return ff::custom_rule{}.credit_of(paths); }) == "bad_option");
}
