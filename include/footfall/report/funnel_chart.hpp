// SPDX-License-Identifier: MIT
// How many sessions are left after each step on the way to a purchase.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/report/chart.hpp>
#include <footfall/report/number_format.hpp>
#include <footfall/report/text.hpp>

FOOTFALL_BEGIN_NAMESPACE

struct funnel_step {
  std::string name;
  std::int64_t sessions = 0;
};

/// Steps from the first to the last. A step may have more sessions than the one before: a broken funnel is shown as it is.
struct funnel_chart {
  std::vector<funnel_step> steps{};

  json specification() const {
    json rows = json::array();
    for (std::size_t i = 0; i < steps.size(); ++i) {
      json row;
      row["name"] = steps[i].name;
      row["sessions"] = steps[i].sessions;
      row["of_all"] = share(i, 0);
      row["shown"] = text(thousands(steps[i].sessions), " (", percent(share(i, 0), 1), ")");
      rows.push(std::move(row));
    }
    json result = vega::over(std::move(rows));
    result["height"] = 38 * static_cast<int>(steps.size());
    result["encoding"]["y"] = vega::row_names("name", "");
    result["encoding"]["y"]["axis"]["title"] = nullptr;
    result["encoding"]["x"] = vega::quantity("of_all", "Share of all sessions", as_percent(0));
    // Room for the texts at the ends of the bars, on a narrow screen too.
    result["encoding"]["x"]["scale"]["domain"].push(0).push(1.75);
    result["encoding"]["x"]["axis"]["values"].push(0).push(0.25).push(0.5).push(0.75).push(1);
    json bars;
    bars["mark"] = vega::mark("bar");
    bars["encoding"]["tooltip"].push(vega::tooltip("name", "Step"));
    bars["encoding"]["tooltip"].push(vega::tooltip("sessions", "Sessions", ",d"));
    bars["encoding"]["tooltip"].push(vega::tooltip("of_all", "Of all", ".2%"));
    result["layer"].push(std::move(bars));
    json words;
    words["mark"] = vega::mark("text");
    words["mark"]["align"] = "left";
    words["mark"]["dx"] = 4;
    words["encoding"]["text"]["field"] = "shown";
    result["layer"].push(std::move(words));
    return result;
  }

  printed_table table(std::string caption) const {
    printed_table result(std::move(caption),
                         {{"Step"}, {"Sessions"}, {"Of all", alignment::left}, {"Of the step before"}});
    for (std::size_t i = 0; i < steps.size(); ++i) {
      result.add({steps[i].name, thousands(steps[i].sessions),
                  printed_cell(percent(share(i, 0), 2)).with_bar(share(i, 0)),
                  i == 0 ? std::string() : percent(share(i, i - 1), 1)});
    }
    return result;
  }

 private:
  double share(std::size_t of, std::size_t among) const {
    return steps[among].sessions > 0
               ? static_cast<double>(steps[of].sessions) / static_cast<double>(steps[among].sessions)
               : std::numeric_limits<double>::quiet_NaN();
  }
};

FOOTFALL_END_NAMESPACE
