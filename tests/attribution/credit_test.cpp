// SPDX-License-Identifier: MIT
// What every model must obey, on random journeys.
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/attribution/credit.hpp>
#include <footfall/attribution/markov.hpp>
#include <footfall/attribution/rules.hpp>
#include <footfall/attribution/shapley.hpp>

#include <tests/attribution/made_journeys.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::path_of;
using footfall_tests::random_paths;

namespace {

struct named {
  std::string name;
  std::function<ff::credit(const ff::journeys&, ff::visitor_counts)> credit_of;
};

template <ff::attribution_model Model>
named with_name(std::string name, Model model) {
  return {std::move(name),
          [model](const ff::journeys& paths, ff::visitor_counts counts) { return model.credit_of(paths, counts); }};
}

std::vector<named> all_models() {
  return {with_name("first", ff::first_touch{}),
          with_name("last", ff::last_touch{}),
          with_name("last non-direct", ff::last_non_direct{"c0"}),
          with_name("linear", ff::linear_touch{}),
          with_name("position", ff::position_based{}),
          with_name("decay", ff::time_decay{.half_life = 2.5}),
          with_name("stepped decay", ff::time_decay{.half_life = 2, .stepped = true}),
          with_name("custom", ff::custom_rule{[](auto, auto, auto shares) {
                      for (double& each : shares) each = 0;
                      shares[shares.size() / 2] = 1;
                    }}),
          with_name("markov 1", ff::markov{1}),
          with_name("markov 2", ff::markov{2}),
          with_name("markov 3", ff::markov{3}),
          with_name("additive shapley", ff::additive_shapley{}),
          with_name("rate shapley", ff::rate_shapley{}),
          with_name("sampled shapley", ff::rate_shapley{.pairs = 5, .exact_up_to = 0})};
}

bool near(double found, double expected) {
  return std::fabs(found - expected) <= 1e-11 * std::max(1.0, std::fabs(expected));
}

}  // namespace

TEST_CASE("credit adds up to the conversions and to the revenue") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto paths = ff::journeys::of_paths(random_paths(seed == 0 ? 1 : 100, 1 + static_cast<int>(seed) % 6, seed));
    for (const auto& model : all_models()) {
      if (model.name == "last non-direct" && paths.channels().front() != "c0") continue;
      INFO(model.name, " seed ", seed);
      const auto found = model.credit_of(paths, {});
      REQUIRE(found.conversions.size() == paths.channels().size());
      const double conversions = std::accumulate(found.conversions.begin(), found.conversions.end(), 0.0);
      const double revenue = std::accumulate(found.revenue.begin(), found.revenue.end(), 0.0);
      CHECK(near(conversions, static_cast<double>(paths.conversions())));
      CHECK(near(revenue, paths.revenue_of_all()));
      if (model.name.find("shapley") != std::string::npos && model.name[0] != 'a') continue;
      for (const double each : found.conversions) CHECK(each >= 0);
    }
  }
}

TEST_CASE("the order of the journeys changes no bit") {
  auto paths = random_paths(300, 5, 77);
  const auto first = ff::journeys::of_paths(paths);
  ff::random_stream(3).shuffle(std::span(paths));
  const auto second = ff::journeys::of_paths(paths);
  for (const auto& model : all_models()) {
    INFO(model.name);
    CHECK(model.credit_of(first, {}) == model.credit_of(second, {}));
  }
}

TEST_CASE("a visitor of count 2 is two visitors, and one of count 0 none") {
  const auto paths = random_paths(60, 4, 5);
  std::vector<ff::path> counted;
  std::vector<std::uint32_t> counts;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    counts.push_back(static_cast<std::uint32_t>(i % 3));
    for (std::size_t copy = 0; copy < i % 3; ++copy) counted.push_back(paths[i]);
  }
  const auto weighted = ff::journeys::of_paths(paths);
  const auto repeated = ff::journeys::of_paths(counted);
  REQUIRE(weighted.channels() == repeated.channels());
  CHECK(weighted.conversions(counts) == repeated.conversions());
  for (const auto& model : all_models()) {
    INFO(model.name);
    const auto a = model.credit_of(weighted, counts);
    const auto b = model.credit_of(repeated, {});
    for (std::size_t i = 0; i < a.conversions.size(); ++i) {
      CHECK(near(a.conversions[i], b.conversions[i]));
      CHECK(near(a.revenue[i], b.revenue[i]));
    }
  }
}

TEST_CASE("other names give the same credit under other names") {
  const auto paths = random_paths(80, 4, 6);
  const std::map<std::string, std::string> rename{{"c0", "z"}, {"c1", "y"}, {"c2", "x"}, {"c3", "w"}};
  auto renamed = paths;
  for (auto& each : renamed) {
    for (auto& touch : each.touches) touch = rename.at(touch);
  }
  const auto a = ff::journeys::of_paths(paths);
  const auto b = ff::journeys::of_paths(renamed);
  for (const auto& model : all_models()) {
    if (model.name == "last non-direct" || model.name == "sampled shapley") continue;
    INFO(model.name);
    const auto of_a = model.credit_of(a, {});
    const auto of_b = model.credit_of(b, {});
    for (std::size_t i = 0; i < 4; ++i) CHECK(near(of_a.conversions[i], of_b.conversions[3 - i]));
  }
}

TEST_CASE("0 and 1 and 21 channels") {
  const ff::journeys none;
  const auto one = ff::journeys::of_paths({path_of("c0", 3, 2, 30)});
  std::vector<ff::path> wide = random_paths(200, 21, 8);
  const auto many = ff::journeys::of_paths(wide);
  REQUIRE(many.channels().size() == 21);
  for (const auto& model : all_models()) {
    INFO(model.name);
    if (model.name != "last non-direct") CHECK(model.credit_of(none, {}).conversions.empty());
    CHECK(near(model.credit_of(one, {}).conversions.at(0), 3));
    CHECK(near(model.credit_of(one, {}).revenue.at(0), 30));
    if (model.name == "markov 3") continue;  // many states
    const auto found = model.credit_of(many, {});
    CHECK(near(std::accumulate(found.conversions.begin(), found.conversions.end(), 0.0),
               static_cast<double>(many.conversions())));
  }
}

TEST_CASE("journeys without a conversion give no credit, and are no error") {
  const auto paths = ff::journeys::of_paths({path_of("c0 c1", 0, 5), path_of("c1", 0, 1)});
  for (const auto& model : all_models()) {
    INFO(model.name);
    CHECK(model.credit_of(paths, {}) == ff::credit{{0, 0}, {0, 0}});
  }
}

TEST_CASE("counts that do not fit are refused") {
  const auto paths = ff::journeys::of_paths({path_of("c0 c1", 2, 1)});
  for (const auto& model : all_models()) {
    INFO(model.name);
    CHECK(code_thrown_by([&] { return model.credit_of(paths, std::vector<std::uint32_t>{1, 1}); }) == "wrong_shape");
  }
}
