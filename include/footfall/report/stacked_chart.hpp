// SPDX-License-Identifier: MIT
// What each group is made of: bars of the same length, cut by shares.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/report/chart.hpp>
#include <footfall/report/number_format.hpp>
#include <footfall/report/text.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// One bar a name, one colour a part.
struct stacked_chart {
  std::string what{};                         ///< what the names are, e.g. "Channel"
  std::vector<std::string> names{};           ///< from top to bottom
  std::vector<std::string> parts{};           ///< from left to right
  std::vector<std::vector<double>> shares{};  ///< of each name one for each part; they add up to 1
  number_format format = as_percent(1);

  /// Throws wrong_shape unless there is a share for each name and part.
  json specification() const {
    require_shape();
    json rows = json::array();
    for (std::size_t i = 0; i < names.size(); ++i) {
      for (std::size_t part = 0; part < parts.size(); ++part) {
        json row;
        row["name"] = names[i];
        row["part"] = parts[part];
        row["place"] = part;
        row["share"] = shares[i][part];
        rows.push(std::move(row));
      }
    }
    json result = vega::over(std::move(rows));
    result["height"] = 20 + 34 * static_cast<int>(names.size());
    result["mark"] = vega::mark("bar");
    json& encoding = result["encoding"];
    encoding["y"] = vega::row_names("name", what);
    encoding["x"] = vega::quantity("share", "Share of the sessions", as_percent(0));
    encoding["x"]["stack"] = "normalize";
    encoding["color"]["field"] = "part";
    encoding["color"]["sort"] = nullptr;
    encoding["color"]["legend"]["title"] = nullptr;
    encoding["color"]["legend"]["orient"] = "top";
    encoding["color"]["legend"]["columns"] = 2;
    encoding["order"]["field"] = "place";
    encoding["order"]["type"] = "quantitative";
    encoding["tooltip"].push(vega::tooltip("name", what));
    encoding["tooltip"].push(vega::tooltip("part", "Part"));
    encoding["tooltip"].push(vega::tooltip("share", "Share", format.pattern()));
    return result;
  }

  printed_table table(std::string caption) const {
    require_shape();
    std::vector<printed_column> columns = {{what}};
    for (const auto& part : parts) columns.push_back({part});
    printed_table result(std::move(caption), std::move(columns));
    for (std::size_t i = 0; i < names.size(); ++i) {
      std::vector<printed_cell> row = {names[i]};
      for (const double share : shares[i]) row.emplace_back(format.printed(share));
      result.add(std::move(row));
    }
    return result;
  }

 private:
  void require_shape() const {
    require(shares.size() == names.size(), error_code::wrong_shape, "stacked_chart",
            "there must be shares for each of ", names.size(), " names, got ", shares.size());
    for (const auto& row : shares) {
      require(row.size() == parts.size(), error_code::wrong_shape, "stacked_chart",
              "there must be a share for each of ", parts.size(), " parts, got ", row.size());
    }
  }
};

FOOTFALL_END_NAMESPACE
