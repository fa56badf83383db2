// SPDX-License-Identifier: MIT
// The fitted form of scalers that take a number away from each column and divide by another.
#pragma once

#include <atomic>
#include <cmath>
#include <concepts>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/finite.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What `Recipe` learned: an origin and a scale for each column, in double whatever the features are.
template <std::floating_point Scalar, class Recipe>
class fitted_rescaler {
 public:
  static constexpr std::string_view kind = Recipe::kind;

  /// `(x - origin) / scale`, worked out in double and rounded once; names, sources and stages are those of the fitted
  /// columns. Throws wrong_shape or unknown_name for other columns, missing_value or not_finite for NaN or infinity,
  /// limit for a result too large for `Scalar`. Cost: one reading of `x`.
  template <feature_input X>
    requires std::same_as<scalar_of<X>, Scalar>
  features<Scalar> transform(const X& x, const run_options& run = {}) const {
    return each_number(x, run, [](double value, double origin, double scale) { return (value - origin) / scale; });
  }

  /// `x * scale + origin`: what `transform` was given, to rounding. Throws as `transform` does.
  template <feature_input X>
    requires std::same_as<scalar_of<X>, Scalar>
  features<Scalar> inverse(const X& x, const run_options& run = {}) const {
    return each_number(x, run, [](double value, double origin, double scale) { return value * scale + origin; });
  }

  /// A number a column, in the order of `columns()`. A column without spread has scale 1.
  const std::vector<double>& origins() const noexcept { return origins_; }
  const std::vector<double>& scales() const noexcept { return scales_; }
  const std::vector<feature_info>& columns() const noexcept { return columns_; }

  auto parts() const { return std::tie(columns_, origins_, scales_); }
  /// Throws bad_parts unless there is a finite origin and a positive finite scale for each column.
  static fitted_rescaler from_parts(std::vector<feature_info> columns, std::vector<double> origins,
                                    std::vector<double> scales) {
    require(origins.size() == columns.size() && scales.size() == columns.size(), error_code::bad_parts, kind,
            "there must be an origin and a scale for each of ", columns.size(), " columns, got ", origins.size(),
            " and ", scales.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
      require(std::isfinite(origins[i]), error_code::bad_parts, kind, "an origin must be finite, got ", origins[i]);
      require(std::isfinite(scales[i]) && scales[i] > 0, error_code::bad_parts, kind,
              "a scale must be finite and above 0, got ", scales[i]);
    }
    fitted_rescaler result;
    result.columns_ = std::move(columns);
    result.origins_ = std::move(origins);
    result.scales_ = std::move(scales);
    return result;
  }
  bool operator==(const fitted_rescaler& other) const { return same_parts(*this, other); }

 private:
  template <class X, class Formula>
  features<Scalar> each_number(const X& x, const run_options& run, Formula formula) const {
    require_columns(x, columns_, kind);
    const auto view = view_of(x);
    matrix<Scalar> result(view.rows(), view.cols());
    std::atomic<bool> usable = true;
    constexpr index block = 4096;
    workers(run).for_each_block(view.rows(), block, [&](index begin, index end) {
      for (index column = 0; column < view.cols(); ++column) {
        const double origin = origins_[static_cast<std::size_t>(column)];
        const double scale = scales_[static_cast<std::size_t>(column)];
        bool finite = true;
        for (index row = begin; row < end; ++row) {
          const auto value = static_cast<Scalar>(formula(static_cast<double>(view(row, column)), origin, scale));
          finite = finite && std::isfinite(value);
          result(row, column) = value;
        }
        if (!finite) usable.store(false, std::memory_order_relaxed);
      }
    });
    if (!usable) {
      require_finite<Scalar>(view, columns_, kind);
      fail(error_code::limit, kind, "a result is too large");
    }
    return {std::move(result), columns_};
  }

  std::vector<feature_info> columns_;
  std::vector<double> origins_, scales_;
};

FOOTFALL_END_NAMESPACE
