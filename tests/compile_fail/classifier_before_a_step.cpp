// SPDX-License-Identifier: MIT
// A forest gives scores, and no step takes scores: it can only be the last one.
// expects: transforming_step
#include <footfall/features/numeric.hpp>
#include <footfall/forest/random_forest.hpp>
#include <footfall/pipeline/chain.hpp>

namespace ff = footfall;

int main() {
#ifdef FIXED
  const auto recipe = ff::numeric{{"pages"}} | ff::random_forest{};
#else
  const auto recipe = ff::random_forest{} | ff::random_forest{};
#endif
  (void)recipe;
}
