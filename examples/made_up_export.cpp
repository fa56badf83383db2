// SPDX-License-Identifier: MIT
// Writes a made-up shop's events as the BigQuery export of Google Analytics 4 has them, one JSON object a line: something to try
// `live_scoring` on.
#include <iostream>
#include <string>
#include <string_view>
#include <utility>

#include <examples/arguments.hpp>

#include <footfall/footfall.hpp>
#include <footfall/report/json.hpp>

namespace ff = footfall;

namespace {

ff::json parameter(std::string_view key, std::string_view type, ff::json value) {
  ff::json result;
  result["key"] = key;
  result["value"][std::string(type)] = std::move(value);
  return result;
}

ff::json line_of(const ff::event& event) {
  ff::json line;
  line["event_timestamp"] = std::to_string(event.time);  // whole numbers are texts in an export
  line["event_name"] = event.name;
  line["user_pseudo_id"] = event.visitor;
  ff::json parameters;
  parameters.push(parameter("ga_session_id", "int_value", event.session));
  parameters.push(parameter("page_location", "string_value", event.page));
  for (const auto& each : event.numbers) parameters.push(parameter(each.key, "double_value", each.value));
  for (const auto& each : event.texts) {
    if (each.key == "device_category") {
      line["device"]["category"] = each.value;
    } else if (each.key == "country") {
      line["geo"]["country"] = each.value;
    } else {
      parameters.push(parameter(each.key, "string_value", each.value));
    }
  }
  line["event_params"] = std::move(parameters);
  return line;
}

}  // namespace

int main(int count, char** words) {
  return run_program(count, words, "made_up_export [--sessions 10000] [--seed 7]\n", {"sessions", "seed"},
                     [](const arguments& given) {
                       const ff::fashion_store shop{.sessions = given.whole<ff::index>("sessions", 10'000),
                                                    .seed = given.whole<std::uint64_t>("seed", 7),
                                                    .label = ff::fashion_label::funnel};
                       const auto log = ff::fashion_events{.shop = shop}.log();
                       std::ios::sync_with_stdio(false);
                       for (ff::index i = 0; i < log.size(); ++i) std::cout << line_of(log[i].copy()).compact() << '\n';
                     });
}
