// SPDX-License-Identifier: MIT
// What must hold for any bytes given to the CSV reader: a table or an ff::error, the same however the text is cut and
// whatever threads read it; and a table reads back from what is written of it.
#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include <footfall/core/digest.hpp>
#include <footfall/data/csv.hpp>
#include <footfall/data/write_csv.hpp>

namespace fuzz {

namespace ff = footfall;

/// Throws std::logic_error where one of them does not hold. The first byte chooses the options. True for a table.
inline bool check_csv(std::span<const std::uint8_t> bytes) {
  const std::uint8_t choice = bytes.empty() ? 0 : bytes[0];
  const std::vector<char> exact(bytes.begin() + (bytes.empty() ? 0 : 1),
                                bytes.end());  // so that sanitizers see its end
  const std::string_view text(exact.data(), exact.size());
  ff::csv_options options;
  options.delimiter = ",;\t "[choice & 3];
  if (choice & 4) options.missing = {"NA", "-"};

  const auto outcome = [&](ff::index block_bytes, int threads) {
    try {
      return ff::digest_of(ff::detail::csv_reader(text, options, "csv", {.threads = threads}, block_bytes).read())
          .hex();
    } catch (const ff::error& refused) {
      return std::string(refused.what());
    }
  };
  const std::string whole = outcome(ff::index{1} << 20, 1);
  for (const ff::index block_bytes : {1, 7, 64}) {
    if (outcome(block_bytes, 1) != whole) throw std::logic_error("blocks change the outcome: " + whole);
  }
  if (choice & 8 && outcome(16, 2) != whole) throw std::logic_error("threads change the outcome: " + whole);

  ff::table table;
  try {
    table = ff::parse_csv(text, options, {.threads = 1});
  } catch (const ff::error&) {
    return false;
  }
  ff::csv_options again{.delimiter = options.delimiter};
  for (const auto& each : table.columns())
    (each.is_numeric() ? again.numeric : again.categorical).push_back(each.name());
  const std::string written = ff::format_csv(table, {.delimiter = options.delimiter});
  if (!(ff::parse_csv(written, again, {.threads = 1}) == table))
    throw std::logic_error("does not read back: " + written);
  return true;
}

}  // namespace fuzz
