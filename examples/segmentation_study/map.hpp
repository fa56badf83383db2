// SPDX-License-Identifier: MIT
// The two directions along which the scaled sessions differ most, with every session on the map.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include <footfall/features/pca.hpp>
#include <footfall/report/density_map.hpp>

#include "personas.hpp"

namespace segmentation {

struct session_map {
  ff::fitted_pca<double> axes;
  ff::density_map density;
};

inline session_map draw_map(const segments& found) {
  session_map result{ff::pca{.components = 2}.fit(found.scaled), {}};
  const auto places = result.axes.transform(found.scaled);
  const auto rows = static_cast<std::size_t>(places.rows());
  const auto axis = [&](ff::index i) {
    return ff::text(i == 0 ? "First axis, " : "Second axis, ", ff::fixed(100 * result.axes.share(i), 0), " %");
  };
  std::vector<std::string> names;
  for (const auto& each : found.personas) names.push_back(each.name);
  result.density =
      ff::density_of<double>(std::span(places.values().col(0).data(), rows),
                             std::span(places.values().col(1).data(), rows), found.assigned, names, axis(0), axis(1));
  return result;
}

inline void describe(const session_map& map, const segments& found, ff::page& page, ff::json& report) {
  page.section("The map of all sessions");
  page.paragraph(ff::text("Two directions (principal components) hold ",
                          ff::fixed(100 * (map.axes.share(0) + map.axes.share(1)), 0),
                          " % of what the four scaled columns differ in. All ", ff::thousands(found.scaled.rows()),
                          " sessions are counted in cells; no sample is drawn. A map is a picture and proves nothing: "
                          "a standardised column "
                          "of 0 and 1 alone pulls the sessions apart into two slabs."));
  double least = 1;
  const ff::density_group* shared = &map.density.groups.front();
  for (const auto& each : map.density.groups) {
    if (each.sessions > 0 && each.alone < least) {
      least = each.alone;
      shared = &each;
    }
  }
  page.add(
      ff::chart({"map", "Where the sessions of each persona lie",
                 "Each square holds the sessions that lie there; its colour is the persona most of them have, and the "
                 "stronger it is, the more they are, on a logarithmic scale.",
                 ff::text("Even of ", shared->name, ", which shares its place most, ", ff::percent(shared->alone, 1),
                          " of the sessions lie in squares where no other persona has more.")},
                map.density));
  ff::printed_table loadings("What the axes are made of", {{"Column"}, {"First axis"}, {"Second axis"}});
  for (std::size_t i = 0; i < behaviour.size(); ++i) {
    const auto row = static_cast<ff::index>(i);
    loadings.add({behaviour[i], ff::fixed(map.axes.axes()(row, 0), 2), ff::fixed(map.axes.axes()(row, 1), 2)});
    report["map"]["axes"][behaviour[i]].push(map.axes.axes()(row, 0)).push(map.axes.axes()(row, 1));
  }
  page.add(loadings);
  report["map"]["shares"].push(map.axes.share(0)).push(map.axes.share(1));
  for (const auto& each : map.density.groups) {
    ff::json out;
    out["name"] = each.name;
    out["x"] = each.x;
    out["y"] = each.y;
    out["in_own_squares"] = each.alone;
    report["map"]["personas"].push(out);
  }
}

}  // namespace segmentation
