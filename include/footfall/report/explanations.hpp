// SPDX-License-Identifier: MIT
// What a forest says about itself, as JSON and as tables to read: permutation importance and reasons for single sessions.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include <footfall/forest/explanation.hpp>
#include <footfall/forest/permutation_importance.hpp>
#include <footfall/report/json.hpp>
#include <footfall/report/text.hpp>

FOOTFALL_BEGIN_NAMESPACE

inline json as_json(const permuted_column& each) {
  json out;
  out["name"] = each.name;
  out["source"] = each.source;
  out["mean"] = each.mean;
  out["deviation"] = each.deviation;
  out["drops"] = json::list(each.drops);
  return out;
}

inline json as_json(const permutation_result& result) {
  json out;
  out["measured"] = result.measured;
  out["sessions"] = result.sessions;
  out["columns"] = json::list(result.columns);
  return out;
}

/// Without `value` where a group of columns has none, with null where it is missing; a category has its `level`, too.
inline json as_json(const reason& each) {
  json out;
  out["name"] = each.name;
  out["source"] = each.source;
  if (each.value.has_value()) out["value"] = *each.value;
  if (!each.level.empty()) out["level"] = each.level;
  out["contribution"] = each.contribution;
  return out;
}

/// The `most` largest drops; a bar is drawn for those above 0.
inline printed_table permutation_table(std::string caption, const permutation_result& result, std::size_t most) {
  printed_table table(std::move(caption),
                      {{"Column"}, {"Drop when permuted", alignment::left}, {"Deviation over repeats"}});
  for (std::size_t i = 0; i < std::min(most, result.columns.size()); ++i) {
    const permuted_column& each = result.columns[i];
    const double longest = result.columns.front().mean;
    table.add({each.name,
               printed_cell(fixed(each.mean, 4)).with_bar(longest > 0 ? std::max(0.0, each.mean / longest) : 0),
               std::isnan(each.deviation) ? std::string() : fixed(each.deviation, 4)});
  }
  return table;
}

FOOTFALL_END_NAMESPACE
