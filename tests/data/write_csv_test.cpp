// SPDX-License-Identifier: MIT
// What is written reads back: to the bit, whatever the texts.
#include <bit>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/data/csv.hpp>
#include <footfall/data/write_csv.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

ff::table of(std::vector<double> numbers) { return ff::table({ff::column::numeric("n", std::move(numbers))}); }
ff::table of(const std::vector<std::string>& texts) { return ff::table({ff::column::from_text("t", texts)}); }

}  // namespace

TEST_CASE("a table as text") {
  const ff::table sessions({ff::column::numeric("pages", {1, missing, 2.5}),
                            ff::column::from_text("the \"device\"", {"phone, old", "", "two\nlines"})});
  CHECK(ff::format_csv(sessions) == "pages,\"the \"\"device\"\"\"\n1,\"phone, old\"\n,\n2.5,\"two\nlines\"\n");
  CHECK(ff::format_csv(sessions, {.delimiter = ';'}) ==
        "pages;\"the \"\"device\"\"\"\n1;phone, old\n;\n2.5;\"two\nlines\"\n");
  CHECK(ff::parse_csv(ff::format_csv(sessions)) == sessions);
  CHECK(ff::parse_csv(ff::format_csv(sessions, {.delimiter = '\t'}), {.delimiter = '\t'}) == sessions);
  CHECK(ff::format_csv(ff::table()).empty());
  CHECK(ff::parse_csv(ff::format_csv(sessions.rows({})), {.categorical = {"the \"device\""}}).rows() == 0);
}

TEST_CASE("numbers read back to the bit") {
  ff::random_stream random(3);
  std::vector<double> numbers{0, -0.0, 0.1, 1.0 / 3, 5e-324, 1.7976931348623157e308, 9007199254740993.0, missing};
  while (numbers.size() < 20000) {
    const double number = std::bit_cast<double>(random());
    if (std::isfinite(number)) numbers.push_back(number);
  }
  CHECK(ff::parse_csv(ff::format_csv(of(numbers))) == of(numbers));
}

TEST_CASE("texts read back, whatever bytes they hold") {
  std::vector<std::string> texts;
  for (int byte = 1; byte < 256; ++byte) {
    texts.push_back(std::string(1, static_cast<char>(byte)));
    texts.push_back("x" + std::string(1, static_cast<char>(byte)) + "y");
  }
  texts.insert(texts.end(), {"\xEF\xBB\xBF", "\"", "\"\"", "\r\n", "'", "=1+1", "1e5", " "});
  CHECK(ff::parse_csv(ff::format_csv(of(texts)), {.categorical = {"t"}}) == of(texts));
  const ff::table marked({ff::column::numeric("\xEF\xBB\xBFn", {1})});
  CHECK(ff::parse_csv(ff::format_csv(marked)) == marked);
}

TEST_CASE("on request no text is a formula; numbers stay numbers") {
  const ff::table sessions({ff::column::numeric("=n", {-1}), ff::column::from_text("t", {"=cmd|' /C calc'!A0"})});
  CHECK(ff::format_csv(sessions, {.guard_formulas = true}) == "\"'=n\",t\n-1,\"'=cmd|' /C calc'!A0\"\n");
  for (const std::string text : {"=", "+1", "-x", "@SUM(A1)", "\tx", "\rx", "\nx"}) {
    const auto table = ff::parse_csv(ff::format_csv(of(std::vector<std::string>{text}), {.guard_formulas = true}),
                                     {.categorical = {"t"}});
    CHECK(table["t"].levels().front() == "'" + text);
  }
  CHECK(ff::format_csv(of(std::vector<std::string>{"a=1"}), {.guard_formulas = true}) == "t\na=1\n");
}

TEST_CASE("what could not be read back is refused") {
  CHECK(thrown_by([] {
          return ff::format_csv(of(std::vector<double>{1, std::numeric_limits<double>::infinity()}));
        }) == "not_finite: write_csv: column 'n' is infinite in row 1");
  const ff::table empty({ff::column::categorical("t", {0}, {""})});
  CHECK(thrown_by([&] { return ff::format_csv(empty); }) ==
        "bad_value: write_csv: a level of column 't' is empty, which would read back as missing");
  CHECK(code_thrown_by([] { return ff::format_csv(of(std::vector<std::string>{std::string("a\0b", 3)})); }) ==
        "bad_value");
  CHECK(code_thrown_by([] { return ff::format_csv(ff::table({ff::column::numeric("", {1})})); }) == "bad_value");
  CHECK(code_thrown_by([] { return ff::format_csv(of(std::vector<double>{1}), {.delimiter = '"'}); }) == "bad_option");
}

TEST_CASE("files are written whole, or an error says which") {
  const auto path = std::filesystem::temp_directory_path() / "footfall_write_csv_test.csv";
  ff::write_csv(path, of(std::vector<double>{1, 2}));
  CHECK(ff::read_csv(path) == of(std::vector<double>{1, 2}));
  std::filesystem::remove(path);
  CHECK(code_thrown_by([&] {
          ff::write_csv(std::filesystem::temp_directory_path() / "no such folder" / "x.csv",
                        of(std::vector<double>{1}));
          return 0;
        }) == "file");
}
