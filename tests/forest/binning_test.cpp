// SPDX-License-Identifier: MIT
// Bins: exact where there are few distinct values, even where there are many, and safe at the ends of the number line.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/forest/binning.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

template <class Scalar>
constexpr Scalar missing = std::numeric_limits<Scalar>::quiet_NaN();

template <class Scalar>
ff::matrix<Scalar> one_column(const std::vector<Scalar>& values) {
  ff::matrix<Scalar> x(static_cast<ff::index>(values.size()), 1);
  std::copy(values.begin(), values.end(), x.data());
  return x;
}

template <class Scalar>
ff::fitted_bins<Scalar> bins_of(const ff::matrix<Scalar>& x, int bins = 255, std::vector<std::uint32_t> counts = {},
                                ff::index sample = 200'000, int threads = 1) {
  if (counts.empty()) counts.assign(static_cast<std::size_t>(x.rows()), 1);
  ff::workers team({.threads = threads});
  return ff::fit_bins<Scalar>(x, counts, bins, ff::random_stream(5), ff::columns_of(x), "test", team, sample);
}

template <class Scalar>
const std::vector<Scalar>& edges_of(const ff::fitted_bins<Scalar>& bins, std::size_t column = 0) {
  return bins.edges()[column];
}

// The one property that everything rests on: each distinct value has a code of its own, and codes rise with values.
template <class Scalar>
void check_exact(const std::vector<Scalar>& ascending) {
  const auto bins = bins_of(one_column(ascending));
  REQUIRE(edges_of(bins).size() + 1 == ascending.size());
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    CAPTURE(i);
    CHECK(bins.code(0, ascending[i]) == i);
    if (i + 1 < ascending.size()) {
      CHECK(edges_of(bins)[i] >= ascending[i]);
      CHECK(edges_of(bins)[i] < ascending[i + 1]);
    }
  }
}

std::vector<double> uniform_values(std::size_t n, std::uint64_t seed) {
  ff::random_stream stream(seed);
  std::vector<double> values(n);
  for (auto& value : values) value = stream.uniform();
  return values;
}

}  // namespace

TEST_CASE("few distinct values have a bin each, with edges half-way") {
  const auto bins = bins_of(one_column<double>({7, 1, 3, 3, 1, 7, 7}));
  CHECK(edges_of(bins) == std::vector<double>{2, 5});
  CHECK(bins.code(0, -1e300) == 0);
  CHECK(bins.code(0, 2) == 0);  // an edge belongs to the bin below it
  CHECK(bins.code(0, std::nextafter(2.0, 3.0)) == 1);
  CHECK(bins.code(0, 5) == 1);
  CHECK(bins.code(0, 1e300) == 2);
  CHECK(bins.code(0, missing<double>) == ff::fitted_bins<double>::missing_code);
}

TEST_CASE("as many distinct values as bins is exact, one more is not") {
  std::vector<double> values;
  for (int i = 0; i < 255; ++i) values.push_back(i * i);
  check_exact(values);
  values.push_back(1e6);
  const auto bins = bins_of(one_column(values));
  CHECK(edges_of(bins).size() == 254);
  CHECK(bins.code(0, 1e6) == 254);  // never 255, which is missing

  CHECK(edges_of(bins_of(one_column<double>({1, 2, 3, 4}), 4)).size() == 3);
  CHECK(edges_of(bins_of(one_column<double>({1, 2, 3, 4}), 2)) == std::vector<double>{2.5});
}

