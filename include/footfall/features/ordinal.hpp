// SPDX-License-Identifier: MIT
// Categories as one number each: the place of the level in an order that is stated, or that of its bytes.
#pragma once

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

/// The fitted form of `ordinal`: for each column its levels in their order.
class fitted_ordinal {
 public:
  static constexpr std::string_view kind = "ordinal";

  /// One feature a column, same name: 1 for the first level, 2 for the second, ...; missing stays missing. An unseen level
  /// is refused, 0 (`all_zero`), or the number after the last level (`other`). Throws unknown_name, wrong_kind, unseen_level.
  features<double> transform(const table& sessions) const {
    matrix<double> values(sessions.rows(), static_cast<index>(categories_.size()));
    std::vector<feature_info> infos;
    for (std::size_t i = 0; i < categories_.size(); ++i) {
      const auto& each = categories_[i];
      const auto places = places_of(sessions, each, unseen_ == unseen_level::refuse, kind);
      const auto missing = static_cast<std::int32_t>(each.levels.size());
      const double unseen = unseen_ == unseen_level::other ? static_cast<double>(each.levels.size() + 1) : 0;
      for (std::size_t row = 0; row < places.size(); ++row) {
        const auto place = places[row];
        values(static_cast<index>(row), static_cast<index>(i)) = place == missing
                                                                     ? std::numeric_limits<double>::quiet_NaN()
                                                                 : place == no_place ? unseen
                                                                                     : place + 1.0;
      }
      infos.push_back({each.column, each.column, sessions[each.column].stage()});
    }
    return {std::move(values), std::move(infos)};
  }

  const std::vector<category>& categories() const noexcept { return categories_; }

  auto parts() const { return std::tie(categories_, unseen_); }
  static fitted_ordinal from_parts(std::vector<category> categories, unseen_level unseen) {
    require(unseen <= unseen_level::other, error_code::bad_parts, kind, "there is no such treatment of unseen levels");
    for (const auto& each : categories) {
      require(each.missing, error_code::bad_parts, kind, "missing values of column '", each.column, "' have no place");
    }
    fitted_ordinal result;
    result.categories_ = std::move(categories);
    result.unseen_ = unseen;
    return result;
  }
  bool operator==(const fitted_ordinal& other) const { return same_parts(*this, other); }

 private:
  std::vector<category> categories_;
  unseen_level unseen_ = unseen_level::refuse;
};

/// Numbers levels from 1. Trees cut an order; for distances and sums `one_hot` is the honest choice.
struct ordinal {
  std::vector<std::string> columns;            ///< categorical columns, in the order wanted
  std::vector<std::string> order{};            ///< the levels of every column, lowest first; empty: each by its bytes
  unseen_level unseen = unseen_level::refuse;  ///< what to do with a level that did not occur, or is not in `order`

  /// Throws unknown_name for a column that is not there, wrong_kind for a numeric one, bad_option for a level twice in
  /// `order`. A stated order may hold levels that do not occur.
  fitted_ordinal fit(const table& sessions) const {
    for (auto level = order.begin(); level != order.end(); ++level) {
      require(std::find(order.begin(), level, *level) == level, error_code::bad_option, fitted_ordinal::kind, "level '",
              *level, "' is twice in the order");
    }
    std::vector<category> categories;
    for (const auto& name : columns) {
      category learned = learn_category(sessions, name);
      if (!order.empty()) learned.levels = order;
      learned.missing = true;  // whether or not one is missing today
      categories.push_back(std::move(learned));
    }
    return fitted_ordinal::from_parts(std::move(categories), unseen);
  }
};

FOOTFALL_END_NAMESPACE
