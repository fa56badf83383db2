// SPDX-License-Identifier: MIT
// Names for segments, with the evidence; and no name where the evidence is thin.
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/segments/persona_rule.hpp>
#include <footfall/segments/profile.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// One condition of the rule that named a segment, and what the profile shows for it.
struct persona_evidence {
  persona_condition condition{};
  double value = 0;
  interval range{};
  footfall::contrast contrast{};  ///< of that column or level, whatever figure the condition is on

  bool operator==(const persona_evidence&) const = default;
};

/// What a segment is called and why.
struct persona {
  static constexpr std::string_view none = "no distinct persona";

  std::int32_t segment = 0;
  std::string name{none};
  std::string sentence{};                    ///< of the rule, and the evidence in words; or why there is no name
  std::vector<persona_evidence> evidence{};  ///< one a condition; empty without a name
  double margin = 0;  ///< how far its weakest figure lies from its bound, in standard deviations of all sessions

  bool distinct() const { return name != none; }
  bool operator==(const persona&) const = default;
};

/// When evidence is thin.
struct persona_options {
  std::int64_t least_sessions = 30;  ///< a smaller segment gets no name
  /// In at least one column of the rule the segment must lie this many standard deviations from all sessions, with a
  /// range that excludes 0; 0.2 is Cohen's small effect.
  double least_contrast = 0.2;
};

namespace detail {

/// At most three significant digits: evidence is read, not computed with.
inline std::string brief(double value) {
  char digits[64];
  const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::general, 3).ptr;
  return {digits, end};
}

inline std::string in_words(const persona_evidence& evidence) {
  const auto& figure = evidence.condition.figure;
  const std::string what = figure.level.empty() ? figure.column : figure.column + " " + figure.level;
  const std::string away = text(evidence.contrast.value < 0 ? "" : "+", brief(evidence.contrast.value), " deviations");
  if (figure.what == persona_figure::kind::contrast) return text(what, " ", away);
  return text(what, " ", brief(evidence.value), " (", away, ")");
}

/// A rule held against a profile.
struct rule_reading {
  std::vector<persona_evidence> evidence{};
  bool figures_hold = true;  ///< every figure is on its side of the bound
  bool ranges_hold = true;   ///< and so is its whole range
  bool stands_out = false;   ///< some column sets the segment apart
  double margin = std::numeric_limits<double>::infinity();
};

inline rule_reading read(const persona_rule& rule, const segment_profile& profile, const persona_options& options) {
  rule_reading result;
  for (const auto& condition : rule.when) {
    const auto found = condition.figure.read(profile);
    const double side = condition.above ? 1 : -1;
    const double worst = condition.above ? found.range.low : found.range.high;
    // A figure that is missing (NaN) holds for nothing.
    result.figures_hold = result.figures_hold && side * (found.value - condition.bound) > 0;
    result.ranges_hold = result.ranges_hold && side * (worst - condition.bound) > 0;
    const auto& apart = found.contrast;
    result.stands_out = result.stands_out || (std::fabs(apart.value) >= options.least_contrast &&
                                              (apart.range.low > 0 || apart.range.high < 0));
    const double distance = side * (found.value - condition.bound);
    result.margin = std::min(result.margin, found.deviation > 0 ? distance / found.deviation : 0);
    result.evidence.push_back({condition, found.value, found.range, apart});
  }
  return result;
}

inline void require_rules(const std::vector<persona_rule>& rules, const persona_options& options) {
  const auto who = "name_personas";
  require(!rules.empty(), error_code::bad_option, who, "there must be at least one rule, got 0");
  require(options.least_sessions >= 1, error_code::bad_option, who, "least_sessions must be at least 1, got ",
          options.least_sessions);
  require(options.least_contrast >= 0 && std::isfinite(options.least_contrast), error_code::bad_option, who,
          "least_contrast must be finite and at least 0, got ", options.least_contrast);
  std::set<std::string_view> names;
  for (const auto& rule : rules) {
    require(!rule.name.empty() && rule.name != persona::none, error_code::bad_option, who,
            "a rule must have a name of its own, got '", rule.name, "'");
    require(names.insert(rule.name).second, error_code::bad_option, who, "there are two rules '", rule.name, "'");
    require(!rule.when.empty(), error_code::bad_option, who, "rule '", rule.name, "' has no condition");
    for (const auto& condition : rule.when) {
      require(std::isfinite(condition.bound), error_code::bad_option, who, "rule '", rule.name,
              "': a bound must be finite, got ", condition.bound);
    }
  }
}

}  // namespace detail

/// A persona for each profile, in their order. Rules are asked in their order. A rule holds for a segment when the whole
/// range of each figure, not just the figure, lies on its side of the bound, when some column of the rule sets the
/// segment apart from all sessions (`least_contrast`), and when it has `least_sessions`. Of the segments without a name
/// for which it holds, the one with the widest margin gets the name, ties the larger and then the lower number: so a
/// name is given once, and a segment has one at most. Others may get the name of a later rule; a segment that gets none
/// says why. Throws bad_option for rules without name or condition, of one name, or options out of range, unknown_name
/// for a rule on a column that the profiles lack.
inline std::vector<persona> name_personas(const std::vector<segment_profile>& profiles,
                                          const std::vector<persona_rule>& rules, const persona_options& options = {}) {
  detail::require_rules(rules, options);
  std::vector<persona> result(profiles.size());
  for (std::size_t i = 0; i < profiles.size(); ++i) result[i].segment = profiles[i].segment;
  std::vector<std::string> thin(profiles.size());
  for (const auto& rule : rules) {
    persona* best = nullptr;
    std::int64_t best_sessions = 0;
    detail::rule_reading best_reading;
    std::vector<std::size_t> beaten;
    for (std::size_t i = 0; i < profiles.size(); ++i) {
      auto reading = detail::read(rule, profiles[i], options);
      if (result[i].distinct() || !reading.figures_hold) continue;
      const auto because = [&](const auto&... words) {
        if (thin[i].empty()) thin[i] = text("'", rule.name, "' would fit, but ", words..., ".");
      };
      if (profiles[i].sessions < options.least_sessions) {
        because("there are only ", profiles[i].sessions, " sessions");
      } else if (!reading.ranges_hold) {
        because("a bound lies within the range of its figure");
      } else if (!reading.stands_out) {
        because("no column of it sets these sessions apart from all");
      } else if (best == nullptr || reading.margin > best_reading.margin ||
                 (reading.margin == best_reading.margin && profiles[i].sessions > best_sessions)) {
        if (best != nullptr) beaten.push_back(static_cast<std::size_t>(best - result.data()));
        best = &result[i];
        best_sessions = profiles[i].sessions;
        best_reading = std::move(reading);
      } else {
        beaten.push_back(i);
      }
    }
    for (const std::size_t i : beaten) {
      if (thin[i].empty())
        thin[i] = text("'", rule.name, "' would fit, but it fits segment ", best->segment, " better.");
    }
    if (best == nullptr) continue;
    best->name = rule.name;
    best->sentence = rule.sentence;
    best->evidence = std::move(best_reading.evidence);
    best->margin = best_reading.margin;
    for (std::size_t i = 0; i < best->evidence.size(); ++i) {
      best->sentence += (i == 0 ? " Seen in: " : "; ") + detail::in_words(best->evidence[i]);
    }
    best->sentence += '.';
  }
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (!result[i].distinct()) result[i].sentence = thin[i].empty() ? "No rule fits." : thin[i];
  }
  return result;
}

FOOTFALL_END_NAMESPACE
