// SPDX-License-Identifier: MIT
// Recommendations that wait for evidence: a rule says what it needs, and where that is missing it says so instead.
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/advice/evidence.hpp>
#include <footfall/core/error.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What a rule needs of one finding.
enum class need_kind : unsigned char {
  input,           ///< that it is known at all
  effect_above,    ///< an effect above the bound
  effect_below,    ///< an effect below it
  interval_above,  ///< an interval that lies above the bound as a whole
  interval_below,  ///< an interval that lies below it
  test_below,      ///< a p-value below the bound
};

/// One condition, made by `needs_input("cost")`, `needs_test("conversion by channel")` and the like. `because` says to people
/// why it is needed.
struct need {
  need_kind what = need_kind::input;
  std::string evidence;
  double bound = 0;
  std::string because;

  bool operator==(const need&) const = default;
};

inline need needs_input(std::string evidence, std::string because = "") {
  return {need_kind::input, std::move(evidence), 0, std::move(because)};
}
inline need needs_effect_above(std::string evidence, double bound, std::string because = "") {
  return {need_kind::effect_above, std::move(evidence), bound, std::move(because)};
}
inline need needs_effect_below(std::string evidence, double bound, std::string because = "") {
  return {need_kind::effect_below, std::move(evidence), bound, std::move(because)};
}
inline need needs_interval_above(std::string evidence, double bound, std::string because = "") {
  return {need_kind::interval_above, std::move(evidence), bound, std::move(because)};
}
inline need needs_interval_below(std::string evidence, double bound, std::string because = "") {
  return {need_kind::interval_below, std::move(evidence), bound, std::move(because)};
}
inline need needs_test(std::string evidence, double p_below = 0.05, std::string because = "") {
  return {need_kind::test_below, std::move(evidence), p_below, std::move(because)};
}

/// A rule is data: under `key` (a persona, a finding), an action and everything that must hold before it is recommended. A
/// rule without needs is a proposal to try; `caveat` says what stays unknown even when all needs are met.
struct advice_rule {
  std::string key;
  std::string action;
  std::vector<need> needs{};
  std::string caveat{};

  bool operator==(const advice_rule&) const = default;
};

/// What became of a rule for one subject: made, with the grounds, or withheld, with everything that is missing.
struct recommendation {
  std::string subject;
  std::string key;
  std::string action;
  bool made = false;
  std::vector<std::string> grounds;
  std::vector<std::string> missing;
  std::string caveat;

  bool operator==(const recommendation&) const = default;

  /// e.g. "Ads: reduce ad spend: withheld: no cost is given".
  std::string sentence() const {
    std::string result = text(subject, ": ", action, made ? ": made" : ": withheld");
    const auto& reasons = made ? grounds : missing;
    for (std::size_t i = 0; i < reasons.size(); ++i) result += text(i == 0 ? ": " : "; ", reasons[i]);
    if (made && !caveat.empty()) result += text(". ", caveat);
    return result;
  }
};

