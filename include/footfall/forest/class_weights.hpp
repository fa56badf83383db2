// SPDX-License-Identifier: MIT
// What a session counts in a forest: its own weight times that of its class, as an integer.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// How much sessions count for their label, on top of their own weights: a session counts the product of the two. Scores
/// of a forest grown with other weights than 1 rank sessions; to be read as probabilities they must be calibrated.
struct class_weights {
  double negative = 1;    ///< of sessions without the outcome; finite and above 0
  double positive = 1;    ///< of sessions with it
  bool balanced = false;  ///< first bring both classes to half of all weight each (King and Zeng 2001)
};

namespace detail {

/// Weights as integers: weight = count / unit.
struct integer_weights {
  std::vector<std::uint32_t> counts;
  double unit = 1;
};

/// By what the sessions of each label are multiplied: {negative, positive}. Throws bad_option, one_class where there is
/// nothing to balance, and limit where sums or factors are too large for a double.
inline std::array<double, 2> class_factors(const class_weights& classes, const labels& y, const weights& w,
                                           std::string_view who) {
  const auto check = [&](double value, std::string_view name) {
    require(std::isfinite(value) && value > 0, error_code::bad_option, who, "class_weights.", name,
            " must be finite and above 0, got ", value);
  };
  check(classes.negative, "negative");
  check(classes.positive, "positive");
  std::array<double, 2> factors{classes.negative, classes.positive};
  if (!classes.balanced) return factors;
  std::array<double, 2> sums{};
  for (index row = 0; row < y.size(); ++row) sums[y[row] ? 1 : 0] += w[row];
  require(sums[0] > 0 && sums[1] > 0, error_code::one_class, who, "both labels must be there to be balanced, got ",
          sums[1], " of positive and ", sums[0], " of negative weight");
  for (std::size_t label = 0; label < 2; ++label) {
    factors[label] *= (sums[0] + sums[1]) / (2 * sums[label]);
    require(std::isfinite(factors[label]), error_code::limit, who,
            "weights are too far apart or too large to balance labels, got ", sums[1], " of positive and ", sums[0],
            " of negative weight");
  }
  return factors;
}

/// What each session counts. Products that are all whole numbers are counted as they are; else all are rounded to
/// 2^-k with the largest k that leaves room for the sum in 32 bits.
/// Throws bad_option, one_class, and limit for whole numbers, or one infinite product, that leave no such room.
inline integer_weights as_counts(const weights& w, const labels& y, const class_weights& classes,
                                 std::string_view who) {
  const std::array<double, 2> factors = class_factors(classes, y, w, who);
  const auto weight = [&](index row) { return w[row] * factors[y[row] ? 1 : 0]; };
  double largest = 0;
  bool whole = true;
  for (index row = 0; row < y.size(); ++row) {
    const double each = weight(row);
    largest = std::max(largest, each);
    whole = whole && each == std::floor(each);
  }
  // A tree may draw the heaviest session every time, so n times the largest count must fit into 32 bits. Rounding may
  // add a half to a count, hence the n that is taken off where there is rounding.
  const auto n = static_cast<double>(y.size());
  require(std::isfinite(largest) && (!whole || largest * n <= 0xFFFFFFFFp0), error_code::limit, who,
          "sessions times the largest weight must be below 2^32, got ", y.size(), " times ", largest);
  const int most = std::ilogb((0xFFFFFFFFp0 - n) / n / largest);  // exact, as log2 is not: the same k on every machine
  integer_weights result{{}, whole ? 1 : std::ldexp(1.0, std::min(1000, most))};
  result.counts.reserve(static_cast<std::size_t>(y.size()));
  for (index row = 0; row < y.size(); ++row) {
    result.counts.push_back(static_cast<std::uint32_t>(std::floor(weight(row) * result.unit + 0.5)));
  }
  return result;
}

}  // namespace detail

FOOTFALL_END_NAMESPACE
