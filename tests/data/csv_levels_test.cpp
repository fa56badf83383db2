// SPDX-License-Identifier: MIT
// Texts and their numbers.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/data/csv_levels.hpp>

namespace {

namespace ff = footfall;

// With as many bytes behind the text as the short way may read.
std::int32_t short_code(ff::detail::csv_levels& levels, const std::string& text) {
  const std::string padded = text + std::string(16, ',');
  return levels.code_of_short(std::string_view(padded).substr(0, text.size()));
}

}  // namespace

TEST_CASE("texts are numbered as they come, asked for either way") {
  ff::detail::csv_levels levels;
  CHECK(levels.code_of("mail") == 0);
  CHECK(levels.code_of("paid search") == 1);
  CHECK(short_code(levels, "mail") == 0);
  CHECK(short_code(levels, "ads") == 2);
  CHECK(levels.code_of("ads") == 2);
  CHECK(levels.levels()[1] == "paid search");
  CHECK(short_code(levels, "paid search") == 1);
  CHECK(short_code(levels, "a text of 16 byt") == 3);
  CHECK(levels.code_of("a text of 16 byt") == 3);
  CHECK(short_code(levels, "eight by") == 4);
  CHECK(short_code(levels, "eight byt") == 5);
}

TEST_CASE("many texts, of which many share a place") {
  ff::detail::csv_levels levels;
  std::vector<std::string> texts;
  for (int i = 0; i < 5000; ++i) texts.push_back(std::to_string(i * 37 % 5000));
  for (int round = 0; round < 2; ++round) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const auto& text = texts[i];
      const auto code =
          (i + static_cast<std::size_t>(round)) % 2 == 0 ? levels.code_of(text) : short_code(levels, text);
      REQUIRE(code == static_cast<std::int32_t>(i));
    }
  }
  CHECK(levels.levels().size() == 5000);
}
