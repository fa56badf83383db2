// SPDX-License-Identifier: MIT
// What scalers learned, given as parts.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/features/min_max_scaler.hpp>
#include <footfall/features/rescaler.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> listed(const ff::matrix<double>& values) { return {values.data(), values.data() + values.size()}; }

using fitted = ff::fitted_rescaler<double, ff::min_max_scaler>;

}  // namespace

TEST_CASE("parts are checked, and make the value again") {
  const auto from = [](std::vector<double> origins, std::vector<double> scales) {
    return code_thrown_by([&] { return fitted::from_parts({{"a", "a"}}, origins, scales); });
  };
  CHECK(from({0}, {1}) == "");
  CHECK(from({0}, {}) == "bad_parts");
  CHECK(from({missing}, {1}) == "bad_parts");
  CHECK(from({0}, {0}) == "bad_parts");
  CHECK(from({0}, {infinity}) == "bad_parts");
  const auto one = fitted::from_parts({{"a", "a"}}, {1}, {4});
  CHECK(one == fitted::from_parts({{"a", "a"}}, {1}, {4}));
  CHECK_FALSE(one == fitted::from_parts({{"a", "a"}}, {1}, {5}));
}

TEST_CASE("names are checked, numbers refused by place, and blocks of rows change nothing") {
  const auto one = fitted::from_parts({{"a", "a"}}, {1}, {4});
  const auto x = [](std::vector<double> numbers, const char* name = "a") {
    ff::matrix<double> values(static_cast<ff::index>(numbers.size()), 1);
    std::copy(numbers.begin(), numbers.end(), values.data());
    return ff::features<double>(values, {{name, name}});
  };
  CHECK(listed(one.transform(x({1, 5, 9})).values()) == std::vector<double>{0, 1, 2});
  CHECK(listed(one.inverse(x({0, 1, 2})).values()) == std::vector<double>{1, 5, 9});
  CHECK(thrown_by([&] {
          return one.transform(x({1, missing}));
        }) == "missing_value: min_max_scaler: column 'a' is missing (NaN) in row 1");
  CHECK(code_thrown_by([&] { return one.transform(x({infinity})); }) == "not_finite");
  CHECK(code_thrown_by([&] { return one.inverse(x({1e308})); }) == "limit");
  CHECK(code_thrown_by([&] { return one.transform(x({1}, "b")); }) == "unknown_name");
  std::vector<double> many(10000);
  for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<double>(i);
  CHECK(ff::same_parts(one.transform(x(many), {.threads = 3}), one.transform(x(many), {.threads = 1})));
}
