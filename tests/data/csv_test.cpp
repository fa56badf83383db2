// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/data/csv.hpp>
#include <footfall/data/duplicates.hpp>
#include <footfall/data/label.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using ff::parse_csv;
using footfall_tests::failure;
using footfall_tests::failure_of;

namespace {

using texts = std::vector<std::string>;
using numbers = std::vector<double>;
using namespace std::string_literals;

const std::string bom = "\xEF\xBB\xBF";

numbers numbers_of(const ff::column& c) { return {c.numbers().begin(), c.numbers().end()}; }

// The text of every row of a categorical column; empty where it is missing.
texts texts_of(const ff::column& c) {
  texts result;
  for (const auto code : c.codes()) result.push_back(code < 0 ? "" : c.levels()[static_cast<std::size_t>(code)]);
  return result;
}

texts names_of(const ff::table& t) {
  texts result;
  for (const auto& each : t.columns()) result.push_back(each.name());
  return result;
}

// The error that a text gives; every error of the text itself is bad_text.
std::string message_of(std::string_view text, const ff::csv_options& options = {}) {
  const failure failed = failure_of([&] { (void)parse_csv(text, options); });
  CHECK(failed.code == ff::error_code::bad_text);
  return failed.message;
}

// From memory that ends where the text ends, so that the address sanitizer sees every step beyond.
ff::table parse_exactly(std::string_view text, const ff::csv_options& options = {}) {
  const std::vector<char> exact(text.begin(), text.end());
  return parse_csv(std::string_view(exact.data(), exact.size()), options);
}

// True for a table, false for bad_text; any other outcome ends the test.
bool parses(std::string_view text) {
  try {
    (void)parse_exactly(text);
    return true;
  } catch (const ff::error& caught) {
    if (caught.code() != ff::error_code::bad_text) throw;
    return false;
  }
}

}  // namespace

TEST_CASE("a header and rows make a table") {
  const ff::table t = parse_csv("id,channel,time\n1,mail,2.5\n2,search,-1e3\n3,mail,\n");
  CHECK(names_of(t) == texts{"id", "channel", "time"});
  CHECK(t.rows() == 3);
  CHECK(numbers_of(t["id"]) == numbers{1, 2, 3});
  CHECK(texts_of(t["channel"]) == texts{"mail", "search", "mail"});
  CHECK(t["channel"].levels() == texts{"mail", "search"});
  CHECK(t["time"].numbers()[1] == -1000);
  CHECK(std::isnan(t["time"].numbers()[2]));
  CHECK(t["time"].missing() == 1);
  CHECK(t["time"].stage() == ff::stage::unknown);
}

TEST_CASE("line ends are LF or CRLF, and the last one may be missing") {
  const ff::table expected = parse_csv("a,b\n1,x\n2,y\n");
  CHECK(parse_csv("a,b\n1,x\n2,y") == expected);
  CHECK(parse_csv("a,b\r\n1,x\r\n2,y\r\n") == expected);
  CHECK(parse_csv("a,b\r\n1,x\r\n2,y") == expected);
  CHECK(parse_csv("a,b\r\n1,x\n2,y\r\n") == expected);
  CHECK(message_of("a,b\r1,x\r2,y\r") == "csv: line 1: expected a line feed after the carriage return");
  CHECK(message_of("a,b\n1,x\r") == "csv: line 2: expected a line feed after the carriage return");
  CHECK(message_of("a,b\n1,x\r,y\n") == "csv: line 2: expected a line feed after the carriage return");
  CHECK(message_of("a,b\n1,x\r\r\n") == "csv: line 2: expected a line feed after the carriage return");
}

TEST_CASE("a byte order mark is skipped at the beginning and nowhere else") {
  CHECK(parse_csv(bom + "a,b\n1,2\n") == parse_csv("a,b\n1,2\n"));
  CHECK(parse_csv(bom + "\"a\",b\n1,2\n") == parse_csv("a,b\n1,2\n"));
  CHECK(parse_csv(bom + bom + "a\n1\n")[bom + "a"].rows() == 1);
  CHECK(message_of("\xFE\xFF\0a"s) == "csv: line 1, column 1: expected text, got a NUL byte");
}

