// SPDX-License-Identifier: MIT
// One event: who did what, when and where, with what a shop's tracker wrote down about it.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Of times of events, and of the lengths between them.
inline constexpr std::int64_t microseconds_per_second = 1'000'000;

/// A number that a tracker wrote down: finite.
struct number_parameter {
  std::string key;
  double value = 0;
};
/// A text that a tracker wrote down.
struct text_parameter {
  std::string key;
  std::string value;
};

/// One event, with texts of its own.
struct event {
  std::string visitor{};  ///< never empty in a log
  std::string session{};  ///< the source's own id, unique with the visitor only; empty: it has none
  std::int64_t time = 0;  ///< microseconds since 1970-01-01T00:00:00Z
  std::string name{};     ///< e.g. page_view; never empty in a log
  std::string page{};     ///< where it happened, as the source writes it; empty: not known
  std::vector<number_parameter> numbers{};
  std::vector<text_parameter> texts{};
  double revenue = std::numeric_limits<double>::quiet_NaN();  ///< of the items in this event; NaN: none is stated
};

/// An event whose texts are somebody else's, for readers that append many: the same members, which mean the same.
struct event_fields {
  struct number_field {
    std::string_view key;
    double value = 0;
  };
  struct text_field {
    std::string_view key;
    std::string_view value;
  };
  std::string_view visitor{};
  std::string_view session{};
  std::int64_t time = 0;
  std::string_view name{};
  std::string_view page{};
  std::vector<number_field> numbers{};
  std::vector<text_field> texts{};
  double revenue = std::numeric_limits<double>::quiet_NaN();
};

/// One of the two.
template <class Event>
concept event_or_fields = std::same_as<Event, event> || std::same_as<Event, event_fields>;

/// Equal in everything, parameters in their order, two missing revenues included.
inline bool operator==(const event& a, const event& b) {
  const auto same_number = [](const auto& x, const auto& y) { return x.key == y.key && x.value == y.value; };
  const auto same_text = [](const auto& x, const auto& y) { return x.key == y.key && x.value == y.value; };
  const bool same_revenue = a.revenue == b.revenue || (std::isnan(a.revenue) && std::isnan(b.revenue));
  return a.visitor == b.visitor && a.session == b.session && a.time == b.time && a.name == b.name && a.page == b.page &&
         std::equal(a.numbers.begin(), a.numbers.end(), b.numbers.begin(), b.numbers.end(), same_number) &&
         std::equal(a.texts.begin(), a.texts.end(), b.texts.begin(), b.texts.end(), same_text) && same_revenue;
}

/// The name of an event or of a parameter, made ready once to be looked for in millions of events.
class event_key {
 public:
  event_key(std::string_view name) : name_(name), mark_(mark_of(name)) {}    // NOLINT(google-explicit-constructor)
  event_key(const char* name) : event_key(std::string_view(name)) {}         // NOLINT(google-explicit-constructor)
  event_key(const std::string& name) : event_key(std::string_view(name)) {}  // NOLINT(google-explicit-constructor)

  const std::string& name() const noexcept { return name_; }
  /// A number that different names seldom share; the same in every run.
  std::uint64_t mark() const noexcept { return mark_; }

  /// FNV-1a of 64 bits (Fowler, Noll and Vo 1991).
  static constexpr std::uint64_t mark_of(std::string_view name) noexcept {
    std::uint64_t mark = 0xCBF29CE484222325;
    for (const char each : name) mark = (mark ^ static_cast<unsigned char>(each)) * 0x100000001B3;
    return mark;
  }

 private:
  std::string name_;
  std::uint64_t mark_;
};

namespace detail {

/// Times so far from 1970 that their differences would overflow are refused.
inline constexpr std::int64_t farthest_event_time = std::int64_t{1} << 61;

}  // namespace detail

/// Throws bad_value for a time more than 2^61 microseconds from 1970.
inline void require_event_time(std::int64_t time, std::string_view who) {
  require(time >= -detail::farthest_event_time && time <= detail::farthest_event_time, error_code::bad_value, who,
          "a time must be within 2^61 microseconds of 1970, got ", time);
}

/// Throws missing_value for an event without a visitor or a name, bad_value for a time more than 2^61 microseconds from 1970 or
/// a parameter without a key, missing_value or not_finite for a parameter or revenue that is NaN (revenue may be) or infinite.
template <event_or_fields Event>
void require_event(const Event& e, std::string_view who) {
  require(!e.visitor.empty(), error_code::missing_value, who, "an event has no visitor");
  require(!e.name.empty(), error_code::missing_value, who, "an event has no name");
  require_event_time(e.time, who);
  for (const auto& each : e.numbers) {
    require(!each.key.empty(), error_code::bad_value, who, "a parameter has no key");
    require(!std::isnan(each.value), error_code::missing_value, who, "parameter '", each.key, "' is NaN");
    require(std::isfinite(each.value), error_code::not_finite, who, "parameter '", each.key, "' is infinite");
  }
  for (const auto& each : e.texts) require(!each.key.empty(), error_code::bad_value, who, "a parameter has no key");
  require(!std::isinf(e.revenue), error_code::not_finite, who, "the revenue is infinite");
}

FOOTFALL_END_NAMESPACE
