// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/data/csv.hpp>
#include <footfall/events/csv_log.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

// The rows below have every kind of field in every place of a piece of text that is read at once: what is found must be what a
// table of the same text says, row for row.
TEST_CASE("plain rows, and among them quoted, odd, bad and strange ones") {
  ff::random_stream random(5);
  const std::vector<std::string> visitors{"ann", "bob", "\"cem \"\"x\"\"\"",
                                          "",    "NA",  "a visitor with a long id 0123456789"};
  const std::vector<std::string> names{"view", "buy", "view", "\"sc\nroll\"", "", "add_to_cart"};
  const std::vector<std::string> times{
      "1700000000", "1700000001.5", "2024-03-01", "2024-03-01 10:00:00 UTC", "17e8", "", "NA", "never",
      "12",         "1e999",        "1700000002"};
  const std::vector<std::string> numbers{"1", "-2.25", "", "NA", "1e3", "123456789.125", "x", "\"7\"", "1e999", "0"};
  const std::vector<std::string> texts{"mobile", "", "NA", "\"a,b\"", "desktop"};
  const auto pick = [&](const std::vector<std::string>& from, std::uint64_t odd) {
    return random.below(odd) == 0 ? from[random.below(from.size())] : from[random.below(2)];
  };
  for (const std::uint64_t odd : {2ULL, 40ULL, 4000ULL}) {
    std::string text = "user_id,event,timestamp,price,note,device,revenue,session,skipped\r\n";
    for (int row = 0; row < 3000; ++row) {
      const bool returned = random.below(2) == 0;
      const auto other = numbers[random.below(odd < 100 ? 6 : 2)];
      text += pick(visitors, odd) + ',' + pick(names, odd) + ',' + pick(times, odd) + ',' + pick(numbers, odd) + ',' +
              pick(texts, odd) + ',' + pick(texts, odd) + ',' + other + ',' + pick(visitors, odd) + ',' +
              pick(texts, odd) + (returned ? "\r\n" : "\n");
    }
    const ff::log_columns columns{
        .session = "session", .revenue = "revenue", .numbers = {"price"}, .texts = {"device", "note"}};
    const auto log = ff::parse_csv_log(text, columns, {.missing = {"NA"}});
    const auto all_texts = ff::parse_csv(
        text, {.categorical = {"user_id", "event", "timestamp", "price", "note", "device", "revenue", "session"},
               .missing = {"NA"}});
    const auto field = [&](const char* name, ff::index row) -> std::string {
      const auto code = all_texts[name].codes()[static_cast<std::size_t>(row)];
      return code < 0 ? std::string() : all_texts[name].levels()[static_cast<std::size_t>(code)];
    };
    ff::event_log expected;
    ff::index without = 0;
    std::vector<std::string> reasons;
    for (ff::index row = 0; row < all_texts.rows(); ++row) {
      ff::event e{.visitor = field("user_id", row), .session = field("session", row), .name = field("event", row)};
      std::string reason;
      const auto refuse = [&](const std::string& why) {
        if (reason.empty()) reason = ff::text("row ", row, ", column ", why);
      };
      const auto number_in = [&](const char* name) {
        double number = std::numeric_limits<double>::quiet_NaN();
        const auto value = field(name, row);
        if (value.empty()) return number;
        if (ff::detail::read_number(value, number) == ff::detail::csv_number::good) return number;
        refuse(ff::text('\'', name, "': expected a number, got '", value, "'"));
        return std::numeric_limits<double>::quiet_NaN();
      };
      const auto when = field("timestamp", row);
      double ticks = 0;
      bool timed = !when.empty();
      if (timed && ff::detail::read_number(when, ticks) == ff::detail::csv_number::good) {
        if (ticks < 946'684'800)
          refuse(ff::text(
              "'timestamp': expected a time in [946684800000000, 4102444800000000] microseconds since 1970, got ",
              ticks * 1e6));
        e.time = std::llround(ticks * 1e6);
      } else if (when == "1e999") {
        refuse("'timestamp': expected a number, got '1e999'");
      } else if (timed) {
        const double seconds = ff::detail::moment_reader::seconds_of(when);
        if (std::isnan(seconds))
          refuse("'timestamp': not a time: '" + when + "'");
        else
          e.time = std::llround(seconds * 1e6);
      }
      const double price = number_in("price");
      e.revenue = number_in("revenue");
      if (e.visitor.empty()) {
        ++without;
        continue;
      }
      if (e.name.empty()) refuse("'event': the name is missing");
      if (!timed) refuse("'timestamp': the time is missing");
      if (!reason.empty()) {
        reasons.push_back(reason);
        continue;
      }
      if (!std::isnan(price)) e.numbers.push_back({"price", price});
      for (const char* name : {"note", "device"}) {
        if (!field(name, row).empty()) e.texts.push_back({name, field(name, row)});
      }
      expected.append(e);
    }
    CHECK(log.rows == 3000);
    CHECK(log.without_visitor == without);
    CHECK(log.bad == static_cast<ff::index>(reasons.size()));
    for (std::size_t i = 0; i < log.bad_rows.size(); ++i) {
      REQUIRE(ff::text("row ", log.bad_rows[i].row, ", ", log.bad_rows[i].reason) == reasons[i]);
    }
    REQUIRE(log.events.size() == expected.size());
    for (ff::index i = 0; i < expected.size(); ++i) REQUIRE(log.events[i].copy() == expected[i].copy());
    const auto same = [](std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
      return std::equal(a.begin(), a.end(), b.begin(), b.end());
    };
    CHECK(same(log.events.visitor_codes(), expected.visitor_codes()));
    CHECK(same(log.events.session_codes(), expected.session_codes()));
    CHECK(log.events.parameter_texts().size() == expected.parameter_texts().size());
    CHECK(log.events.bytes() == expected.bytes());
    // The same from a file, of which little is in memory.
    const auto path = std::filesystem::temp_directory_path() / "footfall_csv_log_part_test.csv";
    std::ofstream(path, std::ios::binary) << text;
    for (const std::size_t window : {100U, 7000U}) {
      ff::detail::csv_windows windows(path, "csv_log", window);
      const auto again = ff::detail::csv_log_in_windows(windows, columns, {.missing = {"NA"}}, "csv_log");
      CHECK(again.rows == 3000);
      CHECK(again.without_visitor == without);
      CHECK(again.bad == log.bad);
      for (std::size_t i = 0; i < log.bad_rows.size(); ++i) {
        REQUIRE(again.bad_rows[i].row == log.bad_rows[i].row);
        REQUIRE(again.bad_rows[i].reason == log.bad_rows[i].reason);
      }
      REQUIRE(again.events.size() == expected.size());
      for (ff::index i = 0; i < expected.size(); ++i) REQUIRE(again.events[i].copy() == expected[i].copy());
      CHECK(same(again.events.visitor_codes(), expected.visitor_codes()));
      CHECK(again.events.bytes() == expected.bytes());
    }
    std::filesystem::remove(path);
    if (reasons.empty()) continue;
    auto strict = columns;
    strict.strict = true;
    const auto failed = failure_of([&] { (void)ff::parse_csv_log(text, strict, {.missing = {"NA"}}); });
    CHECK(failed.message == "csv_log: " + reasons[0]);
  }
}

