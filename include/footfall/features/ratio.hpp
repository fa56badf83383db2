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
#include <footfall/core/stage.hpp>
#include <footfall/data/table.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The fitted form of `ratio`.
class fitted_ratio {
 public:
  static constexpr std::string_view kind = "ratio";

  /// One feature; missing where either column is. Throws unknown_name or wrong_kind.
  features<double> transform(const table& sessions) const {
    const column& above = sessions[of_];
    const column& below = sessions[to_];
    const auto numerators = above.numbers();
    const auto denominators = below.numbers();
    matrix<double> values(sessions.rows(), 1);
    for (std::size_t row = 0; row < numerators.size(); ++row) {
      values(static_cast<index>(row), 0) =
          denominators[row] == 0 && numerators[row] == numerators[row] ? by_zero_ : numerators[row] / denominators[row];
    }
    return {std::move(values), {{name_, text(of_, ",", to_), later(above.stage(), below.stage())}}};
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
  std::string of;                                             ///< numeric column above the line
  std::string to;                                             ///< numeric column below the line
  std::string name{};                                         ///< of the feature; empty: `of/to`
  double by_zero = std::numeric_limits<double>::quiet_NaN();  ///< the value where `to` is 0; NaN: missing

  /// Throws unknown_name for a column that is not there, wrong_kind for a categorical one.
  fitted_ratio fit(const table& sessions) const {
    (void)sessions[of].numbers();
    (void)sessions[to].numbers();
    return fitted_ratio::from_parts(of, to, name.empty() ? text(of, "/", to) : name, by_zero);
  }
};

FOOTFALL_END_NAMESPACE
