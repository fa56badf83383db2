// SPDX-License-Identifier: MIT
// Logarithms of one plus a number.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/features/log1p.hpp>

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

}  // namespace

TEST_CASE("logarithms are numpy's, to two units in the last place") {
  const auto sessions = of(oracle::seconds);
  const auto x = ff::log1p{{"seconds"}}.fit(sessions).transform(sessions);
  const auto found = listed(x.values());
  for (std::size_t row = 0; row < found.size(); ++row) {
    CHECK(std::fabs(found[row] - oracle::logarithms[row]) <= 4.5e-16 * oracle::logarithms[row]);
  }
  CHECK(x.columns()[0] == ff::feature_info{"log1p(seconds)", "seconds", ff::stage::browse});
}

TEST_CASE("zero is zero, missing missing, infinity infinite, and -1 or less refused") {
  const auto x = ff::log1p{{"seconds"}}.fit(of({0})).transform(of({0, missing, infinity, 1e-20}));
  CHECK(x.values()(0, 0) == 0);
  CHECK(std::isnan(x.values()(1, 0)));
  CHECK(x.values()(2, 0) == infinity);
  CHECK(x.values()(3, 0) == 1e-20);
  const auto fitted = ff::log1p{{"seconds"}}.fit(of({0}));
  CHECK(thrown_by([&] {
          return fitted.transform(of({4, -1}));
        }) == "bad_value: log1p: column 'seconds' must be above -1, got -1 in row 1");
  CHECK(code_thrown_by([&] { return fitted.transform(of({-infinity})); }) == "bad_value");
  CHECK(code_thrown_by([] { return ff::log1p{{"clicks"}}.fit(of({0})); }) == "unknown_name");
}
