// SPDX-License-Identifier: MIT
// Lines of an export, by hand, and all the way round through the reader.
#include <cstdint>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include <footfall/synthetic/fashion_events.hpp>
#include <footfall/synthetic/ga4_lines.hpp>
#ifdef FOOTFALL_HAS_GA4
#include <footfall/events/ga4.hpp>
#endif

#include <tests/thrown.hpp>

namespace ff = footfall;

TEST_CASE("one line, by hand") {
  const ff::event e{.visitor = "12.34",
                    .session = "1756720800",
                    .time = 1'756'720'800'250'000,  // 2025-09-01 10:00:00.25 UTC
                    .name = "purchase",
                    .page = "https://shop.example/?a=1&b=<2>",
                    .numbers = {{"value", 99.5}, {"off_site", 1}},
                    .texts = {{"device_category", "mobile"}, {"country", "DE"}, {"source", "say \"hi\"\n"}},
                    .revenue = 99.5};
  CHECK(ff::ga4_line(e) ==
        R"({"event_date":"20250901","event_timestamp":"1756720800250000","event_name":"purchase",)"
        R"("user_pseudo_id":"12.34","device":{"category":"mobile"},"geo":{"country":"DE"},"event_params":[)"
        R"({"key":"source","value":{"string_value":"say \"hi\"\u000a"}},)"
        R"({"key":"ga_session_id","value":{"int_value":"1756720800"}},)"
        R"({"key":"page_location","value":{"string_value":"https://shop.example/?a=1\u0026b=\u003c2\u003e"}},)"
        R"({"key":"value","value":{"double_value":99.5}},{"key":"off_site","value":{"int_value":"1"}}],)"
        R"("items":[{"item_revenue":99.5}]})");
}

TEST_CASE("broken lines stand between the others, whole ones all") {
  const auto log = ff::fashion_events{.shop = {.sessions = 200, .seed = 6}}.log();
  std::ostringstream clean, dirty, again;
  const auto whole = ff::write_ga4(clean, log);
  CHECK(whole.events == log.size());
  CHECK(whole.broken == 0);
  const auto counts = ff::write_ga4(dirty, log, 0.1, 3);
  ff::write_ga4(again, log, 0.1, 3);
  CHECK(dirty.str() == again.str());
  CHECK(counts.events == log.size());
  CHECK(counts.broken > log.size() / 20);
  CHECK(counts.broken < log.size() / 5);
  ff::index lines = 0;
  for (const char c : dirty.str()) lines += c == '\n' ? 1 : 0;
  CHECK(lines == counts.events + counts.broken);
  CHECK(code_thrown_by([&] { return ff::write_ga4(clean, log, 1.5); }) == "bad_option");
  CHECK(code_thrown_by([&] { return ff::write_ga4(std::filesystem::path("/no/such/folder/x"), log); }) == "file");
}

#ifdef FOOTFALL_HAS_GA4
TEST_CASE("what is written is read back, and broken lines cost nobody else") {
  const auto log = ff::fashion_events{.shop = {.sessions = 300, .seed = 6}}.log();
  std::stringstream file;
  const auto written = ff::write_ga4(file, log, 0.05, 1);
  const auto read = ff::read_ga4(file);
  CHECK(read.counts.bad == written.broken);
  CHECK(read.counts.unknown_fields.empty());
  REQUIRE(read.events.size() == log.size());
  for (ff::index i = 0; i < log.size(); ++i) REQUIRE(read.events[i].copy() == log[i].copy());
}
#else
TEST_CASE("what is written is read back, and broken lines cost nobody else") {
  MESSAGE("skipped: this build has no reader of exports");
}
#endif
