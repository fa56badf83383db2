// SPDX-License-Identifier: MIT
// Features: a matrix of sessions by columns, where each column knows its name, where it came from and its stage.
#pragma once

#include <algorithm>
#include <concepts>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/stage.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What a feature column is called and which column of the table it was made from. A column of categories says its levels:
/// its values are their places 0, 1, ... in that list, or missing. These are names and no amounts: models that split levels
/// take such a column, what measures or computes refuses it.
struct feature_info {
  std::string name;    ///< what reports print, e.g. `Month=Nov`
  std::string source;  ///< the table's column, e.g. `Month`; several are joined by `,`
  footfall::stage stage = footfall::stage::unknown;
  std::optional<std::vector<std::string>> levels{};  ///< of a column of categories, different from each other

  auto parts() const { return std::tie(name, source, stage, levels); }
  /// Throws bad_parts for a stage that does not exist and for a level listed twice.
  static feature_info from_parts(std::string name, std::string source, footfall::stage stage,
                                 std::optional<std::vector<std::string>> levels = {}) {
    require(stage <= footfall::stage::unknown, error_code::bad_parts, "feature", "'", name, "' has stage ",
            static_cast<int>(stage));
    auto sorted = levels.value_or(std::vector<std::string>());
    std::sort(sorted.begin(), sorted.end());
    require(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end(), error_code::bad_parts, "feature",
            "a level of '", name, "' is listed twice");
    return {std::move(name), std::move(source), stage, std::move(levels)};
  }
  bool operator==(const feature_info&) const = default;
};

/// Sessions by features, values and names in one. Missing values are NaN.
template <std::floating_point Scalar>
class features {
 public:
  using scalar = Scalar;

  features() = default;

  /// One entry of `columns` for each column of `values`.
  features(matrix<Scalar> values, std::vector<feature_info> columns)
      : values_(std::move(values)), columns_(std::move(columns)) {
    require(values_.cols() == static_cast<index>(columns_.size()), error_code::wrong_shape, "features",
            "there must be one name for each column, got ", columns_.size(), " names for ", values_.cols(), " columns");
  }

  const matrix<Scalar>& values() const noexcept { return values_; }
  const std::vector<feature_info>& columns() const noexcept { return columns_; }
  index rows() const noexcept { return values_.rows(); }
  index cols() const noexcept { return values_.cols(); }

  /// The given rows, in the given order. Throws wrong_shape for a row that is not there.
  features rows(const row_set& chosen) const {
    matrix<Scalar> picked(static_cast<index>(chosen.size()), cols());
    for (const index row : chosen) {
      require(row >= 0 && row < rows(), error_code::wrong_shape, "features", "row must be in [0, ", rows(), "), got ",
              row);
    }
    for (index column = 0; column < cols(); ++column) {
      for (index i = 0; i < picked.rows(); ++i) {
        picked(i, column) = values_(chosen[static_cast<std::size_t>(i)], column);
      }
    }
    return {std::move(picked), columns_};
  }

  /// Position of the column of that name. Throws unknown_name.
  index position(std::string_view name) const {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].name == name) return static_cast<index>(i);
    }
    fail(error_code::unknown_name, "features", "there is no column '", name, "'");
  }

  auto parts() const { return std::tie(values_, columns_); }
  static features from_parts(matrix<Scalar> values, std::vector<feature_info> columns) {
    return {std::move(values), std::move(columns)};
  }

 private:
  matrix<Scalar> values_;
  std::vector<feature_info> columns_;
};

namespace detail {

template <class X>
struct feature_scalar {};
template <class X>
  requires requires { typename X::Scalar; } && std::derived_from<X, Eigen::EigenBase<X>>
struct feature_scalar<X> {
  using type = typename X::Scalar;
};
template <class Scalar>
struct feature_scalar<features<Scalar>> {
  using type = Scalar;
};

}  // namespace detail

/// `float` or `double`: the scalar of a `features<Scalar>` or of an Eigen matrix, map, block or expression.
template <class X>
using scalar_of = typename detail::feature_scalar<std::remove_cvref_t<X>>::type;

/// What models take: features with names, or any Eigen matrix of float or double without.
template <class X>
concept feature_input = requires { typename scalar_of<X>; } && std::floating_point<scalar_of<X>>;

/// The values of a feature input, seen in place where they lie column by column.
template <feature_input X>
matrix_view<scalar_of<X>> view_of(const X& x) {
  if constexpr (requires { x.values(); }) {
    return x.values();
  } else {
    return x;
  }
}

/// The names of a feature input; `x0`, `x1`, ... for a matrix without names.
template <feature_input X>
std::vector<feature_info> columns_of(const X& x) {
  if constexpr (requires { x.columns(); }) {
    return x.columns();
  } else {
    std::vector<feature_info> columns;
    for (index i = 0; i < x.cols(); ++i) columns.push_back({text("x", i), text("x", i), stage::unknown});
    return columns;
  }
}

/// Checks at the door of what measures or computes: no column of categories. Throws wrong_kind.
inline void require_amounts(const std::vector<feature_info>& columns, std::string_view who) {
  for (const feature_info& each : columns) {
    require(!each.levels.has_value(), error_code::wrong_kind, who, "column '", each.name,
            "' holds levels, which are no amounts");
  }
}

/// Checks at the door of a fitted value: as many columns as it was fitted on and, where `x` has names, the same names
/// in the same order, with the same levels. Throws wrong_shape, unknown_name or wrong_kind.
template <feature_input X>
void require_columns(const X& x, const std::vector<feature_info>& fitted, std::string_view who) {
  require(x.cols() == static_cast<index>(fitted.size()), error_code::wrong_shape, who, "fitted on ", fitted.size(),
          " columns, got ", x.cols());
  if constexpr (requires { x.columns(); }) {
    for (std::size_t i = 0; i < fitted.size(); ++i) {
      require(x.columns()[i].name == fitted[i].name, error_code::unknown_name, who, "column ", i, " was '",
              fitted[i].name, "' when fitted, got '", x.columns()[i].name, "'");
      require(x.columns()[i].levels == fitted[i].levels, error_code::wrong_kind, who, "column '", fitted[i].name,
              "' had other levels when fitted");
    }
  }
}

FOOTFALL_END_NAMESPACE