TEST_CASE("no header, or one that does not name every column once") {
  CHECK(message_of("") == "csv: expected a header, got an empty text");
  CHECK(message_of(bom) == "csv: expected a header, got an empty text");
  CHECK(message_of("\n1\n") == "csv: line 1, column 1: expected a column name, got an empty field");
  CHECK(message_of("a,,c\n") == "csv: line 1, column 2: expected a column name, got an empty field");
  CHECK(message_of("a,b,\n1,2,3\n") == "csv: line 1, column 3: expected a column name, got an empty field");
  CHECK(message_of("a,\"\"\n") == "csv: line 1, column 2: expected a column name, got an empty field");
  CHECK(message_of("a,b,c,b\n") == "csv: line 1, column 4: the name 'b' is there twice, first in column 2");
  CHECK(message_of("a,\"a\"\n") == "csv: line 1, column 2: the name 'a' is there twice, first in column 1");
  CHECK(names_of(parse_csv("A, a,a\n")) == texts{"A", " a", "a"});
}

TEST_CASE("a header alone is a table without rows") {
  for (const auto* text : {"a,b", "a,b\n", "a,b\r\n"}) {
    const ff::table t = parse_csv(text);
    CHECK(t.cols() == 2);
    CHECK(t.rows() == 0);
    CHECK(t["a"].is_numeric());
  }
  CHECK(parse_csv(bom + "a").cols() == 1);
  CHECK_FALSE(parse_csv("a,b\n", {.categorical = {"b"}})["b"].is_numeric());
}

TEST_CASE("quoted fields hold delimiters, line ends and quotes") {
  const ff::table t = parse_csv("a,b\n\"x,y\",\"1\n2\"\n\"say \"\"hi\"\"\",\"\r\n\"\n\"\"\"\",\"\"\"\"\"\"\n");
  CHECK(texts_of(t["a"]) == texts{"x,y", "say \"hi\"", "\""});
  CHECK(texts_of(t["b"]) == texts{"1\n2", "\r\n", "\"\""});
  CHECK(names_of(parse_csv("\"a,b\",\"c\"\"d\",\"e\nf\"\n")) == texts{"a,b", "c\"d", "e\nf"});
}

TEST_CASE("quotes do not change what a field means") {
  CHECK(parse_csv("a,b,c\n\"1\",\"x\",\"\"\n\"2.5\",y,3\n") == parse_csv("a,b,c\n1,x,\n2.5,y,3\n"));
  CHECK(parse_csv("a\n\"1\"\n")["a"].is_numeric());
  CHECK(parse_csv("a,b\n\"\",x\n")["a"].missing() == 1);
}

TEST_CASE("quotes that are out of place") {
  CHECK(message_of("a,b\n1,x\"y\"\n") ==
        "csv: line 2, column 2: expected quotes around the whole field, got one inside it");
  CHECK(message_of("a,b\n1, \"y\"\n") ==
        "csv: line 2, column 2: expected quotes around the whole field, got one inside it");
  CHECK(message_of("a,b\n1,y\"") == "csv: line 2, column 2: expected quotes around the whole field, got one inside it");
  CHECK(message_of("a,b\n1,\"y\"z\n") ==
        "csv: line 2, column 2: expected a delimiter or a line end after the closing quote, got more text");
  CHECK(message_of("a,b\n\"1\" ,2\n") ==
        "csv: line 2, column 1: expected a delimiter or a line end after the closing quote, got more text");
  CHECK(message_of("a,b\n1,2\n3,\"x\n4,5\n6,7\n") ==
        "csv: line 3, column 2: expected a closing quote, got the end of the text");
  CHECK(message_of("a,b\n1,\"") == "csv: line 2, column 2: expected a closing quote, got the end of the text");
  CHECK(message_of("a,b\n1,\"x\"\"") == "csv: line 2, column 2: expected a closing quote, got the end of the text");
  CHECK(message_of("\"") == "csv: line 1, column 1: expected a closing quote, got the end of the text");
  CHECK(message_of("\"a,b\n1,2\n3,4\n") == "csv: line 1, column 1: expected a closing quote, got the end of the text");
}

