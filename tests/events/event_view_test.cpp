// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/event_log.hpp>
#include <footfall/events/event_view.hpp>

#include <tests/events/made_events.hpp>

namespace ff = footfall;
using made::log_of;
using made::some_events;

namespace {

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

TEST_CASE("an event of somebody else's texts reads the same") {
  for (const auto& e : some_events()) {
    ff::event_fields fields;
    fields.visitor = e.visitor;
    fields.session = e.session;
    fields.time = e.time;
    fields.name = e.name;
    fields.page = e.page;
    fields.revenue = e.revenue;
    for (const auto& each : e.numbers) fields.numbers.push_back({each.key, each.value});
    for (const auto& each : e.texts) fields.texts.push_back({each.key, each.value});
    CHECK(seen(fields) == seen(e));
    CHECK(ff::event_view(fields).copy() == e);
  }
}

TEST_CASE("a view of a copy reads what the view of the log reads") {
  const auto log = log_of(some_events());
  for (ff::index i = 0; i < log.size(); ++i) {
    const auto copy = log[i].copy();
    CHECK(seen(copy) == seen(log[i]));
    CHECK(ff::event_view(copy).copy() == copy);
  }
}
