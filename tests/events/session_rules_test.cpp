// SPDX-License-Identifier: MIT
#include <chrono>
#include <cstdint>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/session_rules.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

constexpr std::int64_t minute = 60'000'000;

struct at {
  std::int64_t time;
  std::uint32_t campaign = ff::no_code;
};

// 1 where an event begins a session.
std::vector<int> begins(const ff::session_rules& rules, const std::vector<at>& events) {
  ff::session_boundary boundary(rules);
  std::vector<int> result;
  for (const auto& each : events) result.push_back(boundary.begins_session(each.time, each.campaign) ? 1 : 0);
  return result;
}

using flags = std::vector<int>;

}  // namespace

TEST_CASE("a pause longer than the limit begins a session, one of exactly the limit does not") {
  const auto rules = ff::session_rules::ga4();
  CHECK(begins(rules, {{0}, {30 * minute}, {60 * minute + 1}, {61 * minute}}) == flags{1, 0, 1, 0});
  // GA4 cuts neither at midnight nor at a new campaign.
  CHECK(begins(rules, {{-minute, 1}, {minute, 2}}) == flags{1, 0});
}

TEST_CASE("the distance of two times may be more than 63 bits hold") {
  const auto low = std::numeric_limits<std::int64_t>::min(), high = std::numeric_limits<std::int64_t>::max();
  CHECK(begins(ff::session_rules::ga4(), {{low}, {low + 1}, {high - 1}, {high}}) == flags{1, 0, 1, 0});
  CHECK(begins(ff::session_rules::of_source(), {{low}, {high}}) == flags{1, 0});
}

TEST_CASE("Universal Analytics cuts at midnight of the shop's zone") {
  CHECK(begins(ff::session_rules::universal_analytics(), {{-minute}, {minute}}) == flags{1, 1});
  const ff::time_zone paris{.offset = std::chrono::minutes(60)};
  CHECK(begins(ff::session_rules::universal_analytics(paris), {{-minute}, {minute}}) == flags{1, 0});
  CHECK(begins(ff::session_rules::universal_analytics(paris), {{-61 * minute}, {-59 * minute}}) == flags{1, 1});
}

TEST_CASE("Universal Analytics cuts at a campaign other than the last one") {
  const auto rules = ff::session_rules::universal_analytics();
  // Without a campaign nothing changes; the same again changes nothing; one after none begins a session.
  CHECK(begins(rules, {{1, 7}, {2, ff::no_code}, {3, 7}, {4, 8}, {5, 7}}) == flags{1, 0, 0, 1, 1});
  CHECK(begins(rules, {{1, ff::no_code}, {2, 7}}) == flags{1, 1});
  // It is remembered over midnight, and forgotten after a pause.
  CHECK(begins(rules, {{-2, 7}, {-1, 7}, {1, ff::no_code}, {2, 7}}) == flags{1, 0, 1, 0});
  CHECK(begins(rules, {{1, 7}, {31 * minute, ff::no_code}, {32 * minute, 7}}) == flags{1, 1, 1});
}

TEST_CASE("another visitor begins anew") {
  const auto rules = ff::session_rules::ga4();
  ff::session_boundary boundary(rules);
  CHECK(boundary.begins_session(5));
  CHECK_FALSE(boundary.begins_session(6));
  boundary.restart();
  CHECK(boundary.begins_session(7));
}

TEST_CASE("rules out of their range are refused") {
  const auto refusal = [](const ff::session_rules& rules) {
    return thrown_by([&] {
      rules.validate("rules");
      return 0;
    });
  };
  for (const auto& preset :
       {ff::session_rules::ga4(), ff::session_rules::universal_analytics(), ff::session_rules::of_source()}) {
    CHECK(refusal(preset) == "");
  }
  using std::chrono::microseconds;
  using std::chrono::minutes;
  CHECK(refusal({.inactivity = minutes(5)}) == "");
  CHECK(refusal({.inactivity = minutes(475)}) == "");
  CHECK(refusal({.inactivity = microseconds(minutes(5)) - microseconds(1)}) ==
        "bad_option: rules: inactivity must be from 5 minutes to 7 hours 55 minutes, got 299999999 microseconds");
  CHECK(refusal({.inactivity = microseconds(minutes(475)) + microseconds(1)}) ==
        "bad_option: rules: inactivity must be from 5 minutes to 7 hours 55 minutes, got 28500000001 microseconds");
  CHECK(refusal({.inactivity = microseconds(-1)}).find("got -1") != std::string::npos);
  CHECK(refusal({.inactivity = {}}) ==
        "bad_option: rules: without ids of the source there must be a time of inactivity");
  CHECK(refusal({.earliest = 2, .latest = 1}) == "bad_option: rules: earliest must not be after latest, got 2 and 1");
  CHECK(refusal(ff::session_rules::universal_analytics({.offset = std::chrono::hours(24)})) ==
        "bad_option: rules: the offset of a time zone must be less than 24 hours, got 1440 minutes");
}
