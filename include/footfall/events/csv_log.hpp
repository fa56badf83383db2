// SPDX-License-Identifier: MIT
// Any shop's log as a table or CSV: which column says what, in a few lines.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/csv.hpp>
#include <footfall/data/table.hpp>
#include <footfall/data/timestamp.hpp>
#include <footfall/events/event.hpp>
#include <footfall/events/event_block.hpp>
#include <footfall/events/event_log.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Which columns say what of an event. An empty name: the log has no such column.
struct log_columns {
  std::string visitor = "user_id";
  std::string name = "event";
  std::string time = "timestamp";     ///< ISO 8601, also with ` UTC` behind it, or numbers
  std::int64_t ticks_per_second = 1;  ///< where times are numbers: 1, 1000 (milliseconds) or 1000000
  std::string session{};
  std::string page{};
  std::string revenue{};
  std::vector<std::string> numbers{};  ///< become numeric parameters under the same name; an empty field is none
  std::vector<std::string> texts{};    ///< become text parameters
  std::int64_t earliest = 946'684'800'000'000;  ///< 2000-01-01 in microseconds: times of another unit are bad rows
  std::int64_t latest = 4'102'444'800'000'000;  ///< 2100-01-01
  bool strict = false;                          ///< the first bad row is an error
  std::size_t reported_rows = 100;              ///< so many bad rows are told with their reason
};

/// A row that is no event, and why.
struct bad_row {
  index row = 0;  ///< from 0, as in the table
  std::string reason;
};

/// Events of a table, and where every row went: rows = events.size() + without_visitor + bad.
struct table_log {
  event_log events;
  index rows = 0;
  index without_visitor = 0;
  index bad = 0;
  std::vector<bad_row> bad_rows{};  ///< the first ones
};

namespace detail {

/// Microseconds a row, and what is wrong where a time is none.
class row_times {
 public:
  row_times(const column& source, const log_columns& columns) : source_(source), columns_(columns) {
    require(columns.ticks_per_second == 1 || columns.ticks_per_second == 1000 ||
                columns.ticks_per_second == microseconds_per_second,
            error_code::bad_option, "log_columns", "ticks_per_second must be 1, 1000 or 1000000, got ",
            columns.ticks_per_second);
    if (source.is_numeric()) return;
    for (const auto& level : source.levels()) {
      std::string_view text = level;
      if (text.ends_with(" UTC")) text.remove_suffix(4);
      double seconds = std::numeric_limits<double>::quiet_NaN();
      try {
        seconds = parse_timestamp(text);
      } catch (const error&) {
      }
      of_level_.push_back(seconds);
    }
  }

  /// The time of a row in microseconds; false, with the reason, where it has none that is fit.
  bool read(std::size_t row, std::int64_t& time, std::string& reason) const {
    double ticks = 0;
    if (source_.is_numeric()) {
      ticks = source_.numbers()[row] * static_cast<double>(microseconds_per_second / columns_.ticks_per_second);
    } else if (source_.codes()[row] >= 0) {
      const auto level = static_cast<std::size_t>(source_.codes()[row]);
      ticks = of_level_[level] * static_cast<double>(microseconds_per_second);
      if (std::isnan(ticks)) {
        reason = text(source_.who(), ": not a time: '", csv_excerpt(source_.levels()[level]), "'");
        return false;
      }
    } else {
      ticks = std::numeric_limits<double>::quiet_NaN();
    }
    if (std::isnan(ticks)) {
      reason = text(source_.who(), ": the time is missing");
      return false;
    }
    if (!(ticks >= static_cast<double>(columns_.earliest) && ticks <= static_cast<double>(columns_.latest))) {
      reason = text(source_.who(), ": expected a time in [", columns_.earliest, ", ", columns_.latest,
                    "] microseconds since 1970, got ", ticks);
      return false;
    }
    time = std::llround(ticks);
    return true;
  }

 private:
  const column& source_;
  const log_columns& columns_;
  std::vector<double> of_level_;
};

}  // namespace detail

