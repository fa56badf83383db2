// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/event_rows.hpp>

#include <tests/events/made_events.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

namespace {

// The columns of some events, with the parameters that are asked for.
struct columns {
  std::vector<std::int64_t> times;
  std::vector<std::string_view> visitors, sessions, names, pages;
  std::vector<double> revenues;
  std::vector<std::vector<double>> numbers;
  std::vector<std::vector<std::string_view>> texts;
  std::vector<std::string> number_keys, text_keys;

  columns(const std::vector<ff::event>& events, std::vector<std::string> of_numbers, std::vector<std::string> of_texts)
      : numbers(of_numbers.size()), texts(of_texts.size()), number_keys(of_numbers), text_keys(of_texts) {
    for (const auto& e : events) {
      times.push_back(e.time);
      visitors.push_back(e.visitor);
      sessions.push_back(e.session);
      names.push_back(e.name);
      pages.push_back(e.page);
      revenues.push_back(e.revenue);
      for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i].push_back(ff::event_view(e).number(number_keys[i]));
      for (std::size_t i = 0; i < texts.size(); ++i) texts[i].push_back(ff::event_view(e).text(text_keys[i]));
    }
  }

  ff::event_rows rows() const {
    ff::event_rows result{.times = times,
                          .visitors = visitors,
                          .sessions = sessions,
                          .names = names,
                          .pages = pages,
                          .revenues = revenues};
    for (std::size_t i = 0; i < numbers.size(); ++i) result.numbers.push_back({number_keys[i], numbers[i]});
    for (std::size_t i = 0; i < texts.size(); ++i) result.texts.push_back({text_keys[i], texts[i]});
    return result;
  }
};

}  // namespace

TEST_CASE("rows are their events one by one, codes and all") {
  const auto events = made::random_events(3, 700);
  ff::event_log log, one_by_one;
  const std::vector<std::string> numbers{"value", "percent_scrolled"}, texts{"campaign", "source", "device_category"};
  for (std::size_t begin = 0; begin < events.size(); begin += 175) {
    const std::vector<ff::event> some(events.begin() + static_cast<std::ptrdiff_t>(begin),
                                      events.begin() + static_cast<std::ptrdiff_t>(begin + 175));
    ff::append_rows(log, columns(some, numbers, texts).rows());
  }
  for (auto e : events) {  // with the parameters in the order of the columns, and without empty texts
    ff::event kept{.visitor = e.visitor, .session = e.session, .time = e.time, .name = e.name, .page = e.page};
    kept.revenue = e.revenue;
    for (const auto& key : numbers) {
      const double number = ff::event_view(e).number(key);
      if (!std::isnan(number)) kept.numbers.push_back({key, number});
    }
    for (const auto& key : texts) {
      const std::string text(ff::event_view(e).text(key));
      if (!text.empty()) kept.texts.push_back({key, text});
    }
    one_by_one.append(kept);
  }
  REQUIRE(log.size() == 700);
  for (ff::index i = 0; i < 700; ++i) {
    REQUIRE(log[i].copy() == one_by_one[i].copy());
    const auto at = static_cast<std::size_t>(i);
    REQUIRE(log.page_codes()[at] == one_by_one.page_codes()[at]);
    REQUIRE(log.name_codes()[at] == one_by_one.name_codes()[at]);
    REQUIRE(std::vector(log.text_codes(i).begin(), log.text_codes(i).end()) ==
            std::vector(one_by_one.text_codes(i).begin(), one_by_one.text_codes(i).end()));
    REQUIRE(std::vector(log.number_keys(i).begin(), log.number_keys(i).end()) ==
            std::vector(one_by_one.number_keys(i).begin(), one_by_one.number_keys(i).end()));
  }
  CHECK(log.bytes() == one_by_one.bytes());
  CHECK(log[5].is(ff::event_key(events[5].name)));
  ff::append_rows(log, {});
  log.append(events[0]);
  CHECK(log[700].copy() == events[0]);
}

TEST_CASE("columns that are not there") {
  ff::event_log log;
  const std::vector<std::int64_t> times{1, 2};
  const std::vector<std::string_view> visitors{"a", "b"}, names{"x", "x"};
  ff::append_rows(log, {.times = times, .visitors = visitors, .names = names});
  CHECK(log[1].copy() == ff::event{.visitor = "b", .time = 2, .name = "x"});
}

TEST_CASE("rows that are refused leave the log as it was") {
  ff::event_log log;
  const auto events = made::some_events();
  log.append(events[1]);
  const auto refused = [&](auto change) {
    columns some(events, {"tax"}, {"currency"});
    change(some);
    const auto failed = failure_of([&] { ff::append_rows(log, some.rows()); });
    CHECK(log.size() == 1);
    return failed.code;
  };
  CHECK(refused([](columns& c) { c.visitors[1] = ""; }) == ff::error_code::missing_value);
  CHECK(refused([](columns& c) { c.names[3] = ""; }) == ff::error_code::missing_value);
  CHECK(refused([](columns& c) { c.visitors.pop_back(); }) == ff::error_code::wrong_shape);
  CHECK(refused([](columns& c) { c.sessions.pop_back(); }) == ff::error_code::wrong_shape);
  CHECK(refused([](columns& c) { c.pages.pop_back(); }) == ff::error_code::wrong_shape);
  CHECK(refused([](columns& c) { c.revenues.pop_back(); }) == ff::error_code::wrong_shape);
  CHECK(refused([](columns& c) { c.numbers[0].clear(); }) == ff::error_code::wrong_shape);
  CHECK(refused([](columns& c) { c.texts[0].clear(); }) == ff::error_code::wrong_shape);
  CHECK(refused([](columns& c) { c.number_keys[0] = ""; }) == ff::error_code::bad_value);
  CHECK(refused([](columns& c) { c.text_keys[0] = ""; }) == ff::error_code::bad_value);
  CHECK(refused([](columns& c) { c.numbers[0][0] = -1 / 0.; }) == ff::error_code::not_finite);
  CHECK(refused([](columns& c) { c.revenues[0] = 1 / 0.; }) == ff::error_code::not_finite);
  CHECK(refused([](columns& c) { c.times[0] = std::numeric_limits<std::int64_t>::max(); }) ==
        ff::error_code::bad_value);
  log.append(events[1]);
  CHECK(log[1].copy() == events[1]);
}
