// SPDX-License-Identifier: MIT
// Bars with intervals and a line to hold them against: rates by channel, deciles, importances.
#pragma once

#include <algorithm>
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

/// One bar. Bars of one name with different groups stand side by side.
struct bar {
  std::string name;
  double value = 0;
  std::optional<interval> range{};
  std::string group{};
};

/// A line across all bars.
struct reference_line {
  std::string name;
  double value = 0;
};

/// Bars from zero. Without zero it draws points instead: the length of a bar that begins elsewhere would mislead.
struct bar_chart {
  std::vector<bar> bars{};
  std::string what{};   ///< what the names are, e.g. "Channel"
  std::string value{};  ///< what the lengths are, e.g. "Conversion"
  number_format format = as_number(2);
  std::optional<reference_line> reference{};
  bool from_zero = true;
  bool standing = false;  ///< few short names, such as deciles; long ones are read better beside lying bars

  json specification() const {
    json rows = json::array();
    for (const auto& each : bars) {
      json row;
      row["name"] = each.name;
      row["value"] = each.value;
      if (each.range) {
        row["low"] = each.range->low;
        row["high"] = each.range->high;
      }
      if (grouped()) row["group"] = each.group;
      rows.push(std::move(row));
    }
    json result = vega::over(std::move(rows));
    result["height"] = standing ? 280 : 20 + static_cast<int>(bars.size()) * (grouped() ? 18 : 30);
    const std::string across = standing ? "x" : "y", along = standing ? "y" : "x";
    json place = standing ? vega::names("name", what) : vega::row_names("name", what);
    if (standing) place["axis"]["labelOverlap"] = true;  // every second name where all do not fit
    json offset;
    offset["field"] = "group";
    offset["sort"] = nullptr;

    json length = vega::quantity("value", value, format);
    length["scale"]["zero"] = from_zero;
    json drawn;
    drawn["mark"] = vega::mark(from_zero ? "bar" : "point");
    if (!from_zero) drawn["mark"]["filled"] = true;
    if (!from_zero) drawn["mark"]["size"] = 80;
    drawn["encoding"][across] = place;
    drawn["encoding"][along] = length;
    if (grouped()) {
      drawn["encoding"][across + "Offset"] = offset;
      drawn["encoding"]["color"] = offset;
      drawn["encoding"]["color"]["legend"]["title"] = nullptr;
      drawn["encoding"]["color"]["legend"]["orient"] = "top";
    }
    json& tips = drawn["encoding"]["tooltip"];
    tips.push(vega::tooltip("name", what));
    if (grouped()) tips.push(vega::tooltip("group", "Group"));
    tips.push(vega::tooltip("value", value, format.pattern()));
    if (ranged()) {
      tips.push(vega::tooltip("low", "from", format.pattern()));
      tips.push(vega::tooltip("high", "to", format.pattern()));
    }
    result["layer"].push(std::move(drawn));
    if (ranged()) {
      json limits;
      limits["mark"] = vega::mark("rule");
      limits["mark"]["strokeWidth"] = 1.5;
      limits["encoding"][across] = place;
      limits["encoding"][along]["field"] = "low";
      limits["encoding"][along]["type"] = "quantitative";
      limits["encoding"][along + "2"]["field"] = "high";
      if (grouped()) limits["encoding"][across + "Offset"] = offset;
      result["layer"].push(std::move(limits));
    }
    if (reference) result["layer"].push(reference_layer(along));
    return result;
  }

  printed_table table(std::string caption) const {
    std::vector<printed_column> columns = {{what}};
    if (grouped()) columns.push_back({"", alignment::left});
    columns.push_back({value});
    if (ranged()) columns.push_back({"Interval"});
    printed_table result(std::move(caption), std::move(columns));
    for (const auto& each : bars) {
      std::vector<printed_cell> row = {each.name};
      if (grouped()) row.emplace_back(each.group);
      row.emplace_back(format.printed(each.value));
      if (ranged()) row.emplace_back(each.range ? format.printed(*each.range) : std::string(missing_text));
      result.add(std::move(row));
    }
    if (reference) {
      std::vector<printed_cell> row(result.columns().size());
      row.front() = text("Line: ", reference->name);
      row[grouped() ? 2 : 1] = format.printed(reference->value);
      result.add(std::move(row));
    }
    return result;
  }

 private:
  bool grouped() const {
    return std::any_of(bars.begin(), bars.end(), [](const bar& each) { return !each.group.empty(); });
  }
  bool ranged() const {
    return std::any_of(bars.begin(), bars.end(), [](const bar& each) { return each.range.has_value(); });
  }
  json reference_layer(const std::string& along) const {
    json row;
    row["name"] = reference->name;
    row["value"] = reference->value;
    json layer;
    layer["data"]["values"].push(std::move(row));
    layer["mark"] = vega::mark("rule");
    layer["mark"]["strokeDash"].push(5).push(4);
    layer["mark"]["strokeWidth"] = 1.5;
    layer["encoding"][along]["field"] = "value";
    layer["encoding"][along]["type"] = "quantitative";
    layer["encoding"]["tooltip"].push(vega::tooltip("name", "Line"));
    layer["encoding"]["tooltip"].push(vega::tooltip("value", value, format.pattern()));
    return layer;
  }
};

FOOTFALL_END_NAMESPACE
