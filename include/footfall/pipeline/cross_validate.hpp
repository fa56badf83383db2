// SPDX-License-Identifier: MIT
// Cross-validation: every session scored by a model that has not seen it, with every step fitted anew for each fold.
#pragma once

#include <limits>
#include <span>
#include <utility>
#include <vector>

#include <footfall/core/concepts.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/data/split.hpp>
#include <footfall/pipeline/chain.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

template <class X>
auto rows_of(const X& x, const row_set& rows) {
  if constexpr (requires { x.rows(rows); }) {
    return x.rows(rows);
  } else {
    return matrix<scalar_of<X>>(x(rows, Eigen::all));
  }
}

}  // namespace detail

/// The score of each session by the one model that did not train on it, in the order of the sessions. Scalers, levels and
/// bins are learned from the training rows of each fold only, so nothing of a test row leaks into its own score.
/// `x` is a table, features or a matrix. NaN for a session in no test part. Throws bad_value if a row is in the test part
/// of two folds or in the training and test part of one, wrong_shape for a row that is not there, and what `fit` and
/// `score` throw. Cost: one fit a fold.
template <class Recipe, class X>
  requires classifier<Recipe, X>
scores cross_validate(const Recipe& recipe, const X& x, const labels& y, std::span<const split> folds,
                      const weights& w = {}, const run_options& run = {}) {
  const auto who = "cross_validate";
  require_rows(x.rows(), y, w, who);
  const auto rows = static_cast<std::size_t>(x.rows());
  scores result(rows, std::numeric_limits<double>::quiet_NaN());
  std::vector<bool> tested(rows, false);
  for (const split& fold : folds) {
    std::vector<bool> trained(rows, false);
    for (const index row : fold.train) {
      require(row >= 0 && row < x.rows(), error_code::wrong_shape, who, "row must be in [0, ", rows, "), got ", row);
      trained[static_cast<std::size_t>(row)] = true;
    }
    for (const index row : fold.test) {
      require(row >= 0 && row < x.rows(), error_code::wrong_shape, who, "row must be in [0, ", rows, "), got ", row);
      const auto at = static_cast<std::size_t>(row);
      require(!trained[at], error_code::bad_value, who, "row ", row, " is in the training and the test part of a fold");
      require(!tested[at], error_code::bad_value, who, "row ", row, " is in the test part twice");
      tested[at] = true;
    }
    const auto fitted =
        fit_labelled(recipe, detail::rows_of(x, fold.train), y.rows(fold.train), w.rows(fold.train), run);
    const scores scored = detail::score_with(fitted, detail::rows_of(x, fold.test), run);
    for (std::size_t i = 0; i < scored.size(); ++i) result[static_cast<std::size_t>(fold.test[i])] = scored[i];
  }
  return result;
}

FOOTFALL_END_NAMESPACE
