// SPDX-License-Identifier: MIT
// A scaler of sessions that come in parts: what is known of each part merges.
#pragma once

#include <cmath>
#include <concepts>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/features/standard_scaler.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What `standard_scaler` learns, of some sessions: a day, a file, a machine. Parts merge into what is known of all of
/// them, and `scaler()` makes the scaler. One part gives the bytes of `standard_scaler{}.fit`; several give its numbers up to
/// rounding, and the same bytes only when they are merged in the same order. A column that is constant over all parts has a
/// spread of exactly 0.
template <std::floating_point Scalar>
class scaler_moments {
 public:
  static constexpr std::string_view kind = "scaler_moments";

  /// Throws as `standard_scaler::fit` does. Cost: one reading of `x`.
  template <feature_input X>
    requires std::same_as<scalar_of<X>, Scalar>
  static scaler_moments of(const X& x, const weights& w = {}, const run_options& run = {}) {
    scaler_moments result;
    result.columns_ = columns_of(x);
    for (const auto& each : detail::scaler_moments_of(x, w, run)) {
      result.weights_.push_back(each.weight);
      result.means_.push_back(each.mean);
      result.squares_.push_back(each.squares);
    }
    return result;
  }

  /// Takes in another part. Throws wrong_shape for other columns, limit when the spread of a column overflows; then nothing
  /// was taken in.
  void merge(const scaler_moments& other) {
    require(columns_ == other.columns_, error_code::wrong_shape, kind, "the parts have other columns");
    std::vector<simd::moments> both;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      both.push_back(simd::merge(at(i), other.at(i)));
      require(both[i].finite, error_code::limit, kind, "column '", columns_[i].name,
              "': the squares of its values' differences are too large");
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      weights_[i] = both[i].weight;
      means_[i] = both[i].mean;
      squares_[i] = both[i].squares;
    }
  }

  fitted_scaler<Scalar> scaler() const {
    std::vector<simd::moments> all;
    for (std::size_t i = 0; i < columns_.size(); ++i) all.push_back(at(i));
    return detail::scaler_from<Scalar>(columns_, all);
  }

  auto parts() const { return std::tie(columns_, weights_, means_, squares_); }
  /// Throws bad_parts unless each column has a weight above 0, a finite mean and squares that are finite and at least 0.
  static scaler_moments from_parts(std::vector<feature_info> columns, std::vector<double> total,
                                   std::vector<double> means, std::vector<double> squares) {
    require(total.size() == columns.size() && means.size() == columns.size() && squares.size() == columns.size(),
            error_code::bad_parts, kind, "weights, means and squares must be as many as columns, got ", total.size(),
            ", ", means.size(), " and ", squares.size(), " for ", columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
      require(std::isfinite(total[i]) && total[i] > 0 && std::isfinite(means[i]) && std::isfinite(squares[i]) &&
                  squares[i] >= 0,
              error_code::bad_parts, kind, "column '", columns[i].name, "': such moments no values have");
    }
    scaler_moments result;
    result.columns_ = std::move(columns);
    result.weights_ = std::move(total);
    result.means_ = std::move(means);
    result.squares_ = std::move(squares);
    return result;
  }
  bool operator==(const scaler_moments& other) const { return same_parts(*this, other); }

 private:
  simd::moments at(std::size_t i) const { return {.weight = weights_[i], .mean = means_[i], .squares = squares_[i]}; }

  std::vector<feature_info> columns_;
  std::vector<double> weights_;
  std::vector<double> means_;
  std::vector<double> squares_;
};

FOOTFALL_END_NAMESPACE
