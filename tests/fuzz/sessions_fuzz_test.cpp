// SPDX-License-Identifier: MIT
// The inputs that fuzzing of sessions and channels kept, once more, each also cut off at every byte.
#include <cstdint>
#include <span>

#include <doctest/doctest.h>

#include <tests/fuzz/channels_fuzz.hpp>
#include <tests/fuzz/replay.hpp>
#include <tests/fuzz/sessions_fuzz.hpp>

TEST_CASE("sessions: the inputs that fuzzing kept") {
  std::int64_t kept = 0, late = 0, forced = 0;
  CHECK(fuzz::replay_beginnings("sessions", [&](std::span<const std::uint8_t> input) {
          const auto ledger = sessions_fuzz::check_bytes(input);
          kept += ledger.events.in_sessions;
          late += ledger.too_late;
          forced += ledger.forced_sessions;
        }) >= 10);
  CHECK(kept > 100);
  CHECK(late > 10);
  CHECK(forced > 10);
}

TEST_CASE("channels: the inputs that fuzzing kept") {
  int tables = 0, errors = 0;
  CHECK(fuzz::replay_beginnings("channels", [&](std::span<const std::uint8_t> input) {
          ++(channels_fuzz::check(input) ? tables : errors);
        }) >= 10);
  CHECK(tables > 20);
  CHECK(errors > 100);
}
