// SPDX-License-Identifier: MIT
// Is it Saturday or Sunday?
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/features.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/features/named.hpp>
#include <footfall/features/weekday.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The fitted form of `weekend`.
class fitted_weekend {
 public:
  static constexpr std::string_view kind = "weekend";

  /// One feature `weekend(COLUMN)`: 1 on Saturday and Sunday, 0 on other days, missing where the day is. Throws as
  /// `weekdays_of`.
  template <named_columns X>
  features<number_of<X>> transform(const X& x) const {
    matrix<number_of<X>> values(x.rows(), 1);
    index row = 0;
    for (const int day : weekdays_of(x, of_, names_, counting_, kind)) {
      values(row++, 0) = day < 0 ? std::numeric_limits<number_of<X>>::quiet_NaN() : static_cast<number_of<X>>(day >= 5);
    }
    feature_info info = info_of(x, of_);
    info.name = text("weekend(", of_, ")");
    return {std::move(values), {std::move(info)}};
  }

  auto parts() const { return std::tie(of_, counting_, names_); }
  static fitted_weekend from_parts(std::string of, weekday_numbers counting, std::vector<std::string> names) {
    require(names.size() == 7 && counting <= weekday_numbers::sunday_1, error_code::bad_parts, kind,
            "there must be seven names of days, got ", names.size());
    fitted_weekend result;
    result.of_ = std::move(of);
    result.counting_ = counting;
    result.names_ = std::move(names);
    return result;
  }
  bool operator==(const fitted_weekend& other) const { return same_parts(*this, other); }

 private:
  std::string of_;
  weekday_numbers counting_ = weekday_numbers::monday_0;
  std::vector<std::string> names_ = weekday_names();
};

/// 1 on Saturday and Sunday. Nothing is learned.
struct weekend {
  std::string of;                                        ///< the day of the week, as text or number
  weekday_numbers counting = weekday_numbers::monday_0;  ///< what the numbers mean, where they are numbers
  std::vector<std::string> names = weekday_names();      ///< the texts, Monday first, where they are texts

  /// Throws bad_option for other than seven names, and as `weekdays_of`.
  template <named_columns X>
  fitted_weekend fit(const X& x) const {
    require_weekday_names(names, fitted_weekend::kind);
    (void)weekdays_of(x, of, names, counting, fitted_weekend::kind);
    return fitted_weekend::from_parts(of, counting, names);
  }
};

FOOTFALL_END_NAMESPACE
