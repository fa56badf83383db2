// SPDX-License-Identifier: MIT
// A table in colours: each cell shows its raw value, and its colour how far that lies from usual.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/report/chart.hpp>
#include <footfall/report/number_format.hpp>
#include <footfall/report/text.hpp>

FOOTFALL_BEGIN_NAMESPACE

struct heat_cell {
  std::string shown;        ///< the raw value as text
  double standardised = 0;  ///< its colour: 0 is usual
};

/// Rows and columns of cells. Orange lies above 0 and blue below.
struct heat_map {
  std::string what{};                           ///< what the rows are, e.g. "Persona"
  std::vector<std::string> rows{};              ///< from top to bottom
  std::vector<std::string> columns{};           ///< from left to right
  std::vector<std::vector<heat_cell>> cells{};  ///< of each row one for each column
  std::string colour = "Standard deviations from all sessions";
  double reach = 0;  ///< colours are strongest this far from 0, or at the furthest cell if that lies further

  /// Throws wrong_shape unless there is a cell for each row and column.
  json specification() const {
    require_shape();
    const double ends = furthest();
    json values = json::array();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t j = 0; j < columns.size(); ++j) {
        json value;
        value["row"] = rows[i];
        value["column"] = columns[j];
        value["shown"] = cells[i][j].shown;
        value["standardised"] = cells[i][j].standardised;
        value["side"] = cells[i][j].standardised < 0 ? "below 0" : "above 0";
        value["strength"] = std::fabs(cells[i][j].standardised) / ends;
        values.push(std::move(value));
      }
    }
    json result = vega::over(std::move(values));
    result["height"] = 46 * static_cast<int>(rows.size());
    // Figures of many columns would lie upon each other on a narrow screen: the page lets the reader scroll there.
    if (columns.size() > 6) result["usermeta"]["least_width"] = 150 + 54 * static_cast<int>(columns.size());
    result["encoding"]["y"] = vega::row_names("row", what);
    result["encoding"]["x"] = vega::names("column", "");
    result["encoding"]["x"]["axis"]["orient"] = "top";
    result["encoding"]["x"]["axis"]["title"] = nullptr;
    result["encoding"]["x"]["axis"]["labelLimit"] = 90;
    // Two short lines: columns stand close on a narrow screen.
    result["encoding"]["x"]["axis"]["labelExpr"] = "split(replace(datum.label, regexp('[ _]'), '\\n'), '\\n')";
    result["encoding"]["x"]["axis"]["labelPadding"] = 16;

    // The same colours and strengths as in tables: text stays readable on them on light and on dark pages.
    json squares;
    squares["mark"] = vega::mark("rect");
    json& side = squares["encoding"]["color"];
    side["field"] = "side";
    side["type"] = "nominal";
    side["scale"]["domain"].push("below 0").push("above 0");
    side["scale"]["range"].push("#2563eb").push("#d97706");
    side["legend"]["title"] = colour;
    side["legend"]["orient"] = "bottom";
    side["legend"]["titleLimit"] = 280;
    json& strength = squares["encoding"]["opacity"];
    strength["field"] = "strength";
    strength["type"] = "quantitative";
    strength["scale"]["domain"].push(0).push(1);
    strength["scale"]["range"].push(0).push(0.65);
    strength["legend"] = nullptr;
    json& tips = squares["encoding"]["tooltip"];
    tips.push(vega::tooltip("row", what));
    tips.push(vega::tooltip("column", "Column"));
    tips.push(vega::tooltip("shown", "Value"));
    tips.push(vega::tooltip("standardised", colour, "+.2f"));
    result["layer"].push(std::move(squares));
    json words;
    words["mark"] = vega::mark("text");
    words["encoding"]["text"]["field"] = "shown";
    result["layer"].push(std::move(words));
    return result;
  }

  printed_table table(std::string caption) const {
    require_shape();
    const double ends = furthest();
    std::vector<printed_column> headings = {{what}};
    for (const auto& column : columns) headings.push_back({column});
    printed_table result(std::move(caption), std::move(headings));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      std::vector<printed_cell> row = {rows[i]};
      for (const auto& cell : cells[i]) {
        row.push_back(
            printed_cell(text(cell.shown, " (", cell.standardised < 0 ? "" : "+", fixed(cell.standardised, 2), ")"))
                .with_shade(cell.standardised / ends));
      }
      result.add(std::move(row));
    }
    return result;
  }

 private:
  void require_shape() const {
    require(cells.size() == rows.size(), error_code::wrong_shape, "heat_map", "there must be cells for each of ",
            rows.size(), " rows, got ", cells.size());
    for (const auto& row : cells) {
      require(row.size() == columns.size(), error_code::wrong_shape, "heat_map", "there must be a cell for each of ",
              columns.size(), " columns, got ", row.size());
    }
  }
  double furthest() const {
    double result = reach;
    for (const auto& row : cells) {
      for (const auto& cell : row) {
        if (std::isfinite(cell.standardised)) result = std::max(result, std::fabs(cell.standardised));
      }
    }
    return result > 0 ? result : 1;
  }
};

FOOTFALL_END_NAMESPACE
