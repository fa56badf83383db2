// SPDX-License-Identifier: MIT
// Texts and their numbers.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/data/csv_levels.hpp>

namespace {

namespace ff = footfall;

std::uint64_t bytes_of(const std::string& text) {
  std::uint64_t bytes = 0;
  for (std::size_t i = text.size(); i-- > 0;) bytes = bytes << 8 | static_cast<unsigned char>(text[i]);
  return bytes;
}

}  // namespace

TEST_CASE("texts are numbered as they come, asked for either way") {
  ff::detail::csv_levels levels;
  CHECK(levels.code_of("mail") == 0);
  CHECK(levels.code_of("paid search") == 1);
  CHECK(levels.code_of_short(bytes_of("mail"), "mail") == 0);
  CHECK(levels.code_of_short(bytes_of("ads"), "ads") == 2);
  CHECK(levels.code_of("ads") == 2);
  CHECK(levels.levels()[1] == "paid search");
}

TEST_CASE("many texts, of which many share a place") {
  ff::detail::csv_levels levels;
  std::vector<std::string> texts;
  for (int i = 0; i < 5000; ++i) texts.push_back(std::to_string(i * 37 % 5000));
  for (int round = 0; round < 2; ++round) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const auto& text = texts[i];
      const auto code = (i + static_cast<std::size_t>(round)) % 2 == 0 ? levels.code_of(text)
                                                                       : levels.code_of_short(bytes_of(text), text);
      REQUIRE(code == static_cast<std::int32_t>(i));
    }
  }
  CHECK(levels.levels().size() == 5000);
}
