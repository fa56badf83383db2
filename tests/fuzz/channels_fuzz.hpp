// SPDX-License-Identifier: MIT
// What must hold for any bytes as a table of channels: an error that names a place, or rules that decide every visit.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include <footfall/core/error.hpp>
#include <footfall/events/channel_rules.hpp>
#include <footfall/events/ga4_channels.hpp>
#include <footfall/events/visit_source.hpp>

namespace channels_fuzz {

namespace ff = footfall;

inline void demand(bool holds, const char* what) {
  if (!holds) throw std::logic_error(what);
}

/// The bytes up to the last zero are a table, or nothing; those after it are two addresses and a visit. True for a table.
inline bool check(std::span<const std::uint8_t> bytes) {
  const std::string all(bytes.begin(), bytes.end());
  const std::size_t zero = all.rfind('\0');
  const std::string table = zero == std::string::npos ? all : all.substr(0, zero);
  const std::string rest = zero == std::string::npos ? "" : all.substr(zero + 1);
  const std::size_t blank = std::min(rest.find(' '), rest.size());
  const std::string_view page = std::string_view(rest).substr(0, blank),
                         referrer = std::string_view(rest).substr(blank);

  static const ff::visit_source_reader reader{ff::visit_source_rules{}};
  static const ff::channel_rules ga4 = ff::ga4_channels();
  const auto visit = reader.of_texts({.page = page, .referrer = referrer});
  demand(!visit.source.empty() || !visit.medium.empty(), "a visit has no source");
  demand(ff::with_click_repaired(visit) == visit, "a repaired visit is repaired again");
  demand(ga4.channel_of(visit) >= 0, "a visit has no channel");

  try {
    const auto rules = ff::channel_rules::parse(table);
    for (const auto& each : {visit, ff::traffic_source{table, table, rest, rest}, ff::traffic_source{}}) {
      const auto channel = rules.channel_of(each);
      demand(channel >= 0 && static_cast<std::size_t>(channel) < rules.channels().size(), "there is no such channel");
      const auto lines = rules.lines();
      const int line = rules.line_of(each);
      demand(line == 0 ? rules.name_of(each) == ff::channel_rules::unassigned
                       : std::find(lines.begin(), lines.end(), line) != lines.end(),
             "no line decides");
    }
    demand(ff::channel_rules::from_parts(table) == rules, "a table does not read back");
    return true;
  } catch (const ff::error& refused) {
    demand(std::string_view(refused.what()).starts_with("channel_rules: "), "an error does not say whose it is");
    return false;
  }
}

}  // namespace channels_fuzz
