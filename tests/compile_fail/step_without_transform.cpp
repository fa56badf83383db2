// SPDX-License-Identifier: MIT
// A user's own step needs both halves: a recipe that fits, and a fitted value that transforms.
// expects: transforming_step
#include <footfall/forest/random_forest.hpp>
#include <footfall/pipeline/chain.hpp>

namespace ff = footfall;

struct fitted_pages {
#ifdef FIXED
  ff::features<double> transform(const ff::table& sessions) const {
    return {ff::matrix<double>::Zero(sessions.rows(), 1), {{"pages", "pages"}}};
  }
#else
  ff::features<double> apply(const ff::table& sessions) const {
    return {ff::matrix<double>::Zero(sessions.rows(), 1), {{"pages", "pages"}}};
  }
#endif
};

struct pages {
  fitted_pages fit(const ff::table&) const { return {}; }
};

int main() {
  const auto recipe = pages{} | ff::random_forest{};
  (void)recipe;
}
