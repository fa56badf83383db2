// SPDX-License-Identifier: MIT
// Formulas over named columns: one rule for what is missing, infinite or out of range, whatever the formula.
#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/features/named.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// One feature of several columns, `formula(numbers, row)` for each row, worked out in double and rounded once. Missing
/// where one of the numbers is; a formula may return NaN for a value that it calls missing. Throws unknown_name or
/// wrong_kind, not_finite where infinite numbers make no number (infinity minus infinity), limit where finite numbers make an
/// infinite one.
template <named_columns X, class Formula>
features<number_of<X>> apply_formula(const X& x, const std::vector<std::string>& columns, std::string name,
                                     std::string_view who, Formula&& formula) {
  using scalar = number_of<X>;
  std::vector<std::span<const scalar>> sources;
  for (const auto& column : columns) sources.push_back(numbers_of(x, column));
  matrix<scalar> values(x.rows(), 1);
  std::vector<double> numbers(columns.size());
  for (index row = 0; row < x.rows(); ++row) {
    bool missing = false, finite = true;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      numbers[i] = static_cast<double>(sources[i][static_cast<std::size_t>(row)]);
      missing = missing || std::isnan(numbers[i]);
      finite = finite && !std::isinf(numbers[i]);
    }
    scalar& value = values(row, 0);
    value = std::numeric_limits<scalar>::quiet_NaN();
    if (missing) continue;
    value = static_cast<scalar>(formula(std::as_const(numbers), row));
    require(!finite || !std::isinf(value), error_code::limit, who, "'", name, "' is too large in row ", row);
    require(finite || !std::isnan(value), error_code::not_finite, who, "'", name, "' is no number in row ", row,
            ", because a column is infinite there");
  }
  feature_info info = info_of(x, columns, std::move(name));
  return {std::move(values), {std::move(info)}};
}

/// One feature for each column: `formula(i, number, row)` for each number of the i-th. Named `function(column)`; with no
/// function, as the column. Missing stays missing; throws as `apply_formula` does.
template <named_columns X, class Formula>
features<number_of<X>> apply_to_each(const X& x, const std::vector<std::string>& columns, std::string_view function,
                                     std::string_view who, Formula&& formula) {
  matrix<number_of<X>> values(x.rows(), static_cast<index>(columns.size()));
  std::vector<feature_info> infos;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto made =
        apply_formula(x, {columns[i]}, function.empty() ? columns[i] : text(function, "(", columns[i], ")"), who,
                      [&](const std::vector<double>& numbers, index row) { return formula(i, numbers.front(), row); });
    values.col(static_cast<index>(i)) = made.values();
    infos.push_back(made.columns().front());
  }
  return {std::move(values), std::move(infos)};
}

FOOTFALL_END_NAMESPACE
