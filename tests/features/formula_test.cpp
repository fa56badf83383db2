// SPDX-License-Identifier: MIT
// One rule for missing, infinite and overflowing numbers, whatever the formula.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/features/formula.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> listed(const ff::matrix<double>& values) { return {values.data(), values.data() + values.size()}; }

using row = const std::vector<double>&;

ff::table two(std::vector<double> a, std::vector<double> b) {
  return ff::table({ff::column::numeric("a", std::move(a), ff::stage::cart),
                    ff::column::numeric("b", std::move(b), ff::stage::browse)});
}
const auto sum = [](row numbers, ff::index) { return numbers[0] + numbers[1]; };

}  // namespace

TEST_CASE("a formula sees whole rows, and the feature knows its name, sources and stage") {
  const auto x = ff::apply_formula(two({1, missing, 3}, {10, 20, missing}), {"a", "b"}, "sum", "test", sum);
  CHECK(x.values()(0, 0) == 11);
  CHECK(std::isnan(x.values()(1, 0)));
  CHECK(std::isnan(x.values()(2, 0)));
  CHECK(x.columns().front() == ff::feature_info{"sum", "a,b", ff::stage::cart});
}

TEST_CASE("infinity goes through; no number and overflow are refused by name and row") {
  CHECK(listed(ff::apply_formula(two({1, infinity}, {2, 3}), {"a", "b"}, "sum", "test", sum).values()) ==
        std::vector<double>{3, infinity});
  CHECK(thrown_by([] {
          return ff::apply_formula(two({1, infinity}, {2, -infinity}), {"a", "b"}, "sum", "test", sum);
        }) == "not_finite: test: 'sum' is no number in row 1, because a column is infinite there");
  CHECK(thrown_by([] {
          return ff::apply_formula(two({1.7e308}, {1.7e308}), {"a", "b"}, "sum", "test", sum);
        }) == "limit: test: 'sum' is too large in row 0");
  // NaN of finite numbers is what the formula calls missing
  const auto none = [](row, ff::index) { return missing; };
  CHECK(std::isnan(ff::apply_formula(two({1}, {2}), {"a", "b"}, "none", "test", none).values()(0, 0)));
}

TEST_CASE("features of float give float, and a number too large for it is refused") {
  const ff::features<float> x(ff::matrix<float>::Constant(1, 2, 3e38F), {{"a", "a"}, {"b", "b"}});
  CHECK(thrown_by([&] {
          return ff::apply_formula(x, {"a", "b"}, "sum", "test", sum);
        }) == "limit: test: 'sum' is too large in row 0");
  const auto half = [](row numbers, ff::index) { return numbers[0] / 2; };
  static_assert(std::is_same_v<decltype(ff::apply_formula(x, {"a"}, "half", "test", half)), ff::features<float>>);
  CHECK(ff::apply_formula(x, {"a"}, "half", "test", half).values()(0, 0) == 1.5e38F);
}

TEST_CASE("each column by itself") {
  const auto x =
      ff::apply_to_each(two({1, missing}, {10, 20}), {"b", "a"}, "twice", "test",
                        [](std::size_t i, double number, ff::index) { return 2 * number + static_cast<double>(i); });
  CHECK(x.columns()[0] == ff::feature_info{"twice(b)", "b", ff::stage::browse});
  CHECK(x.columns()[1].name == "twice(a)");
  CHECK(x.values()(1, 0) == 40);
  CHECK(x.values()(0, 1) == 3);
  CHECK(std::isnan(x.values()(1, 1)));
  CHECK(ff::apply_to_each(two({1}, {2}), {"a"}, "", "test", [](std::size_t, double n, ff::index) { return n; })
            .columns()[0]
            .name == "a");
}
