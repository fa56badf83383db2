// SPDX-License-Identifier: MIT
// The code of the first sections of docs/events.md, in their order.
#include <filesystem>
#include <fstream>
#include <iostream>

#include <footfall/events.hpp>

namespace ff = footfall;

namespace {

// What a shop might write down; two rows are not what they should be.
std::filesystem::path made_log() {
  const auto path = std::filesystem::temp_directory_path() / "footfall_events_example.csv";
  std::ofstream(path) << "event_time,event_type,product,price,user_id,user_session\n"
                         "2024-03-01 10:00:00 UTC,view,coat,89.90,ann,s1\n"
                         "2024-03-01 10:00:40 UTC,cart,coat,89.90,ann,s1\n"
                         "2024-03-01 10:02:10 UTC,view,scarf,19.50,,s2\n"
                         "yesterday,view,scarf,19.50,bob,s2\n"
                         "2024-03-01 10:03:00 UTC,purchase,coat,89.90,ann,s1\n";
  return path;
}

ff::event_log read_log(const std::filesystem::path& path) {
  const auto read = ff::read_csv_log(path, {.visitor = "user_id",
                                            .name = "event_type",
                                            .time = "event_time",
                                            .session = "user_session",
                                            .page = "product",
                                            .numbers = {"price"}});
  std::cout << read.rows << " rows: " << read.events.size() << " events, " << read.without_visitor
            << " without a visitor, " << read.bad << " bad\n";
  for (const auto& each : read.bad_rows) std::cout << "row " << each.row << ", " << each.reason << '\n';
  return read.events;
}

void look_at(const ff::event_log& log) {
  const ff::event_key purchase("purchase"), price("price");
  double revenue = 0;
  for (ff::index i = 0; i < log.size(); ++i) {
    const auto event = log[i];
    if (event.is(purchase)) revenue += event.number(price);
  }
  std::cout << log.visitors().size() << " visitor, " << log.names().size() << " kinds of event, revenue " << revenue
            << '\n';
}

void append_one() {
  ff::event_log log;
  log.append(ff::event{.visitor = "ann",
                       .time = 1'709'287'200 * ff::microseconds_per_second,
                       .name = "view",
                       .page = "/coats",
                       .numbers = {{"price", 89.9}}});
  std::cout << log[0].visitor() << " at " << log[0].page() << '\n';
}

}  // namespace

int main() {
  const auto path = made_log();
  look_at(read_log(path));
  append_one();
  std::filesystem::remove(path);
}
