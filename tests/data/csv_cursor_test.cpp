// SPDX-License-Identifier: MIT
// Field by field, and where errors are.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/data/csv_cursor.hpp>

namespace {

namespace ff = footfall;
using ff::detail::csv_cursor;

}  // namespace

TEST_CASE("fields, quotes and line ends one after another") {
  csv_cursor cursor("ab,\"c,\"\"d\"\r\n,e", ',', "csv");
  CHECK(cursor.field() == "ab");
  CHECK(cursor.another_field());
  CHECK(cursor.field_number() == 1);
  CHECK(cursor.field() == "c,\"d");
  CHECK_FALSE(cursor.another_field());
  cursor.begin_row();
  CHECK(cursor.line() == 2);
  CHECK(cursor.field() == "");
  CHECK(cursor.another_field());
  CHECK(cursor.field() == "e");
  CHECK_FALSE(cursor.another_field());
  CHECK(cursor.at_end());
}

TEST_CASE("the short ways read what fills a field, and nothing near the end of the text") {
  const std::string text = "12,pages,longer text,\"q\"," + std::string(50, 'x');
  csv_cursor cursor(text, ',', "csv");
  double number = 0;
  CHECK(cursor.plain_number(text.data(), number) == text.data() + 2);
  CHECK(number == 12);
  CHECK(cursor.plain_number(text.data() + 3, number) == nullptr);
  std::uint64_t bytes = 0;
  CHECK(cursor.short_text(text.data() + 3, bytes) == text.data() + 8);
  CHECK(bytes == 0x7365676170);  // "pages", its first byte in the lowest place
  CHECK(cursor.short_text(text.data() + 9, bytes) == nullptr);
  CHECK(cursor.short_text(text.data() + 21, bytes) == nullptr);
  CHECK(cursor.short_text(text.data() + text.size() - 4, bytes) == nullptr);
  CHECK(cursor.plain_number(text.data() + text.size() - 4, number) == nullptr);
  CHECK(cursor.plain_number(text.data() + 2, number) == text.data() + 2);  // empty: missing
  CHECK(number != number);
}

TEST_CASE("texts are cut between characters") {
  CHECK(ff::detail::csv_excerpt("short") == "short");
  CHECK(ff::detail::csv_excerpt(std::string(59, 'x') + "\xC3\xA9y") == std::string(59, 'x') + "...");
  CHECK(ff::detail::csv_excerpt(std::string(100, '\x80')).size() < 60);
}