TEST_CASE("rows have as many fields as the header") {
  CHECK(message_of("a,b,c\n1,2,3\n1,2\n") == "csv: line 3: expected 3 fields, got 2");
  CHECK(message_of("a,b,c\n1,2,3,4\n") == "csv: line 2: expected 3 fields, got 4");
  CHECK(message_of("a,b,c\n1,2,3,\n") == "csv: line 2: expected 3 fields, got 4");
  CHECK(message_of("a,b\n1,2\n\n3,4\n") == "csv: line 3: expected 2 fields, got 1");
  CHECK(message_of("a,b\n1,2\n\n") == "csv: line 3: expected 2 fields, got 1");
  CHECK(message_of("a\n" + std::string(100000, ',')) == "csv: line 2: expected 1 fields, got 100001");
}

TEST_CASE("in a file of one column, an empty line is a missing value") {
  const ff::table t = parse_csv("a\n1\n\n2\n\n");
  CHECK(t.rows() == 4);
  CHECK(t["a"].missing() == 2);
}

TEST_CASE("a NUL byte is an error wherever it is") {
  CHECK(message_of("a,b\n1,x\0y\n"s) == "csv: line 2, column 2: expected text, got a NUL byte");
  CHECK(message_of("a,b\n1,\"x\0y\"\n"s) == "csv: line 2, column 2: expected text, got a NUL byte");
  CHECK(message_of("a\0,b\n"s) == "csv: line 1, column 1: expected text, got a NUL byte");
  CHECK(message_of("\0"s) == "csv: line 1, column 1: expected text, got a NUL byte");
  CHECK(message_of("a\n1\n\0"s) == "csv: line 3, column 1: expected text, got a NUL byte");
  CHECK_FALSE(parses("a\n\"1\"\0\n"s));
}

TEST_CASE("other bytes stay as they are, UTF-8 or not") {
  const texts odd{"\xC3\xA9", "\xFF\xFE", "\x80", "\x01", "\t x ", "\xED\xA0\x80", "\xD9\xA3"};
  for (const auto& text : odd) CHECK(texts_of(parse_csv("a\n" + text + "\n")["a"]) == texts{text});
}

TEST_CASE("lines are counted through quoted line ends, and a row is where it begins") {
  CHECK(message_of("a,\"b\nb\"\n1,\"x\ny\nz\"\n1,\"\n\",\n") == "csv: line 6: expected 2 fields, got 3");
  CHECK(message_of("a,\"b\nb\"\n1,x\n2\n") == "csv: line 4: expected 2 fields, got 1");
  CHECK(message_of("a,b\n\"\n\n\",x\n2,\"\n\"y\n") ==
        "csv: line 5, column 2: expected a delimiter or a line end after the closing quote, got more text");
  CHECK(message_of("a,b\n1,\"\r\n\"\nx,2\n", {.numeric = {"a"}}) ==
        "csv: line 4, column 'a': expected a number, got 'x'");
}

TEST_CASE("what is a number") {
  const std::pair<std::string, double> good[] = {{"0", 0},
                                                 {"7.50E-05", 7.5e-5},
                                                 {"+1", 1},
                                                 {"-1", -1},
                                                 {".5", 0.5},
                                                 {"-.5", -0.5},
                                                 {"5.", 5},
                                                 {"1e3", 1000},
                                                 {"1e+3", 1000},
                                                 {"00012", 12},
                                                 {"0.1", 0.1},
                                                 {"9007199254740993", 9007199254740992.0},
                                                 {"18446744073709551616", 18446744073709551616.0},
                                                 {"1.7976931348623157e308", std::numeric_limits<double>::max()},
                                                 {"4.9406564584124654e-324", 4.9406564584124654e-324},
                                                 {"0e999999", 0},
                                                 {"0." + std::string(10000, '0') + "1e10001", 1},
                                                 {"1" + std::string(10000, '0') + "e-10000", 1},
                                                 {"1e-400", 0},
                                                 {"1e-99999999999999999999", 0},
                                                 {"0." + std::string(10000, '0') + "1", 0}};
  for (const auto& each : good) {
    CAPTURE(each.first);
    const ff::table t = parse_csv("a\n" + each.first + "\n");
    REQUIRE(t["a"].is_numeric());
    CHECK(t["a"].numbers()[0] == each.second);
  }
  CHECK(std::signbit(parse_csv("a\n-0\n")["a"].numbers()[0]));
  CHECK(std::signbit(parse_csv("a\n-1e-400\n")["a"].numbers()[0]));
}

