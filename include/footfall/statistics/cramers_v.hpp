// SPDX-License-Identifier: MIT
// How strong an association may be: limits for Cramer's V, without which a small V of a small sample reads as "no difference".
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string_view>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/distributions.hpp>
#include <footfall/statistics/incomplete.hpp>
#include <footfall/statistics/interval.hpp>
#include <footfall/statistics/tests.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// mean^k e^-mean / k! for real k >= 0, as Loader (2000) writes it.
inline double poisson_share(double k, double mean) {
  if (mean == 0) return k == 0 ? 1 : 0;
  if (k == 0) return std::exp(-mean);
  return std::exp(-stirling_error(k) - deviance(k, mean)) / std::sqrt(2 * std::numbers::pi * k);
}

}  // namespace detail

/// The probability that a chi-square variable of these degrees and that noncentrality is at most x: a mixture of central
/// ones with Poisson shares. Throws missing_value for x, bad_option for degrees not above 0 or a noncentrality that is
/// negative or not finite. Cost grows with the square root of the noncentrality.
inline double noncentral_chi_square_cdf(double x, double degrees, double noncentrality) {
  const std::string_view who = "noncentral_chi_square_cdf";
  detail::require_at(x, who);
  detail::require_degrees(degrees, who);
  require(noncentrality >= 0 && std::isfinite(noncentrality), error_code::bad_option, who,
          "noncentrality must be finite and at least 0, got ", noncentrality);
  if (x <= 0) return 0;
  const double mean = noncentrality / 2;
  const double reach = 9 * std::sqrt(mean) + 40;  // what lies further has a share below 1e-18
  const double last = std::floor(mean + reach);
  const double first = std::max(0.0, std::ceil(mean - reach));
  // From the last term down: each central probability is the one above it and one more positive term.
  double below = detail::chi_square_tails(x, degrees + 2 * last).below;
  double sum = 0;
  for (double k = last; k >= first; --k) {
    sum += detail::poisson_share(k, mean) * below;
    below = std::min(1.0, below + detail::poisson_share(degrees / 2 + k - 1, x / 2));
  }
  return std::clamp(sum, 0.0, 1.0);
}

/// Interval for Cramer's V of a table with that chi-square test and that many counts; `shorter_side` is the smaller of the
/// rows and columns that have counts, at least 2. It inverts the noncentral chi-square distribution (Steiger 2004): where
/// even a true V of 0 would show less, the low end is 0. Throws bad_value for another kind of test, bad_option for the rest.
inline interval cramers_v_interval(const test_result& test, std::int64_t counts, index shorter_side,
                                   double confidence = 0.95) {
  const std::string_view who = "cramers_v_interval";
  detail::require_confidence(confidence, who);
  require(test.effect_name == "Cramer's V" && test.statistic >= 0 && test.degrees_of_freedom >= 1,
          error_code::bad_value, who, "a chi-square test is needed, got '", test.test, "'");
  require(counts >= 1 && shorter_side >= 2, error_code::bad_option, who, "there must be counts and a side of two, got ",
          counts, " and ", shorter_side);
  const auto limit = [&](double probability) {
    // The noncentrality at which so little lies at or below what was found; it falls as the noncentrality grows.
    const auto reached = [&](double noncentrality) {
      return noncentral_chi_square_cdf(test.statistic, test.degrees_of_freedom, noncentrality) <= probability;
    };
    if (reached(0)) return 0.0;
    double high = test.statistic + 10;
    while (!reached(high)) high *= 2;
    double low = 0;
    while (high - low > 1e-12 * high) {
      const double middle = (low + high) / 2;
      (reached(middle) ? high : low) = middle;
    }
    return std::min(1.0, std::sqrt(high / (static_cast<double>(counts) * static_cast<double>(shorter_side - 1))));
  };
  return {limit(0.5 + confidence / 2), limit(0.5 - confidence / 2), confidence};
}

FOOTFALL_END_NAMESPACE
