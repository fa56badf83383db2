// SPDX-License-Identifier: MIT
// The levels that a categorical column had when a step was fitted, and what becomes of those that come later.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/table.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What `transform` does with a level that was not there when the step was fitted.
enum class unseen_level : unsigned char {
  refuse,    ///< throws `error_code::unseen_level`, naming column, level and row
  all_zero,  ///< 0 in every feature of the column
  other      ///< a place of its own, `COLUMN=(other)`, which every fitted column then has
};

/// What the place of missing values and that of unseen levels are called, e.g. `device=(missing)`.
inline constexpr std::string_view missing_level = "(missing)";
inline constexpr std::string_view other_level = "(other)";

/// The levels of one column, in the order of their places from 0.
struct category {
  std::string column;
  std::vector<std::string> levels;  ///< different from each other
  bool missing = false;             ///< missing values were there, and have the place after the levels

  auto parts() const { return std::tie(column, levels, missing); }
  /// Throws bad_parts for a level listed twice.
  static category from_parts(std::string column, std::vector<std::string> levels, bool missing) {
    auto sorted = levels;
    std::sort(sorted.begin(), sorted.end());
    require(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end(), error_code::bad_parts, "category",
            "a level of column '", column, "' is listed twice");
    return {std::move(column), std::move(levels), missing};
  }
};

/// The levels that occur in at least `at_least` sessions, in the order of their bytes, and whether one is missing.
/// Throws unknown_name, wrong_kind.
inline category learn_category(const table& sessions, const std::string& name, index at_least = 1) {
  const column& source = sessions[name];
  std::vector<index> sessions_of(source.levels().size(), 0);
  category result{name, {}, false};
  for (const std::int32_t code : source.codes()) {
    if (code == column::missing_code) {
      result.missing = true;
    } else {
      ++sessions_of[static_cast<std::size_t>(code)];
    }
  }
  for (std::size_t code = 0; code < sessions_of.size(); ++code) {
    if (sessions_of[code] >= std::max<index>(at_least, 1)) result.levels.push_back(source.levels()[code]);
  }
  std::sort(result.levels.begin(), result.levels.end());
  return result;
}

/// The place of a session whose level has none.
inline constexpr std::int32_t no_place = -1;

/// The place of each session's level: its position in `fitted.levels`, the position after them for a missing value if it has
/// one there. A level without a place is refused, or gets `no_place` where `refuse` is false. The table's dictionary need not
/// be the fitted one: levels are matched by name, once each. Throws unknown_name, wrong_kind, unseen_level.
inline std::vector<std::int32_t> places_of(const table& sessions, const category& fitted, bool refuse,
                                           std::string_view who) {
  const column& source = sessions[fitted.column];
  std::vector<std::pair<std::string_view, std::int32_t>> known;
  for (const auto& level : fitted.levels) known.emplace_back(level, static_cast<std::int32_t>(known.size()));
  std::sort(known.begin(), known.end());
  std::vector<std::int32_t> place;
  for (const std::string_view level : source.levels()) {
    const auto found = std::lower_bound(known.begin(), known.end(), level,
                                        [](const auto& entry, std::string_view text) { return entry.first < text; });
    place.push_back(found != known.end() && found->first == level ? found->second : no_place);
  }
  const std::int32_t missing = fitted.missing ? static_cast<std::int32_t>(fitted.levels.size()) : no_place;
  std::vector<std::int32_t> places;
  places.reserve(source.codes().size());
  for (const std::int32_t code : source.codes()) {
    const bool absent = code == column::missing_code;
    places.push_back(absent ? missing : place[static_cast<std::size_t>(code)]);
    if (places.back() == no_place && refuse) {
      fail(error_code::unseen_level, who, source.who(), " had no level '",
           absent ? missing_level : std::string_view(source.levels()[static_cast<std::size_t>(code)]),
           "' when fitted, row ", places.size() - 1);
    }
  }
  return places;
}

FOOTFALL_END_NAMESPACE
