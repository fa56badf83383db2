// SPDX-License-Identifier: MIT
// The house rules that a compiler does not check: which header may include which, who may start threads or name an
// instruction set, and that every header has its test.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <tests/source_dir.hpp>

namespace {

namespace fs = std::filesystem;

// A header includes its own folder and lower floors, never a sibling folder on its own floor.
const std::map<std::string, int> floors = {
    {"core", 0},    {"simd", 1},      {"statistics", 1}, {"data", 2},        {"features", 3}, {"forest", 3},
    {"cluster", 3}, {"evaluate", 3},  {"events", 3},     {"attribution", 4}, {"segments", 4}, {"pipeline", 4},
    {"explore", 4}, {"synthetic", 4}, {"advice", 5},     {"store", 5},       {"report", 6}};

// Tables of contents, and the folders and headers that they leave out.
const std::set<std::string> contents = {"footfall.hpp", "events.hpp"};
const std::set<std::string> not_in_contents = {
    "store", "report", "events/ga4.hpp", "events/ga4_fields.hpp", "events/ga4_row.hpp", "events/ga4_schema.hpp"};

// Headers without a test file of their own, because nothing in them runs.
const std::set<std::string> needs_no_test = {"footfall.hpp", "events.hpp", "core/types.hpp"};

struct header {
  std::string text;                   // as it lies on disk
  std::string code;                   // without comments
  std::vector<std::string> includes;  // our own, below footfall/
};
using headers = std::map<std::string, header>;  // by path below include/footfall/

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string without_comments(const std::string& text) {
  std::string code;
  for (std::size_t at = 0; at < text.size();) {
    if (text.compare(at, 2, "//") == 0) {
      at = std::min(text.find('\n', at), text.size());
    } else if (text.compare(at, 2, "/*") == 0) {
      const auto end = text.find("*/", at + 2);
      at = end == std::string::npos ? text.size() : end + 2;
    } else if (text[at] == '"' || text[at] == '\'') {
      // A literal is copied as it is. A quote between digits separates thousands and opens nothing.
      const char quote = text[at];
      code += text[at++];
      if (quote == '\'' && code.size() > 1 && std::isxdigit(static_cast<unsigned char>(code[code.size() - 2])))
        continue;
      while (at < text.size() && text[at] != quote && text[at] != '\n') {
        if (text[at] == '\\' && at + 1 < text.size()) code += text[at++];
        code += text[at++];
      }
      if (at < text.size()) code += text[at++];
    } else {
      code += text[at++];
    }
  }
  return code;
}

header parse(std::string text) {
  header parsed{std::move(text), {}, {}};
  parsed.code = without_comments(parsed.text);
  static const std::regex own_include(R"(#\s*include\s*<footfall/([^>]+)>)");
  for (std::sregex_iterator match(parsed.code.begin(), parsed.code.end(), own_include), end; match != end; ++match) {
    parsed.includes.push_back((*match)[1]);
  }
  return parsed;
}

headers read_headers(const fs::path& folder) {
  headers all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) all[fs::relative(entry.path(), folder).generic_string()] = parse(read(entry.path()));
  }
  return all;
}

