// SPDX-License-Identifier: MIT
// Sums without rounding: the same number whatever the order of the rows and however they were split up.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/mean.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The sum of any finite numbers, held as a whole number of 2^-1074 in pieces of 32 bits with room to spare (Neal 2015). Adding
/// costs a few nanoseconds and loses nothing; only `value()` rounds, once, to the nearest double. 544 bytes.
class exact_sum {
 public:
  /// `x` must be finite; that is the caller's to check.
  void add(double x) noexcept {
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const auto exponent = static_cast<unsigned>(bits >> 52) & 0x7FF;
    const std::uint64_t fraction = bits & 0xFFFFFFFFFFFFF;
    // x is `digits` times 2^(place - 1074).
    const std::uint64_t digits = exponent == 0 ? fraction : fraction | std::uint64_t{1} << 52;
    const unsigned place = exponent == 0 ? 0 : exponent - 1;
    const unsigned shift = place % 32;
    const auto low = static_cast<std::int64_t>(digits << shift & 0xFFFFFFFF);
    const std::uint64_t rest = digits >> (32 - shift);  // at most 53 bits
    const auto middle = static_cast<std::int64_t>(rest & 0xFFFFFFFF);
    const auto high = static_cast<std::int64_t>(rest >> 32);
    std::int64_t* const at = pieces_.data() + place / 32;
    const std::int64_t sign = (bits >> 63) != 0 ? -1 : 1;
    at[0] += sign * low;
    at[1] += sign * middle;
    at[2] += sign * high;
    if (++added_ == most_added) carry();
  }

  /// Adds `a * b` without rounding, save for what lies below 2^-1074.
  void add_product(double a, double b) noexcept {
    const double product = a * b;
    add(product);
    add(std::fma(a, b, -product));
  }

  void merge(const exact_sum& other) noexcept {
    carry();
    exact_sum carried = other;
    carried.carry();
    for (std::size_t i = 0; i < pieces_.size(); ++i) pieces_[i] += carried.pieces_[i];
    ++added_;
  }

  /// The nearest double, ties to even; infinite beyond the largest.
  double value() const noexcept {
    exact_sum sum = *this;
    sum.carry();
    const double sign = sum.pieces_.back() < 0 ? -1 : 1;
    if (sign < 0) {
      for (auto& piece : sum.pieces_) piece = -piece;
      sum.carry();
    }
    std::size_t top = sum.pieces_.size() - 1;
    while (top > 0 && sum.pieces_[top] == 0) --top;
    const auto piece = [&](std::size_t i) { return static_cast<std::uint64_t>(sum.pieces_[i]); };
    if (top < 2) return sign * std::ldexp(static_cast<double>(piece(1) << 32 | piece(0)), -1074);
    // 64 bits from the first that is set, and whether anything stands below them: enough to round once. The highest of three
    // pieces is not 0, so at most 31 bits are missing from the two below it and come from the third.
    const int missing = std::countl_zero(piece(top)) - 32;
    std::uint64_t digits = (piece(top) << 32 | piece(top - 1)) << missing | piece(top - 2) >> (32 - missing);
    bool more = (piece(top - 2) << missing & 0xFFFFFFFF) != 0;
    for (std::size_t i = 0; i + 2 < top; ++i) more = more || sum.pieces_[i] != 0;
    digits |= more ? 1 : 0;
    return sign * std::ldexp(static_cast<double>(digits), 32 * static_cast<int>(top - 1) - missing - 1074);
  }

 private:
  static constexpr std::int64_t most_added = std::int64_t{1} << 29;

  // Brings every piece but the last into [0, 2^32): one way to write each sum.
  void carry() noexcept {
    std::int64_t over = 0;
    for (std::size_t i = 0; i + 1 < pieces_.size(); ++i) {
      pieces_[i] += over;
      over = pieces_[i] >> 32;  // rounds down
      pieces_[i] &= 0xFFFFFFFF;
    }
    pieces_.back() += over;
    added_ = 0;
  }

  std::array<std::int64_t, 67> pieces_{};
  std::int64_t added_ = 0;
};

/// Count, mean and variance in one reading, from exact sums: mergeable, and independent of the order of the values. What
/// `summary_of` finds in two readings.
class exact_moments {
 public:
  /// Throws missing_value or not_finite, or limit for a value above 10^150.
  void add(double x) {
    require(!std::isnan(x), error_code::missing_value, "exact_moments", "a value is missing");
    require(std::isfinite(x), error_code::not_finite, "exact_moments", "a value must be finite, got ", x);
    require(std::fabs(x) <= 1e150, error_code::limit, "exact_moments", "a value must be at most 1e150, got ", x);
    ++count_;
    sum_.add(x);
    squares_.add_product(x, x);
  }

  void merge(const exact_moments& other) noexcept {
    count_ += other.count_;
    sum_.merge(other.sum_);
    squares_.merge(other.squares_);
  }

  double sum() const noexcept { return sum_.value(); }

  sample_summary summary() const {
    sample_summary result{.count = count_};
    if (count_ == 0) return result;
    const auto n = static_cast<double>(count_);
    const double high = sum_.value();
    result.mean = high / n;
    if (count_ < 2) return result;
    // The squares of the distances from `mean` (squares - 2 mean sum + n mean^2), less what the rounding of `mean` adds.
    exact_sum rest = sum_;
    rest.add(-high);
    const double low = rest.value();
    exact_sum away = sum_;
    away.add_product(-n, result.mean);
    exact_sum squares = squares_;
    squares.add_product(-2 * result.mean, high);
    squares.add_product(-2 * result.mean, low);
    const double mean_square = result.mean * result.mean;
    squares.add_product(n, mean_square);
    squares.add_product(n, std::fma(result.mean, result.mean, -mean_square));
    const double off = away.value();
    result.variance = std::max(0.0, squares.value() - off * off / n) / (n - 1);
    return result;
  }

 private:
  std::int64_t count_ = 0;
  exact_sum sum_;
  exact_sum squares_;
};

FOOTFALL_END_NAMESPACE
