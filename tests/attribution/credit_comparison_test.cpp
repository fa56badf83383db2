// SPDX-License-Identifier: MIT
#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/attribution/credit_comparison.hpp>

#include <tests/attribution/made_journeys.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::path_of;
using footfall_tests::random_paths;

TEST_CASE("ranks, their range and how far models agree") {
  // First touch: a 5, b 3, c 0. Last touch: c 5, a and b 1.5 each by a rule of our own. Equal: all the same.
  const auto paths = ff::journeys::of_paths({path_of("a c", 5), path_of("b", 3)});
  std::vector<ff::named_model> models;
  models.emplace_back("first", ff::first_touch{});
  models.emplace_back("last", ff::last_touch{});
  models.emplace_back("linear", ff::linear_touch{});
  const auto found = ff::compare_credit(paths, models);
  CHECK(found.channels == std::vector<std::string>{"a", "b", "c"});
  CHECK(found.models == std::vector<std::string>{"first", "last", "linear"});
  ff::matrix<double> conversions(3, 3), ranks(3, 3);
  conversions << 5, 0, 2.5, 3, 3, 3, 0, 5, 2.5;
  ranks << 1, 3, 2.5, 2, 2, 1, 3, 1, 2.5;
  CHECK(found.conversions == conversions);
  CHECK(found.ranks == ranks);
  CHECK(found.rank_range(0) == std::pair{1.0, 3.0});
  CHECK(found.rank_range(1) == std::pair{1.0, 2.0});
  CHECK(found.agreement(0, 0) == 1);
  CHECK(found.agreement(0, 1) == -1);
  // Of three pairs one together, one apart, one tied in one of them: 0.
  CHECK(found.agreement(0, 2) == 0);
  CHECK(found.agreement(2, 0) == 0);
}

TEST_CASE("the usual models run side by side and agree with themselves alone") {
  const auto paths = ff::journeys::of_paths(random_paths(200, 5, 3));
  const auto models = ff::usual_models(2, "c0");
  REQUIRE(models.size() == 9);
  CHECK(ff::usual_models(2).size() == 8);
  const auto one = ff::compare_credit(paths, models, {.threads = 1});
  const auto three = ff::compare_credit(paths, models, {.threads = 3});
  CHECK(one.conversions == three.conversions);
  CHECK(one.revenue == three.revenue);
  for (ff::index at = 0; at < 9; ++at) {
    CHECK(one.conversions(2, at) == models[static_cast<std::size_t>(at)].credit_of(paths).conversions[2]);
    CHECK(std::fabs(one.conversions.col(at).sum() - static_cast<double>(paths.conversions())) < 1e-9);
    CHECK(one.ranks.col(at).sum() == 15);
  }
}

TEST_CASE("nothing to compare") {
  CHECK(code_thrown_by([] { return ff::compare_credit(ff::journeys::of_paths({path_of("a", 1)}), {}); }) ==
        "wrong_shape");
  CHECK(code_thrown_by([] { return ff::compare_credit({}, ff::usual_models(7)); }) == "wrong_shape");
  // One channel has nothing to agree about.
  CHECK(std::isnan(ff::compare_credit(ff::journeys::of_paths({path_of("a", 1)}), ff::usual_models(7)).agreement(0, 1)));
}
