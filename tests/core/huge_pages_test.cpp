// SPDX-License-Identifier: MIT
#include <cstddef>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/huge_pages.hpp>

TEST_CASE("the hint changes nothing that is there") {
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{100}, std::size_t{20} << 20}) {
    std::vector<unsigned char> memory(bytes + 2, 7);
    footfall::advise_huge_pages(memory.data() + 1, bytes);
    bool same = true;
    for (const auto byte : memory) same = same && byte == 7;
    CHECK(same);
  }
}
