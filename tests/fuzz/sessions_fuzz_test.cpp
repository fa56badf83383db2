// SPDX-License-Identifier: MIT
// The inputs that fuzzing of sessions and channels kept, once more, each also cut off at every byte.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <tests/fuzz/channels_fuzz.hpp>
#include <tests/fuzz/sessions_fuzz.hpp>
#include <tests/source_dir.hpp>

namespace {

template <class F>
int replay(const std::string& folder, F&& check) {
  int inputs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(source_dir() / "tests/fuzz/corpus" / folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::vector<std::uint8_t> input{std::istreambuf_iterator<char>(file), {}};
    CAPTURE(entry.path().filename().string());
    for (std::size_t length = 0; length <= input.size(); ++length) {
      CAPTURE(length);
      REQUIRE_NOTHROW(check(std::span(input).first(length)));
    }
    ++inputs;
  }
  return inputs;
}

}  // namespace

TEST_CASE("sessions: the inputs that fuzzing kept") {
  std::int64_t kept = 0, late = 0, forced = 0;
  CHECK(replay("sessions", [&](std::span<const std::uint8_t> input) {
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
  CHECK(replay("channels",
               [&](std::span<const std::uint8_t> input) { ++(channels_fuzz::check(input) ? tables : errors); }) >= 10);
  CHECK(tables > 20);
  CHECK(errors > 100);
}
