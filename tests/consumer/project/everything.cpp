// SPDX-License-Identifier: MIT
// All that footfall.hpp lists is installed.
#include <footfall/footfall.hpp>

int main() {}
