// SPDX-License-Identifier: MIT
// Numbers held between learned quantiles.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/features/clip.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> listed(const ff::matrix<double>& values) { return {values.data(), values.data() + values.size()}; }

ff::table of(std::vector<double> seconds) {
  return ff::table({ff::column::numeric("seconds", std::move(seconds), ff::stage::browse)});
}

}  // namespace

TEST_CASE("the limits are quantiles of the training sessions") {
  const auto sessions = of({5, 1, 2, 4, 3, 100, missing, 6, 7, 8, 9});
  const auto fitted = ff::clip{.columns = {"seconds"}, .low = 0.15, .high = 0.85}.fit(sessions);
  CHECK(fitted.lows() == std::vector<double>{2});
  CHECK(fitted.highs() == std::vector<double>{9});
  const auto x = fitted.transform(of({-50, 2, 5, 9, 9.5, missing, infinity}));
  CHECK(ff::digest_of(listed(x.values())) == ff::digest_of(std::vector<double>{2, 2, 5, 9, 9, missing, 9}));
  CHECK(x.columns()[0] == ff::feature_info{"clip(seconds)", "seconds", ff::stage::browse});
}

TEST_CASE("weights count, and what cannot be learned from is refused") {
  const ff::clip recipe{.columns = {"seconds"}, .low = 0, .high = 0.5};
  CHECK(recipe.fit(of({1, 2, 3}), ff::weights({1.0, 1.0, 3.0})).highs() == std::vector<double>{3});
  CHECK(recipe.fit(of({1, 2, 3})).highs() == std::vector<double>{2});
  CHECK(thrown_by([&] { return recipe.fit(of({missing})); }) ==
        "missing_value: clip: column 'seconds' has no number to learn from");
  CHECK(code_thrown_by([&] { return recipe.fit(of({1, infinity})); }) == "not_finite");
  CHECK(code_thrown_by([&] { return recipe.fit(of({})); }) == "wrong_shape");
  CHECK(code_thrown_by([&] { return recipe.fit(of({1}), ff::weights({1.0, 2.0})); }) == "wrong_shape");
  CHECK(code_thrown_by([] { return ff::clip{{"seconds"}, 0.6, 0.4}.fit(of({1})); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::clip{{"seconds"}, -0.1, 0.4}.fit(of({1})); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::fitted_clip::from_parts({"a"}, {2}, {1}); }) == "bad_parts");
  CHECK(code_thrown_by([] { return ff::fitted_clip::from_parts({"a"}, {2}, {}); }) == "bad_parts");
}
