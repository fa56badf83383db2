// SPDX-License-Identifier: MIT
// Columns as parts of their sum: how a visit divides among its pages.
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/features.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/features/formula.hpp>
#include <footfall/features/named.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The fitted form of `share`.
class fitted_share {
 public:
  static constexpr std::string_view kind = "share";

  /// One feature `share(COLUMN)` for each column; all of a session are missing where one of its columns is. Throws as
  /// `apply_formula`, and bad_value for a negative number, of which no share is a part.
  template <named_columns X>
  features<number_of<X>> transform(const X& x) const {
    matrix<number_of<X>> values(x.rows(), static_cast<index>(columns_.size()));
    std::vector<feature_info> infos;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const auto made = apply_formula(x, columns_, text("share(", columns_[i], ")"), kind,
                                      [&](const std::vector<double>& numbers, index row) {
                                        double sum = 0;
                                        for (const double number : numbers) {
                                          require(number >= 0, error_code::bad_value, kind,
                                                  "numbers must not be negative, got ", number, " in row ", row);
                                          sum += number;
                                        }
                                        return sum == 0 ? by_zero_ : numbers[i] / sum;
                                      });
      values.col(static_cast<index>(i)) = made.values();
      infos.push_back(made.columns().front());
    }
    return {std::move(values), std::move(infos)};
  }

  auto parts() const { return std::tie(columns_, by_zero_); }
  static fitted_share from_parts(std::vector<std::string> columns, double by_zero) {
    fitted_share result;
    result.columns_ = std::move(columns);
    result.by_zero_ = by_zero;
    return result;
  }
  bool operator==(const fitted_share& other) const { return same_parts(*this, other); }

 private:
  std::vector<std::string> columns_;
  double by_zero_ = 0;
};

/// Each of the columns divided by the sum of all. Nothing is learned.
struct share {
  std::vector<std::string> columns;                           ///< of one unit, none negative
  double by_zero = std::numeric_limits<double>::quiet_NaN();  ///< the shares where the sum is 0; NaN: missing

  /// Throws as `transform` would on `x`.
  template <named_columns X>
  fitted_share fit(const X& x) const {
    auto fitted = fitted_share::from_parts(columns, by_zero);
    (void)fitted.transform(x);
    return fitted;
  }
};

FOOTFALL_END_NAMESPACE
