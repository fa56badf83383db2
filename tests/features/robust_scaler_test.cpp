// SPDX-License-Identifier: MIT
// Median and distance of quantiles.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/features/robust_scaler.hpp>

#include <tests/oracle/features.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

using oracle::missing;
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> listed(const ff::matrix<double>& values) { return {values.data(), values.data() + values.size()}; }

ff::matrix<double> side_by_side(const std::vector<double>& a, const std::vector<double>& b) {
  ff::matrix<double> values(static_cast<ff::index>(a.size()), 2);
  std::copy(a.begin(), a.end(), values.col(0).data());
  std::copy(b.begin(), b.end(), values.col(1).data());
  return values;
}

}  // namespace

TEST_CASE("values are those of scikit-learn's RobustScaler") {
  const auto x = side_by_side(oracle::seconds, oracle::value);
  const auto fitted = ff::robust_scaler{}.fit(x);
  CHECK(fitted.origins() == oracle::robust_centers);
  CHECK(fitted.scales() == oracle::robust_scales);
  CHECK(listed(fitted.transform(x).values().transpose()) == oracle::robust);
}

TEST_CASE("stray values do not matter, constant columns are harmless, weights count") {
  CHECK(ff::robust_scaler{}.fit(side_by_side({1, 2, 3, 4, 1e300}, {5, 5, 5, 5, 9})).scales() ==
        std::vector<double>{2, 1});
  const auto x = side_by_side({1, 2, 3, 4, 5}, {0, 0, 0, 1, 1});
  const auto weighted = ff::robust_scaler{}.fit(x, ff::weights({1.0, 1.0, 1.0, 1.0, 4.0}));
  CHECK(weighted.origins() == std::vector<double>{4.5, 1});
  CHECK(weighted.scales() == std::vector<double>{2.5, 1});
  CHECK(ff::robust_scaler{.low = 0, .high = 1}.fit(x).scales() == std::vector<double>{4, 1});
  CHECK(ff::robust_scaler{}.fit(x, {}, {.threads = 2}) == ff::robust_scaler{}.fit(x, {}, {.threads = 1}));
}

TEST_CASE("what cannot be used is refused by name") {
  const auto fit = [](const ff::matrix<double>& x, const ff::robust_scaler& recipe = {}) {
    return thrown_by([&] { return recipe.fit(x); });
  };
  CHECK(fit(side_by_side({1, missing}, {1, 1})) ==
        "missing_value: robust_scaler: column 'x0' is missing (NaN) in row 1");
  CHECK(fit(side_by_side({1, 1}, {infinity, 1})) == "not_finite: robust_scaler: column 'x1' is infinite in row 0");
  CHECK(fit(side_by_side({-1.7e308, 1.7e308}, {1, 1})) ==
        "limit: robust_scaler: column 'x0': the distance of its quantiles is too large");
  CHECK(fit(ff::matrix<double>(0, 2)) == "wrong_shape: robust_scaler: there must be at least one row, got 0");
  CHECK(fit(side_by_side({1, 2}, {1, 1}), {.low = 0.5, .high = 0.5}).substr(0, 10) == "bad_option");
  CHECK(fit(side_by_side({1, 2}, {1, 1}), {.low = missing}).substr(0, 10) == "bad_option");
}
