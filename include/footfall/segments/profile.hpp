// SPDX-License-Identifier: MIT
// What each segment looks like: its size, every column of the table, what it converts and what it brings.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/table.hpp>
#include <footfall/segments/column_profile.hpp>
#include <footfall/statistics/mean.hpp>
#include <footfall/statistics/rate.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// One segment. Every range has the confidence that was asked for.
struct segment_profile {
  std::int32_t segment = 0;  ///< its number
  std::int64_t sessions = 0;
  rate share{};                                ///< of all sessions
  std::vector<number_profile> numbers{};       ///< one a numeric column, in the order of the table
  std::vector<category_profile> categories{};  ///< one a categorical column
  std::optional<rate> conversion{};            ///< where a label was given
  std::optional<number_profile> revenue{};     ///< of a session, where a column was named: its mean is money a session

  /// The numeric column of that name. Throws unknown_name.
  const number_profile& number(std::string_view column) const {
    const auto found =
        std::find_if(numbers.begin(), numbers.end(), [&](const auto& each) { return each.column == column; });
    require(found != numbers.end(), error_code::unknown_name, "segment_profile", "there is no numeric column '", column,
            "'");
    return *found;
  }
  /// That level of the categorical column of that name. Throws unknown_name for either.
  const level_profile& level(std::string_view column, std::string_view level) const {
    const auto category =
        std::find_if(categories.begin(), categories.end(), [&](const auto& each) { return each.column == column; });
    require(category != categories.end(), error_code::unknown_name, "segment_profile",
            "there is no categorical column '", column, "'");
    const auto found = std::find_if(category->levels.begin(), category->levels.end(),
                                    [&](const auto& each) { return each.level == level; });
    require(found != category->levels.end(), error_code::unknown_name, "segment_profile", "column '", column,
            "' has no level '", level, "'");
    return *found;
  }
  /// The mean of a numeric column over the segment's known values.
  double mean(std::string_view column) const { return number(column).summary.mean; }

  bool operator==(const segment_profile&) const = default;
};

/// What a profile holds beside the columns.
struct profile_options {
  labels converted{};        ///< one a session; none: no conversion
  std::string revenue{};     ///< a numeric column; empty: no revenue
  double confidence = 0.95;  ///< of every interval, in (0, 1)
};

/// One profile a segment number, from 0 to the largest in `ids`. A number without sessions has a size of 0 and figures
/// that are NaN. Throws wrong_shape for a table without rows or another number of ids or labels, bad_value for a
/// negative number or when all sessions are in one segment (nothing to compare with), limit for a number of 4,096 or
/// more, not_finite for an infinite number, unknown_name or wrong_kind for a revenue column that is none,
/// missing_value for a session without revenue, bad_option unless confidence is in (0, 1). Cost: for each column a sort.
inline std::vector<segment_profile> profile(const table& sessions, const segment_ids& ids,
                                            const profile_options& options = {}, const run_options& run = {}) {
  constexpr std::string_view who = "profile";
  constexpr std::int32_t most_segments = 4096;
  const auto rows = static_cast<std::size_t>(sessions.rows());
  require(rows > 0, error_code::wrong_shape, who, "there must be at least one session, got 0");
  require(ids.size() == rows, error_code::wrong_shape, who, "there must be one segment number for each of ", rows,
          " sessions, got ", ids.size());
  require(options.converted.size() == 0 || options.converted.size() == sessions.rows(), error_code::wrong_shape, who,
          "there must be one label for each of ", rows, " sessions, got ", options.converted.size());
  require(options.confidence > 0 && options.confidence < 1, error_code::bad_option, who,
          "confidence must be in (0, 1), got ", options.confidence);
  for (std::size_t row = 0; row < rows; ++row) {
    require(ids[row] >= 0, error_code::bad_value, who, "a segment number must be at least 0, got ", ids[row],
            " in row ", row);
    require(ids[row] < most_segments, error_code::limit, who, "a segment number must be below ", most_segments,
            ", got ", ids[row], " in row ", row);
  }
  const auto [low, high] = std::minmax_element(ids.begin(), ids.end());
  require(*low != *high, error_code::bad_value, who, "there must be at least 2 segments, all ", rows,
          " sessions are in segment ", *low);
  const std::int32_t segments = *high + 1;

  std::vector<segment_profile> result(static_cast<std::size_t>(segments));
  std::vector<std::int64_t> converted(result.size());
  for (std::size_t row = 0; row < rows; ++row) {
    const auto at = static_cast<std::size_t>(ids[row]);
    ++result[at].sessions;
    if (options.converted.size() > 0) converted[at] += options.converted[static_cast<index>(row)];
  }
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i].segment = static_cast<std::int32_t>(i);
    result[i].share = rate_of(result[i].sessions, sessions.rows(), options.confidence);
    if (options.converted.size() > 0) {
      result[i].conversion = rate_of(converted[i], result[i].sessions, options.confidence);
    }
  }
  if (!options.revenue.empty()) {
    const auto& revenue = sessions[options.revenue];
    require(revenue.is_numeric(), error_code::wrong_kind, who, "the revenue column '", options.revenue,
            "' is categorical, and numbers are needed");
    const auto numbers = revenue.numbers();
    for (std::size_t row = 0; row < rows; ++row) {
      require(!std::isnan(numbers[row]), error_code::missing_value, who, "the revenue column '", options.revenue,
              "' is missing in row ", row, " (a session without an order has a revenue of 0)");
    }
  }

  std::vector<std::vector<number_profile>> numbers(sessions.columns().size());
  std::vector<std::vector<category_profile>> categories(numbers.size());
  workers(run).for_each_index(sessions.cols(), [&](index i) {
    const auto at = static_cast<std::size_t>(i);
    const auto& column = sessions.columns()[at];
    if (column.is_numeric()) {
      numbers[at] = profile_numbers(column, ids, segments, options.confidence);
    } else {
      categories[at] = profile_levels(column, ids, segments, options.confidence);
    }
  });
  for (std::size_t i = 0; i < result.size(); ++i) {
    for (auto& column : numbers) {
      if (column.empty()) continue;
      if (!options.revenue.empty() && column[i].column == options.revenue) result[i].revenue = column[i];
      result[i].numbers.push_back(std::move(column[i]));
    }
    for (auto& column : categories) {
      if (!column.empty()) result[i].categories.push_back(std::move(column[i]));
    }
  }
  return result;
}

FOOTFALL_END_NAMESPACE
