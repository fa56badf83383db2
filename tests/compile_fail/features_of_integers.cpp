// SPDX-License-Identifier: MIT
// expects: floating_point
#include <footfall/core/features.hpp>

namespace ff = footfall;

int main() {
#ifdef FIXED
  const ff::features<float> x;
#else
  const ff::features<int> x;
#endif
  (void)x;
}
