// SPDX-License-Identifier: MIT
// One program in two halves: with TAKES the half that takes labels, without it the half that hands them over.
#include <vector>

#include <footfall/core/labels.hpp>

footfall::index how_many(const footfall::labels& y);

#ifdef TAKES
footfall::index how_many(const footfall::labels& y) { return y.size(); }
#else
int main() { return how_many(footfall::labels(std::vector<int>{1, 0, 1})) == 3 ? 0 : 1; }
#endif
