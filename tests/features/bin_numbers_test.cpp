// SPDX-License-Identifier: MIT
// Bins of equal counts and with stated edges.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/features/bin_numbers.hpp>

#include <tests/oracle/features.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

using oracle::missing;
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> listed(const ff::matrix<double>& values) { return {values.data(), values.data() + values.size()}; }

ff::table of(std::vector<double> seconds) {
  return ff::table({ff::column::numeric("seconds", std::move(seconds), ff::stage::browse)});
}
std::vector<double> inner(const std::vector<double>& edges) { return {edges.begin() + 1, edges.end() - 1}; }

}  // namespace

TEST_CASE("edges and bins are those of scikit-learn's KBinsDiscretizer") {
  const ff::table sessions(
      {ff::column::numeric("seconds", oracle::seconds), ff::column::numeric("value", oracle::value)});
  const auto fitted = ff::bin_numbers{.columns = {"seconds", "value"}, .count = 5}.fit(sessions);
  CHECK(fitted.edges()[0] == inner(oracle::bin_edges_seconds));
  CHECK(fitted.edges()[1] == inner(oracle::bin_edges_value));
  CHECK(listed(fitted.transform(sessions).values().transpose()) == oracle::bins);
}

TEST_CASE("few values give few bins, and a number on an edge lies above it") {
  const auto fitted = ff::bin_numbers{.columns = {"seconds"}, .count = 4}.fit(of({0, 0, 0, 0, 0, 0, 0, 1, 2, 2}));
  CHECK(fitted.edges() == std::vector<std::vector<double>>{{1}});  // quartiles 0, 0, 1
  CHECK(listed(fitted.transform(of({-1, 0, 0.5, 1, 9, infinity})).values()) == std::vector<double>{0, 0, 0, 1, 1, 1});
  CHECK(ff::bin_numbers{{"seconds"}}.fit(of({3, 3, 3})).edges().front().empty());
}

TEST_CASE("stated edges are taken as they are") {
  const auto fitted = ff::bin_numbers{.columns = {"seconds"}, .edges = {10, 60}}.fit(of({}));
  CHECK(ff::digest_of(listed(fitted.transform(of({9, 10, 60, missing})).values())) ==
        ff::digest_of(std::vector<double>{0, 1, 2, missing}));
  CHECK(fitted.transform(of({9})).columns()[0] == ff::feature_info{"bin(seconds)", "seconds", ff::stage::browse});
}

TEST_CASE("what cannot be used is refused") {
  CHECK(code_thrown_by([] { return ff::bin_numbers{{"seconds"}, 1}.fit(of({1})); }) == "bad_option");
  CHECK(code_thrown_by([] {
          return ff::bin_numbers{.columns = {"seconds"}, .edges = {2, 2}}.fit(of({1}));
        }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::bin_numbers{.columns = {"seconds"}, .edges = {missing}}.fit(of({1})); }) ==
        "bad_option");
  CHECK(code_thrown_by([] { return ff::bin_numbers{{"seconds"}}.fit(of({missing})); }) == "missing_value");
  CHECK(code_thrown_by([] { return ff::bin_numbers{{"seconds"}}.fit(of({})); }) == "wrong_shape");
  CHECK(code_thrown_by([] { return ff::bin_numbers{{"clicks"}}.fit(of({1})); }) == "unknown_name");
  CHECK(code_thrown_by([] { return ff::fitted_bin_numbers::from_parts({"a"}, {{2, 1}}); }) == "bad_parts");
  CHECK(code_thrown_by([] { return ff::fitted_bin_numbers::from_parts({"a"}, {}); }) == "bad_parts");
}
