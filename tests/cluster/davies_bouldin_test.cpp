// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include <footfall/cluster/davies_bouldin.hpp>

#include <tests/cluster/sessions.hpp>
#include <tests/oracle/choose_k.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

TEST_CASE_TEMPLATE("the index of Davies and Bouldin is scikit-learn's", Scalar, float, double) {
  const auto near = [](double value, double expected) { return std::abs(value - expected) <= 1e-9 * expected; };
  const auto x = rows_of<Scalar>(oracle::choose_x, 3);
  CHECK(near(ff::davies_bouldin(x, oracle::choose_good), oracle::choose_good_davies_bouldin));
  CHECK(near(ff::davies_bouldin(x, oracle::choose_poor), oracle::choose_poor_davies_bouldin));
  CHECK(near(ff::davies_bouldin(rows_of<Scalar>(oracle::choose_odd_x, 2), oracle::choose_odd_labels),
             oracle::choose_odd_davies_bouldin));
  CHECK(near(ff::davies_bouldin(rows_of<Scalar>(oracle::choose_crossed_x, 2), oracle::choose_crossed_labels),
             oracle::choose_crossed_davies_bouldin));
}

TEST_CASE("sessions that lie on their means") {
  ff::matrix<double> x(4, 1);
  x << 3, 3, 8, 8;
  CHECK(ff::davies_bouldin(x, {0, 0, 1, 1}) == 0);
  CHECK(ff::davies_bouldin(x, {0, 1, 0, 1}) == 0);  // both means are equal: as scikit-learn has it
  x << 0, 2, 10, 12;
  CHECK(ff::davies_bouldin(x, {0, 0, 1, 1}) == doctest::Approx(2.0 / 10));
}

TEST_CASE("far from zero, threads, layouts") {
  auto x = grouped_sessions<double>(9000, 3, 4);
  x = (x.array() * 256).round() / 256;
  ff::segment_ids ids;
  for (ff::index row = 0; row < x.rows(); ++row) ids.push_back(static_cast<std::int32_t>(row % 4));
  const double one = ff::davies_bouldin(x, ids, on(1));
  CHECK(ff::davies_bouldin(x, ids, on(3)) == one);
  const ff::matrix<double> far = x.array() + 1e8;
  CHECK(ff::davies_bouldin(far, ids) == one);
  const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> by_row = x;
  CHECK(ff::davies_bouldin(by_row, ids) == one);
}

TEST_CASE("what has no index is refused") {
  const auto thrown = [](const ff::segment_ids& ids, double value = 0) {
    ff::matrix<double> x = grouped_sessions<double>(5, 2, 2);
    if (value != 0) x(2, 1) = value;
    return thrown_by([&] { return ff::davies_bouldin(x, ids); });
  };
  CHECK(thrown({0, 1}) == "wrong_shape: davies_bouldin: there must be one segment number for each of 5 rows, got 2");
  CHECK(thrown({1, 1, 1, 1, 1}) ==
        "bad_value: davies_bouldin: there must be at least 2 segments and fewer than the 5 rows, got 1");
  CHECK(thrown({0, 1, 2, 3, 4}).starts_with("bad_value: davies_bouldin: there must be at least 2"));
  CHECK(thrown({0, 1, -3, 0, 0}) == "bad_value: davies_bouldin: a segment number must be at least 0, got -3 in row 2");
  CHECK(thrown({0, 1, 9999, 0, 0}) == "limit: davies_bouldin: a segment number must be below 4096, got 9999 in row 2");
  CHECK(thrown({0, 1, 0, 1, 0}, 1e300) == "limit: davies_bouldin: distances are too large for their squares");
  CHECK(thrown({0, 1, 0, 1, 0}, std::nan("")) ==
        "missing_value: davies_bouldin: column 'x1' is missing (NaN) in row 2");
  CHECK(thrown({0, 1, 0, 1, 0}, HUGE_VAL) == "not_finite: davies_bouldin: column 'x1' is infinite in row 2");
  CHECK(code_thrown_by([] { return ff::davies_bouldin(ff::matrix<double>(3, 0), {0, 1, 1}); }) == "wrong_shape");
}
