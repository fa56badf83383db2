// SPDX-License-Identifier: MIT
// The features of a session, declared once: the same value folds a log in a batch and one event after another live.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/stage.hpp>
#include <footfall/events/event_log.hpp>
#include <footfall/events/fold.hpp>
#include <footfall/events/fold_program.hpp>
#include <footfall/events/session_state.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A list of features, checked and made ready. A text parameter called `page` is the event's own page, a number called
/// `revenue` the revenue of its items. Immutable; what changes is the `session_state` that it is given.
class session_features {
 public:
  static constexpr std::string_view kind = "session_features";

  /// Throws bad_option for an empty list, a name that is empty or there twice, a fold that lacks what it needs, a formula on a
  /// feature that does not stand before it, one that claims an earlier stage than a feature it uses.
  explicit session_features(std::vector<session_feature> list)
      : list_(std::move(list)), program_(folds_of(list_), checked(list_)) {}

  const std::vector<session_feature>& list() const noexcept { return list_; }
  std::size_t size() const noexcept { return list_.size(); }

  /// Where the feature of that name stands. Throws unknown_name.
  std::size_t position(std::string_view name) const {
    for (std::size_t i = 0; i < list_.size(); ++i) {
      if (list_[i].name == name) return i;
    }
    fail(error_code::unknown_name, kind, "there is no feature '", name, "'");
  }

  /// With `added` at the end, or in the place of those of the same name. Throws as the constructor.
  session_features with(const std::vector<session_feature>& added) const {
    auto list = list_;
    for (const auto& each : added) {
      const auto same = std::find_if(list.begin(), list.end(), [&](const auto& a) { return a.name == each.name; });
      if (same == list.end()) {
        list.push_back(each);
      } else {
        *same = each;
      }
    }
    return session_features(std::move(list));
  }

  /// Whether a feature tells of the visitor's earlier sessions.
  bool has_history() const noexcept {
    return std::any_of(list_.begin(), list_.end(), [](const auto& each) { return each.what.is_history(); });
  }

  /// The number under which `observe` knows a name of events; 0 for one that no fold asks for.
  std::uint32_t number_of_name(std::string_view name) const noexcept { return program_.number_of_name(name); }

  /// The numbers of all names in a log, by their codes there.
  std::vector<std::uint32_t> numbers_of_names(const event_log& log) const {
    std::vector<std::uint32_t> result;
    for (std::uint32_t code = 0; code < log.names().size(); ++code) result.push_back(number_of_name(log.names()[code]));
    return result;
  }

  /// Whether every event of such a name is asked for parameters: who jumps about in a log asks the memory for them ahead.
  bool reads_parameters(std::uint32_t name) const noexcept { return program_.reads(name); }

  /// Takes one event into the state of its session and the history of its visitor; the first event begins the session. The
  /// cost is that of the folds that ask for the event's name, some nanoseconds each.
  void observe(session_state& session, visitor_history& visitor, fold_counts& counts, const event_view& event,
               std::uint32_t name) const {
    program_.observe(session, visitor, counts, event, name);
  }
  void observe(session_state& session, visitor_history& visitor, fold_counts& counts, const event_view& event) const {
    program_.observe(session, visitor, counts, event, number_of_name(event.name()));
  }

  /// What the features are now, `size()` numbers in the order of the list, NaN in the place of a category. The session must
  /// have begun.
  void values(const session_state& session, std::span<double> to) const { program_.values(session, to); }

  /// The category that feature i is now; empty where it is missing, and for a number. Good until the state changes.
  std::string_view text_of(std::size_t i, const session_state& session) const { return program_.text_of(i, session); }

  auto parts() const { return std::tie(list_); }
  /// Throws bad_parts for a list that the constructor refuses.
  static session_features from_parts(std::vector<session_feature> list) {
    try {
      return session_features(std::move(list));
    } catch (const error& wrong) {
      fail(error_code::bad_parts, kind, wrong.what());
    }
  }
  bool operator==(const session_features& other) const { return same_parts(*this, other); }

 private:
  static std::vector<fold> folds_of(const std::vector<session_feature>& list) {
    std::vector<fold> folds;
    for (const auto& each : list) folds.push_back(each.what);
    return folds;
  }

