// SPDX-License-Identifier: MIT
// Categories as features: one column of 0 and 1 for each level.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/data/table.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What `transform` does with a level that was not there when the step was fitted.
enum class unseen_level : unsigned char {
  refuse,   ///< throws `error_code::unseen_level`, naming column, level and row
  all_zero  ///< 0 in every column of the category
};

/// The fitted form of `one_hot`: for each column the levels it had.
class fitted_one_hot {
 public:
  static constexpr std::string_view kind = "one_hot";
  /// What the column of missing values is called: `Device=(missing)`.
  static constexpr std::string_view missing_name = "(missing)";

  struct category {
    std::string column;
    std::vector<std::string> levels;
    bool missing = false;  ///< missing values were there and have a column of their own, the last one

    auto parts() const { return std::tie(column, levels, missing); }
    static category from_parts(std::string column, std::vector<std::string> levels, bool missing) {
      return {std::move(column), std::move(levels), missing};
    }
  };

  /// One feature `COLUMN=LEVEL` for each level, in the order of the bytes of the levels. Throws unknown_name, wrong_kind,
  /// unseen_level.
  features<double> transform(const table& sessions) const {
    std::vector<feature_info> infos;
    for (const auto& each : categories_) {
      const column& source = sessions[each.column];
      const auto add = [&](std::string_view level) {
        infos.push_back({text(each.column, "=", level), each.column, source.stage()});
      };
      for (const auto& level : each.levels) add(level);
      if (each.missing) add(missing_name);
    }
    matrix<double> values = matrix<double>::Zero(sessions.rows(), static_cast<index>(infos.size()));
    index first = 0;
    for (const auto& each : categories_) {
      fill(sessions[each.column], each, first, values);
      first += static_cast<index>(each.levels.size()) + (each.missing ? 1 : 0);
    }
    return {std::move(values), std::move(infos)};
  }

  const std::vector<category>& categories() const noexcept { return categories_; }

  auto parts() const { return std::tie(categories_, unseen_); }
  /// Throws bad_parts unless the levels of each column rise.
  static fitted_one_hot from_parts(std::vector<category> categories, unseen_level unseen) {
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
  void fill(const column& source, const category& fitted, index first, matrix<double>& values) const {
    // The table's dictionary need not be the fitted one: levels are matched by name, once each.
    constexpr index nowhere = -1;
    std::vector<index> place;
    for (const auto& level : source.levels()) {
      const auto found = std::lower_bound(fitted.levels.begin(), fitted.levels.end(), level);
      const bool known = found != fitted.levels.end() && *found == level;
      place.push_back(known ? first + (found - fitted.levels.begin()) : nowhere);
    }
    const index missing = fitted.missing ? first + static_cast<index>(fitted.levels.size()) : nowhere;
    const auto codes = source.codes();
    for (index row = 0; row < values.rows(); ++row) {
      const std::int32_t code = codes[static_cast<std::size_t>(row)];
      const index to = code == column::missing_code ? missing : place[static_cast<std::size_t>(code)];
      if (to != nowhere) {
        values(row, to) = 1;
      } else if (unseen_ == unseen_level::refuse) {
        fail(error_code::unseen_level, kind, source.who(), " had no level '",
             code == column::missing_code ? missing_name
                                          : std::string_view(source.levels()[static_cast<std::size_t>(code)]),
             "' when fitted, row ", row);
      }
    }
  }

  std::vector<category> categories_;
  unseen_level unseen_ = unseen_level::refuse;
};

/// One feature for each level that occurs when fitted; missing values, where they occur, are a level of their own.
struct one_hot {
  std::vector<std::string> columns;            ///< categorical columns, in the order wanted
  unseen_level unseen = unseen_level::refuse;  ///< what to do with a level that did not occur

  /// Throws unknown_name for a column that is not there, wrong_kind for a numeric one.
  fitted_one_hot fit(const table& sessions) const {
    std::vector<fitted_one_hot::category> categories;
    for (const auto& name : columns) {
      const column& source = sessions[name];
      std::vector<bool> occurs(source.levels().size(), false);
      fitted_one_hot::category fitted{name, {}, false};
      for (const std::int32_t code : source.codes()) {
        if (code == column::missing_code) {
          fitted.missing = true;
        } else {
          occurs[static_cast<std::size_t>(code)] = true;
        }
      }
      for (std::size_t code = 0; code < occurs.size(); ++code) {
        if (occurs[code]) fitted.levels.push_back(source.levels()[code]);
      }
      std::sort(fitted.levels.begin(), fitted.levels.end());
      categories.push_back(std::move(fitted));
    }
    return fitted_one_hot::from_parts(std::move(categories), unseen);
  }
};

FOOTFALL_END_NAMESPACE
