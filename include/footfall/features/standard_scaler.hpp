// SPDX-License-Identifier: MIT
// Columns on one scale: each minus its mean, divided by its standard deviation.
#pragma once

#include <algorithm>
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
#include <footfall/core/huge_pages.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/simd/map.hpp>
#include <footfall/simd/moments.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The fitted form of `standard_scaler`: mean and scale of each column, in double whatever the features are.
template <std::floating_point Scalar>
class fitted_scaler {
 public:
  static constexpr std::string_view kind = "standard_scaler";

  /// `(x - mean) / scale`, worked out in double and rounded once; names, sources and stages are those of the fitted
  /// columns. Throws wrong_shape or unknown_name for other columns, missing_value or not_finite for NaN or infinity,
  /// limit for a result too large for `Scalar`. Cost: one reading of `x`.
  template <feature_input X>
    requires std::same_as<scalar_of<X>, Scalar>
  features<Scalar> transform(const X& x, const run_options& run = {}) const {
    return each_column(x, run, [](double mean, double scale) {
      return [mean, factor = 1 / scale](auto value) { return (value - mean) * factor; };
    });
  }

  /// `x * scale + mean`: what `transform` was given, to rounding. Throws as `transform` does.
  template <feature_input X>
    requires std::same_as<scalar_of<X>, Scalar>
  features<Scalar> inverse(const X& x, const run_options& run = {}) const {
    return each_column(
        x, run, [](double mean, double scale) { return [mean, scale](auto value) { return value * scale + mean; }; });
  }

  /// A number a column, in the order of `columns()`. A constant column has scale 1.
  const std::vector<double>& means() const noexcept { return means_; }
  const std::vector<double>& scales() const noexcept { return scales_; }
  const std::vector<feature_info>& columns() const noexcept { return columns_; }

  auto parts() const { return std::tie(columns_, means_, scales_); }
  /// Throws bad_parts unless there is a finite mean and a usable positive scale for each column.
  static fitted_scaler from_parts(std::vector<feature_info> columns, std::vector<double> means,
                                  std::vector<double> scales) {
    require(means.size() == columns.size() && scales.size() == columns.size(), error_code::bad_parts, kind,
            "there must be a mean and a scale for each of ", columns.size(), " columns, got ", means.size(), " and ",
            scales.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
      require(std::isfinite(means[i]), error_code::bad_parts, kind, "a mean must be finite, got ", means[i]);
      require(std::isfinite(scales[i]) && scales[i] > 0 && std::isfinite(1 / scales[i]), error_code::bad_parts, kind,
              "a scale must be finite and above 0, got ", scales[i]);
    }
    fitted_scaler result;
    result.columns_ = std::move(columns);
    result.means_ = std::move(means);
    result.scales_ = std::move(scales);
    return result;
  }
  bool operator==(const fitted_scaler& other) const { return same_parts(*this, other); }

 private:
  // `formula(mean, scale)` gives what is done to every value of a column.
  template <class X, class Formula>
  features<Scalar> each_column(const X& x, const run_options& run, Formula formula) const {
    require_columns(x, columns_, kind);
    const auto view = view_of(x);
    matrix<Scalar> result(view.rows(), view.cols());
    advise_huge_pages(result.data(), static_cast<std::size_t>(result.size()) * sizeof(Scalar));
    std::atomic<bool> usable = true;
    constexpr index some = 32 * simd::chunk_rows;  // of one column: what is written lies side by side
    const index blocks = (view.rows() + some - 1) / some;
    workers(run).for_each_index(blocks * view.cols(), [&](index block) {
      const index column = block / blocks;
      const index begin = block % blocks * some;
      const auto i = static_cast<std::size_t>(column);
      const Scalar* const from = view.data() + column * view.outerStride() + begin;
      if (!simd::map_column(from, std::min(some, view.rows() - begin), result.col(column).data() + begin,
                            formula(means_[i], scales_[i]))) {
        usable.store(false, std::memory_order_relaxed);
      }
    });
    if (!usable) refuse(view, result);
    return {std::move(result), columns_};
  }

  [[noreturn]] void refuse(const matrix_view<Scalar>& x, const matrix<Scalar>& result) const {
    require_finite(x, columns_, kind);
    for (index column = 0; column < result.cols(); ++column) {
      for (index row = 0; row < result.rows(); ++row) {
        require(std::isfinite(result(row, column)), error_code::limit, kind, "column '",
                columns_[static_cast<std::size_t>(column)].name, "' in row ", row, ": the result for ", x(row, column),
                " is too large");
      }
    }
    fail(error_code::limit, kind, "a result is too large");
  }

  std::vector<feature_info> columns_;
  std::vector<double> means_;
  std::vector<double> scales_;
};

namespace detail {

/// What a scaler learns of each column. Throws wrong_shape, wrong_kind, missing_value, not_finite or limit.
template <feature_input X>
std::vector<simd::moments> scaler_moments_of(const X& x, const weights& w, const run_options& run) {
  constexpr auto who = fitted_scaler<scalar_of<X>>::kind;
  require_rows(x.rows(), w, who);
  const auto view = view_of(x);
  const auto columns = columns_of(x);
  require_amounts(columns, who);
  workers team(run);
  auto moments = simd::moments_of(view, w, team);
  if (!std::ranges::all_of(moments, &simd::moments::finite)) require_finite(view, columns, who);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    require(moments[i].finite, error_code::limit, who, "column '", columns[i].name,
            "': the squares of its values' differences are too large");
  }
  return moments;
}

template <std::floating_point Scalar>
fitted_scaler<Scalar> scaler_from(std::vector<feature_info> columns, const std::vector<simd::moments>& moments) {
  std::vector<double> means, scales;
  for (const auto& each : moments) {
    const double scale = std::sqrt(each.squares / each.weight);
    means.push_back(each.mean);
    scales.push_back(scale > 0 ? scale : 1.0);
  }
  return fitted_scaler<Scalar>::from_parts(std::move(columns), std::move(means), std::move(scales));
}

}  // namespace detail

/// Learns mean and population standard deviation of every column: squared deviations are divided by the total weight,
/// as scikit-learn does. A column whose values are all equal is moved to 0 and left unscaled. No options.
struct standard_scaler {
  /// Throws wrong_shape without rows or with another number of weights, wrong_kind for a column of categories, missing_value or
  /// not_finite naming column and row, limit when a column's spread overflows. The same bytes for any number of threads. Cost: one reading of `x`. Sessions
  /// that come in parts: `scaler_moments`.
  template <feature_input X>
  fitted_scaler<scalar_of<X>> fit(const X& x, const weights& w = {}, const run_options& run = {}) const {
    return detail::scaler_from<scalar_of<X>>(columns_of(x), detail::scaler_moments_of(x, w, run));
  }
};

FOOTFALL_END_NAMESPACE
