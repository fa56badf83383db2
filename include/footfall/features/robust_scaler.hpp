// SPDX-License-Identifier: MIT
// Columns on one scale that stray values do not set: median and distance of two quantiles.
#pragma once

#include <array>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/finite.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/features/rescaler.hpp>
#include <footfall/statistics/quantile.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Learns the median of every column and the distance of two of its quantiles (see `quantiles`). A column whose quantiles
/// coincide is moved by its median and left unscaled.
struct robust_scaler {
  static constexpr std::string_view kind = "robust_scaler";

  double low = 0.25;   ///< share of the weight below the lower quantile, in [0, 1)
  double high = 0.75;  ///< share below the upper quantile, in (low, 1]

  /// Throws bad_option for shares out of range or order, wrong_shape without rows or with another number of weights,
  /// wrong_kind for a column of categories, missing_value or not_finite naming column and row, limit when a distance overflows. Cost: one sort of each column.
  template <feature_input X>
  fitted_rescaler<scalar_of<X>, robust_scaler> fit(const X& x, const weights& w = {},
                                                   const run_options& run = {}) const {
    require(low >= 0 && low < high && high <= 1, error_code::bad_option, kind,
            "low and high must be in [0, 1] and in order, got ", low, " and ", high);
    require_rows(x.rows(), w, kind);
    const auto view = view_of(x);
    auto columns = columns_of(x);
    require_amounts(columns, kind);
    require_finite<scalar_of<X>>(view, columns, kind);
    std::vector<double> medians(columns.size()), distances(columns.size());
    workers(run).for_each_index(view.cols(), [&](index column) {
      const auto i = static_cast<std::size_t>(column);
      std::vector<double> values(static_cast<std::size_t>(view.rows()));
      for (std::size_t row = 0; row < values.size(); ++row) {
        values[row] = static_cast<double>(view(static_cast<index>(row), column));
      }
      const auto found = quantiles(values, w, std::array{low, 0.5, high}, kind);
      const double distance = found[2] - found[0];
      require(std::isfinite(distance), error_code::limit, kind, "column '", columns[i].name,
              "': the distance of its quantiles is too large");
      medians[i] = found[1] == 0 ? 0 : found[1];
      distances[i] = distance > 0 ? distance : 1;
    });
    return fitted_rescaler<scalar_of<X>, robust_scaler>::from_parts(std::move(columns), std::move(medians),
                                                                    std::move(distances));
  }
};

FOOTFALL_END_NAMESPACE
