// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/event_log.hpp>
#include <footfall/events/event_view.hpp>

namespace ff = footfall;

namespace {

std::vector<ff::event> some_events() {
  return {{.visitor = "anna", .session = "7", .time = 30, .name = "page_view", .page = "/shoes"},
          {.visitor = "ben",
           .time = -10,
           .name = "purchase",
           .page = "/cart",
           .numbers = {{"value", 20.5}, {"tax", 3}, {"value", 1}},
           .texts = {{"currency", "EUR"}, {"coupon", ""}},
           .revenue = 20.5},
          {.visitor = "anna", .session = "7", .time = 20, .name = "scroll", .numbers = {{"tax", 4}}},
          {.visitor = "7",
           .session = "anna",
           .time = 20,
           .name = "EUR",
           .texts = {{"currency", "/cart"}},
           .revenue = -0.5}};
}

ff::event_log log_of(const std::vector<ff::event>& events) {
  ff::event_log log;
  for (const auto& each : events) log.append(each);
  return log;
}

// What a fold over events sees, of an event alone or in a log.
std::string seen(ff::event_view e) {
  const ff::event_key purchase("purchase"), value("value"), tax("tax"), currency("currency"), coupon("coupon");
  return ff::text(e.visitor(), '|', e.session(), '|', e.time(), '|', e.name(), '|', e.page(), '|', e.revenue(), '|',
                  e.is(purchase), '|', e.number(value), '|', e.number(tax), '|', e.text(currency), '|', e.text(coupon));
}

}  // namespace

TEST_CASE("an event reads the same alone and in a log") {
  const auto events = some_events();
  const auto log = log_of(events);
  for (ff::index i = 0; i < 4; ++i) CHECK(seen(log[i]) == seen(events[static_cast<std::size_t>(i)]));
  CHECK(seen(log[0]) == "anna|7|30|page_view|/shoes|nan|false|nan|nan||");
  CHECK(seen(log[1]) == "ben||-10|purchase|/cart|20.5|true|20.5|3|EUR|");  // of two values the first
}

TEST_CASE("a view of a copy reads what the view of the log reads") {
  const auto log = log_of(some_events());
  for (ff::index i = 0; i < log.size(); ++i) {
    const auto copy = log[i].copy();
    CHECK(seen(copy) == seen(log[i]));
    CHECK(ff::event_view(copy).copy() == copy);
  }
}
