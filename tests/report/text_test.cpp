// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include <footfall/report/text.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("numbers have the digits that were asked for and commas between thousands") {
  CHECK(ff::fixed(3.14159, 2) == "3.14");
  CHECK(ff::fixed(0, 0) == "0");
  CHECK(ff::fixed(999, 0) == "999");
  CHECK(ff::fixed(1000, 0) == "1,000");
  CHECK(ff::fixed(-1000, 1) == "-1,000.0");
  CHECK(ff::fixed(-123456, 0) == "-123,456");
  CHECK(ff::fixed(1234567.891, 2) == "1,234,567.89");
  CHECK(ff::fixed(999.996, 2) == "1,000.00");
  CHECK(ff::fixed(0.125, 2) == "0.12");   // exactly between: to even
  CHECK(ff::fixed(-0.001, 2) == "0.00");  // no sign before nothing
  CHECK(ff::fixed(-0.0, 0) == "0");
  CHECK(ff::fixed(1e300, 0).size() == 301 + 100);
  CHECK(ff::fixed(missing, 2) == "–");
  CHECK(ff::fixed(infinite, 2) == "∞");
  CHECK(ff::fixed(-infinite, 2) == "-∞");
  CHECK(ff::thousands(25'000) == "25,000");
  CHECK(ff::thousands(-1'847) == "-1,847");
  CHECK(ff::thousands(std::numeric_limits<std::int64_t>::min()) == "-9,223,372,036,854,775,808");
  CHECK(thrown_by([] { return ff::fixed(1, -1); }) == "bad_option: fixed: decimals must be in [0, 15], got -1");
  CHECK(code_thrown_by([] { return ff::fixed(1, 16); }) == "bad_option");
}

TEST_CASE("shares, amounts, p-values and intervals") {
  CHECK(ff::percent(0.0739) == "7.39 %");
  CHECK(ff::percent(1, 0) == "100 %");
  CHECK(ff::percent(missing) == "–");
  CHECK(ff::money(1234.5) == "$1,234.50");
  CHECK(ff::money(-3) == "-$3.00");
  CHECK(ff::money(12.4, 0, "€") == "€12");
  CHECK(ff::money(missing) == "–");
  CHECK(ff::p_value(0.0743) == "0.074");
  CHECK(ff::p_value(0.001) == "0.001");
  CHECK(ff::p_value(0.0009) == "< 0.001");
  CHECK(ff::p_value(missing) == "–");
  CHECK(ff::p_in_words(0.0743) == "p = 0.074");
  CHECK(ff::p_in_words(0.0009) == "p < 0.001");
  CHECK(ff::p_in_words(missing) == "p = –");
  CHECK(ff::fixed(ff::interval{2.919, 3.833, 0.95}, 2) == "2.92 to 3.83");
  CHECK(ff::percent(ff::interval{0.0707, 0.0772, 0.95}) == "7.07 to 7.72 %");
}

TEST_CASE("characters are counted, not bytes") {
  using ff::detail::characters_in;
  CHECK(characters_in("") == 0);
  CHECK(characters_in("abc") == 3);
  CHECK(characters_in("é–😀") == 3);
  CHECK(characters_in("\x80\xff") == 2);          // bytes that begin nothing
  CHECK(characters_in("\xe2\x80") == 2);          // cut off
  CHECK(characters_in("\xc0\xaf") == 2);          // longer than needed
  CHECK(characters_in("\xed\xa0\x80") == 3);      // a surrogate
  CHECK(characters_in("\xf4\x90\x80\x80") == 4);  // above U+10FFFF
}

TEST_CASE("a table prints in columns") {
  ff::printed_table table("Conversion", {{"Channel"}, {"Rate"}, {"Note", ff::alignment::left}});
  table.add({"Google", "20.29 %", "search"}).add({"Café", "9 %", ""});
  std::ostringstream out;
  ff::print(out, table);
  CHECK(out.str() ==
        "Conversion\n"
        "Channel     Rate  Note\n"
        "Google   20.29 %  search\n"
        "Café         9 %\n");
}

TEST_CASE("a row has a cell for every column") {
  ff::printed_table table("", {{"a"}, {"b"}});
  CHECK(thrown_by([&] { return table.add({"1"}); }) == "wrong_shape: printed_table: a row must have 2 cells, got 1");
  CHECK(table.rows().empty());
  CHECK(code_thrown_by([] { return ff::printed_table("", {}); }) == "wrong_shape");
}

TEST_CASE("bars and shades stay in their range") {
  CHECK(ff::printed_cell("x").with_bar(1.5).bar == 1);
  CHECK(ff::printed_cell("x").with_bar(-1).bar == 0);
  CHECK(ff::printed_cell("x").with_shade(-7).shade == -1);
  CHECK(std::isnan(ff::printed_cell("x").bar));
  CHECK(std::isnan(ff::printed_cell("x").with_bar(missing).bar));
}
