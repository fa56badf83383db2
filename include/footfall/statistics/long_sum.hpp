// SPDX-License-Identifier: MIT
// A sum of many numbers that keeps the digits a plain sum loses.
#pragma once

#include <cmath>

#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Carries what rounding took along (Neumaier 1974): the error does not grow with the number of values. Depends on the order of the values in
/// the last bits only. A sum that overflows is infinite or NaN.
class long_sum {
 public:
  void add(double value) noexcept {
    const double next = sum_ + value;
    lost_ += std::fabs(sum_) >= std::fabs(value) ? (sum_ - next) + value : (value - next) + sum_;
    sum_ = next;
  }
  double value() const noexcept { return sum_ + lost_; }

 private:
  double sum_ = 0;
  double lost_ = 0;
};

FOOTFALL_END_NAMESPACE