TEST_CASE_TEMPLATE("neighbours on the number line are told apart", Scalar, float, double) {
  const auto next = [](Scalar value) { return std::nextafter(value, std::numeric_limits<Scalar>::infinity()); };
  const Scalar tiny = std::numeric_limits<Scalar>::denorm_min();
  const Scalar huge = std::numeric_limits<Scalar>::max();

  SUBCASE("adjacent values around powers of two") {
    for (const Scalar start : {Scalar(1), Scalar(-1), Scalar(0.1), Scalar(1024), Scalar(-3e-30), Scalar(1e30)}) {
      CAPTURE(start);
      std::vector<Scalar> values{start};
      while (values.size() < 9) values.push_back(next(values.back()));
      check_exact(values);
    }
  }
  SUBCASE("half-way between large values, whose sum is too large") {
    CHECK(edges_of(bins_of(one_column<Scalar>({huge / 2, huge}))) == std::vector<Scalar>{huge / 4 + huge / 2});
    CHECK(edges_of(bins_of(one_column<Scalar>({-huge, huge}))) == std::vector<Scalar>{0});
  }
  SUBCASE("the largest values of both signs") { check_exact<Scalar>({-huge, -huge / 2, 0, huge / 2, huge}); }
  SUBCASE("adjacent largest values") {
    check_exact<Scalar>({-huge, next(-huge), std::nextafter(huge, Scalar(0)), huge});
  }
  SUBCASE("denormals") {
    check_exact<Scalar>({-3 * tiny, -2 * tiny, -tiny, 0, tiny, 2 * tiny, 3 * tiny, std::numeric_limits<Scalar>::min()});
  }
  SUBCASE("both zeros are one value") {
    const auto bins = bins_of(one_column<Scalar>({Scalar(-0.0), Scalar(0.0), -1, 1}));
    CHECK(edges_of(bins) == std::vector<Scalar>{Scalar(-0.5), Scalar(0.5)});
    CHECK(bins.code(0, Scalar(-0.0)) == bins.code(0, Scalar(0.0)));
    const auto at_edge = ff::fitted_bins<Scalar>::from_parts({{Scalar(0.0)}});
    CHECK(at_edge.code(0, Scalar(-0.0)) == at_edge.code(0, Scalar(0.0)));
  }
}

TEST_CASE("columns without two values have no edges") {
  ff::matrix<double> x(3, 3);
  x << 4, missing<double>, missing<double>,  //
      4, missing<double>, 9,                 //
      4, missing<double>, missing<double>;
  const auto bins = bins_of(x);
  for (std::size_t column = 0; column < 3; ++column) CHECK(edges_of(bins, column).empty());
  CHECK(bins.code(0, 4) == 0);
  CHECK(bins.code(1, 4) == 0);
  CHECK(bins.code(1, missing<double>) == 255);
}

TEST_CASE("many distinct values: bins hold about equal counts") {
  const auto check_balance = [](const std::vector<double>& values, int wanted) {
    const auto bins = bins_of(one_column(values), wanted);
    std::map<int, std::map<double, double>> held;  // by code, the count of each value
    for (const double value : values) held[bins.code(0, value)][value] += 1;
    CHECK(edges_of(bins).size() < static_cast<std::size_t>(wanted));
    CHECK(held.size() == edges_of(bins).size() + 1);  // no bin is empty
    const double share = static_cast<double>(values.size()) / wanted;
    for (const auto& bin : held) {
      CAPTURE(bin.first);
      // A bin ends with the value that fills it, so what it held before that value was less than its share.
      double before_last = 0;
      for (const auto& value : bin.second) before_last += value.second;
      before_last -= bin.second.rbegin()->second;
      CHECK(before_last < share);
    }
    return held.size();
  };
  SUBCASE("no ties: every bin is used") {
    CHECK(check_balance(uniform_values(2550, 1), 255) == 255);
    CHECK(check_balance(uniform_values(256, 2), 255) == 255);
    CHECK(check_balance(uniform_values(1000, 3), 7) == 7);
  }
  SUBCASE("one value holds half of the rows") {
    auto values = uniform_values(1000, 4);
    values.insert(values.end(), 1000, 0.5);
    // What the heavy value takes is left out; the other values still have their bins.
    CHECK(check_balance(values, 100) >= 50);
  }
  SUBCASE("a long tail") {
    auto values = uniform_values(3000, 5);
    for (auto& value : values) value = std::floor(1 / (value + 1e-3));
    check_balance(values, 64);
  }
}

