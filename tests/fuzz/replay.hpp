// SPDX-License-Identifier: MIT
// The inputs that fuzzing kept, for tests that replay them in every ordinary run and with any compiler.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <tests/source_dir.hpp>

namespace fuzz {

/// Hands each input of a target to `check`, as a span of bytes; returns how many there are. What is thrown fails the test.
template <class Check>
int replay(const std::string& target, Check&& check) {
  int inputs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(source_dir() / "tests/fuzz/corpus" / target)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::vector<std::uint8_t> input{std::istreambuf_iterator<char>(file), {}};
    CAPTURE(entry.path().filename().string());
    REQUIRE_NOTHROW(check(std::span<const std::uint8_t>(input)));
    ++inputs;
  }
  return inputs;
}

/// The same, each input also cut off at every byte.
template <class Check>
int replay_beginnings(const std::string& target, Check&& check) {
  return replay(target, [&](std::span<const std::uint8_t> input) {
    for (std::size_t length = 0; length <= input.size(); ++length) {
      CAPTURE(length);
      REQUIRE_NOTHROW(check(input.first(length)));
    }
  });
}

}  // namespace fuzz
