// SPDX-License-Identifier: MIT
// Events for tests: short ones by hand, and random logs with everything that may go wrong in them.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <footfall/core/random.hpp>
#include <footfall/events/event.hpp>
#include <footfall/events/event_log.hpp>

namespace made {

namespace ff = footfall;

/// An event of visitor `v`, `seconds` after 2024-03-01T12:00:00Z, a Friday.
inline ff::event at(double seconds, std::string name, std::vector<ff::number_parameter> numbers = {},
                    std::vector<ff::text_parameter> texts = {}) {
  ff::event result;
  result.visitor = "v";
  result.time = 1'709'294'400'000'000 + static_cast<std::int64_t>(seconds * 1e6);
  result.name = std::move(name);
  result.numbers = std::move(numbers);
  result.texts = std::move(texts);
  return result;
}

/// Four events with everything that an event can have.
inline std::vector<ff::event> some_events() {
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

inline ff::event_log log_of(const std::vector<ff::event>& events) {
  ff::event_log log;
  for (const auto& each : events) log.append(each);
  return log;
}

/// Events in time order, several at one time, of a few visitors with pauses of any length; ids of sessions repeat among visitors
/// and take turns; parameters are absent, of the wrong type, long or strange.
inline std::vector<ff::event> random_events(std::uint64_t seed, int count) {
  ff::random_stream random(seed);
  const std::vector<std::string> names{"page_view",       "page_view",       "view_item",        "scroll",
                                       "add_to_cart",     "begin_checkout",  "add_payment_info", "purchase",
                                       "user_engagement", "add_to_wishlist", "unheard_of",       "view_search_results"};
  const auto pick = [&](std::uint64_t below) { return static_cast<std::size_t>(random.below(below)); };
  std::vector<ff::event> events;
  std::int64_t time = -3'000'000'000;  // before 1970 at first
  for (int i = 0; i < count; ++i) {
    const auto step = random.below(10);
    time += step < 3 ? 0 : step < 8 ? static_cast<std::int64_t>(random.below(90'000'000)) : 1'900'000'000;
    ff::event each;
    each.visitor = "visitor with a long name " + std::to_string(pick(4));
    each.session = std::to_string(pick(3));
    each.time = time;
    each.name = names[pick(names.size())];
    if (pick(4) > 0) each.page = "/p/" + std::to_string(pick(30));
    if (pick(3) > 0) each.numbers.push_back({"percent_scrolled", static_cast<double>(pick(101))});
    if (pick(3) > 0) each.numbers.push_back({"value", static_cast<double>(pick(10'000)) / 7 - 100});
    if (pick(3) > 0) each.numbers.push_back({"engagement_time_msec", static_cast<double>(pick(60'000))});
    if (pick(5) == 0) each.texts.push_back({"value", "a text where a number is meant"});
    if (pick(3) > 0)
      each.texts.push_back({"source", "source that does not fit into a small string " + std::to_string(pick(9))});
    if (pick(2) > 0) each.texts.push_back({"device_category", pick(2) > 0 ? "mobile" : "desktop"});
    if (pick(4) > 0) each.texts.push_back({"campaign", pick(2) > 0 ? "spring" : pick(2) > 0 ? "summer" : ""});
    if (pick(6) == 0) each.revenue = static_cast<double>(pick(500));
    events.push_back(std::move(each));
  }
  return events;
}

}  // namespace made
