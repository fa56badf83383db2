// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/parameter_forms.hpp>

namespace ff = footfall;

namespace {

using keys = std::vector<std::uint32_t>;

keys of(std::span<const std::uint32_t> some) { return {some.begin(), some.end()}; }

}  // namespace

TEST_CASE("each different list of keys gets a code, and is given back") {
  ff::parameter_forms forms;
  const keys none, one{7}, two{7, 3}, back{3, 7};
  CHECK(forms.add(none, 0) == 0);
  CHECK(forms.add(two, 1) == 1);
  CHECK(forms.add(two, 2) == 2);  // the same keys, but both of numbers
  CHECK(forms.add(two, 0) == 3);
  CHECK(forms.add(back, 1) == 4);
  CHECK(forms.add(one, 1) == 5);
  CHECK(forms.size() == 6);
  for (const std::uint32_t guess : {0U, 1U, 5U, 6U, ff::parameter_forms::none}) {
    CHECK(forms.add(none, 0, guess) == 0);
    CHECK(forms.add(two, 1, guess) == 1);
    CHECK(forms.add(two, 2, guess) == 2);
    CHECK(forms.add(one, 1, guess) == 5);
  }
  CHECK(of(forms.number_keys(1)) == keys{7});
  CHECK(of(forms.text_keys(1)) == keys{3});
  CHECK(of(forms.number_keys(2)) == two);
  CHECK(forms.text_keys(2).empty());
  CHECK(of(forms.text_keys(4)) == keys{7});
  CHECK(forms.number_keys(0).empty());
}

TEST_CASE("many lists, and what they cost") {
  ff::parameter_forms forms;
  const auto list = [](std::uint32_t i) { return keys{i, i / 3, i % 5, 9}; };
  for (std::uint32_t i = 0; i < 5000; ++i) REQUIRE(forms.add(list(i), i % 4) == i);
  for (std::uint32_t i = 0; i < 5000; ++i) REQUIRE(forms.add(list(i), i % 4, i / 2) == i);
  for (std::uint32_t i = 0; i < 5000; ++i) {
    const keys wanted = list(i);
    REQUIRE(
        std::equal(wanted.begin(), wanted.begin() + i % 4, forms.number_keys(i).begin(), forms.number_keys(i).end()));
    REQUIRE(std::equal(wanted.begin() + i % 4, wanted.end(), forms.text_keys(i).begin(), forms.text_keys(i).end()));
  }
  CHECK(forms.bytes() <= 5000 * (4 * 4 + 16 + 4 * 4));
}