TEST_CASE("counts stand for repeated rows, and rows of count 0 for none") {
  const auto values = uniform_values(700, 6);
  std::vector<std::uint32_t> counts;
  std::vector<double> repeated;
  for (std::size_t i = 0; i < values.size(); ++i) {
    counts.push_back(static_cast<std::uint32_t>(i % 4));
    repeated.insert(repeated.end(), i % 4, values[i]);
  }
  CHECK(bins_of(one_column(values), 50, counts) == bins_of(one_column(repeated), 50));
}

TEST_CASE("whether values are few or many, edges follow from what each of them counts") {
  for (const int distinct : {1, 2, 16, 17, 60}) {
    for (const int bins : {5, 255}) {
      CAPTURE(distinct);
      CAPTURE(bins);
      std::vector<double> values;
      std::vector<std::uint32_t> counts;
      std::map<double, std::uint64_t> counted;
      std::uint64_t total = 0;
      for (int i = 0; i < 500; ++i) {
        values.push_back(i * 7919 % distinct - 3);
        counts.push_back(static_cast<std::uint32_t>(1 + i % 4));
        counted[values.back()] += counts.back();
        total += counts.back();
      }
      std::vector<double> expected;
      std::uint64_t below = 0;
      for (const auto& [value, count] : counted) {
        below += count;
        const bool due = below * static_cast<std::uint64_t>(bins) >= (expected.size() + 1) * total;
        if (below < total && (distinct <= bins || due)) expected.push_back(value + 0.5);
      }
      CHECK(edges_of(bins_of(one_column(values), bins, counts)) == expected);
    }
  }
}

TEST_CASE("missing values have no part in the bins") {
  auto values = uniform_values(400, 7);
  const auto whole = bins_of(one_column(values), 30);
  values.insert(values.begin() + 100, 300, missing<double>);
  CHECK(bins_of(one_column(values), 30) == whole);
}

TEST_CASE("long columns are looked at through a sample") {
  auto values = uniform_values(3000, 8);
  std::sort(values.begin(), values.end());
  ff::matrix<double> x(3000, 2);
  std::copy(values.begin(), values.end(), x.col(0).data());
  for (ff::index row = 0; row < 3000; ++row) x(row, 1) = 10 * x(row, 0) + static_cast<double>(row % 2);

  const auto sampled = bins_of(x, 255, {}, 100);
  CHECK(edges_of(sampled).size() == 99);  // 100 rows, all different: exact on those
  CHECK(sampled == bins_of(x, 255, {}, 100, 3));
  CHECK_FALSE(sampled == bins_of(x, 255, {}, 101));
  CHECK(bins_of(x, 255, {}, 3000) == bins_of(x, 255, {}, 1'000'000));
  // A fair draw, whatever the order of the rows: the edges stay near the quantiles of all rows.
  const auto tenths = bins_of(x, 10, {}, 1000);
  REQUIRE(edges_of(tenths).size() == 9);
  for (std::size_t i = 0; i < 9; ++i) CHECK(std::fabs(edges_of(tenths)[i] - 0.1 * double(i + 1)) < 0.06);

  SUBCASE("200,000 rows that count are the most that are seen") {
    const auto many = one_column(uniform_values(240'000, 10));
    std::vector<std::uint32_t> counts(240'000, 1);
    CHECK_FALSE(bins_of(many, 255, counts) == bins_of(many, 255, counts, 240'000));
    std::fill(counts.begin() + 200'000, counts.end(), 0);
    CHECK(bins_of(many, 255, counts) == bins_of(many, 255, counts, 240'000));
  }
}

TEST_CASE("infinity is refused by name and row") {
  ff::matrix<double> x(3, 2);
  x << 1, 1, 2, -std::numeric_limits<double>::infinity(), 3, 3;
  CHECK(thrown_by([&] { return bins_of(x); }) ==
        "not_finite: test: column 'x1' must be finite or missing, got -inf in row 1");
}
