// SPDX-License-Identifier: MIT
// Numbers held between two quantiles of the training sessions: a stray value counts, but not for everything.
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
#include <footfall/features/formula.hpp>
#include <footfall/features/learned_quantiles.hpp>
#include <footfall/features/named.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The fitted form of `clip`: the limits of each column.
class fitted_clip {
 public:
  static constexpr std::string_view kind = "clip";

  /// One feature `clip(COLUMN)` a column; missing stays missing. Throws unknown_name or wrong_kind.
  template <named_columns X>
  features<number_of<X>> transform(const X& x) const {
    return apply_to_each(x, columns_, kind, kind, [&](std::size_t i, double number, index) {
      return std::min(std::max(number, lows_[i]), highs_[i]);
    });
  }

  /// A number a column.
  const std::vector<double>& lows() const noexcept { return lows_; }
  const std::vector<double>& highs() const noexcept { return highs_; }

  auto parts() const { return std::tie(columns_, lows_, highs_); }
  /// Throws bad_parts unless there is a low and a high, in that order, for each column.
  static fitted_clip from_parts(std::vector<std::string> columns, std::vector<double> lows, std::vector<double> highs) {
    require(lows.size() == columns.size() && highs.size() == columns.size(), error_code::bad_parts, kind,
            "there must be two limits for each of ", columns.size(), " columns, got ", lows.size(), " and ",
            highs.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
      require(lows[i] <= highs[i], error_code::bad_parts, kind, "the limits of column '", columns[i],
              "' must be in order, got ", lows[i], " and ", highs[i]);
    }
    fitted_clip result;
    result.columns_ = std::move(columns);
    result.lows_ = std::move(lows);
    result.highs_ = std::move(highs);
    return result;
  }
  bool operator==(const fitted_clip& other) const { return same_parts(*this, other); }

 private:
  std::vector<std::string> columns_;
  std::vector<double> lows_, highs_;
};

/// Learns two quantiles of each column and holds numbers between them.
struct clip {
  std::vector<std::string> columns;  ///< in the order wanted
  double low = 0.01;                 ///< share of the training sessions below the lower limit, in [0, 1]
  double high = 0.99;                ///< share below the upper limit, in [low, 1]

  /// Throws bad_option for shares out of range or order, and as `learned_quantiles`.
  template <named_columns X>
  fitted_clip fit(const X& x, const weights& w = {}, const run_options& = {}) const {
    require(low >= 0 && low <= high && high <= 1, error_code::bad_option, fitted_clip::kind,
            "low and high must be in [0, 1] and in order, got ", low, " and ", high);
    std::vector<double> lows, highs;
    for (const auto& name : columns) {
      const auto limits = learned_quantiles(x, name, w, std::array{low, high}, fitted_clip::kind);
      lows.push_back(limits[0]);
      highs.push_back(limits[1]);
    }
    return fitted_clip::from_parts(columns, std::move(lows), std::move(highs));
  }
};

FOOTFALL_END_NAMESPACE
