// SPDX-License-Identifier: MIT
// What makes a session: the source's own number, or a pause, midnight and a new campaign.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <footfall/core/error.hpp>
#include <footfall/core/version.hpp>
#include <footfall/events/time_zone.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The number of what an event does not have: a visitor, an id of the source, a campaign. Logs use the same one.
inline constexpr std::uint32_t no_code = std::numeric_limits<std::uint32_t>::max();

/// Where one session ends and the next begins, among the events of one visitor in time.
struct session_rules {
  /// A session is a visitor and the session id that the source gave: ids alone repeat among visitors. The rules below
  /// then cut within an id.
  bool by_source_id = false;
  /// A longer pause between two events begins a new session; one of exactly this length does not. From 5 minutes to 7 hours 55,
  /// as GA4 offers it. Nothing: no pause ends a session, which only ids of the source may ask for.
  std::optional<std::chrono::microseconds> inactivity = std::chrono::minutes(30);
  /// The first event of a new local day begins a session.
  bool at_midnight = false;
  footfall::time_zone time_zone{};
  /// An event with a campaign other than the last one named since the last pause begins a session. Events without a
  /// campaign change nothing.
  bool at_new_campaign = false;
  std::string campaign = "campaign";  ///< the text of an event that names it
  /// Events outside these moments (microseconds since 1970, UTC, both included) are left out and counted.
  std::int64_t earliest = std::numeric_limits<std::int64_t>::min();
  std::int64_t latest = std::numeric_limits<std::int64_t>::max();

  /// Google Analytics 4: 30 minutes, neither midnight nor campaigns.
  static session_rules ga4() { return {}; }

  /// Universal Analytics: 30 minutes, midnight of the shop's time zone, and new campaigns.
  static session_rules universal_analytics(footfall::time_zone zone = {}) {
    session_rules rules;
    rules.at_midnight = true;
    rules.time_zone = std::move(zone);
    rules.at_new_campaign = true;
    return rules;
  }

  /// As the source numbered them, whatever the pauses.
  static session_rules of_source() {
    session_rules rules;
    rules.by_source_id = true;
    rules.inactivity.reset();
    return rules;
  }

  /// Throws bad_option.
  void validate(std::string_view who) const {
    constexpr std::int64_t shortest = 300'000'000, longest = 28'500'000'000;
    require(inactivity.has_value() || by_source_id, error_code::bad_option, who,
            "without ids of the source there must be a time of inactivity");
    if (inactivity) {
      require(inactivity->count() >= shortest && inactivity->count() <= longest, error_code::bad_option, who,
              "inactivity must be from 5 minutes to 7 hours 55 minutes, got ", inactivity->count(), " microseconds");
    }
    require(earliest <= latest, error_code::bad_option, who, "earliest must not be after latest, got ", earliest,
            " and ", latest);
    time_zone.validate(who);
  }
};

/// Says of each event in turn whether it begins a session. One for batch and stream, so that the two cannot differ.
class session_boundary {
 public:
  /// The rules must outlive it.
  explicit session_boundary(const session_rules& rules)
      : rules_(rules),
        pause_(rules.inactivity ? static_cast<std::uint64_t>(rules.inactivity->count())
                                : std::numeric_limits<std::uint64_t>::max()) {}

  /// The next events are those of another visitor, or of another id of the source.
  void restart() noexcept { running_ = false; }

  /// Events come in time. `campaign` is any number that names it, `no_code` for none.
  bool begins_session(std::int64_t time, std::uint32_t campaign = no_code) noexcept {
    const bool paused = !running_ || longer_than_pause(last_, time);
    if (paused) campaign_ = no_code;
    bool begins = paused || (rules_.at_new_campaign && campaign != no_code && campaign != campaign_);
    if (rules_.at_midnight) {
      const std::int64_t day = rules_.time_zone.day_of(time);
      begins = begins || day != day_;
      day_ = day;
    }
    if (campaign != no_code) campaign_ = campaign;
    last_ = time;
    running_ = true;
    return begins;
  }

  /// `to` is not before `from`; their distance may be more than 63 bits hold.
  bool longer_than_pause(std::int64_t from, std::int64_t to) const noexcept {
    return static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from) > pause_;
  }

 private:
  const session_rules& rules_;
  std::uint64_t pause_;
  std::int64_t last_ = 0;
  std::int64_t day_ = 0;  // of the last event, where midnight counts
  std::uint32_t campaign_ = no_code;
  bool running_ = false;
};

FOOTFALL_END_NAMESPACE