TEST_CASE("what is not a number is a category") {
  for (const std::string& text :
       texts{"inf",  "-inf",  "nan", "NaN", "infinity", "nan(1)", "0x1p3", "0x10", "1_000",    "1,5", "1e",
             "1e+",  "e5",    ".",   "-",   "+",        "+-1",    "--1",   "++1",  "-+1",      "1-",  "1.2.3",
             "1e5.", "1e5e5", " 1",  "1 ",  "\t1",      "1\n",    "1f",    "TRUE", "\xD9\xA3", "=1"}) {
    CAPTURE(text);
    const ff::table t = parse_csv("a\n\"" + text + "\"\n");
    REQUIRE_FALSE(t["a"].is_numeric());
    CHECK(texts_of(t["a"]) == texts{text});
    CHECK(message_of("a\n\"" + text + "\"\n", {.numeric = {"a"}}) ==
          "csv: line 2, column 'a': expected a number, got '" + text + "'");
  }
}

TEST_CASE("numbers beyond double are errors and not infinity") {
  for (const std::string& text :
       texts{"1e309"s, "-1e309"s, "1.7976931348623159e308"s, "1e99999999999999999999"s, std::string(400, '9'),
             "0." + std::string(400, '0') + "1e800", "1" + std::string(100, '0') + ".5e300"}) {
    CAPTURE(text);
    const std::string message = message_of("a\n1\n" + text + "\n");
    CHECK(message.starts_with("csv: line 3, column 'a': expected a number up to 1.797e308, got '"));
    CHECK(message.size() < 200);
  }
  CHECK(message_of("a\n1\n2e400\n3e500\n") ==
        "csv: line 3, column 'a': expected a number up to 1.797e308, got '2e400'");
  // where the column is one of texts, they are texts
  CHECK(texts_of(parse_csv("a\n12e9999\nx\n")["a"]) == texts{"12e9999", "x"});
  CHECK(texts_of(parse_csv("a\n12e9999\n", {.categorical = {"a"}})["a"]) == texts{"12e9999"});
}

TEST_CASE("the type of a column is that of all its fields") {
  std::string text = "a,b,c\n";
  for (int i = 0; i < 5000; ++i) text += std::to_string(i) + "," + std::to_string(i) + ",\n";
  text += "5000,x,\n";
  const ff::table t = parse_csv(text);
  CHECK(t["a"].is_numeric());
  CHECK_FALSE(t["b"].is_numeric());
  CHECK(t["b"].levels().size() == 5001);
  CHECK(t["b"].levels()[1] == "1");
  CHECK(t["b"].levels()[2] == "10");
  CHECK(t["c"].is_numeric());
  CHECK(t["c"].missing() == 5001);
}

TEST_CASE("levels are those of column::from_text") {
  const texts values{"b", "", "a", "B", "b", "\xC3\xA9", "a b", "1"};
  std::string text = "c,d\n";
  for (const auto& value : values) text += value + ",0\n";
  CHECK(ff::same_parts(parse_csv(text)["c"], ff::column::from_text("c", values)));
}

TEST_CASE("the types of columns can be stated") {
  const std::string text = "id,n\n7,1\n10,2\n,3\n";
  const ff::table t = parse_csv(text, {.categorical = {"id"}, .numeric = {"n"}});
  CHECK(t["id"].levels() == texts{"10", "7"});
  CHECK(texts_of(t["id"]) == texts{"7", "10", ""});
  CHECK(t["n"].is_numeric());
  CHECK(message_of("id,n\n7,1\n8,two\n", {.numeric = {"n"}}) ==
        "csv: line 3, column 'n': expected a number, got 'two'");
  CHECK(parse_csv("id,n\n7,\n", {.numeric = {"n"}})["n"].missing() == 1);
  const auto both = failure_of([&] { (void)parse_csv(text, {.categorical = {"n"}, .numeric = {"id", "n"}}); });
  CHECK(both.code == ff::error_code::bad_option);
  CHECK(both.message == "csv: column 'n' cannot be both numeric and categorical");
}

