// SPDX-License-Identifier: MIT
// Code in the documents is code of the examples, and output in the documents is output of the examples.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/source_dir.hpp"

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

// Without blanks and line ends: a block may stand deeper in a program than on a page, and be broken elsewhere.
std::string squeezed(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  return text;
}

struct block {
  std::string language;
  std::string text;
};

std::vector<block> blocks_of(const std::string& page) {
  std::vector<block> blocks;
  std::istringstream lines(page);
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      if (!inside) blocks.push_back({line.substr(3), {}});
      inside = !inside;
    } else if (inside) {
      blocks.back().text += line + '\n';
    }
  }
  CHECK_FALSE(inside);
  return blocks;
}

std::vector<fs::path> pages() {
  std::vector<fs::path> result{source_dir() / "README.md"};
  for (const auto& entry : fs::directory_iterator(source_dir() / "docs")) {
    if (entry.path().extension() == ".md") result.push_back(entry.path());
  }
  return result;
}

std::string examples(const std::string& extension) {
  std::string all;
  for (const auto& entry : fs::recursive_directory_iterator(source_dir() / "examples")) {
    if (entry.path().extension() == extension) all += squeezed(read(entry.path()));
  }
  return all;
}

}  // namespace

TEST_CASE("every block of code in the documents stands in an example, and every output was printed by one") {
  const std::string code = examples(".cpp");
  const std::string output = examples(".txt");
  int checked = 0;
  for (const auto& page : pages()) {
    for (const auto& each : blocks_of(read(page))) {
      const std::string& language = each.language;  // names of their own: clang 14 captures no structured binding
      const std::string& text = each.text;
      INFO(page.filename().string(), ":\n", text);
      const bool known =
          language == "cpp" || language == "console" || language == "sh" || language == "cmake" || language == "text";
      CHECK_MESSAGE(known, "unknown language of a block: ", language);
      if (language == "cpp") CHECK(code.find(squeezed(text)) != std::string::npos);
      if (language == "console") CHECK(output.find(squeezed(text)) != std::string::npos);
      ++checked;
    }
  }
  CHECK(checked >= 5);
}

TEST_CASE("links between the documents lead somewhere") {
  for (const auto& page : pages()) {
    std::string text = read(page);
    for (const auto& each : blocks_of(text)) text.replace(text.find(each.text), each.text.size(), "");
    for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
      const std::string target = text.substr(at + 2, text.find_first_of(")#", at) - at - 2);
      if (target.empty() || target.starts_with("http")) continue;
      CHECK_MESSAGE(fs::exists(page.parent_path() / target), page.filename().string(), " links to ", target);
    }
  }
}
