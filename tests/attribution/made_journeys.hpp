// SPDX-License-Identifier: MIT
// Journeys for tests: the examples that can be checked by hand, and random ones.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <footfall/attribution/journey.hpp>
#include <footfall/core/random.hpp>

namespace footfall_tests {

namespace ff = footfall;

/// "a b c" as a path.
inline ff::path path_of(const std::string& touches, std::int64_t conversions, std::int64_t others = 0,
                        double revenue = 0) {
  ff::path result{{}, conversions, others, revenue};
  std::string name;
  for (const char c : touches + " ") {
    if (c != ' ') {
      name += c;
    } else if (!name.empty()) {
      result.touches.push_back(name);
      name.clear();
    }
  }
  return result;
}

/// `count` paths of up to 8 touches of the given number of channels (c0, c1, ...); about a third convert, for odd amounts.
inline std::vector<ff::path> random_paths(int count, int channels, std::uint64_t seed) {
  ff::random_stream random(seed);
  std::vector<ff::path> paths;
  for (int i = 0; i < count; ++i) {
    ff::path each;
    const auto length = 1 + random.below(8);
    for (std::uint64_t at = 0; at < length; ++at) {
      each.touches.push_back("c" + std::to_string(random.below(static_cast<std::uint64_t>(channels))));
    }
    const bool bought = random.below(3) == 0;
    each.conversions = bought ? 1 : 0;
    each.others = bought ? 0 : 1;
    each.revenue = bought ? static_cast<double>(random.below(10'000)) / 100 : 0;
    paths.push_back(each);
  }
  return paths;
}

}  // namespace footfall_tests
