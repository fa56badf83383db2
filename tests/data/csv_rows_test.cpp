// SPDX-License-Identifier: MIT
// Rows are the same whether many are read at a time or each alone: a quoted field anywhere takes the long way.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/data/csv_rows.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using ff::detail::csv_destination;

struct rows_read {
  std::vector<double> numbers;
  std::vector<std::int32_t> codes;
  std::vector<std::string> levels;
  std::string text, too_large;

  explicit rows_read(const std::string& text_of_rows, ff::index rows, const std::vector<std::string>& missing = {})
      : numbers(static_cast<std::size_t>(rows), -7), codes(static_cast<std::size_t>(rows), -7) {
    ff::detail::csv_found of_numbers, of_codes;
    const ff::detail::csv_block block{text_of_rows.data(), text_of_rows.data() + text_of_rows.size(), 0, rows};
    ff::detail::csv_rows(text_of_rows, ',', missing, "csv")
        .read(block, {{numbers.data(), nullptr, &of_numbers}, {}, {nullptr, codes.data(), &of_codes}});
    levels.assign(of_codes.dictionary.levels().begin(), of_codes.dictionary.levels().end());
    text = of_numbers.text;
    too_large = of_numbers.too_large;
  }
};

bool same(const rows_read& a, const rows_read& b) {
  for (std::size_t i = 0; i < a.numbers.size(); ++i) {
    if (!(a.numbers[i] == b.numbers[i] || (std::isnan(a.numbers[i]) && std::isnan(b.numbers[i])))) return false;
  }
  return a.codes == b.codes && a.levels == b.levels && a.text == b.text && a.too_large == b.too_large;
}

}  // namespace

TEST_CASE("rows many at a time are rows one at a time") {
  ff::random_stream stream(6);
  const std::vector<std::string> numbers{"1",  "-2.5",  "",  "12345678", "1234567890.25", "1e3", "+4", "none",
                                         "NA", "1e999", ".", "0.1"};
  const std::vector<std::string> texts{"mail", "paid search", "", "a text of more than sixteen bytes", "NA", "7", "m"};
  for (int round = 0; round < 40; ++round) {
    CAPTURE(round);
    std::string plain, quoted;
    const ff::index rows = 700;
    const std::string end = round % 2 == 0 ? "\n" : "\r\n";
    for (ff::index row = 0; row < rows; ++row) {
      // Texts that are no numbers in some rounds only.
      const auto& number = numbers[stream.below(round < 20 ? 7 : numbers.size())];
      const auto& text = texts[stream.below(texts.size())];
      plain += number + ",skipped," + text + end;
      quoted += "\"" + number + "\",\"skipped\",\"" + text + "\"" + end;
    }
    const std::vector<std::string> missing =
        round % 4 == 0 ? std::vector<std::string>{"NA"} : std::vector<std::string>{};
    CHECK(same(rows_read(plain, rows, missing), rows_read(quoted, rows, missing)));
  }
}

TEST_CASE("a number that means missing is missing") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += i % 2 == 0 ? "-1,x,a\n" : "1,x,a\n";
  const rows_read read(text, 100, {"-1"});
  for (std::size_t i = 0; i < 100; ++i) CHECK((i % 2 == 0 ? std::isnan(read.numbers[i]) : read.numbers[i] == 1));
}

TEST_CASE("rows of other lengths are found among many") {
  for (const auto* bad : {"1,x\n", "1,x,a,b\n", "1\n", "\n"}) {
    std::string text;
    for (int i = 0; i < 100; ++i) text += i == 50 ? bad : "1,x,a\n";
    CHECK(
        thrown_by([&] { return rows_read(text, 100); }).starts_with("bad_text: csv: line 51: expected 3 fields, got "));
  }
}
