// SPDX-License-Identifier: MIT
// What must hold for a forest of any options on any small data: an error, or a forest whose scores are probabilities, the
// same for any threads and any batch, and whose reasons add up to its scores.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <footfall/core/features.hpp>
#include <footfall/forest/explain.hpp>
#include <footfall/forest/random_forest.hpp>

#include <tests/fuzz/small_data.hpp>

namespace training_fuzz {

namespace ff = footfall;
using small_data::demand;

inline bool is_probability(double value) { return value >= 0 && value <= 1; }

template <class Scalar>
void check_scores(const ff::fitted_forest<Scalar>& forest, const ff::matrix<Scalar>& x) {
  const auto scores = forest.score(x, {.threads = 1});
  demand(static_cast<ff::index>(scores.size()) == x.rows(), "not one score a session");
  for (ff::index row = 0; row < x.rows(); ++row) {
    const double score = scores[static_cast<std::size_t>(row)];
    demand(is_probability(score), "a score is no probability");
    const std::vector<Scalar> session(x.row(row).begin(), x.row(row).end());
    demand(forest.score_one(session) == score, "a session alone scores otherwise");
  }
  const ff::matrix<Scalar> rest = x.bottomRows(x.rows() / 2);
  const auto later = forest.score(rest, {.threads = 1});
  demand(std::equal(later.begin(), later.end(), scores.end() - rest.rows()), "batches change scores");
}

template <class Scalar>
bool check(small_data::bytes from) {
  ff::random_forest recipe;
  recipe.trees = from.whole(0, 6);
  recipe.features_per_split = from.whole(-1, 5);
  recipe.max_depth = from.whole(-1, 6);
  recipe.min_leaf = from.whole(0, 4);
  constexpr int bins[] = {255, 2, 3, 16, 1, 256};
  recipe.bins = bins[from.whole(0, 5)];
  recipe.bootstrap = from.flag();
  recipe.out_of_bag = from.flag();
  recipe.class_weights.balanced = from.flag();
  if (from.flag()) recipe.class_weights.positive = from.number<double>();
  if (from.flag()) recipe.max_bytes = 64 * from.whole(0, 255);
  recipe.seed = from.byte();
  const bool again = from.whole(0, 7) == 7;
  const bool any_labels = from.whole(0, 15) == 15;
  const int of_levels = from.byte();  // a bit a column: it holds levels
  const auto x = from.sessions<Scalar>(40, 4);
  auto columns = ff::columns_of(x);
  for (std::size_t column = 0; column < columns.size(); ++column) {
    if ((of_levels >> column & 1) == 0) continue;
    auto& levels = columns[column].levels.emplace(static_cast<std::size_t>(from.whole(0, 60)));
    for (std::size_t level = 0; level < levels.size(); ++level) levels[level] = std::to_string(level);
  }
  std::vector<double> outcomes(static_cast<std::size_t>(x.rows()));
  for (double& each : outcomes) each = any_labels ? from.number<double>() : from.whole(0, 1);
  const auto weight = from.weights(x.rows());
  const auto found = small_data::outcome_of(
      again, [&](const ff::run_options& run) { return recipe.fit(x, ff::labels(outcomes), ff::weights(weight), run); });
  if (!found.value) return false;
  const auto& forest = *found.value;
  small_data::check_parts(forest);
  check_scores(forest, x);
  double shares = 0;
  for (const auto& each : forest.importances()) shares += each.share;
  demand(shares == 0 || std::abs(shares - 1) < 1e-9, "importances do not add up");
  for (const double score : forest.out_of_bag()) demand(std::isnan(score) || is_probability(score), "out of bag");

  auto others = from.sessions<Scalar>(9, 0);
  others.resize(others.rows(), x.cols());
  for (Scalar& each : others.reshaped()) {
    each = from.number<Scalar>();
    if (std::isinf(each)) each = std::numeric_limits<Scalar>::quiet_NaN();
  }
  const auto later =
      small_data::outcome_of(again, [&](const ff::run_options& run) { return forest.score(others, run); });
  if (!later.value) return true;  // what is no level
  check_scores(forest, others);
  const auto& scores = *later.value;
  const auto explainer = ff::explainer_for(forest, x);
  for (ff::index row = 0; row < others.rows(); ++row) {
    const std::vector<Scalar> session(others.row(row).begin(), others.row(row).end());
    const double sum = explainer.explain_one(session).score();
    demand(std::abs(sum - scores[static_cast<std::size_t>(row)]) < 1e-9, "reasons do not add up to the score");
  }
  return true;
}

/// Throws std::logic_error where one of them does not hold. True if a forest was fitted.
inline bool check_bytes(std::span<const std::uint8_t> input) {
  small_data::bytes from(input);
  return from.flag() ? check<float>(from) : check<double>(from);
}

}  // namespace training_fuzz
