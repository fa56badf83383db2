// SPDX-License-Identifier: MIT
// Any shop's log as a table: which column says what, in a few lines.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/column.hpp>
#include <footfall/data/csv_cursor.hpp>
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

/// Times of events as numbers or texts, and what is wrong with one that is none.
class moment_reader {
 public:
  explicit moment_reader(const log_columns& columns) : columns_(columns) {
    require(columns.ticks_per_second == 1 || columns.ticks_per_second == 1000 ||
                columns.ticks_per_second == microseconds_per_second,
            error_code::bad_option, "log_columns", "ticks_per_second must be 1, 1000 or 1000000, got ",
            columns.ticks_per_second);
    require(columns.earliest <= columns.latest, error_code::bad_option, "log_columns", "no time lies in [",
            columns.earliest, ", ", columns.latest, "]");
    tick_ = static_cast<double>(microseconds_per_second / columns.ticks_per_second);
    earliest_ = static_cast<double>(columns.earliest);
    latest_ = static_cast<double>(columns.latest);
  }

  /// Seconds since 1970, or NaN.
  static double seconds_of(std::string_view text) {
    if (text.ends_with(" UTC")) text.remove_suffix(4);
    try {
      return parse_timestamp(text);
    } catch (const error&) {
      return std::numeric_limits<double>::quiet_NaN();
    }
  }
  bool of_ticks(double ticks, std::int64_t& time, std::string& reason) const {
    return of_microseconds(ticks * tick_, time, reason);
  }
  bool of_seconds(double seconds, std::string_view written, std::int64_t& time, std::string& reason) const {
    if (std::isnan(seconds)) {
      reason = text("column '", columns_.time, "': not a time: '", csv_excerpt(written), "'");
      return false;
    }
    return of_microseconds(seconds * static_cast<double>(microseconds_per_second), time, reason);
  }
  bool missing(std::string& reason) const {
    reason = text("column '", columns_.time, "': the time is missing");
    return false;
  }

 private:
  bool of_microseconds(double microseconds, std::int64_t& time, std::string& reason) const {
    if (!(microseconds >= earliest_ && microseconds <= latest_)) [[unlikely]]
      return refuse(microseconds, reason);
    constexpr double exact = 9e15;  // below it most are whole numbers, and rounding is a slow call
    const auto whole = static_cast<std::int64_t>(std::abs(microseconds) < exact ? microseconds : 0);
    time = static_cast<double>(whole) == microseconds ? whole : std::llround(microseconds);
    return true;
  }
  [[gnu::noinline]] bool refuse(double microseconds, std::string& reason) const {
    if (std::isnan(microseconds)) return missing(reason);
    reason = text("column '", columns_.time, "': expected a time in [", columns_.earliest, ", ", columns_.latest,
                  "] microseconds since 1970, got ", microseconds);
    return false;
  }

  const log_columns& columns_;
  double tick_ = 1, earliest_ = 0, latest_ = 0;  // microseconds
};

}  // namespace detail

/// The events of a table, a row each, in its order. A row without a visitor is counted and left out; one without a name or a
/// time in [earliest, latest], or with an infinite number, is a bad row. Throws bad_option, unknown_name, wrong_kind for numbers where
/// texts are needed or the other way round, bad_text for the first bad row where `strict`.
inline table_log events_of(const table& rows, const log_columns& columns) {
  const std::string_view who = "events_of";
  const detail::moment_reader moments(columns);
  const auto texts_of = [&](const table& from, const std::string& name) {
    return name.empty() ? coded_texts() : coded_texts{from[name].codes(), from[name].levels()};
  };
  std::vector<std::string> numeric = columns.numbers;
  if (!columns.revenue.empty()) numeric.push_back(columns.revenue);
  std::vector<std::span<const double>> numbers;
  for (const auto& name : numeric) numbers.push_back(rows[name].numbers());
  const auto visitors = rows[columns.visitor].codes(), names = rows[columns.name].codes();
  const column& times = rows[columns.time];
  std::vector<double> of_level;
  if (!times.is_numeric()) {
    for (const auto& level : times.levels()) of_level.push_back(moments.seconds_of(level));
  }
  const auto read_time = [&](std::size_t row, std::int64_t& time, std::string& reason) {
    if (times.is_numeric()) return moments.of_ticks(times.numbers()[row], time, reason);
    const auto code = times.codes()[row];
    if (code < 0) return moments.missing(reason);
    const auto level = static_cast<std::size_t>(code);
    return moments.of_seconds(of_level[level], times.levels()[level], time, reason);
  };

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
    if (reason.empty() && read_time(row, time, reason)) {
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

FOOTFALL_END_NAMESPACE
