// SPDX-License-Identifier: MIT
// The code of the section on GA4 exports in docs/events.md. Needs simdjson.
#include <iostream>
#include <sstream>

#include <footfall/events/ga4.hpp>

namespace ff = footfall;

int main() {
  // Four lines as they come: an event, one whose time is in seconds, one of a visitor without consent, and another event.
  std::istringstream export_lines(
      R"({"event_timestamp":"1702643009060308","event_name":"page_view","user_pseudo_id":"1070.17","geo":{"city":"Graz"}})"
      "\n"
      R"({"event_timestamp":"1702643009","event_name":"page_view","user_pseudo_id":"1070.17"})"
      "\n"
      R"({"event_timestamp":"1702643009060310","event_name":"page_view","user_pseudo_id":null})"
      "\n"
      R"({"event_timestamp":"1702643051604143","event_name":"purchase","user_pseudo_id":"1070.17",)"
      R"("event_params":[{"key":"ga_session_id","value":{"int_value":"1702642286"}}],"items":[{"item_revenue":31.0}]})"
      "\n");

  ff::ga4_options options;
  for (auto& field : options.fields) {
    if (field.path == "geo.city") field = {"geo.city", ff::ga4_use::text, "city"};
  }
  const auto read = ff::read_ga4(export_lines, options);
  std::cout << read.counts.lines << " lines: " << read.counts.events << " events, " << read.counts.without_visitor
            << " without a visitor, " << read.counts.bad << " bad\n";
  for (const auto& each : read.counts.bad_lines) std::cout << "line " << each.line << ": " << each.reason << '\n';
  std::cout << read.events[0].text("city") << "; session " << read.events[1].session() << ", revenue "
            << read.events[1].revenue() << '\n';
}
