// SPDX-License-Identifier: MIT
// How a figure is written: once for tables, once for the axes and labels of charts.
#pragma once

#include <cmath>
#include <string>

#include <footfall/core/error.hpp>
#include <footfall/report/text.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What a figure is, so that tables and charts write it alike.
struct number_format {
  enum class kind : unsigned char { number, percent, money };

  kind what = kind::number;
  int decimals = 0;  ///< of a percentage those behind the point of `7.39 %`

  /// As in the text of a page: `25,000`, `7.39 %`, `$1,234.50`; missing: `–`.
  std::string printed(double value) const {
    if (what == kind::percent) return percent(value, decimals);
    return what == kind::money ? money(value, decimals) : fixed(value, decimals);
  }
  std::string printed(const interval& limits) const { return printed(limits.low) + " to " + printed(limits.high); }

  /// The same as a pattern that Vega reads (that of d3-format); on an axis without zeros that say nothing.
  std::string pattern(bool on_axis = false) const {
    return text(what == kind::money     ? "$,."
                : what == kind::percent ? "."
                                        : ",.",
                decimals, on_axis ? "~" : "", what == kind::percent ? "%" : "f");
  }
  /// The smallest step in which two figures are written differently.
  double step() const { return std::pow(10.0, -decimals - (what == kind::percent ? 2 : 0)); }
};

inline constexpr number_format as_count{};
inline constexpr number_format as_number(int decimals) { return {number_format::kind::number, decimals}; }
inline constexpr number_format as_percent(int decimals = 1) { return {number_format::kind::percent, decimals}; }
inline constexpr number_format as_money(int decimals = 2) { return {number_format::kind::money, decimals}; }

FOOTFALL_END_NAMESPACE
