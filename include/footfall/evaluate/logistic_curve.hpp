// SPDX-License-Identifier: MIT
// The logistic curve of few terms that fits shares best: the engine of Platt's and of beta calibration.
#pragma once

#include <cmath>
#include <string_view>

#include <Eigen/Cholesky>
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

}  // namespace detail

/// The least loss by Newton's method with halved steps (as Lin, Lin and Weng 2007 make Platt's fit safe). Terms are centred
/// and scaled first, so their units do not matter. Targets inside (0, weight) make the answer finite, and it is the only one
/// unless terms are constant, which gives slope 0, or depend on each other, which shares the slope out. The
/// same bytes within a build; another instruction set adds in another order. Throws bad_value for another target, limit where 200 steps do not end.
inline logistic_curve fit_logistic_curve(const logistic_data& data, std::string_view who) {
  const index rows = data.terms.rows();
  const index count = data.terms.cols();
  require((data.target.array() > 0).all() && (data.target.array() < data.weight.array()).all(), error_code::bad_value,
          who, "a target must lie between 0 and its weight");
  const double all = data.weight.sum();
  Eigen::VectorXd middle(count), scale(count);
  matrix<double> x = matrix<double>::Ones(rows, count + 1);
  for (index k = 0; k < count; ++k) {
    middle(k) = data.weight.dot(data.terms.col(k)) / all;
    const Eigen::VectorXd away = data.terms.col(k).array() - middle(k);
    const double spread = std::sqrt(data.weight.dot(away.cwiseAbs2()) / all);
    // What rounding leaves of a constant term is no term.
    const bool varies = (data.terms.col(k).array() != data.terms(0, k)).any() && spread > 0;
    scale(k) = varies ? 1 / spread : 0;
    x.col(k + 1) = away * scale(k);
  }

  Eigen::VectorXd b = Eigen::VectorXd::Zero(count + 1);
  const double share = data.target.sum() / all;
  b(0) = std::log(share / (1 - share));
  Eigen::VectorXd log_odds = x * b;
  double loss = detail::logistic_loss(data, log_odds);
  bool done = false;
  int flat = 0;
  for (int step = 0; !done; ++step) {
    require(step < 200, error_code::limit, who, "no end after 200 steps");
    Eigen::VectorXd gradient = Eigen::VectorXd::Zero(count + 1);
    matrix<double> curvature = matrix<double>::Zero(count + 1, count + 1);
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
    curvature.diagonal().array() += 1e-12 * curvature.trace() + 1e-300;
    const Eigen::VectorXd direction = -curvature.selfadjointView<Eigen::Lower>().ldlt().solve(gradient);
    const double descent = gradient.dot(direction);
    double length = 1;
    Eigen::VectorXd next;
    for (;; length /= 2) {
      next = b + length * direction;
      log_odds = x * next;
      const double next_loss = detail::logistic_loss(data, log_odds);
      // Close to the end the loss differs by less than its rounding: then the whole step is right.
      if (next_loss <= loss + 1e-4 * length * descent + 1e-13 * loss || length < 1e-10) {
        flat += next_loss < loss * (1 - 1e-15) ? 0 : 1;
        loss = next_loss;
        break;
      }
    }
    // Steps square their error, so what follows a step of this size, or several that lower nothing, is below rounding.
    done = flat == 3 || (next - b).cwiseAbs().maxCoeff() <= 1e-9 * (1 + next.cwiseAbs().maxCoeff());
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
