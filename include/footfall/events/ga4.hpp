// SPDX-License-Identifier: MIT
// Reading the BigQuery export of Google Analytics 4: one JSON object a line, from a file or a pipe. Not in footfall.hpp: it
// needs simdjson, and programs link footfall::ga4.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <istream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/version.hpp>
#include <footfall/events/event.hpp>
#include <footfall/events/event_group.hpp>
#include <footfall/events/event_log.hpp>
#include <footfall/events/ga4_fields.hpp>
#include <footfall/events/ga4_row.hpp>
#include <footfall/events/lines.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// How an export is read.
struct ga4_options {
  std::vector<std::string> parameters{};         ///< of event_params only these; empty: all
  std::vector<ga4_field> fields = ga4_fields();  ///< what becomes of every field
  bool strict = false;                           ///< the first bad line is an error
  std::size_t longest_line = std::size_t{16}
                             << 20;             ///< bytes; a longer line is a bad one. Memory is about ten such lines
  std::int64_t earliest = 946'684'800'000'000;  ///< 2000-01-01: times in seconds or milliseconds are bad lines
  std::int64_t latest = 4'102'444'800'000'000;  ///< 2100-01-01
  std::size_t reported_lines = 100;             ///< so many bad lines are told with their reason
};

/// A line that is no event, and why.
struct ga4_bad_line {
  std::int64_t line = 0;  ///< from 1
  std::string reason;
};

/// Where every line went: lines = events + without_visitor + blank + bad.
struct ga4_counts {
  std::int64_t lines = 0;
  std::int64_t events = 0;
  std::int64_t without_visitor = 0;  ///< no consent, no id: such events belong to nobody
  std::int64_t blank = 0;            ///< nothing but spaces and tabs
  std::int64_t bad = 0;
  std::vector<ga4_bad_line> bad_lines{};      ///< the first ones
  std::vector<std::string> unknown_fields{};  ///< paths that the table does not have, the first 100
};

/// Calls take(event_fields) for each event of an export, in its order: to hold no more than one line of it. The texts are good
/// until take returns. An event's session is its ga_session_id as text, its page is page_location; both are no parameters. All
/// other parameters keep their keys; integers become the nearest double. A parameter without a value is left out.
///
/// A line is read as far as it is needed: what is not read must be closed, UTF-8 and without control characters. A field that
/// is read and there twice makes a line bad, since readers differ in which one counts. Throws bad_option, file, bad_text for
/// the first bad line where `strict`, and whatever `take` throws.
template <class Take>
ga4_counts for_each_ga4_event(std::istream& in, const ga4_options& options, Take&& take) {
  static_assert(simdjson::SIMDJSON_PADDING <= line_reader::spare);
  const std::string_view who = "read_ga4";
  require(options.earliest <= options.latest, error_code::bad_option, who, "no time lies in [", options.earliest, ", ",
          options.latest, "]");
  detail::ga4_row row(options.fields, options.parameters, options.earliest, options.latest);
  line_reader lines(in, options.longest_line);
  ga4_counts counts;
  const auto bad = [&](std::int64_t line, std::string reason) {
    require(!options.strict, error_code::bad_text, who, "line ", line, ": ", reason);
    ++counts.bad;
    if (counts.bad_lines.size() < options.reported_lines) counts.bad_lines.push_back({line, std::move(reason)});
  };
  while (const auto line = lines.next()) {
    counts.lines = line->number;
    if (line->too_long) {
      bad(line->number, text("longer than ", options.longest_line, " bytes"));
      continue;
    }
    if (line->text.find_first_not_of(" \t\r") == std::string_view::npos) {
      ++counts.blank;
      continue;
    }
    const event_fields* event = nullptr;
    try {
      event = &row.read(line->text);
    } catch (const simdjson::simdjson_error& problem) {
      bad(line->number, problem.what());
      continue;
    } catch (const error& problem) {
      bad(line->number, problem.what());
      continue;
    }
    if (event->visitor.empty()) {
      ++counts.without_visitor;
    } else {
      ++counts.events;
      take(*event);
    }
  }
  counts.unknown_fields = row.unknown();
  return counts;
}

/// An export in memory, and what was not taken from it.
struct ga4_log {
  event_log events;
  ga4_counts counts;
};

/// The events of an export. Throws as `for_each_ga4_event` and `event_log::append` do.
inline ga4_log read_ga4(std::istream& in, const ga4_options& options = {}) {
  ga4_log result;
  event_group events(result.events);
  result.counts = for_each_ga4_event(in, options, [&](const event_fields& e) { events.append(e); });
  events.finish();
  return result;
}

/// The same of a file. Throws file where it cannot be read.
inline ga4_log read_ga4(const std::filesystem::path& path, const ga4_options& options = {}) {
  std::vector<char> buffer(std::size_t{1} << 16);  // the library's own are read 8 KiB at a time
  std::ifstream in;
  in.rdbuf()->pubsetbuf(buffer.data(), static_cast<std::streamsize>(buffer.size()));
  in.open(path, std::ios::binary);
  require(in.is_open(), error_code::file, "read_ga4", "cannot open '", path.string(), "'");
  return read_ga4(in, options);
}

FOOTFALL_END_NAMESPACE
