// SPDX-License-Identifier: MIT
// Quantiles of a named column without its gaps.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/features/learned_quantiles.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> listed(const ff::matrix<double>& values) { return {values.data(), values.data() + values.size()}; }

}  // namespace

TEST_CASE("missing numbers and their weights are left out") {
  const ff::table sessions({ff::column::numeric("a", {4, missing, 1, 2})});
  const auto median = [&](const ff::weights& w) {
    return ff::learned_quantiles(sessions, "a", w, std::vector{0.5}, "test");
  };
  CHECK(median({}) == std::vector<double>{2});
  CHECK(median(ff::weights({1.0, 100.0, 1.0, 0.0})) == std::vector<double>{2.5});
  CHECK(thrown_by([&] {
          return median(ff::weights({0.0, 1.0, 0.0, 0.0}));
        }) == "missing_value: test: column 'a' has no number to learn from");
  const ff::table far({ff::column::numeric("a", {4, infinity})});
  CHECK(thrown_by([&] { return ff::learned_quantiles(far, "a", {}, std::vector{0.5}, "test"); }) ==
        "not_finite: test: column 'a' is infinite in row 1");
  CHECK(listed({}).empty());
}
