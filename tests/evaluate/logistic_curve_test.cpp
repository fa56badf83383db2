// SPDX-License-Identifier: MIT
#include <cmath>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/evaluate/logistic_curve.hpp>

#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

ff::logistic_data made(ff::index rows, double scale, double offset) {
  ff::random_stream stream(7);
  ff::logistic_data data{ff::matrix<double>(rows, 2), Eigen::VectorXd(rows), Eigen::VectorXd(rows)};
  for (ff::index row = 0; row < rows; ++row) {
    const double a = stream.normal();
    const double b = stream.uniform();
    data.terms(row, 0) = offset + scale * a;
    data.terms(row, 1) = b;
    data.weight(row) = static_cast<double>(1 + stream.below(3));
    data.target(row) = data.weight(row) * ff::logistic(0.3 + a - 2 * b);
  }
  return data;
}

}  // namespace

TEST_CASE("the logistic function, far out") {
  CHECK(ff::logistic(0) == 0.5);
  CHECK(ff::logistic(1000) == 1);
  CHECK(ff::logistic(-1000) == 0);
  CHECK(close(ff::logistic(-700), std::exp(-700.0), 1e-15));
  CHECK(close(ff::logistic(2) + ff::logistic(-2), 1, 1e-15));
}

TEST_CASE("a curve that is there is found, whatever the units") {
  const auto curve = ff::fit_logistic_curve(made(400, 1, 0), "test");
  CHECK(close(curve.intercept, 0.3, 1e-12));
  CHECK(close(curve.slopes(0), 1, 1e-12));
  CHECK(close(curve.slopes(1), -2, 1e-12));
  const auto scaled = ff::fit_logistic_curve(made(400, 1e-9, 4), "test");
  CHECK(close(scaled.slopes(0), 1e9, 1e-6));  // what is left of the digits of a next to 4
  CHECK(close(ff::fit_logistic_curve(made(400, 1e9, 0), "test").slopes(0), 1e-9, 1e-12));
}

TEST_CASE("constant terms and terms that say the same") {
  auto data = made(300, 1, 0);
  const auto curve = ff::fit_logistic_curve(data, "test");
  data.terms.conservativeResize(Eigen::NoChange, 4);
  data.terms.col(2).setConstant(0.1);
  data.terms.col(3) = data.terms.col(0);
  const auto more = ff::fit_logistic_curve(data, "test");
  CHECK(more.slopes(2) == 0);
  CHECK(close(more.slopes(0) + more.slopes(3), curve.slopes(0), 1e-9));
  CHECK(close(more.intercept, curve.intercept, 1e-9));
  CHECK(close(more.loss, curve.loss, 1e-12));
}

TEST_CASE("without terms the curve is the share") {
  auto data = made(50, 1, 0);
  data.terms.resize(50, 0);
  const auto curve = ff::fit_logistic_curve(data, "test");
  CHECK(close(ff::logistic(curve.intercept), data.target.sum() / data.weight.sum(), 1e-12));
  CHECK(curve.slopes.size() == 0);
}

TEST_CASE("targets without a doubt have no curve") {
  ff::logistic_data data{ff::matrix<double>(3, 1), Eigen::VectorXd::Ones(3), Eigen::VectorXd(3)};
  data.terms << 1, 2, 3;
  for (const double bad : {0.0, 1.0, 1.5, std::nan("")}) {
    data.target << 0.1, 0.2, bad;
    CHECK(thrown_by([&] { return ff::fit_logistic_curve(data, "test"); }) ==
          "bad_value: test: a target must lie between 0 and its weight");
  }
}

TEST_CASE("targets that all but part have a steep curve") {
  ff::logistic_data data{ff::matrix<double>(4, 1), Eigen::VectorXd::Ones(4), Eigen::VectorXd(4)};
  data.terms << 1, 2, 3, 4;
  data.target << 1e-12, 1e-12, 1 - 1e-12, 1 - 1e-12;
  const auto curve = ff::fit_logistic_curve(data, "test");
  CHECK(curve.slopes(0) > 40);
  CHECK(curve.intercept == doctest::Approx(-2.5 * curve.slopes(0)).epsilon(1e-6));
}
