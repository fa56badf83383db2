// SPDX-License-Identifier: MIT
#include <iostream>
#include <vector>

#include <footfall/core/labels.hpp>
#include <footfall/core/types.hpp>
#include <footfall/core/version.hpp>
#include <footfall/forest/random_forest.hpp>

namespace ff = footfall;

int main() {
  ff::matrix<double> pages(6, 1);
  pages << 1, 2, 3, 11, 12, 13;
  const ff::labels bought(std::vector<int>{0, 0, 0, 1, 1, 1}, "bought");
  const auto model = ff::random_forest{.trees = 10, .seed = 7}.fit(pages, bought);
  const auto scores = model.score(pages);
  if (scores.front() >= scores.back()) return 1;
  std::cout << ff::build_tag() << '\n';
}