  /// Checks the list; for each formula the positions of its features.
  static std::vector<std::vector<std::size_t>> checked(const std::vector<session_feature>& list) {
    require(!list.empty(), error_code::bad_option, kind, "there must be at least one feature, got 0");
    std::vector<std::vector<std::size_t>> sources(list.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
      const session_feature& each = list[i];
      require(!each.name.empty(), error_code::bad_option, kind, "feature ", i, " has no name");
      const auto option = [&](bool good, const auto&... what) {
        require(good, error_code::bad_option, kind, "feature '", each.name, "' ", what...);
      };
      for (std::size_t j = 0; j < i; ++j) option(list[j].name != each.name, "is there twice");
      option(each.known < stage::unknown, "needs a stage");
      check(each.what, option);
      if (!each.what.is_formula()) continue;
      for (const auto& source : each.what.names) {
        std::size_t at = 0;
        while (at < i && list[at].name != source) ++at;
        option(at < i, "is made of '", source, "', which does not stand before it");
        option(!list[at].what.gives_text(), "is made of '", source, "', which is a category");
        option(list[at].known <= each.known, "claims to be known at ", name_of(each.known), ", and '", source,
               "' is not before ", name_of(list[at].known));
        sources[i].push_back(at);
      }
    }
    return sources;
  }

  template <class Option>
  static void check(const fold& what, const Option& option) {
    const auto& constants = what.constants;
    const auto need = [&](std::size_t count) { option(constants.size() == count, "needs ", count, " constants"); };
    const auto whole = [&](double number, double least, double most) {
      return number >= least && number <= most && number == std::floor(number);
    };
    for (const auto& name : what.names) option(!name.empty(), "names an event or feature that has no name");
    switch (what.type) {
      case fold_type::sum:
        need(1);
        option(std::isfinite(constants[0]), "needs a finite unit, got ", constants[0]);
        [[fallthrough]];
      case fold_type::first:
      case fold_type::last:
      case fold_type::first_text:
      case fold_type::last_text: return option(!what.parameter.empty(), "needs a parameter");
      case fold_type::largest:
        need(1);
        option(!std::isinf(constants[0]), "must be finite or missing where there is none, got ", constants[0]);
        return option(!what.parameter.empty(), "needs a parameter");
      case fold_type::distinct:
        need(1);
        option(whole(constants[0], 1, 1e6), "counts at most a number in [1, 1000000], got ", constants[0]);
        return option(!what.parameter.empty(), "needs a parameter");
      case fold_type::engaged:
        need(2);
        option(constants[0] >= 0, "needs seconds of at least 0, got ", constants[0]);
        return option(whole(constants[1], 0, static_cast<double>(what.names.size())), "has no ", constants[1],
                      " key events");
      case fold_type::furthest: need(1); return option(!what.names.empty(), "needs steps");
      case fold_type::hour:
      case fold_type::weekday:
      case fold_type::weekday_name:
        need(1);
        return option(whole(constants[0], -1440, 1440), "needs whole minutes in [-1440, 1440] east of Greenwich, got ",
                      constants[0]);
      case fold_type::weighted_sum:
        option(!what.names.empty(), "needs terms");
        need(3 * what.names.size());
        for (std::size_t i = 0; i < constants.size(); i += 3) {
          option(std::isfinite(constants[i]), "has a weight of ", constants[i]);
          option(std::isfinite(constants[i + 1]) && constants[i + 1] != 0, "divides by ", constants[i + 1]);
          option(!std::isnan(constants[i + 2]), "counts at most NaN");
        }
        return;
      case fold_type::ratio:
        need(1);
        option(what.names.size() == 2, "needs two features");
        return option(!std::isinf(constants[0]), "must be finite or missing by 0, got ", constants[0]);
      case fold_type::count:
      case fold_type::any:
      case fold_type::duration:
      case fold_type::seconds_since:
      case fold_type::sessions_before:
      case fold_type::days_since_last:
      case fold_type::events_before: return;
    }
  }

  std::vector<session_feature> list_;
  detail::fold_program program_;
};

FOOTFALL_END_NAMESPACE
