// SPDX-License-Identifier: MIT
// Days of the week, however a table writes them, as 0 for Monday to 6 for Sunday.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/features/categories.hpp>
#include <footfall/features/named.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// How a column of numbers counts the days of the week.
enum class weekday_numbers : unsigned char {
  monday_0,  ///< Monday 0 to Sunday 6, as pandas
  monday_1,  ///< Monday 1 to Sunday 7, as ISO 8601
  sunday_0,  ///< Sunday 0 to Saturday 6, as C and JavaScript
  sunday_1   ///< Sunday 1 to Saturday 7, as spreadsheets
};

/// The English names in full, Monday first: what a column of texts must hold unless other names are stated.
inline std::vector<std::string> weekday_names() {
  return {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
}

/// The day of each session from 0 for Monday to 6 for Sunday, -1 where it is missing. Of a categorical column the levels
/// are `names`, of a numeric one the numbers count as `counting` says. Throws unknown_name, unseen_level for another text,
/// bad_value for a number that is no day.
template <named_columns X>
std::vector<int> weekdays_of(const X& x, const std::string& column, const std::vector<std::string>& names,
                             weekday_numbers counting, std::string_view who) {
  std::vector<int> days;
  days.reserve(static_cast<std::size_t>(x.rows()));
  if constexpr (std::same_as<X, table>) {
    if (!x[column].is_numeric()) {
      for (const auto place : places_of(x, {column, names, true}, true, who)) days.push_back(place == 7 ? -1 : place);
      return days;
    }
  }
  const bool from_one = counting == weekday_numbers::monday_1 || counting == weekday_numbers::sunday_1;
  const bool sunday_first = counting == weekday_numbers::sunday_0 || counting == weekday_numbers::sunday_1;
  const int lowest = from_one ? 1 : 0;
  for (const auto number : numbers_of(x, column)) {
    if (std::isnan(number)) {
      days.push_back(-1);
      continue;
    }
    const auto value = static_cast<double>(number);
    require(value >= lowest && value <= lowest + 6 && value == std::floor(value), error_code::bad_value, who,
            "column '", column, "' must be a day from ", lowest, " to ", lowest + 6, ", got ", value, " in row ",
            days.size());
    days.push_back((static_cast<int>(value) - lowest + (sunday_first ? 6 : 0)) % 7);
  }
  return days;
}

/// At the door of `fit`: throws bad_option unless there are seven different names.
inline void require_weekday_names(const std::vector<std::string>& names, std::string_view who) {
  auto sorted = names;
  std::sort(sorted.begin(), sorted.end());
  require(names.size() == 7 && std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end(), error_code::bad_option,
          who, "there must be seven different names of days, got ", names.size());
}

FOOTFALL_END_NAMESPACE
