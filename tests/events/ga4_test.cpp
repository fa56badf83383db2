// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#ifdef FOOTFALL_HAS_GA4
#include <footfall/events/ga4.hpp>
#endif

#include <bench/events/ga4_rows.hpp>

#include <tests/events/ga4_skipped.hpp>
#include <tests/thrown.hpp>

#ifdef FOOTFALL_HAS_GA4

namespace ff = footfall;
using footfall_tests::failure_of;

namespace {

std::string line_of(int i, const std::string& rest = "") {
  return ff::text(R"({"event_timestamp":")", 1'702'643'009'060'308 + i,
                  R"(","event_name":"view","user_pseudo_id":"visitor )", i, '"', rest, "}\n");
}

ff::ga4_log read(const std::string& text, const ff::ga4_options& options = {}) {
  std::istringstream in(text);
  return ff::read_ga4(in, options);
}

// Which lines were taken, by their visitors.
std::vector<std::string> visitors_of(const ff::ga4_log& log) {
  std::vector<std::string> result;
  for (ff::index i = 0; i < log.events.size(); ++i) result.emplace_back(log.events[i].visitor());
  return result;
}

void check_nothing_lost(const ff::ga4_counts& counts) {
  CHECK(counts.lines == counts.events + counts.without_visitor + counts.blank + counts.bad);
}

}  // namespace

TEST_CASE("every line is an event or is counted, with number and reason") {
  const auto log = read("\xEF\xBB\xBF" + line_of(1) + "\n  \t\r\n" + "{\"broken\n" + line_of(2) +
                        R"({"event_timestamp":"1702643009060308","event_name":"view","user_pseudo_id":null})"
                        "\n" +
                        R"({"event_timestamp":"1702643009060308","event_name":"view"})"
                        "\r\n" +
                        "[]\n{}\n" + line_of(3));
  CHECK(log.counts.lines == 10);
  CHECK(log.counts.events == 3);
  CHECK(log.counts.without_visitor == 2);
  CHECK(log.counts.blank == 2);
  CHECK(log.counts.bad == 3);
  check_nothing_lost(log.counts);
  CHECK(visitors_of(log) == std::vector<std::string>{"visitor 1", "visitor 2", "visitor 3"});
  REQUIRE(log.counts.bad_lines.size() == 3);
  CHECK(log.counts.bad_lines[0].line == 4);
  CHECK(log.counts.bad_lines[0].reason != "");
  CHECK(log.counts.bad_lines[1].line == 8);
  CHECK(log.counts.bad_lines[1].reason == "expected an object and nothing else");
  CHECK(log.counts.bad_lines[2].line == 9);
  CHECK(log.counts.bad_lines[2].reason == "there is no time");
  CHECK(read("").counts.lines == 0);
}

TEST_CASE("a bad line never costs its neighbours, wherever in the window it lies") {
  // Among them what makes a parser of many objects at once give up the rest of its window.
  const std::vector<std::string> bad = {"{\"unclosed string\n",
                                        "\"\n",
                                        "{\n",
                                        "}\n",
                                        "\\\n",
                                        "\xFF\n",
                                        "{\"a\":\"\\ud800\"\n",
                                        "[[[[[[\n",
                                        "{\"event_name\":\n\"split\"}\n",
                                        std::string("\0\n", 2)};
  std::string text;
  std::vector<std::string> good;
  std::int64_t wrong = 0;
  for (int i = 0; i < 4000; ++i) {  // twice the window, and lines across its end
    text += line_of(i, R"(,"event_params":[{"key":"padding","value":{"string_value":")" +
                           std::string(static_cast<std::size_t>(i % 97), 'x') + "\"}}]");
    good.push_back("visitor " + std::to_string(i));
    if (i % 3 == 0) {
      const auto& each = bad[static_cast<std::size_t>(i / 3) % bad.size()];
      text += each;
      wrong += std::count(each.begin(), each.end(), '\n');
    }
  }
  const auto log = read(text);
  CHECK(visitors_of(log) == good);
  CHECK(log.counts.bad == wrong);
  CHECK(log.counts.bad_lines.size() == 100);
  check_nothing_lost(log.counts);
  CHECK(read(text, {.reported_lines = 2}).counts.bad_lines.size() == 2);
}