TEST_CASE("columns can be chosen, in the order wanted") {
  const std::string text = "a,b,c\n1,x,3\n4,y,6\n";
  CHECK(parse_csv(text, {.columns = {"c", "a"}}) == parse_csv(text).select({"c", "a"}));
  CHECK(parse_csv(text, {.columns = {"b"}, .categorical = {"a"}}) == parse_csv(text).select({"b"}));
  CHECK(message_of("a,b\n1,2\n3\n", {.columns = {"a"}}) == "csv: line 3: expected 2 fields, got 1");
  CHECK(parse_csv("a,b\n1,1e999\n", {.columns = {"a"}}).cols() == 1);  // what is not asked for need not be a number
  for (const ff::csv_options& wrong : {ff::csv_options{.columns = {"a", "d"}}, ff::csv_options{.categorical = {"d"}},
                                       ff::csv_options{.numeric = {"d"}}}) {
    const auto failed = failure_of([&] { (void)parse_csv(text, wrong); });
    CHECK(failed.code == ff::error_code::unknown_name);
    CHECK(failed.message == "csv: there is no column 'd'");
  }
  const auto twice = failure_of([&] { (void)parse_csv(text, {.columns = {"a", "a"}}); });
  CHECK(twice.code == ff::error_code::bad_option);
  CHECK(twice.message == "csv: column 'a' is asked for twice");
}

TEST_CASE("texts can be stated to mean missing") {
  const std::string text = "a,b\n1,x\nNA,NA\n\"NA\",(not set)\n,\n";
  CHECK_FALSE(parse_csv(text)["a"].is_numeric());
  const ff::table t = parse_csv(text, {.missing = {"NA", "(not set)"}});
  CHECK(t["a"].is_numeric());
  CHECK(t["a"].missing() == 3);
  CHECK(t["b"].levels() == texts{"x"});
  CHECK(t["b"].missing() == 3);
  CHECK(parse_csv("a\n-1\n5\n", {.missing = {"-1"}})["a"].missing() == 1);
}

TEST_CASE("the delimiter can be another") {
  const ff::table expected = parse_csv("a,b\n\"1;5\",x\n2,y\n");
  CHECK(parse_csv("a;b\n\"1;5\";x\n2;y\n", {.delimiter = ';'}) == expected);
  CHECK(parse_csv("a\tb\n1;5\tx\n2\ty\n", {.delimiter = '\t'}) == expected);
  CHECK(texts_of(parse_csv("a;b\n1,5;2\n", {.delimiter = ';'})["a"]) == texts{"1,5"});
  for (const char bad : {'"', '\n', '\r', '\0'}) {
    CHECK(failure_of([&] { (void)parse_csv("a", {.delimiter = bad}); }).code == ff::error_code::bad_option);
  }
}

TEST_CASE("messages show the beginning of long texts, cut between characters") {
  std::string text;
  for (int i = 0; i < 100000; ++i) text += "\xC3\xA9";
  CHECK(message_of("a\n1" + text + "\n", {.numeric = {"a"}}) ==
        "csv: line 2, column 'a': expected a number, got '1" + text.substr(0, 58) + "...'");
  CHECK(message_of(text + "," + text + "\n").size() < 200);
}

TEST_CASE("many columns, and fields of many bytes") {
  std::string header = "c0";
  std::string row = "0";
  for (int i = 1; i < 20000; ++i) {
    header += ",c" + std::to_string(i);
    row += ",1";
  }
  const ff::table wide = parse_csv(header + "\n" + row + "\n");
  CHECK(wide.cols() == 20000);
  CHECK(wide.columns().back().numbers()[0] == 1);
  const std::string large(3000000, 'x');
  CHECK(texts_of(parse_csv("a,b\n\"" + large + "\n\"\"\",1\n")["a"]) == texts{large + "\n\""});
}

