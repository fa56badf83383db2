// SPDX-License-Identifier: MIT
// Only features stand side by side.
// expects: transforming_step
#include <footfall/features/columns.hpp>
#include <footfall/features/numeric.hpp>
#include <footfall/features/one_hot.hpp>
#include <footfall/forest/random_forest.hpp>

namespace ff = footfall;

void features_of(const ff::table& sessions) {
#ifdef FIXED
  const auto recipe = ff::columns(ff::numeric{{"pages"}}, ff::one_hot{{"device"}});
#else
  const auto recipe = ff::columns(ff::numeric{{"pages"}}, ff::random_forest{});
#endif
  (void)recipe.fit(sessions);
}
