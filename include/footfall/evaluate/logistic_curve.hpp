// SPDX-License-Identifier: MIT
// The logistic curve of few terms that fits shares best: the engine of Platt's and of beta calibration.
#pragma once

#include <algorithm>
#include <cmath>
#include <string_view>

#include <Eigen/Core>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// 1 / (1 + e^-x), without overflow on either side.
inline double logistic(double x) {
  const double e = std::exp(-std::fabs(x));
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
}

/// Sessions that are alike: their terms are a row of `terms`, their weight, and how much of it they should give.
struct logistic_data {
  matrix<double> terms;
  Eigen::VectorXd weight;
  Eigen::VectorXd target;  ///< in (0, weight)
};

/// intercept + slopes * terms is the log of the odds; `loss` is the log-loss summed over weights.
struct logistic_curve {
  double intercept = 0;
  Eigen::VectorXd slopes;
  double loss = 0;
};

namespace detail {

inline double logistic_loss(const logistic_data& data, const Eigen::VectorXd& log_odds) {
  double loss = 0;
  for (index row = 0; row < log_odds.size(); ++row) {
    const double x = log_odds(row);
    // weight * log(1 + e^x) - target * x, with the large part taken out so that nothing overflows.
    loss += data.weight(row) * std::log1p(std::exp(-std::fabs(x))) +
            (x > 0 ? (data.weight(row) - data.target(row)) * x : -data.target(row) * x);
  }
  return loss;
}

/// The log of the odds of every row, which begins with a term of 1.
inline Eigen::VectorXd log_odds_of(const matrix<double>& x, const Eigen::VectorXd& b) {
  Eigen::VectorXd result(x.rows());
  for (index row = 0; row < x.rows(); ++row) {
    double sum = 0;
    for (index i = 0; i < x.cols(); ++i) sum += x(row, i) * b(i);
    result(row) = sum;
  }
  return result;
}

/// The solution of `system * y = right` for a positive definite system, of which the lower half is read (Cholesky, without
/// roots). Written out: few terms need no blocks, and Eigen's would be compiled by every user.
inline Eigen::VectorXd solve_positive(matrix<double> system, Eigen::VectorXd right) {
  const index size = right.size();
  for (index j = 0; j < size; ++j) {
    for (index k = 0; k < j; ++k) system(j, j) -= system(j, k) * system(j, k) * system(k, k);
    for (index i = j + 1; i < size; ++i) {
      for (index k = 0; k < j; ++k) system(i, j) -= system(i, k) * system(j, k) * system(k, k);
      system(i, j) /= system(j, j);
    }
  }
  for (index i = 0; i < size; ++i) {
    for (index k = 0; k < i; ++k) right(i) -= system(i, k) * right(k);
  }
  for (index i = size - 1; i >= 0; --i) {
    right(i) /= system(i, i);
    for (index k = i + 1; k < size; ++k) right(i) -= system(k, i) * right(k);
  }
  return right;
}

}  // namespace detail

/// The least loss by Newton's method with halved steps (as Lin, Lin and Weng 2007 make Platt's fit safe). Terms are centred
/// and scaled first, so their units do not matter. Targets inside (0, weight) make the answer finite, and it is the only one
/// unless terms are constant, which gives slope 0, or depend on each other, which shares the slope out. Sums
/// run from the first row to the last. Throws bad_value for another target, limit where 200 steps do not end.
inline logistic_curve fit_logistic_curve(const logistic_data& data, std::string_view who) {
  const index rows = data.terms.rows();
  const index count = data.terms.cols();
  double all = 0, wanted = 0;
  for (index row = 0; row < rows; ++row) {
    require(data.target(row) > 0 && data.target(row) < data.weight(row), error_code::bad_value, who,
            "a target must lie between 0 and its weight");
    all += data.weight(row);
    wanted += data.target(row);
  }
  Eigen::VectorXd middle(count), scale(count);
  matrix<double> x(rows, count + 1);
  for (index row = 0; row < rows; ++row) x(row, 0) = 1;
  for (index k = 0; k < count; ++k) {
    double sum = 0, squares = 0;
    bool varies = false;
    for (index row = 0; row < rows; ++row) sum += data.weight(row) * data.terms(row, k);
    middle(k) = sum / all;
    for (index row = 0; row < rows; ++row) {
      const double away = data.terms(row, k) - middle(k);
      squares += data.weight(row) * (away * away);
      varies = varies || data.terms(row, k) != data.terms(0, k);
    }
    // What rounding leaves of a constant term is no term.
    const double spread = std::sqrt(squares / all);
    scale(k) = varies && spread > 0 ? 1 / spread : 0;
    for (index row = 0; row < rows; ++row) x(row, k + 1) = (data.terms(row, k) - middle(k)) * scale(k);
  }

  Eigen::VectorXd b(count + 1);
  b.setZero();
  b(0) = std::log(wanted / (all - wanted));
  Eigen::VectorXd log_odds = detail::log_odds_of(x, b);
  double loss = detail::logistic_loss(data, log_odds);
  bool done = false;
  int flat = 0;
  for (int step = 0; !done; ++step) {
    require(step < 200, error_code::limit, who, "no end after 200 steps");
    Eigen::VectorXd gradient(count + 1);
    matrix<double> curvature(count + 1, count + 1);
    gradient.setZero();
    curvature.setZero();
    for (index row = 0; row < rows; ++row) {
      const double p = logistic(log_odds(row));
      const double error = data.weight(row) * p - data.target(row);
      const double slack = data.weight(row) * p * (1 - p);
      for (index i = 0; i <= count; ++i) {
        gradient(i) += error * x(row, i);
        for (index j = 0; j <= i; ++j) curvature(i, j) += slack * x(row, i) * x(row, j);
      }
    }
    // A trace of damping decides between equal answers; it changes the way, not the end.
    double trace = 0, descent = 0;
    for (index i = 0; i <= count; ++i) trace += curvature(i, i);
    for (index i = 0; i <= count; ++i) curvature(i, i) += 1e-12 * trace + 1e-300;
    const Eigen::VectorXd uphill = detail::solve_positive(curvature, gradient);
    for (index i = 0; i <= count; ++i) descent -= gradient(i) * uphill(i);
    double length = 1;
    Eigen::VectorXd next(count + 1);
    for (;; length /= 2) {
      for (index i = 0; i <= count; ++i) next(i) = b(i) - length * uphill(i);
      log_odds = detail::log_odds_of(x, next);
      const double next_loss = detail::logistic_loss(data, log_odds);
      // Close to the end the loss differs by less than its rounding: then the whole step is right.
      if (next_loss <= loss + 1e-4 * length * descent + 1e-13 * loss || length < 1e-10) {
        flat += next_loss < loss * (1 - 1e-15) ? 0 : 1;
        loss = next_loss;
        break;
      }
    }
    // Steps square their error, so what follows a step of this size, or several that lower nothing, is below rounding.
    double moved = 0, largest = 0;
    for (index i = 0; i <= count; ++i) {
      moved = std::max(moved, std::fabs(next(i) - b(i)));
      largest = std::max(largest, std::fabs(next(i)));
    }
    done = flat == 3 || moved <= 1e-9 * (1 + largest);
    b = next;
  }
  logistic_curve result{b(0), Eigen::VectorXd(count), loss};
  for (index k = 0; k < count; ++k) {
    result.slopes(k) = b(k + 1) * scale(k);
    result.intercept -= result.slopes(k) * middle(k);
  }
  return result;
}

FOOTFALL_END_NAMESPACE
