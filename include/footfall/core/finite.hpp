// SPDX-License-Identifier: MIT
// Where a value is missing or infinite: what a kernel that met NaN or overflow asks before it complains.
#pragma once

#include <cmath>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Throws missing_value or not_finite for the first value of `x` that is NaN or infinite: first column, then first row.
/// `columns` names the columns of `x`. Plain code: kernels notice such a value on the way, this finds it afterwards.
template <std::floating_point Scalar>
void require_finite(const matrix_view<Scalar>& x, const std::vector<feature_info>& columns, std::string_view who) {
  for (index column = 0; column < x.cols(); ++column) {
    const auto& name = columns[static_cast<std::size_t>(column)].name;
    for (index row = 0; row < x.rows(); ++row) {
      const Scalar value = x(row, column);
      require(!std::isnan(value), error_code::missing_value, who, "column '", name, "' is missing (NaN) in row ", row);
      require(!std::isinf(value), error_code::not_finite, who, "column '", name, "' is infinite in row ", row);
    }
  }
}

FOOTFALL_END_NAMESPACE
