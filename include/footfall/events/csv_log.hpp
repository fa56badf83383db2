// SPDX-License-Identifier: MIT
// Any shop's log as CSV, straight into a log of events: no table in between, parts of the text at a time.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <filesystem>
#include <limits>
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
#include <footfall/data/csv_number.hpp>
#include <footfall/data/file_text.hpp>
#include <footfall/events/event.hpp>
#include <footfall/events/event_block.hpp>
#include <footfall/events/event_log.hpp>
#include <footfall/events/table_log.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// What a field of the header is read as.
struct csv_log_field {
  enum class use { ignored, visitor, name, time, session, page, revenue, number, text } as = use::ignored;
  std::string name{};
};

/// Reads some whole rows of a log.
class csv_log_part {
 public:
  csv_log_part(std::string_view text, const std::vector<csv_log_field>& fields, const log_columns& columns,
               const csv_options& options, std::string_view who)
      : cursor_(text, options.delimiter, who),
        fields_(fields),
        columns_(columns),
        options_(options),
        moments_(columns) {}

  void read(const csv_block& block) {
    cursor_.go_to(block.begin);
    for (index row = 0; row < block.rows; ++row) read_row(block.first_row + row);
  }

  table_log found{};

 private:
  using use = csv_log_field::use;

  void read_row(index row) {
    event_fields& e = event_;
    copies_.clear();
    e.visitor = e.session = e.name = e.page = {};
    e.numbers.clear();
    e.texts.clear();
    e.revenue = std::numeric_limits<double>::quiet_NaN();
    reason_.clear();
    has_time_ = false;
    cursor_.begin_row();
    for (std::size_t i = 0;; ++i) {
      read_field(fields_[i], e);
      const bool more = cursor_.another_field();
      if (more == (i + 1 < fields_.size())) {
        if (!more) break;
        continue;
      }
      for (bool another = more; another; another = cursor_.another_field()) (void)cursor_.field();
      cursor_.bad_row(fields_.size());
    }
    ++found.rows;
    if (e.visitor.empty()) {
      ++found.without_visitor;
      return;
    }
    if (reason_.empty() && e.name.empty())
      reason_ = footfall::text("column '", columns_.name, "': the name is missing");
    if (reason_.empty() && !has_time_) (void)moments_.missing(reason_);
    if (reason_.empty()) {
      found.events.append(e);
      return;
    }
    require(!columns_.strict, error_code::bad_text, "csv_log", "row ", row, ", ", reason_);
    ++found.bad;
    if (found.bad_rows.size() < columns_.reported_rows) found.bad_rows.push_back({row, reason_});
  }

  void read_field(const csv_log_field& as, event_fields& e) {
    if (as.as == use::ignored) {
      (void)cursor_.field();
    } else if (as.as == use::number || as.as == use::revenue || as.as == use::time) {
      read_number_field(as, e);
    } else {
      const std::string_view value = kept(cursor_.field());
      if (value.empty()) return;
      if (as.as == use::visitor) e.visitor = value;
      if (as.as == use::name) e.name = value;
      if (as.as == use::session) e.session = value;
      if (as.as == use::page) e.page = value;
      if (as.as == use::text) e.texts.push_back({as.name, value});
    }
  }

  void read_number_field(const csv_log_field& as, event_fields& e) {
    const std::string_view value = kept(cursor_.field());
    if (value.empty()) return;
    double number = 0;
    const csv_number outcome = read_number(value, number);
    if (outcome != csv_number::good) {
      if (as.as == use::time && outcome == csv_number::none) {
        has_time_ = true;  // or a reason
        if (reason_.empty()) (void)moments_.of_seconds(moment_reader::seconds_of(value), value, e.time, reason_);
      } else if (reason_.empty()) {
        reason_ = footfall::text("column '", as.name, "': expected a number, got '", csv_excerpt(value), "'");
      }
      return;
    }
    if (as.as == use::time) {
      has_time_ = true;
      if (reason_.empty()) (void)moments_.of_ticks(number, e.time, reason_);
    } else if (as.as == use::revenue) {
      e.revenue = number;
    } else {
      e.numbers.push_back({as.name, number});
    }
  }

  /// A field that lasts until the row is through; empty where it is a text that means missing.
  std::string_view kept(std::string_view value) {
    if (std::find(options_.missing.begin(), options_.missing.end(), value) != options_.missing.end()) return {};
    if (cursor_.unescaped(value)) return copies_.emplace_back(value);
    return value;
  }

  csv_cursor cursor_;
  const std::vector<csv_log_field>& fields_;
  const log_columns& columns_;
  const csv_options& options_;
  moment_reader moments_;
  event_fields event_;
  std::deque<std::string> copies_;
  std::string reason_;
  bool has_time_ = false;
};

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

}  // namespace detail

/// The events of a CSV text with a header, a row each, in its order. The text is read as `parse_csv` reads it: of `options` the
/// delimiter and the texts that mean missing count, and a row that is no CSV is an error. A row without a visitor is counted and left
/// out; one without a name or a time in [earliest, latest], or with a text where a number belongs, is a bad row. Throws
/// bad_option for a column that is asked for twice, unknown_name, bad_text for the first bad row where `strict`. The same log for any
/// number of threads.
inline table_log parse_csv_log(std::string_view text, const log_columns& columns, const csv_options& options = {},
                               const run_options& run = {}, std::string_view who = "csv_log") {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const char delimiter = options.delimiter;
  require(delimiter != '"' && delimiter != '\n' && delimiter != '\r' && delimiter != '\0', error_code::bad_option, who,
          "the delimiter must not be a quote, a line end or NUL");
  const detail::moment_reader validated(columns);
  detail::csv_cursor header(text, delimiter, who);
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
      for (std::size_t block = begin; block < end; ++block) reader.read(blocks[block]);
      found[part] = std::move(reader.found);
    } catch (...) {
      failures[part] = std::current_exception();
    }
  });
  table_log result;
  for (std::size_t part = 0; part < found.size(); ++part) {
    if (failures[part]) std::rethrow_exception(failures[part]);
    if (part == 0) {
      result = std::move(found[part]);
      continue;
    }
    append_log(result.events, found[part].events);
    result.rows += found[part].rows;
    result.without_visitor += found[part].without_visitor;
    result.bad += found[part].bad;
    for (auto& each : found[part].bad_rows) {
      if (result.bad_rows.size() < columns.reported_rows) result.bad_rows.push_back(std::move(each));
    }
    found[part] = {};
  }
  return result;
}

/// `parse_csv_log` of a file or pipe, which is held in memory meanwhile. Throws `error_code::file` when it cannot be read.
inline table_log read_csv_log(const std::filesystem::path& path, const log_columns& columns,
                              const csv_options& options = {}, const run_options& run = {}) {
  const std::string who = text("csv_log '", path.string(), "'");
  const file_text content(path, who);
  return parse_csv_log(content.view(), columns, options, run, who);
}

FOOTFALL_END_NAMESPACE