TEST_CASE("strict stops at the first bad line") {
  const auto failed = failure_of([] { (void)read(line_of(1) + "\n{}\n[]\n", {.strict = true}); });
  CHECK(failed.code == ff::error_code::bad_text);
  CHECK(failed.message == "read_ga4: line 3: there is no time");
  CHECK(read(line_of(1) + "\n", {.strict = true}).events.size() == 1);
}

TEST_CASE("a line that is too long is a bad line, and costs no memory") {
  std::string text = line_of(1) + line_of(2, ",\"x\":\"" + std::string(3 << 20, 'x') + "\"") + line_of(3);
  const auto log = read(text, {.longest_line = 1000});
  CHECK(visitors_of(log) == std::vector<std::string>{"visitor 1", "visitor 3"});
  REQUIRE(log.counts.bad_lines.size() == 1);
  CHECK(log.counts.bad_lines[0].line == 2);
  CHECK(log.counts.bad_lines[0].reason == "longer than 1000 bytes");
  CHECK(read(text).counts.events == 3);
  CHECK(read(text, {.longest_line = line_of(1).size() - 2}).counts.bad == 3);
  CHECK(read(text, {.longest_line = line_of(1).size() - 1}).counts.bad == 1);
}

TEST_CASE("events one after the other, without a log") {
  std::istringstream in(line_of(1) + "[]\n" + line_of(2));
  std::string seen;
  const auto counts =
      ff::for_each_ga4_event(in, {}, [&](const ff::event_fields& e) { seen += std::string(e.visitor) + ';'; });
  CHECK(seen == "visitor 1;visitor 2;");
  CHECK(counts.bad == 1);
  std::istringstream again(line_of(1));
  CHECK_THROWS_AS((void)ff::for_each_ga4_event(again, {}, [](const ff::event_fields&) { throw 5; }), int);
}

