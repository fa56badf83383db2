// SPDX-License-Identifier: MIT
// Equality and digests come from parts(): a step without them can be used but not told apart.
// expects: or have parts()
#include <functional>
#include <tuple>

#include <footfall/core/digest.hpp>

namespace ff = footfall;

struct fitted_step {
  double shift = 0;
#ifdef FIXED
  auto parts() const { return std::tie(shift); }
#else
  std::function<double(double)> formula;
#endif
};

int main() { (void)ff::digest_of(fitted_step{}); }