TEST_CASE("a field may begin and end at any offset") {
  for (std::size_t before = 0; before < 140; ++before) {
    const std::string padding(before, 'x');
    const ff::table t = parse_exactly("a,b\r\n" + padding + ",\"q\"\"q,\r\n\"\r\n\"\",z");
    REQUIRE(t.rows() == 2);
    REQUIRE(texts_of(t["b"]) == texts{"q\"q,\r\n", "z"});
    REQUIRE(t["a"].missing() == (before == 0 ? 2 : 1));
    REQUIRE_FALSE(parses("a,b\n" + padding + ",\"x"));
    REQUIRE_FALSE(parses("a,b\n" + padding + ",\"x\"y"));
  }
}

TEST_CASE("a file that is cut off anywhere is an error, or the table of the rows that are left") {
  const std::string good =
      bom + "id,\"na\"\"me\",n\r\n1,\"x, y\",2.5\r\n2,\"two\r\nlines\",\n3,\"say \"\"hi\"\"\",-7e1\r\n";
  const ff::table whole = parse_exactly(good);
  REQUIRE(whole.rows() == 3);
  int tables = 0;
  for (std::size_t length = 0; length <= good.size(); ++length) {
    CAPTURE(length);
    if (!parses(std::string_view(good).substr(0, length))) continue;
    ++tables;
    const ff::table part = parse_exactly(std::string_view(good).substr(0, length));
    REQUIRE(part.rows() <= 3);
    // All rows but the last are whole.
    for (ff::index row = 0; row + 1 < part.rows(); ++row) {
      const auto i = static_cast<std::size_t>(row);
      REQUIRE(part["id"].numbers()[i] == whole["id"].numbers()[i]);
      REQUIRE(texts_of(part["na\"me"])[i] == texts_of(whole["na\"me"])[i]);
    }
  }
  CHECK(tables >= 3);
}

TEST_CASE("any byte anywhere in a good file gives an error or a table") {
  const std::string good =
      bom + "id,\"na\"\"me\",n\r\n1,\"x, y\",2.5\r\n2,\"two\r\nlines\",\n3,\"say \"\"hi\"\"\",-7e1\r\n";
  int tables = 0;
  int errors = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string bad = good;
      bad[at] = static_cast<char>(byte);
      ++(parses(bad) ? tables : errors);
      bad = good;
      bad.insert(at, 1, static_cast<char>(byte));
      ++(parses(bad) ? tables : errors);
    }
  }
  CHECK(tables > 0);
  CHECK(errors > 0);
}

namespace {

using rows = std::vector<texts>;

// RFC 4180 as a plain state machine, one character at a time: an independent opinion on what a text says.
std::optional<rows> by_the_book(const std::string& text) {
  rows result;
  enum { row_start, field_start, plain, quoted, closed, carriage_return } state = row_start;
  for (const char c : text) {
    if (c == '\0') return std::nullopt;
    if (state == carriage_return) {
      if (c != '\n') return std::nullopt;
      state = row_start;
      continue;
    }
    if (state == quoted) {
      if (c == '"') {
        state = closed;
      } else {
        result.back().back() += c;
      }
      continue;
    }
    if (state == row_start) {
      result.push_back({""});
      state = field_start;
    }
    if (c == '"') {
      if (state == plain) return std::nullopt;
      if (state == closed) result.back().back() += '"';
      state = quoted;
    } else if (c == ',') {
      result.back().emplace_back();
      state = field_start;
    } else if (c == '\n') {
      state = row_start;
    } else if (c == '\r') {
      state = carriage_return;
    } else {
      if (state == closed) return std::nullopt;
      result.back().back() += c;
      state = plain;
    }
  }
  if (state == quoted || state == carriage_return) return std::nullopt;
  for (const auto& row : result) {
    if (row.size() != result.front().size()) return std::nullopt;
  }
  return result;
}

}  // namespace

