// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/attribution/journey.hpp>
#include <footfall/core/digest.hpp>

#include <tests/attribution/made_journeys.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::path_of;

TEST_CASE("counted paths as journeys") {
  const auto paths = ff::journeys::of_paths({path_of("b a b", 2, 1, 9), path_of("c", 0, 1)});
  CHECK(paths.channels() == std::vector<std::string>{"a", "b", "c"});
  REQUIRE(paths.size() == 4);
  CHECK(paths.visitors() == 4);
  CHECK(std::vector(paths.touches(0).begin(), paths.touches(0).end()) == std::vector<std::int32_t>{1, 0, 1});
  CHECK(std::vector(paths.ages(0).begin(), paths.ages(0).end()) == std::vector<double>{2, 1, 0});
  CHECK(paths.converted(1));
  CHECK_FALSE(paths.converted(2));
  CHECK(paths.revenue(1) == 4.5);
  CHECK(paths.revenue(2) == 0);
  CHECK(paths.conversions() == 2);
  CHECK(paths.revenue_of_all() == 9);
  CHECK(paths.conversions(std::vector<std::uint32_t>{3, 0, 5, 5}) == 3);
  CHECK(paths.revenue_of_all(std::vector<std::uint32_t>{3, 0, 5, 5}) == 13.5);
  CHECK(paths.channel("c") == 2);
  CHECK(code_thrown_by([&] { return paths.channel("d"); }) == "unknown_name");
  CHECK(ff::journeys().visitors() == 0);
  CHECK(ff::journeys().conversions() == 0);
}

TEST_CASE("paths that are none") {
  const auto call = [](ff::path path) { return thrown_by([&] { return ff::journeys::of_paths({path}); }); };
  CHECK(call({}) == "bad_value: journeys::of_paths: a path has no touches");
  CHECK(call(path_of("a", -1)) == "bad_value: journeys::of_paths: counts must be at least 0, got -1 and 0");
  CHECK(call(path_of("a", 1, -1)).substr(0, 9) == "bad_value");
  CHECK(call(path_of("a", 1, 0, -5)).substr(0, 9) == "bad_value");
  CHECK(call(path_of("a", 1, 0, std::nan(""))).substr(0, 9) == "bad_value");
  CHECK(call(path_of("a", 0, 1, 5)).substr(0, 9) == "bad_value");
  CHECK(call(path_of("a", 200'000'000)).substr(0, 5) == "limit");
}

TEST_CASE("parts come back, and make no journeys that cannot be") {
  const auto paths = ff::journeys::of_paths({path_of("a b", 1, 1, 3)});
  const auto again =
      std::apply([](const auto&... members) { return ff::journeys::from_parts(members...); }, paths.parts());
  CHECK(again == paths);
  CHECK(ff::digest_of(again) == ff::digest_of(paths));

  using numbers = std::vector<std::int32_t>;
  const auto with = [](auto... members) { return thrown_by([&] { return ff::journeys::from_parts(members...); }); };
  const std::vector<std::string> ab{"a", "b"};
  using begin = std::vector<std::int64_t>;
  using reals = std::vector<double>;
  using flags = std::vector<std::uint8_t>;
  CHECK(with(ab, begin{0, 2}, numbers{0, 1}, reals{1, 0}, numbers{0}, flags{1}, reals{2}).empty());
  CHECK(with(ab, begin{0, 2}, numbers{0, 2}, reals{1, 0}, numbers{0}, flags{1}, reals{2}) ==
        "bad_parts: journeys: no such channel");
  CHECK(with(ab, begin{0, 0}, numbers{}, reals{}, numbers{0}, flags{1}, reals{2}) ==
        "bad_parts: journeys: a journey has no touches");
  CHECK(with(ab, begin{0, 1}, numbers{0, 1}, reals{1, 0}, numbers{0}, flags{1}, reals{2}) ==
        "bad_parts: journeys: touches are left over");
  CHECK(with(ab, begin{0, 2}, numbers{0, 1}, reals{0, 1}, numbers{0}, flags{1}, reals{2}) ==
        "bad_parts: journeys: ages must be finite, at least 0 and fall");
  CHECK(with(ab, begin{0, 2}, numbers{0, 1}, reals{1, 0}, numbers{1}, flags{1}, reals{2}) ==
        "bad_parts: journeys: visitors must be numbered in their order");
  CHECK(with(ab, begin{0, 2}, numbers{0, 1}, reals{1, 0}, numbers{0}, flags{0}, reals{2}) ==
        "bad_parts: journeys: revenue must be finite, at least 0 and of conversions");
  CHECK(with(ab, begin{0, 2}, numbers{0, 1}, reals{1, 0}, numbers{0}, flags{2}, reals{2}) ==
        "bad_parts: journeys: converted must be 0 or 1");
  CHECK(with(std::vector<std::string>{"a", "a"}, begin{0, 1}, numbers{0}, reals{0}, numbers{0}, flags{1}, reals{2}) ==
        "bad_parts: journeys: a channel is listed twice");
  const std::string lengths = "bad_parts: journeys: lengths do not fit together";
  CHECK(with(ab, begin{0}, numbers{}, reals{}, numbers{0}, flags{1}, reals{2}) == lengths);
  CHECK(with(ab, begin{0, 2}, numbers{0, 1}, reals{1, 0}, numbers{0, 0}, flags{1}, reals{2}) == lengths);
  CHECK(with(ab, begin{0, 2}, numbers{0, 1}, reals{1, 0}, numbers{0}, flags{1}, reals{}) == lengths);
  CHECK(with(ab, begin{0, 2}, numbers{0, 1}, reals{0}, numbers{0}, flags{1}, reals{2}) == lengths);

  // One number at a time, which must be refused wherever it stands.
  const double inf = HUGE_VAL;
  const auto with_revenue = [&](double each) {
    return with(ab, begin{0, 2}, numbers{0, 1}, reals{1, 0}, numbers{0}, flags{1}, reals{each});
  };
  for (const double each : {-1.0, inf, std::nan("")}) CHECK(with_revenue(each).find("revenue must be") < 30);
  for (const double each : {-1.0, inf, std::nan("")}) {
    CHECK(with(ab, begin{0, 1}, numbers{0}, reals{each}, numbers{0}, flags{0}, reals{0}).find("ages must be") < 30);
  }
  CHECK(with(ab, begin{0, 1}, numbers{-1}, reals{0}, numbers{0}, flags{0}, reals{0}).find("no such channel") < 30);
  const auto with_second_visitor = [&](std::int32_t each) {
    return with(ab, begin{0, 1, 2}, numbers{0, 1}, reals{0, 0}, numbers{0, each}, flags{1, 1}, reals{2, 2});
  };
  CHECK(with_second_visitor(0).empty());
  CHECK(with_second_visitor(1).empty());
  CHECK(with_second_visitor(2).find("visitors must be") < 30);
  CHECK(with_second_visitor(-1).find("visitors must be") < 30);
}
