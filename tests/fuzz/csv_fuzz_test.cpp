// SPDX-License-Identifier: MIT
// The corpus of the CSV fuzzer, replayed; each file also cut off at every byte.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <vector>

#include <doctest/doctest.h>

#include <tests/fuzz/csv_fuzz.hpp>
#include <tests/source_dir.hpp>

TEST_CASE("the corpus of the CSV fuzzer, and all of its beginnings") {
  int files = 0, tables = 0, errors = 0;
  for (const auto& entry : std::filesystem::directory_iterator(source_dir() / "tests/fuzz/corpus/csv")) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
    ++files;
    for (std::size_t length = 0; length <= bytes.size(); ++length) {
      CAPTURE(entry.path().filename().string());
      CAPTURE(length);
      REQUIRE_NOTHROW(++(fuzz::check_csv(std::span(bytes).first(length)) ? tables : errors));
    }
  }
  CHECK(files >= 20);
  CHECK(tables > 100);
  CHECK(errors > 100);
}
