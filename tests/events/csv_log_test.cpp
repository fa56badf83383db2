// SPDX-License-Identifier: MIT
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/csv_log.hpp>

#include <tests/core/failure.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

namespace {

constexpr std::int64_t second = ff::microseconds_per_second;

ff::table_log read(const std::string& text, const ff::log_columns& columns, const ff::csv_options& options = {}) {
  const auto path = std::filesystem::temp_directory_path() / "footfall_csv_log_test.csv";
  std::ofstream(path, std::ios::binary) << text;
  auto log = ff::read_csv_log(path, columns, options);
  std::filesystem::remove(path);
  return log;
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
  CHECK(failed.message == "events_of: row 2, column 'event': the name is missing");
}

TEST_CASE("a table with an infinite number, and columns that are not what they should be") {
  const auto rows = [](double value, bool numeric_visitor) {
    return ff::table({numeric_visitor ? ff::column::numeric("user_id", {1}) : ff::column::from_text("user_id", {"u"}),
                      ff::column::from_text("event", {"view"}), ff::column::numeric("timestamp", {1.7e9}),
                      ff::column::numeric("price", {value})});
  };
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(ff::events_of(rows(1, false), {.numbers = {"price"}}).events.size() == 1);
  CHECK(ff::events_of(rows(infinity, false), {.numbers = {"price"}}).bad_rows.at(0).reason ==
        "column 'price': the number is infinite");
  CHECK(ff::events_of(rows(infinity, false), {}).events.size() == 1);  // nobody asked for it
  const auto code_of = [&](const ff::table& t, const ff::log_columns& columns) {
    return failure_of([&] { (void)ff::events_of(t, columns); }).code;
  };
  CHECK(code_of(rows(1, true), {}) == ff::error_code::wrong_kind);
  CHECK(code_of(rows(1, false), {.page = "price"}) == ff::error_code::wrong_kind);
  CHECK(code_of(rows(1, false), {.numbers = {"event"}}) == ff::error_code::wrong_kind);
  CHECK(code_of(rows(1, false), {.session = "session"}) == ff::error_code::unknown_name);
  CHECK(code_of(rows(1, false), {.ticks_per_second = 60}) == ff::error_code::bad_option);
  CHECK(code_of(rows(1, false), {.earliest = 1, .latest = 0}) == ff::error_code::bad_option);
}
