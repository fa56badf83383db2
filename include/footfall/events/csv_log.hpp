// SPDX-License-Identifier: MIT
// Any shop's log as CSV, straight into a log of events: no table in between, parts of the text at a time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/csv.hpp>
#include <footfall/data/csv_blocks.hpp>
#include <footfall/data/csv_cursor.hpp>
#include <footfall/data/csv_windows.hpp>
#include <footfall/data/file_text.hpp>
#include <footfall/events/append_log.hpp>
#include <footfall/events/csv_log_part.hpp>
#include <footfall/events/event_block.hpp>
#include <footfall/events/table_log.hpp>
#include <footfall/simd/separators.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// What the fields of the header are; the cursor is behind it.
inline std::vector<csv_log_field> csv_log_header(csv_cursor& cursor, const log_columns& columns, std::string_view who) {
  using use = csv_log_field::use;
  require(!cursor.at_end(), error_code::bad_text, who, "expected a header, got an empty text");
  std::vector<csv_log_field> fields;
  std::unordered_map<std::string, std::size_t> places;
  do {
    const std::string name(cursor.field());
    if (name.empty()) cursor.bad_field("expected a column name, got an empty field");
    if (!places.emplace(name, fields.size()).second)
      cursor.bad_field("the name '", csv_excerpt(name), "' is there twice");
    fields.push_back({use::ignored, name});
  } while (cursor.another_field());
  const auto assign = [&](const std::string& name, use as) {
    const auto place = places.find(name);
    require(place != places.end(), error_code::unknown_name, who, "there is no column '", name, "'");
    csv_log_field& field = fields[place->second];
    require(field.as == use::ignored, error_code::bad_option, who, "column '", name, "' is asked for twice");
    field.as = as;
  };
  assign(columns.visitor, use::visitor);
  assign(columns.name, use::name);
  assign(columns.time, use::time);
  if (!columns.session.empty()) assign(columns.session, use::session);
  if (!columns.page.empty()) assign(columns.page, use::page);
  if (!columns.revenue.empty()) assign(columns.revenue, use::revenue);
  for (const auto& name : columns.numbers) assign(name, use::number);
  for (const auto& name : columns.texts) assign(name, use::text);
  return fields;
}

/// Throws bad_option for a delimiter that cannot be one, or times that are none.
inline void check_csv_log(const log_columns& columns, char delimiter, std::string_view who) {
  require(delimiter != '"' && delimiter != '\n' && delimiter != '\r' && delimiter != '\0', error_code::bad_option, who,
          "the delimiter must not be a quote, a line end or NUL");
  const moment_reader validated(columns);
}

inline std::string_view without_byte_order_mark(std::string_view text) {
  return text.substr(text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
}

/// The log of a file in windows, one after another.
inline table_log csv_log_in_windows(csv_windows& windows, const log_columns& columns, const csv_options& options,
                                    std::string_view who) {
  std::string_view text = without_byte_order_mark(windows.next());
  check_csv_log(columns, options.delimiter, who);
  csv_cursor header(text, options.delimiter, who);
  const auto fields = csv_log_header(header, columns, who);
  csv_log_part reader(text, fields, columns, options, who);
  workers alone({.threads = 1});
  index lines = 0, rows = 0;
  for (auto body = static_cast<std::size_t>(header.at() - text.data()); !text.empty(); body = 0) {
    reader.begin_text(text, lines);
    const auto blocks = csv_blocks(text.substr(body), alone);
    const index before = rows;
    if (!blocks.empty()) rows += blocks.back().first_row + blocks.back().rows;
    if (before == 0 && windows.file_bytes() > 0) {  // the whole file will have some more than as many again and again
      const auto expected =
          static_cast<std::size_t>(1.05 * static_cast<double>(rows) * static_cast<double>(windows.file_bytes()) /
                                   static_cast<double>(text.size()));
      reader.reserve(expected, windows.file_bytes());
    }
    for (csv_block block : blocks) {
      block.first_row += before;
      reader.read(block);
    }
    lines += simd::count_equal(text.data(), text.data() + text.size(), '\n');
    text = windows.next();
  }
  return std::move(reader.found);
}

}  // namespace detail

