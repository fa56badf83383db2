// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/event_log.hpp>

#include <tests/events/made_events.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;
using made::log_of;
using made::some_events;

namespace {

const double no_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("a log gives back every event as it was") {
  const auto events = some_events();
  const auto log = log_of(events);
  REQUIRE(log.size() == 4);
  CHECK_FALSE(log.empty());
  CHECK(ff::event_log().empty());
  for (ff::index i = 0; i < 4; ++i) CHECK(log[i].copy() == events[static_cast<std::size_t>(i)]);
}

TEST_CASE("a log copies only what is there: fields of somebody else's text") {
  std::string text = "anna view /shoes";
  ff::event_fields fields;
  fields.visitor = std::string_view(text).substr(0, 4);
  fields.name = std::string_view(text).substr(5, 4);
  fields.page = std::string_view(text).substr(10);
  fields.texts.push_back({fields.name, fields.page});
  ff::event_log log;
  log.append(fields);
  text.assign(text.size(), '?');
  CHECK(log[0].copy() == ff::event{.visitor = "anna", .name = "view", .page = "/shoes", .texts = {{"view", "/shoes"}}});
}

TEST_CASE("columns hold codes of the dictionaries") {
  const auto log = log_of(some_events());
  CHECK(std::vector<std::int64_t>(log.times().begin(), log.times().end()) ==
        std::vector<std::int64_t>{30, -10, 20, 20});
  using codes = std::vector<std::uint32_t>;
  const auto of = [](std::span<const std::uint32_t> column) { return codes(column.begin(), column.end()); };
  CHECK(of(log.visitor_codes()) == codes{0, 1, 0, 2});
  CHECK(of(log.session_codes()) == codes{0, log.none, 0, 1});
  CHECK(of(log.name_codes()) == codes{0, 1, 2, 3});
  CHECK(of(log.page_codes()) == codes{0, 1, log.none, log.none});
  CHECK(std::isnan(log.revenues()[0]));
  CHECK(log.revenues()[3] == -0.5);
  CHECK(log.visitors()[2] == "7");
  CHECK(log.sessions()[1] == "anna");
  CHECK(log.names().find("purchase") == 1);
  CHECK(log.pages()[0] == "/shoes");
  CHECK(of(log.number_keys(1)) == codes{0, 1, 0});
  CHECK(of(log.number_keys(2)) == codes{1});
  CHECK(of(log.text_keys(1)) == codes{2, 3});
  CHECK(log.parameter_keys()[2] == "currency");
  CHECK(of(log.text_codes(3)) == codes{2});
  CHECK(log.parameter_texts()[2] == "/cart");
  CHECK(log.numbers(0).empty());
  CHECK(log.numbers(1)[1] == 3);
}

TEST_CASE("a refused event leaves the log as it was") {
  auto log = log_of(some_events());
  auto bad = some_events()[1];
  bad.numbers[2].value = no_number;
  CHECK(failure_of([&] { log.append(bad); }).message == "event_log: parameter 'value' is NaN");
  CHECK(log.size() == 4);
  log.append(some_events()[1]);
  CHECK(log[4].copy() == some_events()[1]);
  CHECK(log[3].copy() == some_events()[3]);
}

TEST_CASE("tens of bytes an event: 44, 8 a number, 4 a text") {
  ff::event_log log;
  const auto events = some_events();
  for (int i = 0; i < 4096; ++i) log.append(events[0]);
  auto before = log.bytes();
  for (int i = 0; i < 4096; ++i) log.append(events[0]);
  CHECK(log.bytes() - before == 44 * 4096 + 16);
  log.append(events[1]);  // its texts and keys, and the first of the next 4,096
  before = log.bytes();
  for (int i = 0; i < 1000; ++i) log.append(events[1]);
  CHECK(log.bytes() - before == (44 + 3 * 8 + 2 * 4) * 1000);
}

TEST_CASE("room ahead changes nothing") {
  auto log = log_of(some_events());
  log.reserve(100'000, 300'000, 200'000);
  const auto* const times = log.times().data();
  for (int i = 0; i < 20'000; ++i) {
    for (const auto& each : some_events()) log.append(each);
  }
  CHECK(log.times().data() == times);
  CHECK(log.size() == 80'004);
  for (ff::index i = 0; i < 4; ++i) {
    log.prefetch(i);
    log.prefetch_form(i);
    log.prefetch_parameters(i);
    CHECK(log[80'000 + i].copy() == some_events()[static_cast<std::size_t>(i)]);
  }
}

TEST_CASE("hostile texts: long ones, bytes that are no text, a key in many events") {
  ff::event_log log;
  const std::string long_id(10 << 20, 'x');
  const ff::event e{
      .visitor = long_id, .session = std::string("\0", 1), .name = "\xFF\xFE", .page = std::string(3, '\0')};
  log.append(e);
  log.append(e);
  CHECK(log[1].copy() == e);
  CHECK(log.bytes() < 11 << 20);
  ff::event many{.visitor = "v", .name = "n"};
  for (int i = 0; i < 100000; ++i) many.numbers.push_back({"key " + std::to_string(i), double(i)});
  log.append(many);
  CHECK(log[2].number("key 99999") == 99999);
  CHECK(std::isnan(log[1].number("key 99999")));
}
