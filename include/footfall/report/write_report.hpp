// SPDX-License-Identifier: MIT
// A page with its charts as files.
#pragma once

#include <filesystem>
#include <vector>

#include <footfall/report/chart_scripts.hpp>
#include <footfall/report/file.hpp>
#include <footfall/report/json.hpp>
#include <footfall/report/page.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Writes `report.html`, `report.json`, and for each chart `charts/NAME.vl.json`. Throws as `write_file`.
inline void write_report(const std::filesystem::path& folder, const page& shown, const json& numbers,
                         const std::vector<chart_script>& scripts = {}) {
  write_file(folder / "report.json", numbers.text() + "\n");
  for (const auto& each : shown.charts()) {
    write_file(folder / "charts" / (each.words().name + ".vl.json"), each.file());
  }
  write_file(folder / "report.html", shown.html(scripts));
}

FOOTFALL_END_NAMESPACE