/// The events of a CSV text with a header, a row each, in its order. The text is read as `parse_csv` reads it: of `options` the
/// delimiter and the texts that mean missing count, and a row that is no CSV is an error. A row without a visitor is counted and left
/// out; one without a name or a time in [earliest, latest], or with a text where a number belongs, is a bad row. Throws
/// bad_option for a column that is asked for twice, unknown_name, bad_text for the first bad row where `strict`. The same log for any
/// number of threads.
inline table_log parse_csv_log(std::string_view text, const log_columns& columns, const csv_options& options = {},
                               const run_options& run = {}, std::string_view who = "csv_log") {
  text = detail::without_byte_order_mark(text);
  detail::check_csv_log(columns, options.delimiter, who);
  detail::csv_cursor header(text, options.delimiter, who);
  const auto fields = detail::csv_log_header(header, columns, who);
  workers team(run);
  const auto blocks = detail::csv_blocks(text.substr(static_cast<std::size_t>(header.at() - text.data())), team);

  // Each part is some blocks in a row. Codes are given in the order of the rows, whatever the parts are.
  const auto parts = static_cast<index>(std::min<std::size_t>(blocks.size(), run.threads == 1 ? 1 : 4));
  std::vector<table_log> found(static_cast<std::size_t>(parts));
  std::vector<std::exception_ptr> failures(found.size());
  team.for_each_index(parts, [&](index i) {
    const auto part = static_cast<std::size_t>(i);
    try {
      detail::csv_log_part reader(text, fields, columns, options, who);
      const std::size_t begin = blocks.size() * part / found.size(), end = blocks.size() * (part + 1) / found.size();
      const std::size_t known = part == 0 ? blocks.size() : end;  // the others come behind the first
      if (begin < known) {
        const detail::csv_block& last = blocks[known - 1];
        reader.reserve(static_cast<std::size_t>(last.first_row + last.rows - blocks[begin].first_row),
                       static_cast<std::size_t>(last.end - blocks[begin].begin));
      }
      for (std::size_t block = begin; block < end; ++block) reader.read(blocks[block]);
      found[part] = std::move(reader.found);
    } catch (...) {
      failures[part] = std::current_exception();
    }
  });
  table_log result;
  std::vector<event_log> others;
  for (std::size_t part = 0; part < found.size(); ++part) {
    if (failures[part]) std::rethrow_exception(failures[part]);
    if (part == 0) {
      result = std::move(found[part]);
      continue;
    }
    others.push_back(std::move(found[part].events));
    result.rows += found[part].rows;
    result.without_visitor += found[part].without_visitor;
    result.bad += found[part].bad;
    for (auto& each : found[part].bad_rows) {
      if (result.bad_rows.size() < columns.reported_rows) result.bad_rows.push_back(std::move(each));
    }
  }
  append_logs(result.events, std::move(others), run);
  return result;
}

/// `parse_csv_log` of a file or pipe. With one thread no more than a window of some megabytes is in memory, or the longest row;
/// with more of them the whole text. Throws `error_code::file` when it cannot be read.
inline table_log read_csv_log(const std::filesystem::path& path, const log_columns& columns,
                              const csv_options& options = {}, const run_options& run = {}) {
  const std::string who = text("csv_log '", path.string(), "'");
  if (run.threads == 1) {
    detail::csv_windows windows(path, who);
    return detail::csv_log_in_windows(windows, columns, options, who);
  }
  workers team(run);
  const file_text content(path, who, &team);
  return parse_csv_log(content.view(), columns, options, run, who);
}

FOOTFALL_END_NAMESPACE
