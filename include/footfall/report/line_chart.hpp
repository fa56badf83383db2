// SPDX-License-Identifier: MIT
// Lines over a range: ROC, precision and recall, gain, lift, profit, calibration, a figure for every k.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/report/chart.hpp>
#include <footfall/report/number_format.hpp>
#include <footfall/report/text.hpp>
#include <footfall/statistics/interval.hpp>

FOOTFALL_BEGIN_NAMESPACE

struct line_point {
  double x = 0;
  double y = 0;
  std::optional<interval> range{};  ///< of y
};

/// A line, its points in the order in which they are joined.
struct line {
  std::string name;
  std::vector<line_point> points{};
  bool dashed = false;  ///< for what the others are held against, such as chance
};

/// One or more lines over the same axes. A line of more than `most_points` points is thinned evenly, its ends stay; the
/// table lists `table_points` of each line.
struct line_chart {
  std::vector<line> lines{};
  std::string x{};  ///< what lies along
  std::string y{};
  number_format x_format = as_number(2);
  number_format y_format = as_number(2);
  bool from_zero = true;  ///< of y
  bool marks = false;     ///< a dot at each point, where these are few
  std::size_t most_points = 300;
  std::size_t table_points = 11;

  json specification() const {
    require_points();
    json rows = json::array();
    bool ranged = false, dashed = false;
    for (const auto& each : lines) {
      std::size_t place = 0;
      for (const std::size_t i : thinned(each.points.size(), most_points)) {
        const auto& point = each.points[i];
        json row;
        row["line"] = each.name;
        row["place"] = place++;
        row["x"] = point.x;
        row["y"] = point.y;
        if (point.range) {
          row["low"] = point.range->low;
          row["high"] = point.range->high;
          ranged = true;
        }
        if (each.dashed) row["dashed"] = dashed = true;
        rows.push(std::move(row));
      }
    }
    json result = vega::over(std::move(rows));
    result["height"] = 320;
    json along = vega::quantity("x", x, x_format);
    along["scale"]["zero"] = false;
    along["scale"]["nice"] = false;
    json up = vega::quantity("y", y, y_format);
    up["scale"]["zero"] = from_zero;
    json colour;
    colour["field"] = "line";
    colour["type"] = "nominal";
    colour["sort"] = nullptr;
    if (lines.size() > 1) {
      colour["legend"]["title"] = nullptr;
      colour["legend"]["orient"] = "top";
      colour["legend"]["columns"] = 2;
      colour["legend"]["labelLimit"] = 260;
    } else {
      colour["legend"] = nullptr;
    }
    if (ranged) {
      json band;
      band["mark"] = vega::mark(marks ? "rule" : "area");
      band["mark"]["opacity"] = marks ? 0.8 : 0.2;
      band["encoding"]["x"] = along;
      band["encoding"]["y"]["field"] = "low";
      band["encoding"]["y"]["type"] = "quantitative";
      band["encoding"]["y"]["axis"]["title"] = y;
      band["encoding"]["y2"]["field"] = "high";
      band["encoding"]["color"] = colour;
      result["layer"].push(std::move(band));
    }
    json drawn;
    drawn["mark"] = vega::mark("line");
    if (marks) drawn["mark"]["point"] = true;
    drawn["encoding"]["x"] = along;
    drawn["encoding"]["y"] = up;
    drawn["encoding"]["color"] = colour;
    drawn["encoding"]["order"]["field"] = "place";
    drawn["encoding"]["order"]["type"] = "quantitative";
    if (dashed) {
      json& dash = drawn["encoding"]["strokeDash"];
      dash["field"] = "dashed";
      dash["type"] = "nominal";
      dash["scale"]["domain"].push(false).push(true);
      dash["scale"]["range"].push(json::array().push(1).push(0)).push(json::array().push(5).push(4));
      dash["legend"] = nullptr;
    }
    if (lines.size() > 1) drawn["encoding"]["tooltip"].push(vega::tooltip("line", "Line"));
    drawn["encoding"]["tooltip"].push(vega::tooltip("x", x, x_format.pattern()));
    drawn["encoding"]["tooltip"].push(vega::tooltip("y", y, y_format.pattern()));
    result["layer"].push(std::move(drawn));
    return result;
  }

  printed_table table(std::string caption) const {
    require_points();
    bool ranged = false;
    for (const auto& each : lines) {
      for (const auto& point : each.points) ranged = ranged || point.range.has_value();
    }
    std::vector<printed_column> columns = {{lines.size() > 1 ? "Line" : x}};
    if (lines.size() > 1) columns.push_back({x});
    columns.push_back({y});
    if (ranged) columns.push_back({"Interval"});
    printed_table result(std::move(caption), std::move(columns));
    for (const auto& each : lines) {
      for (const std::size_t i : thinned(each.points.size(), table_points)) {
        const auto& point = each.points[i];
        std::vector<printed_cell> row;
        if (lines.size() > 1) row.emplace_back(each.name);
        row.emplace_back(x_format.printed(point.x));
        row.emplace_back(y_format.printed(point.y));
        if (ranged) row.emplace_back(point.range ? y_format.printed(*point.range) : std::string());
        result.add(std::move(row));
      }
    }
    return result;
  }

 private:
  void require_points() const {
    require(!lines.empty(), error_code::wrong_shape, "line_chart", "there must be at least one line, got 0");
    for (const auto& each : lines) {
      require(!each.points.empty(), error_code::wrong_shape, "line_chart", "line '", each.name, "' has no points");
    }
    require(most_points >= 2 && table_points >= 2, error_code::bad_option, "line_chart",
            "at least 2 points of a line are kept, got ", std::min(most_points, table_points));
  }
  // The places of `most` of `count` points, evenly apart, the first and the last among them.
  static std::vector<std::size_t> thinned(std::size_t count, std::size_t most) {
    std::vector<std::size_t> places;
    const std::size_t kept = std::min(count, most);
    for (std::size_t i = 0; i < kept; ++i) places.push_back(kept == 1 ? 0 : i * (count - 1) / (kept - 1));
    return places;
  }
};

FOOTFALL_END_NAMESPACE
