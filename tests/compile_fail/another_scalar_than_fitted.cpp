// SPDX-License-Identifier: MIT
// A forest fitted on double scores double: in float a value could fall on the other side of an edge.
// expects: same_as
#include <footfall/forest/random_forest.hpp>

namespace ff = footfall;

void score(const ff::fitted_forest<double>& forest, const ff::matrix<float>& x) {
#ifdef FIXED
  (void)forest.score(x.cast<double>());
#else
  (void)forest.score(x);
#endif
}
