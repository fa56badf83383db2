// SPDX-License-Identifier: MIT
// Who comes through which channel: segments within channels, channels within segments, and whether the mix differs at all.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/attribution/channel_totals.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/cramers_v.hpp>
#include <footfall/statistics/interval.hpp>
#include <footfall/statistics/tests.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What a composition comes to in one word. `alike` is more than an absent difference: the sessions rule out any that matters.
enum class mix_verdict { alike, not_told_apart, slightly_different, different };

struct composition_options {
  double confidence =
      0.95;  ///< in (0, 1): of the interval, and the test calls a p-value below 1 - confidence a difference
  double negligible = 0.05;  ///< a Cramer's V below this makes no practical difference, in (0, 1)
};

/// Counts, a row a channel and a column a segment, and what follows from them. A channel or segment without sessions has
/// shares of NaN.
struct composition {
  matrix<double> counts;
  matrix<double> within_channel;  ///< each row adds up to 1
  matrix<double> within_segment;  ///< each column adds up to 1
  test_result homogeneity;        ///< chi-square; the effect is Cramer's V
  interval strength;  ///< of the true V: chance alone makes the effect above larger, so it may lie below that
  mix_verdict verdict = mix_verdict::not_told_apart;

  /// The verdict as a sentence, e.g. "the mix is the same in every channel: V = 0.004 (0 to 0.006), p = 0.31".
  std::string sentence() const {
    const char* const words =
        verdict == mix_verdict::alike                ? "the mix is the same in every channel"
        : verdict == mix_verdict::not_told_apart     ? "these sessions do not tell whether the mix differs"
        : verdict == mix_verdict::slightly_different ? "the mix differs between channels, too little to matter"
                                                     : "the mix differs between channels";
    const auto digits = [](double value) {
      char characters[32];
      const auto end =
          std::to_chars(characters, characters + sizeof characters, value, std::chars_format::general, 2).ptr;
      return std::string(characters, end);
    };
    return text(words, ": V = ", digits(homogeneity.effect), " (", digits(strength.low), " to ", digits(strength.high),
                "), p = ", digits(homogeneity.p_value));
  }
};

/// The composition of a table of counts. `alike`: the interval of V ends below `negligible` and the test finds nothing;
/// `slightly_different`: it ends below, and the test finds something; `not_told_apart`: the test finds nothing, and V may
/// still be larger. Throws as `chi_square` does (negative or missing counts, fewer than two channels or segments with
/// sessions), bad_option for the options.
inline composition composition_of(const matrix<double>& counts, const composition_options& options = {}) {
  const std::string_view who = "composition_of";
  require(options.negligible > 0 && options.negligible < 1, error_code::bad_option, who,
          "negligible must be in (0, 1), got ", options.negligible);
  composition result;
  result.homogeneity = chi_square(counts);
  result.counts = counts;
  const auto totals = count_totals_of(counts, who);
  result.within_channel = counts;
  result.within_segment = counts;
  for (index channel = 0; channel < counts.rows(); ++channel) {
    for (index segment = 0; segment < counts.cols(); ++segment) {
      result.within_channel(channel, segment) /= totals.of_row(channel);
      result.within_segment(channel, segment) /= totals.of_column(segment);
    }
  }
  const auto side = std::min(totals.rows, totals.columns);
  result.strength =
      cramers_v_interval(result.homogeneity, static_cast<std::int64_t>(totals.all), side, options.confidence);
  const bool found = result.homogeneity.p_value < 1 - options.confidence;
  const bool small = result.strength.high < options.negligible;
  result.verdict = small && !found ? mix_verdict::alike
                   : small         ? mix_verdict::slightly_different
                   : found         ? mix_verdict::different
                                   : mix_verdict::not_told_apart;
  return result;
}

/// The same from totals; sessions without a channel or a segment are left out.
inline composition composition_of(const channel_totals& totals, const composition_options& options = {}) {
  return composition_of(totals.counts(), options);
}

FOOTFALL_END_NAMESPACE
