// SPDX-License-Identifier: MIT
// Columns from 0 to 1: each minus its smallest value, divided by its range.
#pragma once

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/finite.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/features/rescaler.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Learns smallest and largest value of every column; the training sessions come to lie in [0, 1], later ones may lie
/// outside and are left there. A constant column is moved to 0 and left unscaled. No options; weights play no part.
struct min_max_scaler {
  static constexpr std::string_view kind = "min_max_scaler";

  /// Throws wrong_shape without rows, wrong_kind for a column of categories, missing_value or not_finite naming column and row,
  /// limit when a range overflows.
  /// Cost: one reading of `x`.
  template <feature_input X>
  fitted_rescaler<scalar_of<X>, min_max_scaler> fit(const X& x) const {
    require_rows(x.rows(), weights(), kind);
    const auto view = view_of(x);
    auto columns = columns_of(x);
    require_amounts(columns, kind);
    require_finite<scalar_of<X>>(view, columns, kind);
    std::vector<double> lows, ranges;
    for (index column = 0; column < view.cols(); ++column) {
      const auto low = static_cast<double>(view.col(column).minCoeff());
      const double range = static_cast<double>(view.col(column).maxCoeff()) - low;
      require(std::isfinite(range), error_code::limit, kind, "column '", columns[static_cast<std::size_t>(column)].name,
              "': its range is too large");
      lows.push_back(low == 0 ? 0 : low);  // one zero, whichever of 0 and -0 came first
      ranges.push_back(range > 0 ? range : 1);
    }
    return fitted_rescaler<scalar_of<X>, min_max_scaler>::from_parts(std::move(columns), std::move(lows),
                                                                     std::move(ranges));
  }
};

FOOTFALL_END_NAMESPACE
