// SPDX-License-Identifier: MIT
// The inputs that fuzzing of training and clustering kept, once more, each also cut off at every byte.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <tests/fuzz/clustering_fuzz.hpp>
#include <tests/fuzz/training_fuzz.hpp>
#include <tests/source_dir.hpp>

namespace {

template <class F>
int replay_beginnings(const std::string& folder, F&& check) {
  int inputs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(source_dir() / "tests/fuzz/corpus" / folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::vector<std::uint8_t> input{std::istreambuf_iterator<char>(file), {}};
    CAPTURE(entry.path().filename().string());
    for (std::size_t length = 0; length <= input.size(); ++length) {
      CAPTURE(length);
      REQUIRE_NOTHROW(check(std::span(input).first(length)));
    }
    ++inputs;
  }
  return inputs;
}

}  // namespace

TEST_CASE("training: the inputs that fuzzing kept") {
  int forests = 0, errors = 0;
  CHECK(replay_beginnings("training", [&](std::span<const std::uint8_t> input) {
          ++(training_fuzz::check_bytes(input) ? forests : errors);
        }) >= 12);
  CHECK(forests > 100);
  CHECK(errors > 100);
}

TEST_CASE("clustering: the inputs that fuzzing kept") {
  int inputs = 0;
  clustering_fuzz::tally all;
  CHECK(replay_beginnings("clustering", [&](std::span<const std::uint8_t> input) {
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
