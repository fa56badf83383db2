// SPDX-License-Identifier: MIT
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <set>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/data/duplicates.hpp>

namespace ff = footfall;
using ff::column;
using ff::first_occurrences;
using ff::row_set;
using ff::table;

TEST_CASE("a row is a repeat only where every column repeats one earlier row") {
  const table t({column::numeric("a", {1, 1, 2, 1, 2}), column::from_text("b", {"x", "y", "x", "x", "y"})});
  CHECK(first_occurrences(t) == row_set{0, 1, 2, 4});
  CHECK(first_occurrences(t.select({"a"})) == row_set{0, 2});
  CHECK(first_occurrences(t.select({"b"})) == row_set{0, 1});
  CHECK(first_occurrences(t.rows(first_occurrences(t))) == row_set{0, 1, 2, 3});
}

TEST_CASE("missing equals missing, and zero has no sign") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(first_occurrences(table({column::numeric("a", {nan, 0, -nan, -0.0, 1})})) == row_set{0, 1, 4});
  CHECK(first_occurrences(table({column::from_text("a", {"", "x", "", "x"})})) == row_set{0, 1});
}

TEST_CASE("numbers that differ in the last bit differ") {
  const double next = std::nextafter(1.0, 2.0);
  CHECK(first_occurrences(table({column::numeric("a", {1, next, 1})})) == row_set{0, 1});
}

TEST_CASE("rows that only share their hash are no repeats") {
  // The hash of the first column, so that the second one can make up for its difference.
  const auto hash_of = [](double number) {
    const std::uint64_t mixed = std::bit_cast<std::uint64_t>(number) * 0x9E3779B97F4A7C15;
    return mixed ^ mixed >> 32;
  };
  const double other = std::bit_cast<double>(std::bit_cast<std::uint64_t>(1.0) ^ hash_of(2) ^ hash_of(3));
  REQUIRE(std::isfinite(other));
  CHECK(first_occurrences(table({column::numeric("a", {2, 3, 2}), column::numeric("b", {1, other, 1})})) ==
        row_set{0, 1});
}

TEST_CASE("nothing, one row, and rows that are all the same") {
  CHECK(first_occurrences(table()).empty());
  CHECK(first_occurrences(table({column::numeric("a", {})})).empty());
  CHECK(first_occurrences(table({column::numeric("a", {5})})) == row_set{0});
  CHECK(first_occurrences(table({column::numeric("a", std::vector<double>(100000, 5))})) == row_set{0});
}

TEST_CASE("the same rows are found as by comparing them with all earlier ones") {
  ff::random_stream stream(4);
  std::vector<double> a(3000);
  std::vector<std::int32_t> b(3000);
  std::vector<double> c(3000);
  row_set expected;
  std::set<std::tuple<double, std::int32_t, double>> seen;
  for (std::size_t row = 0; row < a.size(); ++row) {
    a[row] = static_cast<double>(stream.below(12));
    b[row] = static_cast<std::int32_t>(stream.below(11)) - 1;
    c[row] = static_cast<double>(stream.below(13)) / 8;
    if (seen.emplace(a[row], b[row], c[row]).second) expected.push_back(static_cast<ff::index>(row));
  }
  const table t({column::numeric("a", a),
                 column::categorical("b", b, {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}),
                 column::numeric("c", c)});
  CHECK(expected.size() < 1600);
  CHECK(first_occurrences(t) == expected);
}

TEST_CASE("many different rows are no trouble") {
  std::vector<double> numbers(200000);
  for (std::size_t row = 0; row < numbers.size(); ++row) numbers[row] = 0x1p40 * static_cast<double>(row);
  CHECK(first_occurrences(table({column::numeric("a", numbers)})).size() == numbers.size());
}
