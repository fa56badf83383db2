// SPDX-License-Identifier: MIT
// The property that fuzzing the reader of GA4 exports looks for a counterexample to: whatever the bytes are, every line becomes an
// event or is counted, and no line changes what becomes of another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include <footfall/events/ga4.hpp>

/// Aborts where the property does not hold. True if an event was found.
inline bool fuzz_ga4(std::span<const std::uint8_t> bytes) {
  namespace ff = footfall;
  const ff::ga4_options options{.longest_line = 4096};
  const auto read = [&](const std::string& text) {
    std::istringstream in(text);
    return ff::read_ga4(in, options);
  };
  const std::string text(bytes.begin(), bytes.end());
  const auto whole = read(text);
  const auto& counts = whole.counts;
  if (counts.lines != counts.events + counts.without_visitor + counts.blank + counts.bad) std::abort();
  if (counts.events != whole.events.size()) std::abort();

  // The same lines, each read alone.
  std::istringstream in(text);
  ff::index event = 0;
  std::int64_t bad = 0;
  ff::line_reader lines(in, options.longest_line);
  while (const auto line = lines.next()) {
    if (line->too_long) {
      ++bad;
      continue;
    }
    const bool marked = line->text.starts_with("\xEF\xBB\xBF");  // which would be skipped before a first line
    const auto alone = read((marked ? "\n" : "") + std::string(line->text));
    bad += alone.counts.bad;
    for (ff::index i = 0; i < alone.events.size(); ++i, ++event) {
      if (event >= whole.events.size() || !(alone.events[i].copy() == whole.events[event].copy())) std::abort();
    }
  }
  if (event != whole.events.size() || bad != counts.bad) std::abort();
  return event > 0;
}
