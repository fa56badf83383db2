// SPDX-License-Identifier: MIT
// The corpus of the CSV fuzzer, replayed; each file also cut off at every byte.
#include <cstdint>
#include <span>

#include <doctest/doctest.h>

#include <tests/fuzz/csv_fuzz.hpp>
#include <tests/fuzz/replay.hpp>

TEST_CASE("the corpus of the CSV fuzzer, and all of its beginnings") {
  int tables = 0, errors = 0;
  CHECK(fuzz::replay_beginnings(
            "csv", [&](std::span<const std::uint8_t> input) { ++(fuzz::check_csv(input) ? tables : errors); }) >= 20);
  CHECK(tables > 100);
  CHECK(errors > 100);
}
