// SPDX-License-Identifier: MIT
// A chain that ends in a forest is a classifier, and ends there.
// expects: transforming_step
#include <footfall/features/numeric.hpp>
#include <footfall/features/standard_scaler.hpp>
#include <footfall/forest/random_forest.hpp>
#include <footfall/pipeline/chain.hpp>

namespace ff = footfall;

int main() {
#ifdef FIXED
  const auto recipe = ff::numeric{{"pages"}} | ff::standard_scaler{} | ff::random_forest{};
#else
  const auto recipe = ff::numeric{{"pages"}} | ff::random_forest{} | ff::standard_scaler{};
#endif
  (void)recipe;
}
