// SPDX-License-Identifier: MIT
// A report on disk: the page, its numbers and its charts.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>

#include <footfall/report/write_report.hpp>

namespace {

namespace ff = footfall;
namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("every chart is a file of its own") {
  const auto folder = fs::temp_directory_path() / "footfall_write_report_test";
  fs::remove_all(folder);
  ff::json specification = ff::vega::over(ff::json::array());
  specification["mark"] = ff::vega::mark("bar");
  const ff::chart chart({"rates", "Rates", "How.", "Says."}, specification, ff::printed_table("t", {{"a"}}).add({"x"}));
  ff::page page("Title", "Lead");
  page.add(chart);
  ff::json numbers;
  numbers["base_rate"] = 0.5;
  ff::write_report(folder, page, numbers);
  CHECK(read(folder / "report.html") == page.html());
  CHECK(read(folder / "report.json") == "{\n  \"base_rate\": 0.5\n}\n");
  CHECK(read(folder / "charts" / "rates.vl.json") == chart.file());
}
