// SPDX-License-Identifier: MIT
// One column per another: seconds per page, views per session.
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <footfall/core/features.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/features/formula.hpp>
#include <footfall/features/named.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The fitted form of `ratio`.
class fitted_ratio {
 public:
  static constexpr std::string_view kind = "ratio";

  /// One feature; missing where either column is. Throws as `apply_formula`.
  template <named_columns X>
  features<number_of<X>> transform(const X& x) const {
    return apply_formula(x, {of_, to_}, name_, kind, [&](const std::vector<double>& numbers, index) {
      return numbers[1] == 0 ? by_zero_ : numbers[0] / numbers[1];
    });
  }

  auto parts() const { return std::tie(of_, to_, name_, by_zero_); }
  static fitted_ratio from_parts(std::string of, std::string to, std::string name, double by_zero) {
    fitted_ratio result;
    result.of_ = std::move(of);
    result.to_ = std::move(to);
    result.name_ = std::move(name);
    result.by_zero_ = by_zero;
    return result;
  }
  bool operator==(const fitted_ratio& other) const { return same_parts(*this, other); }

 private:
  std::string of_, to_, name_;
  double by_zero_ = 0;
};

/// The feature `of / to`. Nothing is learned. Its stage is the later one of the two.
struct ratio {
  std::string of;                                             ///< column above the line
  std::string to;                                             ///< column below the line
  std::string name{};                                         ///< of the feature; empty: `of/to`
  double by_zero = std::numeric_limits<double>::quiet_NaN();  ///< the value where `to` is 0; NaN: missing

  /// Throws unknown_name for a column that is not there, wrong_kind for a categorical one.
  template <named_columns X>
  fitted_ratio fit(const X& x) const {
    (void)numbers_of(x, of);
    (void)numbers_of(x, to);
    return fitted_ratio::from_parts(of, to, name.empty() ? text(of, "/", to) : name, by_zero);
  }
};

FOOTFALL_END_NAMESPACE
