// SPDX-License-Identifier: MIT
// Closeness by relative error, however small the numbers: doctest's Approx adds 1 to what it compares.
#pragma once

#include <cmath>

inline bool close(double found, double expected, double relative) {
  return found == expected || std::fabs(found - expected) <= relative * std::fabs(expected);
}
