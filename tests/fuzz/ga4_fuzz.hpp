// SPDX-License-Identifier: MIT
// The property that fuzzing the reader of GA4 exports looks for a counterexample to: whatever the bytes are, every line becomes an
// event or is counted, and no line changes what becomes of another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/events/ga4.hpp>

/// Limits small enough to be met.
inline const footfall::ga4_options& fuzz_ga4_options() {
  static const footfall::ga4_options options{.longest_line = 4096};
  return options;
}

/// An event with texts of its own.
inline footfall::event owned(const footfall::event_fields& from) {
  footfall::event to{.visitor = std::string(from.visitor),
                     .session = std::string(from.session),
                     .time = from.time,
                     .name = std::string(from.name),
                     .page = std::string(from.page),
                     .revenue = from.revenue};
  for (const auto& each : from.numbers) to.numbers.push_back({std::string(each.key), each.value});
  for (const auto& each : from.texts) to.texts.push_back({std::string(each.key), std::string(each.value)});
  return to;
}

/// Aborts where the property does not hold; the events. No log of events here: its hashes have random keys, and a fuzzer learns
/// only from what is the same in every run.
inline std::vector<footfall::event> fuzz_ga4(std::span<const std::uint8_t> bytes) {
  namespace ff = footfall;
  const auto& options = fuzz_ga4_options();
  const std::string text(bytes.begin(), bytes.end());
  std::istringstream all(text);
  std::vector<ff::event> events;
  const auto counts = ff::for_each_ga4_event(all, options, [&](const ff::event_fields& each) {
    ff::require_event(each, "read_ga4");  // what is no event was no event to the reader
    events.push_back(owned(each));
  });
  if (counts.lines != counts.events + counts.without_visitor + counts.blank + counts.bad) std::abort();
  if (counts.events != static_cast<std::int64_t>(events.size())) std::abort();

  // The same lines, one by one: by a row that has read none before as long as there are few, since making one takes longer
  // than reading with it.
  std::istringstream in(text);
  std::size_t event = 0;
  std::int64_t bad = 0, read = 0;
  ff::line_reader lines(in, options.longest_line, 1 << 12);
  std::unique_ptr<ff::detail::ga4_row> row;
  while (const auto line = lines.next()) {
    if (line->too_long) {
      ++bad;
      continue;
    }
    if (line->text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    if (++read <= 2) {
      row = std::make_unique<ff::detail::ga4_row>(options.fields, options.parameters, options.earliest, options.latest);
    }
    try {
      const ff::event_fields& alone = row->read(line->text);
      if (alone.visitor.empty()) continue;
      if (event >= events.size() || !(owned(alone) == events[event])) std::abort();
      ++event;
    } catch (const simdjson::simdjson_error&) {
      ++bad;
    } catch (const ff::error&) {
      ++bad;
    }
  }
  if (event != events.size() || bad != counts.bad) std::abort();
  return events;
}
