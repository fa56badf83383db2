// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/csv_log.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

namespace {

constexpr std::int64_t second = ff::microseconds_per_second;

ff::table_log read(const std::string& text, const ff::log_columns& columns, const ff::csv_options& options = {}) {
  const std::vector<char> exact(text.begin(), text.end());  // ends where the text ends, for the address sanitizer
  return ff::parse_csv_log({exact.data(), exact.size()}, columns, options);
}

std::string error_of(const std::string& text, const ff::log_columns& columns) {
  return failure_of([&] { (void)read(text, columns); }).message;
}

}  // namespace

TEST_CASE("another shop's log in a few lines") {
  const auto log = read(
      "event_time,event_type,product_id,category_code,price,user_id,user_session,ignored\n"
      "2019-10-01 00:00:00 UTC,view,44600062,,35.79,541312140,72d76fde,x\n"
      "2019-10-01T00:00:01.25Z,cart,3900821,appliances.kitchen,,554748717,9333dfbd,\n"
      "2019-10-01T02:00:02+02:00,purchase,17200506,\"furniture,room\",543.10,541312140,72d76fde,y\n",
      {.visitor = "user_id",
       .name = "event_type",
       .time = "event_time",
       .session = "user_session",
       .page = "product_id",
       .numbers = {"price"},
       .texts = {"category_code"}});
  CHECK(log.rows == 3);
  REQUIRE(log.events.size() == 3);
  CHECK(log.events[0].copy() == ff::event{.visitor = "541312140",
                                          .session = "72d76fde",
                                          .time = 1569888000 * second,
                                          .name = "view",
                                          .page = "44600062",
                                          .numbers = {{"price", 35.79}}});
  CHECK(log.events[1].copy() == ff::event{.visitor = "554748717",
                                          .session = "9333dfbd",
                                          .time = 1569888001 * second + 250'000,
                                          .name = "cart",
                                          .page = "3900821",
                                          .texts = {{"category_code", "appliances.kitchen"}}});
  CHECK(log.events[2].time() == 1569888002 * second);
  CHECK(log.events[2].text("category_code") == "furniture,room");
  CHECK(log.events.visitor_codes()[0] == log.events.visitor_codes()[2]);
}

