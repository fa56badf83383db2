// SPDX-License-Identifier: MIT
// Numeric columns as features: as they are, or with the missing ones filled, or filled and flagged.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/features.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/features/learned_quantiles.hpp>
#include <footfall/features/named.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What `numeric` does with a number that is missing.
enum class missing_number : unsigned char {
  keep,  ///< stays missing: a forest takes it, a scaler refuses it
  fill,  ///< the median of the column's numbers in the training sessions
  flag   ///< as `fill`, and one more feature `missing(COLUMN)` of 0 and 1 for each column
};

/// The fitted form of `numeric`: the names of its columns and what fills their gaps.
class fitted_numeric {
 public:
  static constexpr std::string_view kind = "numeric";

  /// One feature a column, same name, same stage; then the flags. Throws unknown_name or wrong_kind.
  template <named_columns X>
  features<number_of<X>> transform(const X& x) const {
    const bool flags = missing_ == missing_number::flag;
    const auto count = static_cast<index>(columns_.size());
    matrix<number_of<X>> values(x.rows(), flags ? 2 * count : count);
    std::vector<feature_info> infos;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const auto numbers = numbers_of(x, columns_[i]);
      auto* const to = values.col(static_cast<index>(i)).data();
      std::copy(numbers.begin(), numbers.end(), to);
      if (missing_ != missing_number::keep) {
        const auto fill = static_cast<number_of<X>>(fills_[i]);
        for (index row = 0; row < x.rows(); ++row) {
          const bool missing = std::isnan(to[row]);
          if (missing) to[row] = fill;
          if (flags) values(row, count + static_cast<index>(i)) = missing ? 1 : 0;
        }
      }
      infos.push_back(info_of(x, columns_[i]));
    }
    for (std::size_t i = 0; flags && i < columns_.size(); ++i) {
      feature_info info = infos[i];
      info.name = text("missing(", info.name, ")");
      infos.push_back(std::move(info));
    }
    return {std::move(values), std::move(infos)};
  }

  /// A number a column; none where missing numbers are kept.
  const std::vector<double>& fills() const noexcept { return fills_; }

  auto parts() const { return std::tie(columns_, missing_, fills_); }
  /// Throws bad_parts unless there is a number to fill each column with, or none where missing numbers are kept.
  static fitted_numeric from_parts(std::vector<std::string> columns, missing_number missing = missing_number::keep,
                                   std::vector<double> fills = {}) {
    require(missing <= missing_number::flag, error_code::bad_parts, kind,
            "there is no such treatment of missing numbers");
    require(fills.size() == (missing == missing_number::keep ? 0 : columns.size()), error_code::bad_parts, kind,
            "there must be a filling for each of ", columns.size(), " columns, got ", fills.size());
    require(std::none_of(fills.begin(), fills.end(), [](double fill) { return std::isnan(fill); }),
            error_code::bad_parts, kind, "a filling must not be missing");
    fitted_numeric result;
    result.columns_ = std::move(columns);
    result.missing_ = missing;
    result.fills_ = std::move(fills);
    return result;
  }
  bool operator==(const fitted_numeric& other) const { return same_parts(*this, other); }

 private:
  std::vector<std::string> columns_;
  missing_number missing_ = missing_number::keep;
  std::vector<double> fills_;
};

/// Takes the named columns of numbers. Learns nothing but, if asked for, their medians.
struct numeric {
  std::vector<std::string> columns;               ///< in the order wanted
  missing_number missing = missing_number::keep;  ///< what becomes of a missing number

  /// Throws unknown_name for a column that is not there, wrong_kind for a categorical one; where medians are learned,
  /// as `learned_quantiles`.
  template <named_columns X>
  fitted_numeric fit(const X& x, const weights& w = {}, const run_options& = {}) const {
    require_numbers(x, columns);
    std::vector<double> fills;
    if (missing != missing_number::keep) {
      for (const auto& name : columns) {
        fills.push_back(learned_quantiles(x, name, w, std::array{0.5}, fitted_numeric::kind).front());
      }
    }
    return fitted_numeric::from_parts(columns, missing, std::move(fills));
  }
};

FOOTFALL_END_NAMESPACE
