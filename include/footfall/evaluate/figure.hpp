// SPDX-License-Identifier: MIT
// A figure as somebody printed it: the values that it can stand for, and the whole numbers behind it.
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <footfall/core/error.hpp>
#include <footfall/statistics/interval.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A printed number. It stands for every value that rounds to it, both ends included: which way a half was rounded is not
/// known. Left as it is, it was not published.
struct figure {
  double value = std::numeric_limits<double>::quiet_NaN();
  int decimals = 0;  ///< digits behind the point, in [-15, 15]; -3 for a figure in thousands

  bool given() const noexcept { return !std::isnan(value); }
  double unit() const { return std::pow(10.0, -decimals); }

  /// What it stands for. A hair wider than half a unit: binary numbers cannot hold most halves.
  interval covers() const {
    const double half = unit() / 2 * (1 + 1e-9);
    return {value - half, value + half, 1};
  }

  /// Two figures that were not published are equal.
  bool operator==(const figure& other) const noexcept {
    return decimals == other.decimals && (value == other.value || (!given() && !other.given()));
  }
};

/// Reads `3.27`, `25,000` or `24.16 %` with the digits it has; a percentage becomes a share, 0.2416 with 4 decimals. Whether
/// the zeros at the end of `46,000` were rounded to cannot be seen: write `figure{46'000, -3}` where they were.
/// Throws bad_text for anything else.
inline figure printed(std::string_view written) {
  const auto refuse = [&] {
    fail(error_code::bad_text, "printed", "expected a number such as '25,000' or '24.16 %', got '", written, "'");
  };
  std::string_view rest = written;
  int decimals = 0;
  if (rest.ends_with('%')) {
    rest.remove_suffix(1);
    decimals = 2;
    while (rest.ends_with(' ')) rest.remove_suffix(1);
  }
  const std::string_view whole = rest.substr(0, rest.find('.'));
  if (whole.size() < rest.size()) decimals += static_cast<int>(rest.size() - whole.size()) - 1;

  // Commas group three digits each, and only before the point.
  std::string digits;
  bool grouped = false;
  int since = 0;
  for (const char c : whole) {
    if (c == ',') {
      if (since < 1 || since > 3 || (grouped && since < 3)) refuse();
      grouped = true;
      since = 0;
    } else {
      digits += c;
      since += c >= '0' && c <= '9';
    }
  }
  if (grouped && since != 3) refuse();
  digits += rest.substr(whole.size());

  double value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed);
  if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || !std::isfinite(value)) refuse();
  if (digits.ends_with('.') || decimals > 15) refuse();
  return {written.ends_with('%') ? value / 100 : value, decimals};
}

/// Whole numbers from `low` to `high`, both included; none if `low > high`.
struct count_range {
  std::int64_t low = 0;
  std::int64_t high = -1;

  bool empty() const noexcept { return low > high; }
  bool contains(std::int64_t count) const noexcept { return low <= count && count <= high; }
  count_range operator&(const count_range& other) const noexcept {
    return {std::max(low, other.low), std::min(high, other.high)};
  }
  bool operator==(const count_range&) const = default;
};

/// The counts that make `count / of` a value that the figure stands for. `of` need not be whole. Throws bad_value for a
/// figure that was not published or for `of` not above 0.
inline count_range counts_behind(const figure& ratio, double of) {
  require(ratio.given() && of > 0, error_code::bad_value, "counts_behind",
          "needs a figure and what it is a share of, above 0, got ", ratio.value, " of ", of);
  const auto limits = ratio.covers();
  return {static_cast<std::int64_t>(std::ceil(limits.low * of)),
          static_cast<std::int64_t>(std::floor(limits.high * of))};
}

FOOTFALL_END_NAMESPACE
