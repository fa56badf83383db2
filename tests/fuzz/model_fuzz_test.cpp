// SPDX-License-Identifier: MIT
// The inputs that fuzzing kept, once more, in every ordinary run and with any compiler.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include <doctest/doctest.h>

#include <tests/fuzz/model_fuzz.hpp>
#include <tests/source_dir.hpp>

TEST_CASE("model files: the inputs that fuzzing kept") {
  int inputs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(source_dir() / "tests/fuzz/corpus/model")) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::vector<std::uint8_t> input{std::istreambuf_iterator<char>(file), {}};
    CAPTURE(entry.path().filename().string());
    CHECK_NOTHROW(fuzz_model(input));
    ++inputs;
  }
  CHECK(inputs >= 10);
}
