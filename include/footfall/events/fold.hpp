// SPDX-License-Identifier: MIT
// What a feature of a session is made of: a fold over its events, or a formula over features that stand before it.
#pragma once

#include <concepts>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/stage.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// How a fold reads its events. `fold` says what each gives.
enum class fold_type : unsigned char {
  count,
  any,
  sum,
  largest,
  first,
  last,
  first_text,
  last_text,
  distinct,
  duration,
  engaged,
  furthest,
  seconds_since,
  hour,
  weekday,
  weekday_name,
  sessions_before,
  days_since_last,
  events_before,
  weighted_sum,
  ratio
};

/// Names of events: one, or several in braces; none stands for every event.
class event_names : public std::vector<std::string> {
 public:
  event_names() = default;
  event_names(const char* one) : vector{std::string(one)} {}  // NOLINT(google-explicit-constructor): reads as a name
  event_names(std::string one) : vector{std::move(one)} {}    // NOLINT(google-explicit-constructor)
  event_names(std::initializer_list<std::string> several) : vector(several) {}
};

/// A term of a weighted sum.
struct weighted_term {
  std::string column;  ///< a feature that stands earlier in the list
  double weight = 1;
  double per = 1;                                         ///< the feature is divided by this, e.g. 60 to count minutes
  double most = std::numeric_limits<double>::infinity();  ///< it counts at most this much, before weight and division
};

/// One fold, made by the functions below. It reads each event once, in order, and never looks back: what it gives after
/// an event depends on that event and on those before it, in a batch and live alike. A parameter that is absent, is text where a number is
/// needed, or is not finite does not count, and is counted as such.
struct fold {
  fold_type type = fold_type::count;
  std::vector<std::string>
      names{};              ///< of events, the steps of a funnel, or the features of a formula; none: every event
  std::string parameter{};  ///< what it reads of an event
  std::vector<double> constants{};  ///< as the function that made it says

  static constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  static constexpr double no_end = std::numeric_limits<double>::infinity();

  /// How many such events.
  static fold count(event_names of) { return {fold_type::count, std::move(of), {}, {}}; }
  /// 1 after the first such event, 0 before.
  static fold any(event_names of) { return {fold_type::any, std::move(of), {}, {}}; }
  /// The sum of a parameter, each number times `unit`; 0 where none was seen.
  static fold sum(event_names of, std::string parameter, double unit = 1) {
    return {fold_type::sum, std::move(of), std::move(parameter), {unit}};
  }
  /// The largest number so far, `otherwise` before there is one.
  static fold largest(event_names of, std::string parameter, double otherwise = missing) {
    return {fold_type::largest, std::move(of), std::move(parameter), {otherwise}};
  }
  /// The first number, missing before there is one.
  static fold first(event_names of, std::string parameter) {
    return {fold_type::first, std::move(of), std::move(parameter), {}};
  }
  /// The latest number, missing before there is one.
  static fold last(event_names of, std::string parameter) {
    return {fold_type::last, std::move(of), std::move(parameter), {}};
  }
  /// The first text that is not empty: a category, missing before there is one.
  static fold first_text(event_names of, std::string parameter) {
    return {fold_type::first_text, std::move(of), std::move(parameter), {}};
  }
  /// The latest text that is not empty.
  static fold last_text(event_names of, std::string parameter) {
    return {fold_type::last_text, std::move(of), std::move(parameter), {}};
  }
  /// How many different texts, told apart by 64 bits of hash; it stops at `most`, which bounds its memory (8 to 32 bytes
  /// each), and what it then leaves out is counted.
  static fold distinct(event_names of, std::string parameter, int most = 1000) {
    return {fold_type::distinct, std::move(of), std::move(parameter), {static_cast<double>(most)}};
  }
  /// Seconds from the earliest to the latest event so far.
  static fold duration() { return {fold_type::duration, {}, {}, {}}; }
  /// Seconds of attention as the browser measured them: the sum of `engagement_time_msec`, on whatever event it comes.
  static fold engaged_time() { return sum({}, "engagement_time_msec", 0.001); }
  /// Google's engaged session, 1 or 0: longer than `longer_than` seconds, or a key event, or at least two views. (Analytics
  /// Help, "About Analytics sessions".) A purchase among the key events makes it part of the outcome.
  static fold engaged(event_names key_events, event_names views = {"page_view", "screen_view"},
                      double longer_than = 10) {
    const auto keys = static_cast<double>(key_events.size());
    key_events.insert(key_events.end(), views.begin(), views.end());
    return {fold_type::engaged, std::move(key_events), {}, {longer_than, keys}};
  }
  /// The furthest step of a funnel, from 1; 0 before the first. Steps may be skipped; with `in_order` a step counts only
  /// straight after the one before it.
  static fold furthest(event_names steps, bool in_order = false) {
    return {fold_type::furthest, std::move(steps), {}, {in_order ? 1.0 : 0.0}};
  }
  /// Seconds from the latest such event to the latest event of all; missing before there is one.
  static fold seconds_since(event_names of) { return {fold_type::seconds_since, std::move(of), {}, {}}; }
  /// The hour, 0 to 23, in which the session began, in a zone so many minutes east of Greenwich. It knows no summer time.
  static fold hour(int minutes_east = 0) { return {fold_type::hour, {}, {}, {static_cast<double>(minutes_east)}}; }
  /// The day on which the session began, Monday 0 to Sunday 6, in such a zone.
  static fold weekday(int minutes_east = 0) {
    return {fold_type::weekday, {}, {}, {static_cast<double>(minutes_east)}};
  }
  /// The same day as a category: Mon, Tue, Wed, Thu, Fri, Sat, Sun.
  static fold weekday_name(int minutes_east = 0) {
    return {fold_type::weekday_name, {}, {}, {static_cast<double>(minutes_east)}};
  }
  /// How many sessions of the visitor began before this one.
  static fold sessions_before() { return {fold_type::sessions_before, {}, {}, {}}; }
  /// Days from the visitor's last event before this session to its first; missing for a visitor's first session.
  static fold days_since_last() { return {fold_type::days_since_last, {}, {}, {}}; }
  /// How many such events the visitor had before this session began.
  static fold events_before(event_names of) { return {fold_type::events_before, std::move(of), {}, {}}; }

