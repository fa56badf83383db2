// SPDX-License-Identifier: MIT
// The inputs of the fuzzer of GA4 exports, once more, in every ordinary run and with any compiler; each also cut off at every byte.
#include <cstddef>
#include <cstdint>
#include <span>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#ifdef FOOTFALL_HAS_GA4
#include <tests/fuzz/ga4_fuzz.hpp>
#include <tests/fuzz/replay.hpp>
#endif

#include <tests/events/ga4_skipped.hpp>

#ifdef FOOTFALL_HAS_GA4

TEST_CASE("GA4 exports: the corpus of the fuzzer, and all of its beginnings") {
  int with_events = 0, without = 0;
  CHECK(fuzz::replay_beginnings("ga4", [&](std::span<const std::uint8_t> input) {
          const auto events = fuzz_ga4(input);
          ++(events.empty() ? without : with_events);
          std::istringstream in(std::string(input.begin(), input.end()));
          const auto log = footfall::read_ga4(in, fuzz_ga4_options()).events;
          REQUIRE(log.size() == static_cast<footfall::index>(events.size()));
          for (std::size_t i = 0; i < events.size(); ++i) {
            REQUIRE(log[static_cast<footfall::index>(i)].copy() == events[i]);
          }
        }) >= 8);
  CHECK(with_events > 100);
  CHECK(without > 100);
}

#endif
