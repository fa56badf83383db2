// SPDX-License-Identifier: MIT
// Evidence as values: what was found about something, with its test, its interval, or an input that somebody supplied.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/statistics/interval.hpp>
#include <footfall/statistics/rate.hpp>
#include <footfall/statistics/tests.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// One finding. What is not known stays empty, and whatever needs it is withheld.
struct evidence {
  std::optional<double> effect{};                ///< a difference, a share, a strength
  std::optional<footfall::interval> interval{};  ///< of the effect
  std::optional<double> p_value{};               ///< adjusted, where it is one of several
  std::string source{};                          ///< where it comes from, for people to read
};

/// Findings about one subject (a channel, a segment), by name. Data: any program can fill it.
class evidence_list {
 public:
  explicit evidence_list(std::string subject) : subject_(std::move(subject)) {}

  const std::string& subject() const noexcept { return subject_; }

  /// Adds a finding. Throws bad_value for a name that is there already, a p-value outside [0, 1] or an effect that is NaN.
  evidence_list& add(std::string name, evidence found) {
    const std::string_view who = "evidence_list";
    require(!found.effect || *found.effect == *found.effect, error_code::bad_value, who, "the effect of '", name,
            "' is missing (NaN): leave it empty");
    require(!found.p_value || (*found.p_value >= 0 && *found.p_value <= 1), error_code::bad_value, who,
            "the p-value of '", name, "' must be in [0, 1], got ", found.p_value.value_or(0));
    const auto [at, is_new] = found_.emplace(std::move(name), std::move(found));
    require(is_new, error_code::bad_value, who, "'", at->first, "' is there already");
    return *this;
  }
  /// A test by itself, e.g. of all channels together.
  evidence_list& add(std::string name, const test_result& test) {
    return add(std::move(name), evidence{.effect = test.effect, .p_value = test.p_value, .source = test.test});
  }
  /// A rate with Wilson's interval. Without trials nothing is known.
  evidence_list& add(std::string name, const rate& of) {
    if (of.trials == 0) return add(std::move(name), evidence{.source = "no sessions"});
    return add(std::move(name),
               evidence{.effect = of.value, .interval = of.wilson, .source = text(of.hits, " of ", of.trials)});
  }
  /// A number that was supplied, such as a cost; absent stays absent.
  evidence_list& add_input(std::string name, std::optional<double> value) {
    return add(std::move(name), evidence{.effect = value, .source = value ? "supplied" : "not supplied"});
  }

  /// The finding of that name, or null.
  const evidence* find(std::string_view name) const noexcept {
    const auto found = found_.find(name);
    return found == found_.end() ? nullptr : &found->second;
  }

 private:
  std::string subject_;
  std::map<std::string, evidence, std::less<>> found_;
};

FOOTFALL_END_NAMESPACE
