// SPDX-License-Identifier: MIT
// Writes a made-up shop's events as the BigQuery export of Google Analytics 4 has them, one JSON object a line: something to try
// `live_scoring` on.
#include <iostream>

#include <examples/arguments.hpp>

#include <footfall/events.hpp>

namespace ff = footfall;

int main(int count, char** words) {
  return run_program(count, words, "made_up_export [--sessions 10000] [--seed 7]\n", {"sessions", "seed"},
                     [](const arguments& given) {
                       const ff::fashion_store shop{.sessions = given.whole<ff::index>("sessions", 10'000),
                                                    .seed = given.whole<std::uint64_t>("seed", 7),
                                                    .label = ff::fashion_label::funnel};
                       std::ios::sync_with_stdio(false);
                       ff::write_ga4(std::cout, ff::fashion_events{.shop = shop}.log());
                     });
}
