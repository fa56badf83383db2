// SPDX-License-Identifier: MIT
// What splits gained, counted again: against a tree whose numbers fit on paper.
#include <vector>

#include <doctest/doctest.h>

#include <footfall/forest/recounted_tree.hpp>

namespace ff = footfall;

TEST_CASE("splits gain half the decrease of Gini impurity times sessions, in the order in which they were found") {
  // Root: 8 sessions, 4 positive. Left: a leaf of 3, none positive. Right: 5 with 4, split into 3 with 3 and 2 with 1.
  const std::vector<ff::tree_node> nodes = {
      {1, 7, false, false, 1}, {0, 0, false, true, 0}, {0, 3, false, false, 3}, {0, 0, false, true, 0}, {}};
  const auto counts = [](std::uint64_t all, std::uint64_t positives) {
    return ff::detail::class_counts{all << 32 | positives};
  };
  const auto decrease = ff::detail::recounted_decrease(nodes, {{}, counts(3, 0), {}, counts(3, 3), counts(2, 1)}, 3);
  // Root: Gini x sessions is 2 x 4 x 4 / 8 = 4 before and 0 + 2 x 4 x 1 / 5 = 1.6 after: half of 2.4 is 1.2. Right: 1.6
  // before, 2 x 1 x 1 / 2 = 1 after: 0.3.
  REQUIRE(decrease.size() == 3);
  CHECK(decrease[0] == doctest::Approx(0.3).epsilon(1e-15));
  CHECK(decrease[1] == doctest::Approx(1.2).epsilon(1e-15));
  CHECK(decrease[2] == 0);
  CHECK(ff::detail::recounted_decrease(std::vector<ff::tree_node>(1), {counts(4, 1)}, 2) == std::vector<double>{0, 0});
}
