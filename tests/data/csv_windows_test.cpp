// SPDX-License-Identifier: MIT
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/data/csv_windows.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

TEST_CASE("whole rows end with a line feed outside quotes") {
  using ff::detail::whole_rows_bytes;
  CHECK(whole_rows_bytes("") == 0);
  CHECK(whole_rows_bytes("a,b") == 0);
  CHECK(whole_rows_bytes("\n") == 1);
  CHECK(whole_rows_bytes("a,b\nc") == 4);
  CHECK(whole_rows_bytes("a,b\nc\n") == 6);
  CHECK(whole_rows_bytes("a\n\"b\nc") == 2);
  CHECK(whole_rows_bytes("a\n\"b\nc\n\n") == 2);
  CHECK(whole_rows_bytes("a\n\"b\n\"\"c\n\"\n") == 11);
  CHECK(whole_rows_bytes("\"\n\n") == 0);
  CHECK(whole_rows_bytes("\n\"\n") == 1);
}

TEST_CASE("windows of any size give the whole file, row by row or many rows at a time") {
  const auto path = std::filesystem::temp_directory_path() / "footfall_csv_windows_test.csv";
  const std::vector<std::string> texts{
      "", "a", "a\n", "\n\n\n", "a,b\r\n\"c\n,\"\"\n\",d\r\nlonger than others, e\n\"f\"\ng", "\"never closed\nx\ny\n"};
  for (const auto& text : texts) {
    std::ofstream(path, std::ios::binary) << text;
    for (std::size_t window = 1; window < 70; window += window < 20 ? 1 : 7) {
      ff::detail::csv_windows windows(path, "csv", window);
      CHECK(windows.file_bytes() == text.size());
      std::string all;
      for (auto rows = windows.next(); !rows.empty(); rows = windows.next()) {
        all += rows;
        if (all.size() < text.size()) CHECK(ff::detail::whole_rows_bytes(rows) == rows.size());
      }
      CHECK(all == text);
      CHECK(windows.next().empty());
    }
  }
  std::filesystem::remove(path);
  CHECK(failure_of([&] { ff::detail::csv_windows(path, "csv 'x'"); }).message == "csv 'x': the file cannot be opened");
  CHECK(failure_of([&] {
          (void)ff::detail::csv_windows(std::filesystem::temp_directory_path(), "csv 'x'").next();
        }).code == ff::error_code::file);
}
