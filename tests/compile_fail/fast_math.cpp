// SPDX-License-Identifier: MIT
// expects: remove the tests for missing values
#ifndef FIXED
#define __FAST_MATH__ 1  // what -ffast-math defines
#endif
#include <footfall/core/version.hpp>

int main() {}
