// SPDX-License-Identifier: MIT
// The product of two columns: what both together say.
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

/// The fitted form of `interaction`.
class fitted_interaction {
 public:
  static constexpr std::string_view kind = "interaction";

  /// One feature; missing where either column is. Throws as `apply_formula`.
  template <named_columns X>
  features<number_of<X>> transform(const X& x) const {
    return apply_formula(x, {of_, with_}, name_, kind,
                         [](const std::vector<double>& numbers, index) { return numbers[0] * numbers[1]; });
  }

  auto parts() const { return std::tie(of_, with_, name_); }
  static fitted_interaction from_parts(std::string of, std::string with, std::string name) {
    fitted_interaction result;
    result.of_ = std::move(of);
    result.with_ = std::move(with);
    result.name_ = std::move(name);
    return result;
  }
  bool operator==(const fitted_interaction& other) const { return same_parts(*this, other); }

 private:
  std::string of_, with_, name_;
};

/// The feature `of * with`. Nothing is learned. Its stage is the later one of the two.
struct interaction {
  std::string of;      ///< one column
  std::string with;    ///< the other
  std::string name{};  ///< of the feature; empty: `of*with`

  /// Throws unknown_name for a column that is not there, wrong_kind for a categorical one.
  template <named_columns X>
  fitted_interaction fit(const X& x) const {
    (void)numbers_of(x, of);
    (void)numbers_of(x, with);
    return fitted_interaction::from_parts(of, with, name.empty() ? text(of, "*", with) : name);
  }
};

FOOTFALL_END_NAMESPACE
