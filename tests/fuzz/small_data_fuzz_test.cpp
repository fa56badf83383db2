// SPDX-License-Identifier: MIT
// The inputs that fuzzing of training and clustering kept, once more, each also cut off at every byte.
#include <cstdint>
#include <span>

#include <doctest/doctest.h>

#include <tests/fuzz/clustering_fuzz.hpp>
#include <tests/fuzz/replay.hpp>
#include <tests/fuzz/training_fuzz.hpp>

TEST_CASE("training: the inputs that fuzzing kept") {
  int forests = 0, errors = 0;
  CHECK(fuzz::replay_beginnings("training", [&](std::span<const std::uint8_t> input) {
          ++(training_fuzz::check_bytes(input) ? forests : errors);
        }) >= 12);
  CHECK(forests > 100);
  CHECK(errors > 100);
}

TEST_CASE("clustering: the inputs that fuzzing kept") {
  int inputs = 0;
  clustering_fuzz::tally all;
  CHECK(fuzz::replay_beginnings("clustering", [&](std::span<const std::uint8_t> input) {
          const auto found = clustering_fuzz::check_bytes(input);
          all.scalers += found.scalers;
          all.segments += found.segments;
          all.silhouettes += found.silhouettes;
          all.choices += found.choices;
          all.components += found.components;
          ++inputs;
        }) >= 12);
  for (const int some : {all.scalers, all.segments, all.silhouettes, all.choices, all.components}) {
    CHECK(some >= 20);
    CHECK(some < 2 * inputs);
  }
}
