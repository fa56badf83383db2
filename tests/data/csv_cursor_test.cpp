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

TEST_CASE("texts are cut between characters") {
  CHECK(ff::detail::csv_excerpt("short") == "short");
  CHECK(ff::detail::csv_excerpt(std::string(59, 'x') + "\xC3\xA9y") == std::string(59, 'x') + "...");
  CHECK(ff::detail::csv_excerpt(std::string(100, '\x80')).size() < 60);
}
