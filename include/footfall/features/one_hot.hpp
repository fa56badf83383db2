// SPDX-License-Identifier: MIT
// Categories as features: one column of 0 and 1 for each level.
#pragma once

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

/// The fitted form of `one_hot`: for each column the levels it had.
class fitted_one_hot {
 public:
  static constexpr std::string_view kind = "one_hot";

  /// One feature `COLUMN=LEVEL` for each level, in the order of the bytes of the levels; then, where there is one,
  /// `COLUMN=(missing)`, then `COLUMN=(other)`. Throws unknown_name, wrong_kind, unseen_level.
  features<double> transform(const table& sessions) const {
    std::vector<feature_info> infos;
    for (const auto& each : categories_) {
      const column& source = sessions[each.column];
      const auto add = [&](std::string_view level) {
        infos.push_back({text(each.column, "=", level), each.column, source.stage()});
      };
      for (const auto& level : each.levels) add(level);
      if (each.missing) add(missing_level);
      if (unseen_ == unseen_level::other) add(other_level);
    }
    matrix<double> values = matrix<double>::Zero(sessions.rows(), static_cast<index>(infos.size()));
    index first = 0;
    for (const auto& each : categories_) {
      const auto places = places_of(sessions, each, unseen_ == unseen_level::refuse, kind);
      const index other = first + width_of(each) - 1;
      for (index row = 0; row < values.rows(); ++row) {
        const auto place = places[static_cast<std::size_t>(row)];
        if (place != no_place) {
          values(row, first + place) = 1;
        } else if (unseen_ == unseen_level::other) {
          values(row, other) = 1;
        }
      }
      first += width_of(each);
    }
    return {std::move(values), std::move(infos)};
  }

  const std::vector<category>& categories() const noexcept { return categories_; }

  auto parts() const { return std::tie(categories_, unseen_); }
  /// Throws bad_parts unless the levels of each column rise.
  static fitted_one_hot from_parts(std::vector<category> categories, unseen_level unseen) {
    require(unseen <= unseen_level::other, error_code::bad_parts, kind, "there is no such treatment of unseen levels");
    for (const auto& each : categories) {
      require(std::adjacent_find(each.levels.begin(), each.levels.end(), std::greater_equal<>()) == each.levels.end(),
              error_code::bad_parts, kind, "the levels of column '", each.column, "' must rise");
    }
    fitted_one_hot result;
    result.categories_ = std::move(categories);
    result.unseen_ = unseen;
    return result;
  }
  bool operator==(const fitted_one_hot& other) const { return same_parts(*this, other); }

 private:
  index width_of(const category& each) const {
    return static_cast<index>(each.levels.size()) + (each.missing ? 1 : 0) + (unseen_ == unseen_level::other ? 1 : 0);
  }

  std::vector<category> categories_;
  unseen_level unseen_ = unseen_level::refuse;
};

/// One feature for each level that occurs when fitted; missing values, where they occur, are a level of their own.
struct one_hot {
  std::vector<std::string> columns;            ///< categorical columns, in the order wanted
  unseen_level unseen = unseen_level::refuse;  ///< what to do with a level that did not occur
  index at_least = 1;                          ///< a level in fewer sessions counts as one that did not occur

  /// Throws unknown_name for a column that is not there, wrong_kind for a numeric one, bad_option for `at_least` below 1,
  /// and above 1 where unseen levels are refused: the training sessions themselves would be.
  fitted_one_hot fit(const table& sessions) const {
    require(at_least >= 1, error_code::bad_option, fitted_one_hot::kind, "at_least must be at least 1, got ", at_least);
    require(at_least == 1 || unseen != unseen_level::refuse, error_code::bad_option, fitted_one_hot::kind,
            "at_least above 1 needs unseen levels to be all_zero or other, got ", at_least);
    std::vector<category> categories;
    for (const auto& name : columns) categories.push_back(learn_category(sessions, name, at_least));
    return fitted_one_hot::from_parts(std::move(categories), unseen);
  }
};

FOOTFALL_END_NAMESPACE
