// SPDX-License-Identifier: MIT
// Where the studies look for the programs that draw charts.
#pragma once

#include <cstdlib>
#include <vector>

#include <footfall/report/chart_scripts.hpp>

/// Those in the folder that `FOOTFALL_CHARTS` names, else those that npm put beside `scripts/report/package.json`; none
/// where neither is there, and then pages show tables.
inline std::vector<footfall::chart_script> chart_programs() {
  const char* const stated = std::getenv("FOOTFALL_CHARTS");
  return footfall::find_chart_scripts({stated == nullptr ? "" : stated, FOOTFALL_CHART_PROGRAMS});
}
