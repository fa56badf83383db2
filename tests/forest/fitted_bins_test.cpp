// SPDX-License-Identifier: MIT
// Codes of values whose bins are known.
#include <cstdint>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/forest/fitted_bins.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

using codes = std::vector<std::uint8_t>;

}  // namespace

TEST_CASE("a value on an edge lies below it") {
  const auto bins = ff::fitted_bins<double>::from_parts({{1, 2, 4}, {}});
  const double largest = std::numeric_limits<double>::max();
  CHECK(bins.code(0, -largest) == 0);
  CHECK(bins.code(0, 1) == 0);
  CHECK(bins.code(0, 1.5) == 1);
  CHECK(bins.code(0, 2) == 1);
  CHECK(bins.code(0, 4) == 2);
  CHECK(bins.code(0, largest) == 3);
  CHECK(bins.code(0, missing) == 255);
  CHECK(bins.code(1, 7) == 0);  // no edges: one bin
}

TEST_CASE("codes lie row by row, for any range of rows") {
  ff::matrix<double> x(4, 2);
  x << 1, 30, 2, 20, missing, 10, 3, missing;
  const auto bins = ff::fitted_bins<double>::from_parts({{1.5, 2.5}, {15, 25}});
  const auto names = ff::columns_of(x);
  const auto all = bins.codes(x, 0, 4, names, "test");
  CHECK(all.rows == 4);
  CHECK(all.cols == 2);
  CHECK(all.values == codes{0, 2, 1, 1, 255, 0, 2, 255});
  CHECK(all.row(3)[0] == 2);
  CHECK(bins.codes(x, 1, 3, names, "test").values == codes{1, 1, 255, 0});
  CHECK(bins.codes(x, 2, 2, names, "test").values.empty());
}

TEST_CASE("infinity is refused by name and row") {
  ff::matrix<double> x(3, 2);
  x << 1, 1, 2, -infinity, 3, 3;
  const auto bins = ff::fitted_bins<double>::from_parts({{1.5}, {2}});
  CHECK(thrown_by([&] { return bins.codes(x, 0, 3, ff::columns_of(x), "test"); }) ==
        "not_finite: test: column 'x1' must be finite or missing, got -inf in row 1");
  CHECK(bins.codes(x, 2, 3, ff::columns_of(x), "test").values == codes{1, 1});
}

TEST_CASE("parts of bins are checked") {
  const auto from = [](std::vector<double> edges) {
    return code_thrown_by([&] { return ff::fitted_bins<double>::from_parts({{1.0}, edges}); });
  };
  std::vector<double> many(255);
  for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<double>(i);
  CHECK(from(many) == "bad_parts");
  many.pop_back();
  CHECK(from(many) == "");
  CHECK(from({}) == "");
  CHECK(from({1, 1}) == "bad_parts");
  CHECK(from({2, 1}) == "bad_parts");
  CHECK(from({-0.0, 0.0}) == "bad_parts");
  CHECK(from({missing}) == "bad_parts");
  CHECK(from({1, infinity}) == "bad_parts");

  const auto bins = ff::fitted_bins<double>::from_parts({many, {3}});
  CHECK(ff::fitted_bins<double>::from_parts(std::get<0>(bins.parts())) == bins);
  many.back() += 1;
  CHECK(ff::digest_of(bins) != ff::digest_of(ff::fitted_bins<double>::from_parts({many, {3}})));
}
