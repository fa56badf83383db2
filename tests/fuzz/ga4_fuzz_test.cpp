// SPDX-License-Identifier: MIT
// The inputs of the fuzzer of GA4 exports, once more, in every ordinary run and with any compiler; each also cut off at every byte.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#ifdef FOOTFALL_HAS_GA4
#include <tests/fuzz/ga4_fuzz.hpp>
#endif

#include <tests/events/ga4_skipped.hpp>
#include <tests/source_dir.hpp>

#ifdef FOOTFALL_HAS_GA4

TEST_CASE("GA4 exports: the corpus of the fuzzer, and all of its beginnings") {
  int inputs = 0, with_events = 0, without = 0;
  for (const auto& entry : std::filesystem::directory_iterator(source_dir() / "tests/fuzz/corpus/ga4")) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
    CAPTURE(entry.path().filename().string());
    ++inputs;
    for (std::size_t length = 0; length <= bytes.size(); ++length) {
      CAPTURE(length);
      const auto input = std::span(bytes).first(length);
      const auto events = fuzz_ga4(input);
      ++(events.empty() ? without : with_events);
      std::istringstream in(std::string(input.begin(), input.end()));
      const auto log = footfall::read_ga4(in, fuzz_ga4_options()).events;
      REQUIRE(log.size() == static_cast<footfall::index>(events.size()));
      for (std::size_t i = 0; i < events.size(); ++i) {
        REQUIRE(log[static_cast<footfall::index>(i)].copy() == events[i]);
      }
    }
  }
  CHECK(inputs >= 8);
  CHECK(with_events > 100);
  CHECK(without > 100);
}

#endif
