// SPDX-License-Identifier: MIT
// Where many sessions lie in two numbers, such as two principal components: counted in cells, none left out.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/report/chart.hpp>
#include <footfall/report/number_format.hpp>
#include <footfall/report/text.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A cell with sessions. Where groups share it, it belongs to the one with most of them, ties the first.
struct density_cell {
  double x = 0, x_end = 0, y = 0, y_end = 0;
  std::int64_t sessions = 0;
  std::int32_t group = 0;
};

/// What the sessions of a group come to.
struct density_group {
  std::string name{};
  std::int64_t sessions = 0;
  double x = 0, y = 0;     ///< its mean
  std::int64_t cells = 0;  ///< those that are its own
  double alone = 0;        ///< share of its sessions that lie in them
};

/// The form: colour says the group, strength says how many sessions, on a logarithmic scale.
struct density_map {
  std::string x{};
  std::string y{};
  std::vector<density_cell> cells{};
  std::vector<density_group> groups{};

  json specification() const {
    const auto rounded = [](double value) { return std::round(value * 1000) / 1000; };
    json values = json::array();
    for (const auto& each : cells) {
      json value;
      value["x"] = rounded(each.x);
      value["x_end"] = rounded(each.x_end);
      value["y"] = rounded(each.y);
      value["y_end"] = rounded(each.y_end);
      value["sessions"] = each.sessions;
      value["group"] = groups[static_cast<std::size_t>(each.group)].name;
      values.push(std::move(value));
    }
    json result = vega::over(std::move(values));
    result["height"] = 420;
    json squares;
    squares["mark"] = vega::mark("rect");
    json& encoding = squares["encoding"];
    encoding["x"] = vega::quantity("x", x, as_number(1));
    encoding["x"]["scale"]["zero"] = false;
    encoding["x"]["scale"]["nice"] = false;
    encoding["x2"]["field"] = "x_end";
    encoding["y"] = vega::quantity("y", y, as_number(1));
    encoding["y"]["scale"]["zero"] = false;
    encoding["y"]["scale"]["nice"] = false;
    encoding["y2"]["field"] = "y_end";
    encoding["opacity"]["field"] = "sessions";
    encoding["opacity"]["type"] = "quantitative";
    encoding["opacity"]["scale"]["type"] = "log";
    encoding["opacity"]["scale"]["range"].push(0.15).push(1);
    encoding["opacity"]["legend"]["title"] = "Sessions in a cell";
    encoding["opacity"]["legend"]["orient"] = "bottom";
    encoding["opacity"]["legend"]["format"] = ",d";
    encoding["opacity"]["legend"]["symbolType"] = "square";
    encoding["color"]["field"] = "group";
    encoding["color"]["type"] = "nominal";
    for (const auto& each : groups) encoding["color"]["scale"]["domain"].push(each.name);
    if (groups.size() > 1) {
      encoding["color"]["legend"]["title"] = nullptr;
      encoding["color"]["legend"]["orient"] = "top";
      encoding["color"]["legend"]["columns"] = 2;
    } else {
      encoding["color"]["legend"] = nullptr;
    }
    if (groups.size() > 1) encoding["tooltip"].push(vega::tooltip("group", "Most are"));
    encoding["tooltip"].push(vega::tooltip("sessions", "Sessions", ",d"));
    encoding["tooltip"].push(vega::tooltip("x", x, ".2f"));
    encoding["tooltip"].push(vega::tooltip("y", y, ".2f"));
    result["layer"].push(std::move(squares));
    return result;
  }

  printed_table table(std::string caption) const {
    printed_table result(std::move(caption), {{"Group"},
                                              {"Sessions"},
                                              {text("Mean of ", x)},
                                              {text("Mean of ", y)},
                                              {"Cells where it has most"},
                                              {"Its sessions there"}});
    for (const auto& each : groups) {
      result.add({each.name, thousands(each.sessions), fixed(each.x, 2), fixed(each.y, 2), thousands(each.cells),
                  percent(each.alone, 1)});
    }
    return result;
  }
};

/// Counts every session in a grid of `across` cells to each side over the range of the values; the titles name the axes.
/// `group` has a position in `names` for each session. Throws wrong_shape for other lengths or no sessions, not_finite for a value that is none
/// (missing ones too), bad_value for another group, bad_option unless `across` is in [2, 1000]. Cost: two passes.
template <class Number>
density_map density_of(std::span<const Number> x, std::span<const Number> y, std::span<const std::int32_t> group,
                       const std::vector<std::string>& names, std::string x_title, std::string y_title,
                       index across = 56) {
  const std::string_view who = "density_of";
  require(!x.empty() && y.size() == x.size() && group.size() == x.size(), error_code::wrong_shape, who,
          "there must be two numbers and a group for each session, got ", x.size(), ", ", y.size(), " and ",
          group.size());
  require(across >= 2 && across <= 1000, error_code::bad_option, who, "across must be in [2, 1000], got ", across);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  double low_x = infinity, high_x = -infinity, low_y = infinity, high_y = -infinity;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double a = x[i], b = y[i];
    require(std::isfinite(a) && std::isfinite(b), error_code::not_finite, who, "session ", i, " lies at ", a, ", ", b);
    require(group[i] >= 0 && static_cast<std::size_t>(group[i]) < names.size(), error_code::bad_value, who,
            "a group must be in [0, ", names.size(), "), got ", group[i]);
    low_x = std::min(low_x, a);
    high_x = std::max(high_x, a);
    low_y = std::min(low_y, b);
    high_y = std::max(high_y, b);
  }
  const double step_x = high_x > low_x ? (high_x - low_x) / static_cast<double>(across) : 1;
  const double step_y = high_y > low_y ? (high_y - low_y) / static_cast<double>(across) : 1;

  density_map result{.x = std::move(x_title), .y = std::move(y_title)};
  for (const auto& name : names) result.groups.push_back({.name = name});
  const auto kinds = static_cast<index>(names.size());
  std::vector<std::int64_t> counts(static_cast<std::size_t>(across * across * kinds));
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto place = [across](double value, double low, double step) {
      return std::clamp(static_cast<index>((value - low) / step), index{0}, across - 1);
    };
    const index cell = place(x[i], low_x, step_x) * across + place(y[i], low_y, step_y);
    ++counts[static_cast<std::size_t>(cell * kinds + group[i])];
    auto& own = result.groups[static_cast<std::size_t>(group[i])];
    ++own.sessions;
    own.x += x[i];
    own.y += y[i];
  }
  for (index column = 0; column < across; ++column) {
    for (index row = 0; row < across; ++row) {
      const auto* const first = counts.data() + (column * across + row) * kinds;
      const auto* const most = std::max_element(first, first + kinds);
      if (*most == 0) continue;
      std::int64_t sessions = 0;
      for (index kind = 0; kind < kinds; ++kind) sessions += first[kind];
      result.cells.push_back({low_x + step_x * static_cast<double>(column),
                              low_x + step_x * static_cast<double>(column + 1),
                              low_y + step_y * static_cast<double>(row), low_y + step_y * static_cast<double>(row + 1),
                              sessions, static_cast<std::int32_t>(most - first)});
      auto& own = result.groups[static_cast<std::size_t>(most - first)];
      ++own.cells;
      own.alone += static_cast<double>(*most);
    }
  }
  for (auto& each : result.groups) {
    const auto size = static_cast<double>(each.sessions);  // a group of none has no mean
    each.x /= size;
    each.y /= size;
    each.alone /= size;
  }
  return result;
}

FOOTFALL_END_NAMESPACE
