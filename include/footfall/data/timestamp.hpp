// SPDX-License-Identifier: MIT
// Times written as text: ISO 8601 to seconds since 1970.
#pragma once

#include <chrono>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/data/column.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Seconds since 1970-01-01T00:00:00Z of `2024-03-01`, `2024-03-01T12:30`, `2024-03-01 12:30:05.25` or one of these with `Z` or
/// an offset such as `+01:00`; without either it is UTC. Throws bad_text for anything else, dates and hours that do not exist
/// and leap seconds included.
inline double parse_timestamp(std::string_view text) {
  const auto refuse = [&] {
    fail(error_code::bad_text, "parse_timestamp", "not a date or time as ISO 8601 writes them: '", text, "'");
  };
  std::size_t at = 0;
  const auto digits = [&](int count) {
    int value = 0;
    for (int i = 0; i < count; ++i, ++at) {
      if (at >= text.size() || text[at] < '0' || text[at] > '9') refuse();
      value = 10 * value + (text[at] - '0');
    }
    return value;
  };
  const auto next_is = [&](char character) { return at < text.size() && text[at] == character; };
  const auto expect = [&](char character) {
    if (!next_is(character)) refuse();
    ++at;
  };
  const auto clock = [&] {
    const int hour = digits(2);
    expect(':');
    const int minute = digits(2);
    if (hour > 23 || minute > 59) refuse();
    return 3600 * hour + 60 * minute;
  };

  const int year = digits(4);
  expect('-');
  const int month = digits(2);
  expect('-');
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(digits(2)))};
  if (!date.ok()) refuse();
  double seconds = 86400.0 * static_cast<double>(std::chrono::sys_days(date).time_since_epoch().count());
  if (at == text.size()) return seconds;
  if (!next_is('T') && !next_is(' ')) refuse();
  ++at;
  seconds += clock();
  if (next_is(':')) {
    ++at;
    const int second = digits(2);
    if (second > 59) refuse();
    seconds += second;
    if (next_is('.')) {
      ++at;
      const std::size_t begin = at;
      double unit = 1;
      double fraction = 0;
      while (at < text.size() && text[at] >= '0' && text[at] <= '9' && at - begin < 9) {
        fraction = 10 * fraction + (text[at++] - '0');
        unit *= 10;
      }
      if (at == begin) refuse();
      seconds += fraction / unit;
    }
  }
  if (next_is('Z')) {
    ++at;
  } else if (next_is('+') || next_is('-')) {
    const int sign = text[at++] == '+' ? 1 : -1;
    seconds -= sign * clock();
  }
  if (at != text.size()) refuse();
  return seconds;
}

/// The times of a column: its numbers, or its levels parsed as `parse_timestamp` does. Throws missing_value for a row without
/// a time, not_finite, bad_text naming the text that does not parse.
inline std::vector<double> times_of(const column& source) {
  std::vector<double> times;
  times.reserve(static_cast<std::size_t>(source.rows()));
  if (source.is_numeric()) {
    for (const double each : source.numbers()) {
      require(!std::isnan(each), error_code::missing_value, source.who(), "the time is missing in row ", times.size());
      require(std::isfinite(each), error_code::not_finite, source.who(), "the time is infinite in row ", times.size());
      times.push_back(each);
    }
    return times;
  }
  std::vector<double> of_level;
  for (const auto& level : source.levels()) of_level.push_back(parse_timestamp(level));
  for (const auto code : source.codes()) {
    require(code >= 0, error_code::missing_value, source.who(), "the time is missing in row ", times.size());
    times.push_back(of_level[static_cast<std::size_t>(code)]);
  }
  return times;
}

FOOTFALL_END_NAMESPACE
