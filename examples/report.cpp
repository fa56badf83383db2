// SPDX-License-Identifier: MIT
// A page of one's own: a chart with its table and two sentences, in one file that needs nothing else.
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include <footfall/report/bar_chart.hpp>
#include <footfall/report/write_report.hpp>
#include <footfall/statistics/rate.hpp>

namespace ff = footfall;

int main(int count, char** words) {
  const std::vector<std::pair<std::string, ff::rate>> channels = {{"Search", ff::rate_of(30'435, 150'000)},
                                                                  {"Ads", ff::rate_of(9'960, 50'000)}};
  ff::bar_chart bars{.what = "Channel", .value = "Conversion", .format = ff::as_percent(2)};
  for (const auto& [name, rate] : channels) bars.bars.push_back({name, rate.value, rate.wilson});

  ff::page page("Last month's channels", "Two channels, and how sure we are of each.");
  page.section("Conversion")
      .paragraph("Each session counts for the channel that it came through.")
      .add(ff::chart({.name = "conversion",
                      .title = "Conversion by channel",
                      .how_to_read = "Each bar is a share of sessions that bought, the thin line its 95 % interval.",
                      .says = "The intervals overlap: these sessions do not tell the two apart."},
                     bars));
  page.made_from({.data = "counted by the shop", .sessions = 200'000});

  ff::print(std::cout, page.charts().front().table());
  if (count == 3) {  // report FOLDER NODE_MODULES
    ff::write_report(words[1], page, ff::json(), ff::find_chart_scripts({words[2]}));
  }
}
