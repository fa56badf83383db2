// SPDX-License-Identifier: MIT
#include <sstream>

#include <footfall/events/ga4.hpp>

int main() {
  std::istringstream line(R"({"event_timestamp":"1702643009060308","event_name":"page_view","user_pseudo_id":"1.2"})");
  return footfall::read_ga4(line, {.strict = true}).events.size() == 1 ? 0 : 1;
}
