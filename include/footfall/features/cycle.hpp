// SPDX-License-Identifier: MIT
// What comes round again: hours and days as points on a circle, so that 23 o'clock is near midnight.
#pragma once

#include <cmath>
#include <limits>
#include <numbers>
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

namespace detail {

/// The features `sin(name)` and `cos(name)` of places on a circle, each in turns from 0 to 1; NaN for missing.
template <class Scalar>
features<Scalar> on_a_circle(const std::vector<double>& turns, const feature_info& source) {
  matrix<Scalar> values(static_cast<index>(turns.size()), 2);
  for (index row = 0; row < values.rows(); ++row) {
    const double angle = 2 * std::numbers::pi * turns[static_cast<std::size_t>(row)];
    values(row, 0) = static_cast<Scalar>(std::sin(angle));
    values(row, 1) = static_cast<Scalar>(std::cos(angle));
  }
  feature_info sine = source, cosine = source;
  sine.name = text("sin(", source.name, ")");
  cosine.name = text("cos(", source.name, ")");
  return {std::move(values), {std::move(sine), std::move(cosine)}};
}

}  // namespace detail

/// The fitted form of `cycle`.
class fitted_cycle {
 public:
  static constexpr std::string_view kind = "cycle";

  /// Two features, `sin(COLUMN)` and `cos(COLUMN)`, missing where the column is. Throws unknown_name, wrong_kind, and
  /// bad_value for a number outside [0, period). The last bit comes from libm and may differ between processors.
  template <named_columns X>
  features<number_of<X>> transform(const X& x) const {
    std::vector<double> turns;
    turns.reserve(static_cast<std::size_t>(x.rows()));
    for (const auto number : numbers_of(x, of_)) {
      const auto value = static_cast<double>(number);
      require(std::isnan(value) || (value >= 0 && value < period_), error_code::bad_value, kind, "column '", of_,
              "' must be in [0, ", period_, "), got ", value, " in row ", turns.size());
      turns.push_back(value / period_);
    }
    return detail::on_a_circle<number_of<X>>(turns, info_of(x, of_));
  }

  auto parts() const { return std::tie(of_, period_); }
  static fitted_cycle from_parts(std::string of, double period) {
    require(period > 0 && std::isfinite(period), error_code::bad_parts, kind,
            "the period must be finite and above 0, got ", period);
    fitted_cycle result;
    result.of_ = std::move(of);
    result.period_ = period;
    return result;
  }
  bool operator==(const fitted_cycle& other) const { return same_parts(*this, other); }

 private:
  std::string of_;
  double period_ = 24;
};

/// A number that comes round again: an hour of the day, a minute of the hour. Nothing is learned.
struct cycle {
  std::string of;      ///< numeric column, in [0, period)
  double period = 24;  ///< the number that means 0 again

  /// Throws bad_option for a period that is not finite and above 0, and as `transform` would on `x`.
  template <named_columns X>
  fitted_cycle fit(const X& x) const {
    require(period > 0 && std::isfinite(period), error_code::bad_option, fitted_cycle::kind,
            "period must be finite and above 0, got ", period);
    auto fitted = fitted_cycle::from_parts(of, period);
    (void)fitted.transform(x);
    return fitted;
  }
};

/// The fitted form of `weekday_cycle`.
class fitted_weekday_cycle {
 public:
  static constexpr std::string_view kind = "weekday_cycle";

  /// Two features, `sin(COLUMN)` and `cos(COLUMN)`, Monday at angle 0, missing where the day is. Throws as `weekdays_of`.
  template <named_columns X>
  features<number_of<X>> transform(const X& x) const {
    std::vector<double> turns;
    turns.reserve(static_cast<std::size_t>(x.rows()));
    for (const int day : weekdays_of(x, of_, names_, counting_, kind)) {
      turns.push_back(day < 0 ? std::numeric_limits<double>::quiet_NaN() : day / 7.0);
    }
    return detail::on_a_circle<number_of<X>>(turns, info_of(x, of_));
  }

  auto parts() const { return std::tie(of_, counting_, names_); }
  static fitted_weekday_cycle from_parts(std::string of, weekday_numbers counting, std::vector<std::string> names) {
    require(names.size() == 7 && counting <= weekday_numbers::sunday_1, error_code::bad_parts, kind,
            "there must be seven names of days, got ", names.size());
    fitted_weekday_cycle result;
    result.of_ = std::move(of);
    result.counting_ = counting;
    result.names_ = std::move(names);
    return result;
  }
  bool operator==(const fitted_weekday_cycle& other) const { return same_parts(*this, other); }

 private:
  std::string of_;
  weekday_numbers counting_ = weekday_numbers::monday_0;
  std::vector<std::string> names_ = weekday_names();
};

/// The day of the week on a circle. Nothing is learned.
struct weekday_cycle {
  std::string of;                                        ///< the day of the week, as text or number
  weekday_numbers counting = weekday_numbers::monday_0;  ///< what the numbers mean, where they are numbers
  std::vector<std::string> names = weekday_names();      ///< the texts, Monday first, where they are texts

  /// Throws bad_option for other than seven names, and as `weekdays_of`.
  template <named_columns X>
  fitted_weekday_cycle fit(const X& x) const {
    require_weekday_names(names, fitted_weekday_cycle::kind);
    (void)weekdays_of(x, of, names, counting, fitted_weekday_cycle::kind);
    return fitted_weekday_cycle::from_parts(of, counting, names);
  }
};

FOOTFALL_END_NAMESPACE