TEST_CASE("what is no CSV is the same error from a file in windows as from the whole text") {
  const std::string head = "user_id,event,timestamp,note\n", good = "ann,view,2024-03-01,\"a\nb\"\n";
  const auto path = std::filesystem::temp_directory_path() / "footfall_csv_log_part_test.csv";
  const auto in_windows = [&](std::size_t window) {
    ff::detail::csv_windows windows(path, "csv_log", window);
    return ff::detail::csv_log_in_windows(windows, {.texts = {"note"}}, {}, "csv_log");
  };
  for (const std::string wrong :
       {"ann,view\n", "ann,view,2024-03-01,x,y\n", "ann,vi\"ew,2024-03-01,x\n", "ann,\"view\"s,2024-03-01,x\n",
        "ann,\"view,2024-03-01,x\n", "ann,view,2024-03-01,x\ry\n", "\n", "ann,view,2024-03-01,\"\"\"\n", "\"\n"}) {
    for (const int before : {0, 1, 20}) {
      std::string text = head;
      for (int i = 0; i < before; ++i) text += good;
      text += wrong;
      for (int i = 0; i < 15; ++i) text += good;
      std::ofstream(path, std::ios::binary) << text;
      const auto whole = failure_of([&] { (void)ff::parse_csv_log(text, {.texts = {"note"}}); });
      REQUIRE(whole.message.find("line") != std::string::npos);
      for (const std::size_t window : {1U, 64U, 300U, 100'000U}) {
        CAPTURE(wrong);
        CAPTURE(window);
        CHECK(failure_of([&] { (void)in_windows(window); }).message == whole.message);
      }
    }
  }
  for (const std::string text : {"", "user_id,event\n", "user_id,,timestamp,note\n"}) {
    std::ofstream(path, std::ios::binary) << text;
    CHECK(failure_of([&] { (void)in_windows(5); }).message ==
          failure_of([&] { (void)ff::parse_csv_log(text, {.texts = {"note"}}); }).message);
  }
  std::ofstream(path, std::ios::binary) << "\xEF\xBB\xBF" + head + good + "bob,view,2024-03-02,";
  CHECK(in_windows(8).events.size() == 2);
  std::filesystem::remove(path);
}
