// SPDX-License-Identifier: MIT
// Chains are made of recipes: a step that is fitted already would not be fitted anew in each fold.
// expects: transforming_step
#include <footfall/features/numeric.hpp>
#include <footfall/forest/random_forest.hpp>
#include <footfall/pipeline/chain.hpp>

namespace ff = footfall;

int main() {
  const ff::table sessions({ff::column::numeric("pages", {1, 2})});
#ifdef FIXED
  const auto recipe = ff::numeric{{"pages"}} | ff::random_forest{};
#else
  const auto recipe = ff::numeric{{"pages"}}.fit(sessions) | ff::random_forest{};
#endif
  (void)recipe;
}