TEST_CASE("all short texts mean what RFC 4180 says") {
  const std::string alphabet = "a,\"\n\r\0"s;
  int good = 0;
  for (const std::string& header : texts{"p\n", "p,q\n"}) {
    const ff::csv_options options{.categorical = header == "p\n" ? texts{"p"} : texts{"p", "q"}};
    for (std::size_t length = 0; length <= 6; ++length) {
      std::size_t count = 1;
      for (std::size_t i = 0; i < length; ++i) count *= alphabet.size();
      for (std::size_t number = 0; number < count; ++number) {
        std::string text = header;
        for (std::size_t i = 0, rest = number; i < length; ++i, rest /= alphabet.size()) {
          text += alphabet[rest % alphabet.size()];
        }
        const auto expected = by_the_book(text);
        if (!expected) {
          if (parses(text)) FAIL("accepted: " << text);
          continue;
        }
        ++good;
        const ff::table found = parse_exactly(text, options);
        bool same = found.rows() + 1 == static_cast<ff::index>(expected->size());
        for (std::size_t column = 0; same && column < expected->front().size(); ++column) {
          const texts values = texts_of(found.columns()[column]);
          for (std::size_t row = 0; row < values.size(); ++row)
            same = same && values[row] == (*expected)[row + 1][column];
        }
        if (!same) FAIL("misread: " << text);
      }
    }
  }
  CHECK(good > 1000);
}

namespace {

// A file of this process alone, removed at the end.
class temporary_file {
 public:
  explicit temporary_file(const std::string& content)
      : path_(std::filesystem::temp_directory_path() /
              ("footfall_csv_test_" + std::to_string(std::random_device{}()) + ".csv")) {
    std::ofstream(path_, std::ios::binary) << content;
  }
  temporary_file(const temporary_file&) = delete;
  temporary_file& operator=(const temporary_file&) = delete;
  ~temporary_file() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace

TEST_CASE("a file reads as its text does") {
  std::string text = "a,b\r\n";
  for (int i = 0; i < 200000; ++i) text += std::to_string(i) + ",\"x\ny\"\r\n";  // more than one block
  const temporary_file file(text);
  CHECK(ff::read_csv(file.path()) == parse_csv(text));
  CHECK(ff::read_csv(file.path(), {.columns = {"a"}}) == parse_csv(text, {.columns = {"a"}}));
}

TEST_CASE("errors of a file name the file") {
  const temporary_file file("a,b\n1\n");
  const auto ragged = failure_of([&] { (void)ff::read_csv(file.path()); });
  CHECK(ragged.code == ff::error_code::bad_text);
  CHECK(ragged.message == "csv '" + file.path().string() + "': line 2: expected 2 fields, got 1");

  const auto absent = failure_of([] { (void)ff::read_csv("no/such/file.csv"); });
  CHECK(absent.code == ff::error_code::file);
  CHECK(absent.message == "csv 'no/such/file.csv': the file cannot be opened");
  const auto folder = failure_of([] { (void)ff::read_csv(std::filesystem::temp_directory_path()); });
  CHECK(folder.code == ff::error_code::file);
  CHECK(failure_of([] { (void)ff::read_csv(""); }).code == ff::error_code::file);

  const temporary_file empty("");
  CHECK(failure_of([&] { (void)ff::read_csv(empty.path()); }).code == ff::error_code::bad_text);
}

TEST_CASE("the sessions of a real shop are read as published") {
  const char* const folder = std::getenv("FOOTFALL_DATA");
  if (folder == nullptr) {
    MESSAGE("skipped: FOOTFALL_DATA is not set");
    return;
  }
  const auto t = ff::read_csv(std::filesystem::path(folder) / "online_shoppers_intention.csv");
  CHECK(t.rows() == 12330);
  CHECK(t.cols() == 18);
  for (const auto& each : t.columns()) CHECK(each.missing() == 0);
  CHECK(ff::label(t, "Revenue", "TRUE").positives() == 1908);
  CHECK(t["Month"].levels() == texts{"Aug", "Dec", "Feb", "Jul", "June", "Mar", "May", "Nov", "Oct", "Sep"});
  CHECK(t["VisitorType"].levels() == texts{"New_Visitor", "Other", "Returning_Visitor"});
  CHECK(t["BounceRates"].is_numeric());
  CHECK(t["Region"].is_numeric());
  CHECK(ff::first_occurrences(t).size() == 12205);
}