TEST_CASE("times as numbers, in three units") {
  for (const auto& [ticks, suffix] :
       {std::pair<std::int64_t, std::string>{1, ""}, {1000, "000"}, {1'000'000, "000000"}}) {
    const auto log = read("user_id;event;timestamp\nu;view;1700000000" + suffix + "\nu;view;1700000001" + suffix + "\n",
                          {.ticks_per_second = ticks}, {.delimiter = ';'});
    REQUIRE(log.events.size() == 2);
    CHECK(log.events.times()[0] == 1'700'000'000 * second);
    CHECK(log.events.times()[1] == 1'700'000'001 * second);
  }
  CHECK(read("user_id,event,timestamp\nu,view,1700000000.123456\n", {}).events.times()[0] == 1'700'000'000'123'456);
  CHECK(read("user_id,event,timestamp\nu,view,1700000000123\n", {}).bad == 1);  // milliseconds, said to be seconds
  CHECK(read("user_id,event,timestamp\nu,view,1700000000\n", {.ticks_per_second = 1000}).bad == 1);
}

TEST_CASE("every row is an event or is counted, with its number and reason") {
  const std::string text =
      "user_id,event,timestamp,revenue\n"
      "a,view,2024-03-01,\n,view,2024-03-01,\nb,,2024-03-01,1\nc,view,,1\nd,view,yesterday,1\ne,view,1024-03-01,1\nf,"
      "buy,2024-03-02,2.5\n";
  const auto log = read(text, {.revenue = "revenue"});
  CHECK(log.rows == 7);
  CHECK(log.events.size() == 2);
  CHECK(log.without_visitor == 1);
  CHECK(log.bad == 4);
  CHECK(std::isnan(log.events[0].revenue()));
  CHECK(log.events[1].revenue() == 2.5);
  CHECK(log.events[1].visitor() == "f");
  REQUIRE(log.bad_rows.size() == 4);
  CHECK(log.bad_rows[0].row == 2);
  CHECK(log.bad_rows[0].reason == "column 'event': the name is missing");
  CHECK(log.bad_rows[1].reason == "column 'timestamp': the time is missing");
  CHECK(log.bad_rows[2].row == 4);
  CHECK(log.bad_rows[2].reason == "column 'timestamp': not a time: 'yesterday'");
  CHECK(log.bad_rows[3].reason.find("expected a time in [946684800000000, ") != std::string::npos);
  CHECK(read(text, {.revenue = "revenue", .reported_rows = 1}).bad_rows.size() == 1);
  const auto failed = failure_of([&] { (void)read(text, {.strict = true}); });
  CHECK(failed.code == ff::error_code::bad_text);
  CHECK(failed.message == "csv_log: row 2, column 'event': the name is missing");
}

TEST_CASE("fields are read as CSV is read") {
  const auto log = read(
      "\xEF\xBB\xBFuser_id;event;timestamp;note;n\r\n\"a\"\"b\";\"vi\new\";2024-03-01;\"x;\"\"y\"\"\";NA\r\nu;v;2024-"
      "03-01;NA;-1.5e2",
      {.numbers = {"n"}, .texts = {"note"}}, {.delimiter = ';', .missing = {"NA"}});
  REQUIRE(log.events.size() == 2);
  CHECK(log.events[0].visitor() == "a\"b");
  CHECK(log.events[0].name() == "vi\new");
  CHECK(log.events[0].text("note") == "x;\"y\"");
  CHECK(std::isnan(log.events[0].number("n")));
  CHECK(log.events[1].text("note") == "");
  CHECK(log.events[1].number("n") == -150);
  const std::string head = "user_id,event,timestamp,n\n";
  CHECK(read(head, {}).rows == 0);
  CHECK(read(head + "u,v,2024-03-01,1.5.2\nu,v,2024-03-01,1e999\n", {.numbers = {"n"}}).bad_rows.at(0).reason ==
        "column 'n': expected a number, got '1.5.2'");
  CHECK(read(head + "u,v,2024-03-01,1e999\n", {.numbers = {"n"}}).bad == 1);
  CHECK(read(head + "u,v,2024-03-01,1e999\n", {}).bad == 0);  // nobody asked for it
  CHECK(error_of(head + "u,v,2024-03-01\n", {}) == "csv_log: line 2: expected 4 fields, got 3");
  CHECK(error_of(head + "u,v,2024-03-01,1,2,3\n", {}) == "csv_log: line 2: expected 4 fields, got 6");
  CHECK(error_of(head + "u,v,2024-03-01,\"1\n", {}).find("closing quote") != std::string::npos);
}

TEST_CASE("headers that do not hold what was asked for") {
  CHECK(error_of("", {}) == "csv_log: expected a header, got an empty text");
  CHECK(error_of("user_id,event\n", {}) == "csv_log: there is no column 'timestamp'");
  CHECK(error_of("user_id,event,timestamp\n", {.page = "event"}) == "csv_log: column 'event' is asked for twice");
  CHECK(error_of("user_id,event,event\n", {}).find("there twice") != std::string::npos);
  CHECK(error_of("user_id,,timestamp\n", {}).find("empty field") != std::string::npos);
  CHECK(failure_of([] { (void)ff::read_csv_log("no/such/file.csv", {}); }).code == ff::error_code::file);
  CHECK(failure_of([] { (void)ff::parse_csv_log("user_id,event,timestamp\n", {}, {.delimiter = '"'}); }).code ==
        ff::error_code::bad_option);
}

TEST_CASE("the same log for any number of threads, and from a table") {
  std::string text = "user_id,event,timestamp,page,value,device\n";
  for (int i = 0; i < 60'000; ++i) {
    text += ff::text(i % 97 == 0 ? "" : "visitor ", i % 97 == 0 ? "" : ff::text(i * 7919 % 5000), ',',
                     i % 3 == 0 ? "view" : "buy", ',', i % 101 == 0 ? 5 : 1'700'000'000 + i, ",\"/page\n", i % 300,
                     "\",", i % 5 == 0 ? "" : ff::text(i), ',', i % 2 == 0 ? "mobile" : "desktop", '\n');
  }
  REQUIRE(text.size() > (std::size_t{5} << 19));  // more than two blocks
  const ff::log_columns columns{.page = "page", .numbers = {"value"}, .texts = {"device"}};
  const auto path = std::filesystem::temp_directory_path() / "footfall_csv_log_test.csv";
  std::ofstream(path, std::ios::binary) << text;
  const auto one = ff::read_csv_log(path, columns, {}, {.threads = 1}),
             two = ff::read_csv_log(path, columns, {}, {.threads = 2});
  std::filesystem::remove(path);
  const auto from_table = ff::events_of(ff::parse_csv(text), columns);
  CHECK(one.rows == 60'000);
  CHECK(one.rows == one.events.size() + one.without_visitor + one.bad);
  CHECK(one.without_visitor == 619);
  for (const auto* other : {&two, &from_table}) {
    CHECK(other->rows == one.rows);
    CHECK(other->without_visitor == one.without_visitor);
    CHECK(other->bad == one.bad);
    REQUIRE(other->bad_rows.size() == one.bad_rows.size());
    CHECK(other->bad_rows.back().row == one.bad_rows.back().row);
    REQUIRE(other->events.size() == one.events.size());
    bool same = true;
    for (ff::index i = 0; i < one.events.size(); ++i) same = same && other->events[i].copy() == one.events[i].copy();
    CHECK(same);
    CHECK(std::equal(one.events.visitor_codes().begin(), one.events.visitor_codes().end(),
                     other->events.visitor_codes().begin()));
  }
}
