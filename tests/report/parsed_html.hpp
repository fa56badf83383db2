// SPDX-License-Identifier: MIT
// Does a page hold together? For tests.
#pragma once

#include <string>
#include <vector>

/// Empty if every element is closed in its turn, else what is wrong.
inline std::string unbalanced(const std::string& html) {
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    if (!open.empty() && open.back() == "script" && html.compare(at, 9, "</script>") != 0) continue;
    const auto end = html.find('>', at);
    if (end == std::string::npos) return "'<' without '>'";
    const bool closes = html[at + 1] == '/';
    const auto first = at + (closes ? 2 : 1);
    const auto name = html.substr(first, html.find_first_of(" >\n", first) - first);
    if (name == "!DOCTYPE" || name == "meta") continue;
    if (!closes) {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      return "</" + name + "> closes nothing";
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : "<" + open.back() + "> stays open";
}
