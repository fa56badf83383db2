// SPDX-License-Identifier: MIT
// The logarithm of one plus a number: long tails drawn in, zero left at zero.
#pragma once

#include <cmath>
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

/// The fitted form of `log1p`.
class fitted_log1p {
 public:
  static constexpr std::string_view kind = "log1p";

  /// One feature `log1p(COLUMN)` a column. Throws as `apply_formula`, and bad_value for a number of -1 or less. The last bit
  /// comes from libm and may differ between processors.
  template <named_columns X>
  features<number_of<X>> transform(const X& x) const {
    return apply_to_each(x, columns_, kind, kind, [&](std::size_t i, double number, index row) {
      require(number > -1, error_code::bad_value, kind, "column '", columns_[i], "' must be above -1, got ", number,
              " in row ", row);
      return std::log1p(number);
    });
  }

  auto parts() const { return std::tie(columns_); }
  static fitted_log1p from_parts(std::vector<std::string> columns) {
    fitted_log1p result;
    result.columns_ = std::move(columns);
    return result;
  }
  bool operator==(const fitted_log1p& other) const { return same_parts(*this, other); }

 private:
  std::vector<std::string> columns_;
};

/// Natural logarithms of 1 + each number. Nothing is learned.
struct log1p {
  std::vector<std::string> columns;  ///< in the order wanted

  /// Throws unknown_name for a column that is not there, wrong_kind for a categorical one.
  template <named_columns X>
  fitted_log1p fit(const X& x) const {
    require_numbers(x, columns);
    return fitted_log1p::from_parts(columns);
  }
};

FOOTFALL_END_NAMESPACE
