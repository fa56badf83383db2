// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/forest/code_groups.hpp>

namespace {

namespace ff = footfall;

/// A bin for each whole number below 255.
ff::fitted_bins<double> whole_numbers(ff::index cols) {
  std::vector<double> edges;
  for (int i = 0; i < 254; ++i) edges.push_back(i);
  return ff::fitted_bins<double>::from_parts(std::vector<std::vector<double>>(static_cast<std::size_t>(cols), edges));
}

/// Values that are their own codes; one in eight is missing.
ff::matrix<double> random_codes(ff::index rows, ff::index cols) {
  ff::random_stream stream(3);
  ff::matrix<double> x(rows, cols);
  for (ff::index i = 0; i < rows * cols; ++i) {
    x.data()[i] =
        stream.below(8) == 0 ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(stream.below(255));
  }
  return x;
}

}  // namespace

TEST_CASE("a group holds the codes of 256 sessions column by column, then each plus one") {
  const auto x = random_codes(700, 3);
  const auto bins = whole_numbers(3);
  ff::detail::code_groups groups(600, 3);
  groups.encode<double>(bins, x, 100, ff::columns_of(x), "test");
  REQUIRE(groups.groups() == 3);
  CHECK(groups.rows(0) == 256);
  CHECK(groups.rows(2) == 600 - 512);
  int differ = 0;
  for (std::size_t session = 0; session < 600; ++session) {
    for (std::size_t column = 0; column < 3; ++column) {
      const auto code = bins.code(static_cast<ff::index>(column),
                                  x(static_cast<ff::index>(100 + session), static_cast<ff::index>(column)));
      const std::uint8_t* const codes = groups.codes(session / 256) + session % 256;
      differ += codes[column * 256] != code ? 1 : 0;
      differ += codes[(3 + column) * 256] != static_cast<std::uint8_t>(code + 1) ? 1 : 0;
    }
  }
  CHECK(differ == 0);
}

TEST_CASE("codes of some sessions, in another order") {
  const auto x = random_codes(700, 5);
  const auto bins = whole_numbers(5);
  const auto names = ff::columns_of(x);
  ff::row_set rows;
  for (ff::index i = 0; i < 300; ++i) rows.push_back(i * 419 % 700);
  const ff::matrix<double> some = x(rows, Eigen::all);
  ff::detail::code_groups all(700, 5), own(300, 5);
  all.encode<double>(bins, x, 0, names, "test");
  own.encode<double>(bins, some, 0, names, "test");
  const auto picked = all.picked(rows);
  REQUIRE(picked.groups() == 2);
  int differ = 0;
  for (std::size_t group = 0; group < 2; ++group) {
    for (std::size_t at = 0; at < 10; ++at) {
      for (std::size_t row = 0; row < own.rows(group); ++row) {
        const std::size_t place = at * ff::detail::group_rows + row;
        differ += picked.codes(group)[place] != own.codes(group)[place] ? 1 : 0;
      }
    }
  }
  CHECK(differ == 0);
}