  /// The sum of weight x feature / per over features that stand earlier in the list; missing where one is.
  static fold weighted_sum(const std::vector<weighted_term>& terms) {
    fold result{fold_type::weighted_sum, {}, {}, {}};
    for (const auto& each : terms) {
      result.names.push_back(each.column);
      result.constants.push_back(each.weight);
      result.constants.push_back(each.per);
      result.constants.push_back(each.most);
    }
    return result;
  }
  /// One earlier feature divided by another, `by_zero` where the lower one is 0.
  static fold ratio(std::string of, std::string to, double by_zero = missing) {
    return {fold_type::ratio, {std::move(of), std::move(to)}, {}, {by_zero}};
  }

  /// Whether it gives a category; all others give a number.
  bool gives_text() const noexcept {
    return type == fold_type::first_text || type == fold_type::last_text || type == fold_type::weekday_name;
  }
  /// Whether it is computed from other features and sees no event.
  bool is_formula() const noexcept { return type == fold_type::weighted_sum || type == fold_type::ratio; }
  /// Whether it tells of the visitor's earlier sessions.
  bool is_history() const noexcept {
    return type == fold_type::sessions_before || type == fold_type::days_since_last || type == fold_type::events_before;
  }

  auto parts() const { return std::tie(type, names, parameter, constants); }
  static fold from_parts(fold_type type, std::vector<std::string> names, std::string parameter,
                         std::vector<double> constants) {
    require(type <= fold_type::ratio, error_code::bad_parts, "fold", "there is no kind ", static_cast<int>(type));
    return {type, std::move(names), std::move(parameter), std::move(constants)};
  }
};

/// A line of the list: what the column is called, what it is made of, and from which moment of a session it says something
/// that an earlier one could not know.
struct session_feature {
  std::string name;
  fold what;
  stage known = stage::browse;

  auto parts() const { return std::tie(name, what, known); }
  static session_feature from_parts(std::string name, fold what, stage known) {
    return {std::move(name), std::move(what), known};
  }
};

FOOTFALL_END_NAMESPACE
