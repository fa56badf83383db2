// SPDX-License-Identifier: MIT
// Segments have no scores to validate.
// expects: classifier
#include <footfall/cluster/kmeans.hpp>
#include <footfall/forest/random_forest.hpp>
#include <footfall/pipeline/cross_validate.hpp>

namespace ff = footfall;

void validate(const ff::features<double>& x, const ff::labels& bought, const std::vector<ff::split>& folds) {
#ifdef FIXED
  (void)ff::cross_validate(ff::random_forest{}, x, bought, folds);
#else
  (void)ff::cross_validate(ff::kmeans{}, x, bought, folds);
#endif
}
