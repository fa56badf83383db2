// SPDX-License-Identifier: MIT
// Principal components: the few directions along which sessions differ most.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <string>
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
#include <footfall/core/types.hpp>
#include <footfall/features/principal_axes.hpp>
#include <footfall/simd/covariance.hpp>
#include <footfall/simd/project.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The fitted form of `pca`: means, axes and how much of the spread each axis has, in double whatever the features are.
template <std::floating_point Scalar>
class fitted_pca {
 public:
  static constexpr std::string_view kind = "pca";

  /// Each session minus the means, along each axis: features `pc1`, `pc2`, ..., whose sources are all columns and whose
  /// stage is the latest of theirs. Worked out in double and rounded once. Throws wrong_shape or unknown_name for other
  /// columns, missing_value or not_finite for NaN or infinity, limit for a result too large for `Scalar`. Cost: one
  /// reading of `x`, rows x columns x components.
  template <feature_input X>
    requires std::same_as<scalar_of<X>, Scalar>
  features<Scalar> transform(const X& x, const run_options& run = {}) const {
    require_columns(x, columns_, kind);
    const auto view = view_of(x);
    matrix<Scalar> result(view.rows(), axes_.cols());
    advise_huge_pages(result.data(), static_cast<std::size_t>(result.size()) * sizeof(Scalar));
    std::atomic<bool> usable = true;
    workers(run).for_each_block(view.rows(), simd::chunk_rows, [&](index begin, index end) {
      if (!simd::project(view.data() + begin, view.outerStride(), end - begin, view.cols(), means_.data(), axes_.data(),
                         axes_.cols(), result.data() + begin, result.rows())) {
        usable.store(false, std::memory_order_relaxed);
      }
    });
    if (!usable) {
      require_finite(view, columns_, kind);
      fail(error_code::limit, kind, "a session lies too far from the means: its component is too large");
    }
    return {std::move(result), component_columns()};
  }

  /// One column a component, one row a feature: its loadings, of length 1. The loading that is largest without regard to
  /// its sign is positive.
  const matrix<double>& axes() const noexcept { return axes_; }
  const std::vector<double>& means() const noexcept { return means_; }
  /// Along each axis, largest first; divided by the total weight, as `standard_scaler` does (scikit-learn: by one less).
  const std::vector<double>& variances() const noexcept { return variances_; }
  /// Of all columns together.
  double total_variance() const noexcept { return total_variance_; }
  /// The share of the total variance that an axis has; 0 where there is none at all.
  double share(index component) const {
    require(component >= 0 && component < axes_.cols(), error_code::wrong_shape, kind, "component must be in [0, ",
            axes_.cols(), "), got ", component);
    return total_variance_ > 0 ? variances_[static_cast<std::size_t>(component)] / total_variance_ : 0;
  }
  const std::vector<feature_info>& columns() const noexcept { return columns_; }

  auto parts() const { return std::tie(columns_, means_, axes_, variances_, total_variance_); }
  /// Throws bad_parts unless shapes agree, all is finite, and variances are not negative and in descending order.
  static fitted_pca from_parts(std::vector<feature_info> columns, std::vector<double> means, matrix<double> axes,
                               std::vector<double> variances, double total_variance) {
    const auto good = [](bool fine, const auto&... words) { require(fine, error_code::bad_parts, kind, words...); };
    const auto finite = [](double value) { return std::isfinite(value); };
    good(means.size() == columns.size() && axes.rows() == static_cast<index>(columns.size()),
         "there must be a mean and a loading for each of ", columns.size(), " columns, got ", means.size(), " and ",
         axes.rows());
    good(axes.cols() > 0 && axes.cols() == static_cast<index>(variances.size()),
         "there must be a variance for each of ", axes.cols(), " axes, got ", variances.size());
    good(axes.allFinite() && std::ranges::all_of(means, finite), "means and loadings must be finite");
    good(std::ranges::all_of(variances, finite) && variances.back() >= 0 &&
             std::ranges::is_sorted(variances, std::greater<>()),
         "variances must be finite, not negative and in descending order");
    good(finite(total_variance) && total_variance >= 0, "the total variance must be finite and not negative, got ",
         total_variance);
    fitted_pca result;
    result.columns_ = std::move(columns);
    result.means_ = std::move(means);
    result.axes_ = std::move(axes);
    result.variances_ = std::move(variances);
    result.total_variance_ = total_variance;
    return result;
  }
  bool operator==(const fitted_pca& other) const { return same_parts(*this, other); }

 private:
  std::vector<feature_info> component_columns() const {
    feature_info info{"", "", stage::unknown};
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      info.source += (i == 0 ? "" : ",") + columns_[i].source;
      info.stage = i == 0 ? columns_[i].stage : later(info.stage, columns_[i].stage);
    }
    std::vector<feature_info> infos(static_cast<std::size_t>(axes_.cols()), info);
    for (std::size_t i = 0; i < infos.size(); ++i) infos[i].name = text("pc", i + 1);
    return infos;
  }

  std::vector<feature_info> columns_;
  std::vector<double> means_;
  matrix<double> axes_;
  std::vector<double> variances_;
  double total_variance_ = 0;
};

/// Learns the axes along which sessions differ most: those of the covariance matrix (Pearson 1901). Every column counts by
/// its spread: scale first (`standard_scaler`). Axes of equal variance are arbitrary but the same for the same data.
struct pca {
  int components = 2;  ///< at most the number of columns

  /// `x` without missing values; a weight of 2 counts as two equal sessions. Throws bad_option naming the option,
  /// wrong_shape without rows or columns or with another number of weights, wrong_kind for a column of categories, missing_value or
  /// not_finite naming column
  /// and row, limit when products of values overflow. The same bytes for any number of threads. Cost: one reading of
  /// `x`, rows x columns^2 / 2, then columns^3.
  template <feature_input X>
  fitted_pca<scalar_of<X>> fit(const X& x, const weights& w = {}, const run_options& run = {}) const {
    using fitted = fitted_pca<scalar_of<X>>;
    const auto view = view_of(x);
    auto columns = columns_of(x);
    require_amounts(columns, fitted::kind);
    require_rows(view.rows(), w, fitted::kind);
    require(view.cols() > 0, error_code::wrong_shape, fitted::kind, "there must be at least one column, got 0");
    require(components >= 1 && components <= view.cols(), error_code::bad_option, fitted::kind,
            "components must be in [1, ", view.cols(), "] for ", view.cols(), " columns, got ", components);
    workers team(run);
    const auto moments = simd::comoments_of(view, w, team);
    if (!moments.finite) {
      require_finite(view, columns, fitted::kind);
      fail(error_code::limit, fitted::kind, "the products of the columns' deviations are too large");
    }
    const auto found = principal_axes_of(moments.products / moments.weight);
    const auto kept = static_cast<std::size_t>(components);
    std::vector<double> variances;
    double total = 0;
    for (const double value : found.values) total += std::max(0.0, value);  // below 0 by rounding alone
    for (std::size_t i = 0; i < kept; ++i) variances.push_back(std::max(0.0, found.values[i]));
    return fitted::from_parts(std::move(columns), {moments.mean.begin(), moments.mean.end()},
                              found.axes.leftCols(components), std::move(variances), total);
  }
};

FOOTFALL_END_NAMESPACE
