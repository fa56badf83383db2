// SPDX-License-Identifier: MIT
#include <type_traits>

#include <doctest/doctest.h>

#include <footfall/core/types.hpp>

namespace ff = footfall;

TEST_CASE("matrices lie column by column, and views see them in place") {
  static_assert(std::is_signed_v<ff::index>);
  static_assert(!ff::matrix<float>::IsRowMajor);
  ff::matrix<double> values(2, 2);
  values << 1, 2, 3, 4;
  CHECK(values.data()[1] == 3);

  const ff::matrix_view<double> whole = values;
  CHECK(whole.data() == values.data());
  const ff::matrix_view<double> second = values.rightCols(1);
  CHECK(second.data() == values.data() + 2);
  const ff::matrix_view<double> lower = values.bottomRows(1);
  CHECK(lower.data() == values.data() + 1);

  const Eigen::Matrix<double, 2, 2, Eigen::RowMajor> other = values;
  const ff::matrix_view<double> copied = other;
  CHECK(copied.data() != other.data());
  CHECK(copied == values);
}
