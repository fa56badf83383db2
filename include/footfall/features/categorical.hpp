// SPDX-License-Identifier: MIT
// Categories as they are, for models that split levels themselves: the place of each level and, beside it, its name.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/data/table.hpp>
#include <footfall/features/categories.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The fitted form of `categorical`: for each column its levels.
class fitted_categorical {
 public:
  static constexpr std::string_view kind = "categorical";

  /// One feature a column, same name, which says its levels: 0 for the first, 1 for the second, ...; missing stays missing, and
  /// so counts an unseen level where it is not refused. Throws unknown_name, wrong_kind, unseen_level.
  features<double> transform(const table& sessions) const {
    matrix<double> values(sessions.rows(), static_cast<index>(categories_.size()));
    std::vector<feature_info> infos;
    for (const auto& each : categories_) {
      const auto missing = static_cast<std::int32_t>(each.levels.size());
      index row = 0;
      for (const std::int32_t place : places_of(sessions, each, !unseen_is_missing_, kind)) {
        values(row++, static_cast<index>(infos.size())) =
            place == missing || place == no_place ? std::numeric_limits<double>::quiet_NaN() : place;
      }
      infos.push_back({each.column, each.column, sessions[each.column].stage(), each.levels});
    }
    return {std::move(values), std::move(infos)};
  }

  const std::vector<category>& categories() const noexcept { return categories_; }

  auto parts() const { return std::tie(categories_, unseen_is_missing_); }
  static fitted_categorical from_parts(std::vector<category> categories, bool unseen_is_missing) {
    for (const auto& each : categories) {
      require(each.missing, error_code::bad_parts, kind, "missing values of column '", each.column, "' have no place");
    }
    fitted_categorical result;
    result.categories_ = std::move(categories);
    result.unseen_is_missing_ = unseen_is_missing;
    return result;
  }
  bool operator==(const fitted_categorical& other) const { return same_parts(*this, other); }

 private:
  std::vector<category> categories_;
  bool unseen_is_missing_ = false;
};

/// Takes categorical columns as they are. A forest then parts any of their levels from the others in one split, up to 255
/// levels a column; scalers, k-means and whatever else measures refuse such features.
struct categorical {
  std::vector<std::string> columns;  ///< categorical columns, in the order wanted
  bool unseen_is_missing = false;    ///< a level that did not occur counts as missing; false: it is refused
  index at_least = 1;                ///< a level in fewer sessions counts as one that did not occur

  /// Throws unknown_name for a column that is not there, wrong_kind for a numeric one, bad_option for `at_least` below 1,
  /// and above 1 where unseen levels are refused: the training sessions themselves would be.
  fitted_categorical fit(const table& sessions) const {
    constexpr auto who = fitted_categorical::kind;
    require(at_least >= 1, error_code::bad_option, who, "at_least must be at least 1, got ", at_least);
    require(at_least == 1 || unseen_is_missing, error_code::bad_option, who,
            "at_least above 1 needs unseen_is_missing, got ", at_least);
    std::vector<category> categories;
    for (const auto& name : columns) {
      categories.push_back(learn_category(sessions, name, at_least));
      categories.back().missing = true;  // whether or not one is missing today
    }
    return fitted_categorical::from_parts(std::move(categories), unseen_is_missing);
  }
};

FOOTFALL_END_NAMESPACE
