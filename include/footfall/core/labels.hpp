// SPDX-License-Identifier: MIT
// Labels: what each session did (1: the outcome of interest, 0: not), and weights: how much each session counts.
#pragma once

#include <cmath>
#include <concepts>
#include <cstdint>
#include <ranges>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

template <class Value>
std::vector<Value> pick_rows(std::span<const Value> values, const row_set& chosen, std::string_view who) {
  std::vector<Value> picked;
  picked.reserve(chosen.size());
  for (const index row : chosen) {
    require(row >= 0 && row < static_cast<index>(values.size()), error_code::wrong_shape, who, "row must be in [0, ",
            values.size(), "), got ", row);
    picked.push_back(values[static_cast<std::size_t>(row)]);
  }
  return picked;
}

}  // namespace detail

/// One 0 or 1 a session. Missing labels do not exist here: a session without an outcome is not a training session.
class labels {
 public:
  labels() = default;

  /// From any range of numbers or bools that are 0 or 1, e.g. a vector or an Eigen vector. `name` says what 1 means.
  /// Throws bad_value for any other value.
  template <std::ranges::input_range Range>
    requires std::convertible_to<std::ranges::range_value_t<Range>, double>
  explicit labels(const Range& values, std::string name = "label") : name_(std::move(name)) {
    for (const auto& value : values) {
      const auto number = static_cast<double>(value);
      require(number == 0.0 || number == 1.0, error_code::bad_value, "labels", "a label must be 0 or 1, got ", number,
              " in row ", values_.size());
      values_.push_back(number == 1.0 ? 1 : 0);
      positives_ += values_.back();
    }
  }

  index size() const noexcept { return static_cast<index>(values_.size()); }
  index positives() const noexcept { return positives_; }
  index negatives() const noexcept { return size() - positives_; }
  bool operator[](index row) const { return values_[static_cast<std::size_t>(row)] != 0; }
  std::span<const std::uint8_t> values() const noexcept { return values_; }
  const std::string& name() const noexcept { return name_; }

  /// The given rows, in the given order.
  labels rows(const row_set& chosen) const {
    return labels(detail::pick_rows<std::uint8_t>(values_, chosen, "labels"), name_);
  }

  auto parts() const { return std::tie(values_, name_); }
  static labels from_parts(std::vector<std::uint8_t> values, std::string name) {
    return labels(values, std::move(name));
  }
  bool operator==(const labels&) const = default;

 private:
  std::vector<std::uint8_t> values_;
  index positives_ = 0;
  std::string name_ = "label";
};

/// How much each session counts: finite and not negative. Empty weights mean 1 for every session, and a weight of 2 means
/// what two equal sessions would mean.
class weights {
 public:
  weights() = default;

  /// Throws bad_value for a negative, infinite or missing weight, or when all are zero.
  explicit weights(std::vector<double> values) : values_(std::move(values)) {
    double largest = 0;
    for (std::size_t row = 0; row < values_.size(); ++row) {
      require(std::isfinite(values_[row]) && values_[row] >= 0, error_code::bad_value, "weights",
              "a weight must be finite and not negative, got ", values_[row], " in row ", row);
      largest = values_[row] > largest ? values_[row] : largest;
    }
    require(values_.empty() || largest > 0, error_code::bad_value, "weights", "at least one must be above 0");
  }

  bool empty() const noexcept { return values_.empty(); }
  index size() const noexcept { return static_cast<index>(values_.size()); }
  double operator[](index row) const { return values_.empty() ? 1.0 : values_[static_cast<std::size_t>(row)]; }
  std::span<const double> values() const noexcept { return values_; }

  weights rows(const row_set& chosen) const {
    return values_.empty() ? weights() : weights(detail::pick_rows<double>(values_, chosen, "weights"));
  }

  bool operator==(const weights&) const = default;

 private:
  std::vector<double> values_;
};

/// Checks at the door of `fit`: as many labels and weights as sessions, at least one session. Throws wrong_shape.
inline void require_rows(index rows, const weights& w, std::string_view who) {
  require(rows > 0, error_code::wrong_shape, who, "there must be at least one row, got 0");
  require(w.empty() || w.size() == rows, error_code::wrong_shape, who, "there must be one weight for each of ", rows,
          " rows, got ", w.size());
}
inline void require_rows(index rows, const labels& y, const weights& w, std::string_view who) {
  require_rows(rows, w, who);
  require(y.size() == rows, error_code::wrong_shape, who, "there must be one label for each of ", rows, " rows, got ",
          y.size());
}

FOOTFALL_END_NAMESPACE
