// SPDX-License-Identifier: MIT
// The moments at which a session is looked at: none of them depends on what happens later.
#pragma once

#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/events/fold.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Which rows a session gives. A row holds what the events up to its moment say, those of the same microsecond in the order of
/// the log. (The moment just before the first cart event is none of these: to be cut there says that a cart follows.)
struct as_of {
  enum class moment : unsigned char { end, event, seconds, each };
  moment when = moment::end;
  index number = 0;     ///< of the event, from 1
  double after = 0;     ///< seconds
  event_names names{};  ///< of the events that give a row; none: all

  /// One row a session, after its last event.
  static as_of end() { return {}; }
  /// One row after the k-th event, from 1; none for a session of fewer.
  static as_of event(index k) { return {moment::event, k, 0, {}}; }
  /// One row a session, of the events in its first `t` seconds, the last moment included. A session that was over by then has a
  /// row too: at that moment nobody knows.
  static as_of seconds(double t) { return {moment::seconds, 0, t, {}}; }
  /// One row after each event of these names.
  static as_of each(event_names names) { return {moment::each, 0, 0, std::move(names)}; }
  /// One row after every event.
  static as_of each_event() { return {moment::each, 0, 0, {}}; }

  /// Throws bad_option for an event before the first, or seconds that are not finite and at least 0.
  void validate(std::string_view who) const {
    require(when <= moment::each, error_code::bad_option, who, "there is no such moment");
    require(when != moment::event || number >= 1, error_code::bad_option, who, "events count from 1, got ", number);
    require(when != moment::seconds || (std::isfinite(after) && after >= 0 && after <= 1e9), error_code::bad_option,
            who, "seconds must be in [0, 1e9], got ", after);
  }
};

FOOTFALL_END_NAMESPACE
