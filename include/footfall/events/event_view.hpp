// SPDX-License-Identifier: MIT
// One event to read, in a log or alone: what folds over events take, whether all are there or one comes after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <footfall/core/types.hpp>
#include <footfall/events/event.hpp>
#include <footfall/events/text_dictionary.hpp>

FOOTFALL_BEGIN_NAMESPACE

class event_log;

/// Cheap to copy; good as long as what it looks at: an event alone, with texts of its own or of somebody else, or one in a log. In a log, keys are compared as numbers and texts only where these match.
/// What it reads in a log needs event_log.hpp.
class event_view {
 public:
  event_view(const event& alone) noexcept : event_(&alone) {}          // NOLINT(google-explicit-constructor)
  event_view(const event_fields& alone) noexcept : fields_(&alone) {}  // NOLINT(google-explicit-constructor)
  event_view(const event_log& log, index i) noexcept : log_(&log), at_(i) {}

  std::string_view visitor() const noexcept;
  /// Empty where the source gives none.
  std::string_view session() const noexcept;
  /// Microseconds since 1970-01-01T00:00:00Z.
  std::int64_t time() const noexcept;
  std::string_view name() const noexcept;
  /// Empty where it is not known.
  std::string_view page() const noexcept;
  /// Of the items in this event; NaN where none is stated.
  double revenue() const noexcept;

  /// Is this its name?
  bool is(const event_key& name) const noexcept;
  /// The first number of that key; NaN without one.
  double number(const event_key& key) const noexcept;
  /// The first text of that key; empty without one.
  std::string_view text(const event_key& key) const noexcept;

  /// The whole event, with texts of its own.
  event copy() const;

 private:
  /// f(event), where it is one alone.
  template <class F>
  auto alone(const F& f) const {
    return event_ != nullptr ? f(*event_) : f(*fields_);
  }
  std::size_t row() const noexcept { return static_cast<std::size_t>(at_); }
  std::string_view text_or_none(const text_dictionary& texts, const std::vector<std::uint32_t>& codes) const noexcept;
  static bool matches(const event_key& key, std::uint32_t code, const std::vector<std::uint64_t>& marks,
                      const text_dictionary& names) noexcept;

  const event* event_ = nullptr;  // one of the three
  const event_fields* fields_ = nullptr;
  const event_log* log_ = nullptr;
  index at_ = 0;
};

FOOTFALL_END_NAMESPACE