TEST_CASE("what is read can be chosen") {
  const std::string line =
      line_of(1, R"(,"event_params":[{"key":"value","value":{"int_value":3}},{"key":"tax","value":{"int_value":1}},)"
                 R"({"key":"ga_session_id","value":{"int_value":9}}],"geo":{"city":"Graz"},"user_id":"u7")");
  const auto kept = read(line, {.parameters = {"tax"}}).events[0].copy();
  REQUIRE(kept.numbers.size() == 1);
  CHECK(kept.numbers[0].key == "tax");
  CHECK(kept.session == "9");
  ff::ga4_options options;
  for (auto& each : options.fields) {
    if (each.path == "geo.city") each = {each.path, ff::ga4_use::text, "city"};
    if (each.path == "user_id") each = {each.path, ff::ga4_use::visitor};
    if (each.path == "user_pseudo_id") each = {each.path, ff::ga4_use::text, "device_id"};
  }
  const auto log = read(line, options);
  CHECK(log.events[0].visitor() == "u7");
  CHECK(log.events[0].text("city") == "Graz");
  CHECK(log.events[0].text("device_id") == "visitor 1");
  CHECK(read(line, {.latest = 1'702'643'009'060'308}).counts.bad == 1);
  CHECK(read(line, {.latest = 1'702'643'009'060'309}).counts.events == 1);
}

TEST_CASE("unknown fields are named") {
  const auto log =
      read(line_of(1, R"(,"consent_mode":{"a":1})") + line_of(2, R"(,"consent_mode":2,"geo":{"street":"x"})"));
  CHECK(log.counts.unknown_fields == std::vector<std::string>{"consent_mode", "geo.street"});
}

TEST_CASE("options and files that make no sense") {
  CHECK(failure_of([] { (void)read("", {.fields = {}}); }).code == ff::error_code::bad_option);
  CHECK(failure_of([] { (void)read("", {.longest_line = 0}); }).code == ff::error_code::bad_option);
  CHECK(failure_of([] { (void)read("", {.earliest = 2, .latest = 1}); }).code == ff::error_code::bad_option);
  CHECK(failure_of([] { (void)ff::read_ga4("no/such/file.ndjson"); }).code == ff::error_code::file);
  CHECK(failure_of([] { (void)ff::read_ga4(std::filesystem::temp_directory_path()); }).code == ff::error_code::file);
}

TEST_CASE("the order of equal and late events is the order of the lines, repeats included") {
  std::string text;
  for (const int i : {5, 3, 3, 9, 3}) text += line_of(i);
  const auto log = read(text);
  REQUIRE(log.events.size() == 5);
  CHECK(log.events.times()[1] == log.events.times()[2]);
  CHECK(log.events.times()[0] > log.events.times()[4]);
}

// Rows as long as real ones: a dozen texts and four numbers each. 44 + 8 n + 4 t, and what different texts take.
TEST_CASE("a full event takes less than 130 bytes, and its new texts") {
  std::string text;
  workload::ga4_rows rows(false);
  for (int row = 0; row < 20'000; ++row) rows.append_to(text);
  CHECK(text.size() > 1800 * 20'000);
  const auto events = read(text).events;
  REQUIRE(events.size() == 20'000);
  std::size_t numbers = 0, texts = 0;
  for (ff::index i = 0; i < events.size(); ++i) {
    numbers += events.numbers(i).size();
    texts += events.text_codes(i).size();
  }
  CHECK(numbers > 3 * 20'000);
  CHECK(texts > 12 * 20'000);
  std::size_t dictionaries = 0;
  for (const auto* each : {&events.visitors(), &events.sessions(), &events.names(), &events.pages(),
                           &events.parameter_keys(), &events.parameter_texts()}) {
    dictionaries += each->bytes();
  }
  const std::size_t own = 44 * 20'000 + 8 * numbers + 4 * texts;
  CHECK(events.bytes() >= own + dictionaries);
  CHECK(events.bytes() <= own + dictionaries + 2000);  // lists of keys, and where runs begin
  CHECK(own < 130 * 20'000);
  const auto twice = read(text + text).events;  // the same shop, pages and visitors on another day
  CHECK(twice.bytes() - events.bytes() < 130 * 20'000 + 200);
}

TEST_CASE("the fixture of fourteen events") {
  const char* const folder = std::getenv("FOOTFALL_DATA");
  if (folder == nullptr) {
    MESSAGE("skipped: FOOTFALL_DATA is not set");
    return;
  }
  // What it holds was read with Python's json.
  const auto log = ff::read_ga4(std::filesystem::path(folder) / "ga4_export_fixture_14events.ndjson", {.strict = true});
  CHECK(log.counts.events == 14);
  CHECK(log.counts.lines == 14);
  CHECK(log.counts.unknown_fields.empty());
  const auto& events = log.events;
  CHECK(events.visitors().size() == 6);
  CHECK(events.sessions().size() == 4);
  std::set<std::pair<std::uint32_t, std::uint32_t>> sessions;
  for (ff::index i = 0; i < events.size(); ++i) {
    const auto row = static_cast<std::size_t>(i);
    sessions.insert({events.visitor_codes()[row], events.session_codes()[row]});
  }
  CHECK(sessions.size() == 6);  // one id of a session belongs to three visitors
  CHECK(events[0].copy() == ff::event{.visitor = "107079580.1702642286",
                                      .session = "1702642286",
                                      .time = 1702643009060308,
                                      .name = "form_visibility",
                                      .page = "https://www.test.com/de-de/kontakt/",
                                      .numbers = {{"engaged_session_event", 1},
                                                  {"ga_session_number", 1},
                                                  {"engagement_time_msec", 17415},
                                                  {"event_tag_timestamp", 1702643008661}},
                                      .texts = {{"form_name", "form_newsletter"},
                                                {"session_engaged", "1"},
                                                {"page_title", "Kontakt"},
                                                {"ignore_referrer", "true"},
                                                {"page_referrer", "https://www.test.com/de-de/"},
                                                {"device_category", "mobile"},
                                                {"country", "Switzerland"}}});
  CHECK(events[2].is("purchase"));
  CHECK(events[2].revenue() == doctest::Approx(14.596638 + 16.403361).epsilon(1e-15));
  CHECK(events[2].number("tax") == 4.9495798319328);
  CHECK(events[2].text("transaction_id") == "257059");
  CHECK(events[3].text("transaction_id") == "257050");
  CHECK(events[12].page() ==
        "https://gtm-gear.com/posts/dataform-cloud-functions/"
        "?gclid=gclid1&fbclid=fbclid1&ttclid=ttclid1&dclid=dclid1&wbraid=wbraid1&gbraid=gbraid1");
  CHECK(events[12].text("medium") == "cpc");
  CHECK(std::isnan(events[12].revenue()));
}

#endif
