// SPDX-License-Identifier: MIT
// The label of each session, read from a column of a table.
#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/core/labels.hpp>
#include <footfall/data/table.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// 1 where the categorical column `name` holds the level `positive`, 0 where it holds another. Throws unknown_name for a
/// level that the column's dictionary does not have (a spelling mistake would otherwise make every label 0), missing_value
/// for a session without a level.
inline labels label(const table& sessions, std::string_view name, std::string_view positive) {
  const column& source = sessions[name];
  const auto& levels = source.levels();
  const auto found = std::find(levels.begin(), levels.end(), positive);
  require(found != levels.end(), error_code::unknown_name, source.who(), "there is no level '", positive, "'");
  const auto code = static_cast<std::int32_t>(found - levels.begin());
  std::vector<std::uint8_t> values;
  values.reserve(static_cast<std::size_t>(source.rows()));
  for (const std::int32_t each : source.codes()) {
    require(each != column::missing_code, error_code::missing_value, source.who(), "the label is missing in row ",
            values.size());
    values.push_back(each == code ? 1 : 0);
  }
  return labels(values, text(name, "=", positive));
}

/// The label in a numeric column of 0 and 1. Throws bad_value for any other number, missing_value for NaN.
inline labels label(const table& sessions, std::string_view name) {
  const column& source = sessions[name];
  const auto numbers = source.numbers();
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    require(!std::isnan(numbers[row]), error_code::missing_value, source.who(), "the label is missing in row ", row);
  }
  return labels(numbers, std::string(name));
}

FOOTFALL_END_NAMESPACE
