// SPDX-License-Identifier: MIT
// Local days: an offset from UTC, and the moments at which it changes.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// From this moment on (microseconds since 1970, UTC) clocks are `offset` ahead of UTC.
struct offset_change {
  std::int64_t from = 0;
  std::chrono::minutes offset{0};
};

/// A zone whose clocks are `offset` ahead of UTC until the first change. Without changes that is all the year round; a zone with
/// summer time lists its changes. There is no table of the world's zones in here.
struct time_zone {
  std::chrono::minutes offset{0};        ///< below 24 hours in either direction
  std::vector<offset_change> changes{};  ///< the earliest first, no two at once

  /// Throws bad_option for an offset of a day or more and for changes out of order.
  void validate(std::string_view who) const {
    const auto check = [&](std::chrono::minutes each) {
      require(each > -std::chrono::hours(24) && each < std::chrono::hours(24), error_code::bad_option, who,
              "the offset of a time zone must be less than 24 hours, got ", each.count(), " minutes");
    };
    check(offset);
    for (std::size_t i = 0; i < changes.size(); ++i) {
      check(changes[i].offset);
      require(i == 0 || changes[i - 1].from < changes[i].from, error_code::bad_option, who,
              "the changes of a time zone must come in order, got ", changes[i].from, " as number ", i);
    }
  }

  std::chrono::minutes offset_at(std::int64_t time) const noexcept {
    const auto after = std::upper_bound(changes.begin(), changes.end(), time,
                                        [](std::int64_t at, const offset_change& each) { return at < each.from; });
    return after == changes.begin() ? offset : std::prev(after)->offset;
  }

  /// The number of the local day of a moment, 0 on 1970-01-01; defined for every 64-bit number of microseconds.
  std::int64_t day_of(std::int64_t time) const noexcept {
    constexpr std::int64_t length = 86'400'000'000;
    const std::int64_t rest =
        time % length + std::chrono::microseconds(offset_at(time)).count();  // within two days of 0
    return time / length + (rest >= length ? 1 : 0) - (rest < 0 ? 1 : 0) - (rest < -length ? 1 : 0);
  }
};

FOOTFALL_END_NAMESPACE
