// SPDX-License-Identifier: MIT
// One column minus another.
#pragma once

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

/// The fitted form of `difference`.
class fitted_difference {
 public:
  static constexpr std::string_view kind = "difference";

  /// One feature; missing where either column is. Throws as `apply_formula`.
  template <named_columns X>
  features<number_of<X>> transform(const X& x) const {
    return apply_formula(x, {of_, less_}, name_, kind,
                         [](const std::vector<double>& numbers, index) { return numbers[0] - numbers[1]; });
  }

  auto parts() const { return std::tie(of_, less_, name_); }
  static fitted_difference from_parts(std::string of, std::string less, std::string name) {
    fitted_difference result;
    result.of_ = std::move(of);
    result.less_ = std::move(less);
    result.name_ = std::move(name);
    return result;
  }
  bool operator==(const fitted_difference& other) const { return same_parts(*this, other); }

 private:
  std::string of_, less_, name_;
};

/// The feature `of - less`. Nothing is learned. Its stage is the later one of the two.
struct difference {
  std::string of;      ///< column to subtract from
  std::string less;    ///< column to subtract
  std::string name{};  ///< of the feature; empty: `of-less`

  /// Throws unknown_name for a column that is not there, wrong_kind for a categorical one.
  template <named_columns X>
  fitted_difference fit(const X& x) const {
    (void)numbers_of(x, of);
    (void)numbers_of(x, less);
    return fitted_difference::from_parts(of, less, name.empty() ? text(of, "-", less) : name);
  }
};

FOOTFALL_END_NAMESPACE
