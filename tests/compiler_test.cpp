// SPDX-License-Identifier: MIT
// What every other test takes for granted of the compiler, and one compiler does not do: see cmake/footfallPrograms.cmake.
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace {

struct holder {
  explicit holder(std::vector<double> v) : values(std::move(v)) {}
  std::vector<double> values;
};

[[gnu::noinline]] std::string digits(const holder& of) {
  std::string text;
  for (const double value : of.values) text += static_cast<char>('0' + static_cast<int>(value));
  return text;
}

// Functions of their own, because the fault depends on what the compiler sees around the constants.
[[gnu::noinline]] std::string three_ones() {
  const holder h({1.0, 1.0, 1.0, 0.0});
  return digits(h);
}
[[gnu::noinline]] std::string two_ones() {
  const holder h({1.0, 1.0, 0.0, 0.0});
  return digits(h);
}
[[gnu::noinline]] std::string four_ones() {
  const holder h({1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0});
  return digits(h);
}

}  // namespace

TEST_CASE("constants keep their last zeros") {
  CHECK(three_ones() == "1110");
  CHECK(two_ones() == "1100");
  CHECK(four_ones() == "11110000");
}
