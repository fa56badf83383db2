// SPDX-License-Identifier: MIT
// Events as an export file of Google Analytics 4, with broken lines among them on request.
#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>
#include <string_view>

#include <footfall/core/error.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/events/event.hpp>
#include <footfall/events/event_log.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// A text in quotes. The export writes `<`, `>` and `&` by their numbers; other bytes stay as they are.
inline std::string json_quoted(std::string_view value) {
  std::string result = "\"";
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (byte < 0x20 || c == '<' || c == '>' || c == '&') {
      char number[8];
      std::snprintf(number, sizeof number, "\\u%04x", static_cast<unsigned>(byte));
      result += number;
    } else {
      result += c;
    }
  }
  return result + '"';
}

}  // namespace detail

/// One event as a line of the BigQuery export, without its end: integers as texts, as the export writes them, and keys that do not
/// apply left out. `device_category` and `country` go to their records, everything else among the parameters.
inline std::string ga4_line(const event& e) {
  using detail::json_quoted;
  const std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(
      std::chrono::sys_time<std::chrono::microseconds>(std::chrono::microseconds(e.time)));
  const std::chrono::year_month_day date(day);
  char written[16];
  std::snprintf(written, sizeof written, "%04d%02u%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  std::string line = text("{\"event_date\":\"", written, "\",\"event_timestamp\":\"", e.time,
                          "\",\"event_name\":", json_quoted(e.name), ",\"user_pseudo_id\":", json_quoted(e.visitor));
  std::string parameters;
  const auto add = [&](std::string_view key, const char* kind, const std::string& value) {
    if (!parameters.empty()) parameters += ',';
    parameters += text("{\"key\":", json_quoted(key), ",\"value\":{\"", kind, "\":", value, "}}");
  };
  for (const auto& each : e.texts) {
    if (each.key == "device_category") {
      line += text(",\"device\":{\"category\":", json_quoted(each.value), "}");
    } else if (each.key == "country") {
      line += text(",\"geo\":{\"country\":", json_quoted(each.value), "}");
    } else {
      add(each.key, "string_value", json_quoted(each.value));
    }
  }
  if (!e.session.empty()) add("ga_session_id", "int_value", json_quoted(e.session));
  if (!e.page.empty()) add("page_location", "string_value", json_quoted(e.page));
  for (const auto& each : e.numbers) {
    const bool whole = each.value == std::floor(each.value) && std::fabs(each.value) < 1e15;
    whole ? add(each.key, "int_value", text('"', static_cast<std::int64_t>(each.value), '"'))
          : add(each.key, "double_value", text(each.value));
  }
  line += text(",\"event_params\":[", parameters, "]");
  if (!std::isnan(e.revenue)) line += text(",\"items\":[{\"item_revenue\":", text(e.revenue), "}]");
  return line + "}";
}

/// How many lines of each kind there are.
struct ga4_lines {
  index events = 0;
  index broken = 0;
};

/// All events of a log in its order, a line each. After a share `broken` of them stands one line more that is none: cut off, or no
/// JSON, or without a time; a reader that loses a neighbour of it can be seen. Session ids that are no whole numbers are written
/// all the same. Throws bad_option for a share outside [0, 1].
inline ga4_lines write_ga4(std::ostream& out, const event_log& log, double broken = 0, std::uint64_t seed = 0) {
  require(broken >= 0 && broken <= 1, error_code::bad_option, "write_ga4", "broken must be in [0, 1], got ", broken);
  ga4_lines counts;
  for (index i = 0; i < log.size(); ++i) {
    const std::string line = ga4_line(log[i].copy());
    out << line << '\n';
    ++counts.events;
    auto own = random_stream(seed).child(static_cast<std::uint64_t>(i));
    if (own.uniform() >= broken) continue;
    ++counts.broken;
    switch (own.below(3)) {
      case 0: out << std::string_view(line).substr(0, 1 + own.below(line.size() - 1)) << '\n'; break;
      case 1: out << "<html><body>502 Bad Gateway</body></html>\n"; break;
      default: out << "{\"event_name\":\"page_view\",\"user_pseudo_id\":\"1.1\"}\n"; break;
    }
  }
  return counts;
}

/// The same into a file. Throws file where it cannot be written.
inline ga4_lines write_ga4(const std::filesystem::path& path, const event_log& log, double broken = 0,
                           std::uint64_t seed = 0) {
  std::ofstream out(path, std::ios::binary);
  require(out.is_open(), error_code::file, "write_ga4", "cannot open '", path.string(), "'");
  const auto counts = write_ga4(out, log, broken, seed);
  out.close();
  require(!out.fail(), error_code::file, "write_ga4", "cannot write '", path.string(), "'");
  return counts;
}

FOOTFALL_END_NAMESPACE
