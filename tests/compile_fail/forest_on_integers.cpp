// SPDX-License-Identifier: MIT
// Features are float or double: integers have no missing value.
// (clang 14 looks at the type of the result before it looks at the concept, so both name only what they have in common.)
// expects: scalar_of<X>
#include <footfall/forest/random_forest.hpp>

namespace ff = footfall;

void fit(const Eigen::MatrixXi& counts, const ff::labels& bought) {
#ifdef FIXED
  (void)ff::random_forest{}.fit(counts.cast<double>(), bought);
#else
  (void)ff::random_forest{}.fit(counts, bought);
#endif
}