/// The events of a table, a row each, in its order. A row without a visitor is counted and left out; one without a name or a
/// time in [earliest, latest], or with an infinite number, is a bad row. Throws bad_option, unknown_name, wrong_kind for numbers where
/// texts are needed or the other way round, bad_text for the first bad row where `strict`.
inline table_log events_of(const table& rows, const log_columns& columns) {
  const std::string_view who = "events_of";
  require(columns.earliest <= columns.latest, error_code::bad_option, who, "no time lies in [", columns.earliest, ", ",
          columns.latest, "]");
  const auto texts_of = [&](const table& from, const std::string& name) {
    return name.empty() ? coded_texts() : coded_texts{from[name].codes(), from[name].levels()};
  };
  std::vector<std::string> numeric = columns.numbers;
  if (!columns.revenue.empty()) numeric.push_back(columns.revenue);
  std::vector<std::span<const double>> numbers;
  for (const auto& name : numeric) numbers.push_back(rows[name].numbers());
  const auto visitors = rows[columns.visitor].codes(), names = rows[columns.name].codes();
  const detail::row_times times(rows[columns.time], columns);

  table_log result;
  result.rows = rows.rows();
  row_set kept;
  std::vector<std::int64_t> kept_times;
  kept.reserve(visitors.size());
  kept_times.reserve(visitors.size());
  for (std::size_t row = 0; row < visitors.size(); ++row) {
    if (visitors[row] < 0) {
      ++result.without_visitor;
      continue;
    }
    std::int64_t time = 0;
    std::string reason;
    if (names[row] < 0) reason = text(rows[columns.name].who(), ": the name is missing");
    if (reason.empty() && times.read(row, time, reason)) {
      for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (std::isinf(numbers[i][row])) reason = text("column '", numeric[i], "': the number is infinite");
      }
    }
    if (reason.empty()) {
      kept.push_back(static_cast<index>(row));
      kept_times.push_back(time);
      continue;
    }
    require(!columns.strict, error_code::bad_text, who, "row ", row, ", ", reason);
    ++result.bad;
    if (result.bad_rows.size() < columns.reported_rows) result.bad_rows.push_back({static_cast<index>(row), reason});
  }

  const bool all = kept.size() == visitors.size();
  const table some = all ? table() : rows.rows(kept);
  const table& from = all ? rows : some;
  event_block block{.times = kept_times,
                    .visitors = texts_of(from, columns.visitor),
                    .sessions = texts_of(from, columns.session),
                    .names = texts_of(from, columns.name),
                    .pages = texts_of(from, columns.page)};
  if (!columns.revenue.empty()) block.revenues = from[columns.revenue].numbers();
  for (const auto& name : columns.numbers) block.numbers.push_back({name, from[name].numbers()});
  for (const auto& name : columns.texts) block.texts.push_back({name, texts_of(from, name)});
  append_block(result.events, block);
  return result;
}

/// The events of a CSV file with a header: `read_csv` of the columns that are named, then `events_of`. Of `options`, the delimiter and the
/// texts that mean missing count. Throws as these two do: a row that is no CSV is an error, as everywhere.
inline table_log read_csv_log(const std::filesystem::path& path, const log_columns& columns, csv_options options = {},
                              const run_options& run = {}) {
  options.categorical = {columns.visitor, columns.name};
  for (const auto* name : {&columns.session, &columns.page}) {
    if (!name->empty()) options.categorical.push_back(*name);
  }
  options.categorical.insert(options.categorical.end(), columns.texts.begin(), columns.texts.end());
  options.numeric = columns.numbers;
  if (!columns.revenue.empty()) options.numeric.push_back(columns.revenue);
  options.columns = options.categorical;
  options.columns.insert(options.columns.end(), options.numeric.begin(), options.numeric.end());
  options.columns.push_back(columns.time);
  return events_of(read_csv(path, options, run), columns);
}

FOOTFALL_END_NAMESPACE
