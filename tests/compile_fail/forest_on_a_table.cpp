// SPDX-License-Identifier: MIT
// A forest takes features; what the columns of a table mean must be said first.
// (clang 14 looks at the type of the result before it looks at the concept, so both name only what they have in common.)
// expects: scalar_of<X>
#include <footfall/features/numeric.hpp>
#include <footfall/forest/random_forest.hpp>
#include <footfall/pipeline/chain.hpp>

namespace ff = footfall;

void fit(const ff::table& sessions, const ff::labels& bought) {
#ifdef FIXED
  (void)(ff::numeric{{"pages"}} | ff::random_forest{}).fit(sessions, bought);
#else
  (void)ff::random_forest{}.fit(sessions, bought);
#endif
}
