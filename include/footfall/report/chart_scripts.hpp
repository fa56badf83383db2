// SPDX-License-Identifier: MIT
// The programs that draw charts in a page: Vega, Vega-Lite and vega-embed, read from where npm put them.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// One program with its licence, as a page carries it.
struct chart_script {
  std::string name;  ///< with its version: `vega 6.4.0`
  std::string licence;
  std::string code;
};

namespace detail {

/// Empty where there is no such file.
inline std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What stands behind `"version": "` in the description of a package; `?` where nothing does.
inline std::string package_version(std::string_view description) {
  constexpr std::string_view key = "\"version\"";
  const auto at = description.find(key);
  const auto open = at == std::string_view::npos ? at : description.find('"', at + key.size());
  const auto close = open == std::string_view::npos ? open : description.find('"', open + 1);
  return close == std::string_view::npos ? "?" : std::string(description.substr(open + 1, close - open - 1));
}

}  // namespace detail

/// The three programs in the order in which a page needs them, from a folder `node_modules`; none if one of them is not
/// there. Throws bad_text for a program that cannot stand in a page because it would end its own script element.
inline std::vector<chart_script> read_chart_scripts(const std::filesystem::path& modules) {
  std::vector<chart_script> scripts;
  for (const std::string name : {"vega", "vega-lite", "vega-embed"}) {
    const auto folder = modules / name;
    chart_script script{text(name, ' ', detail::package_version(detail::file_text(folder / "package.json"))),
                        detail::file_text(folder / "LICENSE"),
                        detail::file_text(folder / "build" / (name + ".min.js"))};
    if (script.code.empty()) return {};
    for (const std::string_view end : {"</script", "<!--"}) {
      require(script.code.find(end) == std::string::npos && script.licence.find(end) == std::string::npos,
              error_code::bad_text, "read_chart_scripts", "'", script.name, "' holds '", end, "'");
    }
    require(script.licence.find("*/") == std::string::npos, error_code::bad_text, "read_chart_scripts",
            "the licence of '", script.name, "' holds '*/'");
    scripts.push_back(std::move(script));
  }
  return scripts;
}

/// Those of the first of the folders that has them; empty paths are passed over.
inline std::vector<chart_script> find_chart_scripts(const std::vector<std::filesystem::path>& folders) {
  for (const auto& folder : folders) {
    if (folder.empty()) continue;
    if (auto scripts = read_chart_scripts(folder); !scripts.empty()) return scripts;
  }
  return {};
}

FOOTFALL_END_NAMESPACE
