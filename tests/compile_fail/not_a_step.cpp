// SPDX-License-Identifier: MIT
// What stands in a chain must be a recipe; the options of another function are none.
// expects: pipeline_step
#include <footfall/evaluate/deciles.hpp>
#include <footfall/features/numeric.hpp>
#include <footfall/forest/random_forest.hpp>
#include <footfall/pipeline/chain.hpp>

namespace ff = footfall;

int main() {
#ifdef FIXED
  const auto recipe = ff::numeric{{"pages"}} | ff::random_forest{};
#else
  const auto recipe = ff::numeric{{"pages"}} | ff::decile_options{};
#endif
  (void)recipe;
}
