// SPDX-License-Identifier: MIT
// Correlations against numpy, and what has none.
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/explore/correlation.hpp>

#include <tests/oracle/features.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

using oracle::missing;
constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("correlations are numpy's corrcoef of the sessions without gaps") {
  const ff::table sessions({ff::column::numeric("seconds", oracle::seconds),
                            ff::column::numeric("value", oracle::value), ff::column::numeric("gaps", oracle::gaps)});
  const auto found = ff::correlations_of(sessions, {"seconds", "value", "gaps"});
  CHECK(found.sessions == 29);
  CHECK(found.left_out == 41 - 29);
  CHECK(found.values(0, 1) == doctest::Approx(0.24910084660425194).epsilon(1e-12));
  CHECK(found.values(0, 2) == doctest::Approx(-0.13661201773031334).epsilon(1e-12));
  CHECK(found.values(2, 1) == doctest::Approx(0.04943110692748571).epsilon(1e-12));
  CHECK(found.values == found.values.transpose());
  CHECK(found.values(1, 1) == 1);
}

TEST_CASE("the same, the opposite, a constant, and far from zero") {
  const ff::table sessions({ff::column::numeric("a", {1, 2, 4}), ff::column::numeric("b", {-2, -4, -8}),
                            ff::column::numeric("same", {7, 7, 7}),
                            ff::column::numeric("far", {1e9 + 1, 1e9 + 2, 1e9 + 4})});
  const auto found = ff::correlations_of(sessions, {"a", "b", "same", "far"});
  CHECK(found.values(0, 1) == doctest::Approx(-1).epsilon(1e-15));
  CHECK(found.values(0, 3) == doctest::Approx(1).epsilon(1e-15));
  CHECK(found.values(0, 3) <= 1);
  CHECK(found.values(2, 0) != found.values(2, 0));
  CHECK(found.values(2, 2) != found.values(2, 2));
}

TEST_CASE("what has no correlation is refused") {
  const ff::table holes({ff::column::numeric("a", {1, missing}), ff::column::numeric("b", {missing, 1}),
                         ff::column::numeric("c", {infinity, 1}), ff::column::numeric("d", {-1e200, 1e200})});
  CHECK(code_thrown_by([&] { return ff::correlations_of(holes, {"a", "b"}); }) == "wrong_shape");
  CHECK(code_thrown_by([&] { return ff::correlations_of(holes, {"c"}); }) == "not_finite");
  CHECK(code_thrown_by([&] { return ff::correlations_of(holes, {"d"}); }) == "limit");
  CHECK(code_thrown_by([&] { return ff::correlations_of(holes, {"z"}); }) == "unknown_name");
}
