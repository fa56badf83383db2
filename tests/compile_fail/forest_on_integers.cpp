// SPDX-License-Identifier: MIT
// Features are float or double: integers have no missing value.
// expects: feature_input
#include <footfall/forest/random_forest.hpp>

namespace ff = footfall;

void fit(const Eigen::MatrixXi& counts, const ff::labels& bought) {
#ifdef FIXED
  (void)ff::random_forest{}.fit(counts.cast<double>(), bought);
#else
  (void)ff::random_forest{}.fit(counts, bought);
#endif
}