std::string folder_of(const std::string& path) {
  const auto slash = path.find('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

std::optional<int> floor_of(const std::string& path) {
  const auto found = floors.find(folder_of(path));
  return found == floors.end() ? std::nullopt : std::optional(found->second);
}

using findings = std::vector<std::string>;

void check_includes(const headers& all, findings& found) {
  for (const auto& [path, file] : all) {
    if (contents.contains(path)) continue;
    const auto own_floor = floor_of(path);
    if (!own_floor) {
      found.push_back(path + ": is in no known folder; give its folder a floor in floors_test.cpp");
      continue;
    }
    for (const auto& target : file.includes) {
      const auto floor = floor_of(target);
      if (folder_of(target) != folder_of(path) && (!floor || *floor >= *own_floor)) {
        found.push_back(path + ": includes " + target + ", which is not on a lower floor");
      }
    }
  }
  for (const auto& [path, file] : all) {
    for (const auto& target : file.includes) {
      if (!all.contains(target)) found.push_back(path + ": includes " + target + ", which does not exist");
    }
  }
}

// Depth first; a header met again while it is still open closes a cycle.
void check_cycles(const headers& all, findings& found) {
  std::map<std::string, bool> open;
  const auto visit = [&](const auto& self, const std::string& path) -> void {
    open[path] = true;
    if (const auto file = all.find(path); file != all.end()) {
      for (const auto& target : file->second.includes) {
        const auto seen = open.find(target);
        if (seen == open.end()) {
          self(self, target);
        } else if (seen->second) {
          found.push_back(path + ": includes " + target + ", which leads back to it");
        }
      }
    }
    open[path] = false;
  };
  for (const auto& [path, file] : all) {
    if (!open.contains(path)) visit(visit, path);
  }
}

void check_words(const headers& all, findings& found) {
  static const std::regex threads(R"(<thread>|<future>|std::j?thread\b|std::async\b|#\s*pragma\s+omp)");
  static const std::regex instructions(R"(\bxsimd\b|<\w*intrin\.h>|<arm_\w+\.h>|\b_mm\d*_\w+|\b__m(128|256|512)\w*)");
  static const std::regex quoted_include(R"(#\s*include\s*")");
  for (const auto& [path, file] : all) {
    if (path != "core/parallel.hpp" && std::regex_search(file.code, threads)) {
      found.push_back(path + ": only core/parallel.hpp starts threads");
    }
    if (folder_of(path) != "simd" && std::regex_search(file.code, instructions)) {
      found.push_back(path + ": only simd/ names xsimd or an intrinsic");
    }
    if (std::regex_search(file.code, quoted_include)) {
      found.push_back(path + ": an include is written <footfall/folder/name.hpp>");
    }
    if (file.code.find("#pragma once") == std::string::npos) found.push_back(path + ": has no #pragma once");
    if (file.text.rfind("// SPDX-License-Identifier: MIT\n// ", 0) != 0) {
      found.push_back(path + ": must begin with the SPDX line and a line that says what it is for");
    }
    if (!contents.contains(path) && file.code.find("\nFOOTFALL_BEGIN_NAMESPACE\n") == std::string::npos) {
      found.push_back(path + ": has nothing in FOOTFALL_BEGIN_NAMESPACE");
    }
  }
}

void check_tests(const headers& all, const fs::path& tests, findings& found) {
  for (const auto& [path, file] : all) {
    const auto test = path.substr(0, path.rfind('.')) + "_test.cpp";
    if (!needs_no_test.contains(path) && !fs::exists(tests / test))
      found.push_back(path + ": tests/" + test + " is missing");
  }
}

// Who includes the tables of contents gets every header but those that they leave out.
void check_contents(const headers& all, findings& found) {
  std::set<std::string> listed;
  const auto list = [&](const auto& self, const std::string& path) -> void {
    if (!listed.insert(path).second || !all.contains(path)) return;
    for (const auto& target : all.at(path).includes) self(self, target);
  };
  for (const auto& path : contents) list(list, path);
  for (const auto& [path, file] : all) {
    const bool left_out = not_in_contents.contains(folder_of(path)) || not_in_contents.contains(path);
    if (listed.contains(path) == left_out) {
      found.push_back(path + (left_out ? ": is in a table of contents" : ": is in no table of contents"));
    }
  }
}

std::string findings_in(const headers& all) {
  findings found;
  check_includes(all, found);
  check_cycles(all, found);
  check_words(all, found);
  std::string lines;
  for (const auto& line : found) lines += line + '\n';
  return lines;
}

// A header that breaks no rule, with `body` before its namespace.
header lawful(const std::string& body = "") {
  return parse("// SPDX-License-Identifier: MIT\n// An example.\n#pragma once\n" + body +
               "\nFOOTFALL_BEGIN_NAMESPACE\nFOOTFALL_END_NAMESPACE\n");
}

bool mentions(const std::string& lines, const std::string& words) { return lines.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("the headers keep to their floors") {
  const auto all = read_headers(source_dir() / "include/footfall");
  REQUIRE(all.contains("core/version.hpp"));
  const auto found = findings_in(all);
  CHECK_MESSAGE(found.empty(), found);
}

TEST_CASE("the tables of contents are whole") {
  findings found;
  check_contents(read_headers(source_dir() / "include/footfall"), found);
  for (const auto& line : found) FAIL_CHECK(line);

  findings broken;
  check_contents({{"footfall.hpp", parse("#include <footfall/report/a.hpp>\n#include <footfall/forest/b.hpp>\n")},
                  {"events.hpp", parse("")},
                  {"report/a.hpp", parse("")},
                  {"forest/b.hpp", parse("")},
                  {"forest/c.hpp", parse("")}},
                 broken);
  CHECK(broken == findings{"forest/c.hpp: is in no table of contents", "report/a.hpp: is in a table of contents"});
}

TEST_CASE("every header has its test") {
  findings found;
  check_tests(read_headers(source_dir() / "include/footfall"), source_dir() / "tests", found);
  for (const auto& line : found) FAIL_CHECK(line);
}

TEST_CASE("a broken rule is found") {
  CHECK(findings_in({{"core/error.hpp", lawful()},
                     {"data/table.hpp", lawful("#include <footfall/core/error.hpp>\n// as std::thread and xsimd do\n")},
                     {"forest/tree.hpp", lawful("#include <footfall/data/table.hpp>\n")},
                     {"footfall.hpp", parse("// SPDX-License-Identifier: MIT\n// All.\n#pragma once\n"
                                            "#include <footfall/forest/tree.hpp>\n")}}) == "");

  SUBCASE("a higher floor") {
    const auto found =
        findings_in({{"core/a.hpp", lawful("#include <footfall/data/b.hpp>\n")}, {"data/b.hpp", lawful()}});
    CHECK(mentions(found, "core/a.hpp: includes data/b.hpp, which is not on a lower floor"));
  }
  SUBCASE("a sibling folder") {
    const auto found =
        findings_in({{"forest/a.hpp", lawful("#include <footfall/cluster/b.hpp>\n")}, {"cluster/b.hpp", lawful()}});
    CHECK(mentions(found, "forest/a.hpp: includes cluster/b.hpp, which is not on a lower floor"));
  }
  SUBCASE("a table of contents from inside") {
    const auto found =
        findings_in({{"report/a.hpp", lawful("#include <footfall/footfall.hpp>\n")}, {"footfall.hpp", lawful()}});
    CHECK(mentions(found, "report/a.hpp: includes footfall.hpp, which is not on a lower floor"));
  }
  SUBCASE("a cycle") {
    const auto found = findings_in({{"core/a.hpp", lawful("#include <footfall/core/b.hpp>\n")},
                                    {"core/b.hpp", lawful("# include <footfall/core/c.hpp>\n")},
                                    {"core/c.hpp", lawful("#include <footfall/core/a.hpp>\n")}});
    CHECK(mentions(found, "core/c.hpp: includes core/a.hpp, which leads back to it"));
  }
  SUBCASE("an unknown folder") {
    CHECK(mentions(findings_in({{"attic/a.hpp", lawful()}}), "attic/a.hpp: is in no known folder"));
  }
  SUBCASE("no such header") {
    CHECK(mentions(findings_in({{"core/a.hpp", lawful("#include <footfall/core/b.hpp>\n")}}), "which does not exist"));
  }
  SUBCASE("threads") {
    CHECK(mentions(findings_in({{"core/a.hpp", lawful("#include <thread>\n")}}), "starts threads"));
    CHECK(mentions(findings_in({{"forest/a.hpp", lawful("using worker = std::jthread;\n")}}), "starts threads"));
    CHECK(findings_in({{"core/parallel.hpp", lawful("#include <thread>\n")}}) == "");
  }
  SUBCASE("instruction sets") {
    CHECK(mentions(findings_in({{"forest/a.hpp", lawful("#include <immintrin.h>\n")}}), "names xsimd"));
    CHECK(mentions(findings_in({{"forest/a.hpp", lawful("#include <xsimd/xsimd.hpp>\n")}}), "names xsimd"));
    CHECK(mentions(findings_in({{"forest/a.hpp", lawful("const char mark = '\"'; __m256i lanes;\n")}}), "names xsimd"));
    CHECK(findings_in({{"simd/a.hpp", lawful("#include <xsimd/xsimd.hpp>\n")}}) == "");
  }
  SUBCASE("the shape of a header") {
    CHECK(
        mentions(findings_in({{"core/a.hpp", parse("// SPDX-License-Identifier: MIT\n// A.\n")}}), "no #pragma once"));
    CHECK(mentions(findings_in({{"core/a.hpp", parse("#pragma once\n")}}), "must begin with the SPDX line"));
    CHECK(mentions(findings_in({{"core/a.hpp", parse("#pragma once\n")}}), "nothing in FOOTFALL_BEGIN_NAMESPACE"));
    CHECK(mentions(findings_in({{"core/a.hpp", lawful("#include \"b.hpp\"\n")}}), "an include is written"));
  }
}
