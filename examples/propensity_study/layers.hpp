// SPDX-License-Identifier: MIT
// The five layers of the studied system, with what went through each here.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <footfall/report/chart.hpp>
#include <footfall/report/page.hpp>

#include "../study.hpp"

struct layer {
  std::string name;
  std::string studied;  // what it is in the report
  std::string here;     // and in this program, with counts
};

inline void describe_layers(const std::vector<layer>& layers, ff::page& page, ff::json& report) {
  page.section("The five layers");
  ff::printed_table table(
      "From events to actions, as the studied report draws it, and what went through each layer here",
      {{"Layer"}, {"In the report", ff::alignment::left}, {"Here", ff::alignment::left}});
  ff::json rows = ff::json::array();
  for (std::size_t i = 0; i < layers.size(); ++i) {
    table.add({ff::text(i + 1, ". ", layers[i].name), layers[i].studied, layers[i].here});
    ff::json row;
    row["layer"] = ff::text(i + 1, ". ", layers[i].name);
    row["here"] = layers[i].here;
    row["arrow"] = i + 1 < layers.size() ? "\u25bc" : "";
    report["layers"].push(row);
    rows.push(std::move(row));
  }
  // Boxes one below the other, an arrow from each to the next.
  ff::json drawing = ff::vega::over(std::move(rows));
  drawing["height"] = 74 * static_cast<int>(layers.size());
  drawing["encoding"]["y"]["field"] = "layer";
  drawing["encoding"]["y"]["type"] = "nominal";
  drawing["encoding"]["y"]["axis"] = nullptr;
  drawing["encoding"]["y"]["scale"]["paddingInner"] = 0.35;
  const auto words = [&](const char* field, int down, int size, const char* weight) {
    ff::json layer;
    layer["mark"] = ff::vega::mark("text");
    layer["mark"]["dy"] = down;
    layer["mark"]["fontSize"] = size;
    layer["mark"]["fontWeight"] = weight;
    layer["encoding"]["text"]["field"] = field;
    layer["encoding"]["x"]["value"]["expr"] = "width / 2";
    return layer;
  };
  ff::json box;
  box["mark"] = ff::vega::mark("bar");
  box["mark"]["cornerRadius"] = 6;
  box["mark"]["opacity"] = 0.18;
  box["encoding"]["x"]["value"] = 0;
  box["encoding"]["x2"]["value"] = "width";
  drawing["layer"].push(std::move(box));
  drawing["layer"].push(words("layer", -9, 13, "bold"));
  drawing["layer"].push(words("here", 10, 11, "normal"));
  drawing["layer"].push(words("arrow", 36, 12, "normal"));
  page.add(ff::chart({.name = "layers",
                      .title = "The five layers as they ran",
                      .how_to_read = "Each box takes what the one above gives.",
                      .says = ff::text("It ends in ", layers.back().here, ".")},
                     std::move(drawing), std::move(table)));
}