namespace detail {

/// Three digits that count, and all before the point: enough to read, few enough to be the same everywhere.
inline std::string short_number(double value, int digits = 3) {
  if (std::fabs(value) >= 1000 && std::fabs(value) < 1e15) {
    digits = std::max(digits, static_cast<int>(std::log10(std::fabs(value))) + 1);
  }
  char characters[32];
  const auto end =
      std::to_chars(characters, characters + sizeof characters, value, std::chars_format::general, digits).ptr;
  return {characters, end};
}

/// The same with as many digits as tell it from a bound that it is held against.
inline std::string number_beside(double value, double bound) {
  int digits = 3;
  while (digits < 17 && value != bound && short_number(value, digits) == short_number(bound, digits)) ++digits;
  return short_number(value, digits);
}

/// An interval in as many decimals as show two digits of its width, and more where an end could not be told from the bound.
inline std::string interval_beside(const interval& limits, double bound) {
  const double width = limits.high - limits.low;
  if (!(width > 1e-9 && width < 1e9)) {
    return text(number_beside(limits.low, bound), " to ", number_beside(limits.high, bound));
  }
  int decimals = std::max(0, 1 - static_cast<int>(std::floor(std::log10(width))));
  const auto hidden = [&](double value) {
    const double scale = std::pow(10.0, decimals);
    return value != bound && std::round(value * scale) == std::round(bound * scale);
  };
  while (decimals < 15 && (hidden(limits.low) || hidden(limits.high))) ++decimals;
  const auto written = [&](double value) {
    char characters[400];
    return std::string(
        characters,
        std::to_chars(characters, characters + sizeof characters, value, std::chars_format::fixed, decimals).ptr);
  };
  return text(written(limits.low), " to ", written(limits.high));
}

/// Whether a need is met, and the sentence that says so or says what is missing.
inline std::pair<bool, std::string> judge(const need& wanted, const evidence* found) {
  const auto say = [&](bool met, const std::string& what) {
    const bool why = !met && !wanted.because.empty();
    return std::pair(met,
                     text(wanted.evidence, ": ", what, why ? " (" : "", why ? wanted.because : "", why ? ")" : ""));
  };
  if (found == nullptr) return say(false, "not looked into");
  const auto number = [&](bool met, const char* side, double value) {
    return say(met, text(number_beside(value, wanted.bound), met ? " is " : " is not ", side, " ",
                         short_number(wanted.bound)));
  };
  switch (wanted.what) {
    case need_kind::input: return found->effect ? say(true, short_number(*found->effect)) : say(false, "not known");
    case need_kind::effect_above:
      return found->effect ? number(*found->effect > wanted.bound, "above", *found->effect)
                           : say(false, "no effect is known");
    case need_kind::effect_below:
      return found->effect ? number(*found->effect < wanted.bound, "below", *found->effect)
                           : say(false, "no effect is known");
    case need_kind::interval_above:
    case need_kind::interval_below: {
      if (!found->interval) return say(false, "no interval is known");
      const bool above = wanted.what == need_kind::interval_above;
      const bool met = above ? found->interval->low > wanted.bound : found->interval->high < wanted.bound;
      return say(met, text(interval_beside(*found->interval, wanted.bound), met ? " lies " : " does not lie ",
                           above ? "above " : "below ", short_number(wanted.bound)));
    }
    case need_kind::test_below: break;
  }
  if (!found->p_value) return say(false, "no test was made");
  const bool met = *found->p_value < wanted.bound;
  const bool tiny = *found->p_value < 0.001 && wanted.bound >= 0.001;  // further digits say nothing
  return say(met, text(tiny ? "p < 0.001" : "p = " + number_beside(*found->p_value, wanted.bound),
                       met ? " is below " : " is not below ", short_number(wanted.bound)));
}

}  // namespace detail

/// One rule held against the findings about one subject. Throws bad_value for a rule without an action or a bound that is NaN.
inline recommendation advise(const advice_rule& rule, const evidence_list& found) {
  require(!rule.action.empty(), error_code::bad_value, "advise", "the rule '", rule.key, "' has no action");
  recommendation result{found.subject(), rule.key, rule.action, true, {}, {}, rule.caveat};
  for (const auto& wanted : rule.needs) {
    require(!std::isnan(wanted.bound), error_code::bad_value, "advise", "a bound of '", rule.action,
            "' is missing (NaN)");
    auto [met, sentence] = detail::judge(wanted, found.find(wanted.evidence));
    (met ? result.grounds : result.missing).push_back(std::move(sentence));
    result.made = result.made && met;
  }
  return result;
}

/// All rules of that key, in their order. An unknown key gives none.
inline std::vector<recommendation> advise(std::span<const advice_rule> rules, std::string_view key,
                                          const evidence_list& found) {
  std::vector<recommendation> result;
  for (const auto& rule : rules) {
    if (rule.key == key) result.push_back(advise(rule, found));
  }
  return result;
}

FOOTFALL_END_NAMESPACE
