// SPDX-License-Identifier: MIT
// Rows that repeat earlier rows: a session that is counted twice can sit on both sides of a split.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <unordered_set>
#include <vector>

#include <footfall/core/types.hpp>
#include <footfall/data/table.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The rows that do not repeat an earlier row in every column, ascending: `sessions.rows(first_occurrences(sessions))` drops
/// the repeats. Numbers are compared exactly (0 equals -0), levels by their text; missing equals missing. Leave out columns
/// that tell sessions apart by themselves, such as an id, with `without`. Expected cost O(rows * columns).
inline row_set first_occurrences(const table& sessions) {
  const auto rows = static_cast<std::size_t>(sessions.rows());
  // One number for each value of a column, so that values are equal exactly when their numbers are.
  std::vector<std::vector<std::uint64_t>> keys;
  std::vector<std::size_t> hashes(rows);
  for (const auto& each : sessions.columns()) {
    std::vector<std::uint64_t> key;
    key.reserve(rows);
    if (each.is_numeric()) {
      for (const double number : each.numbers()) {
        key.push_back(std::isnan(number) ? ~std::uint64_t{0} : std::bit_cast<std::uint64_t>(number == 0 ? 0.0 : number));
      }
    } else {
      for (const std::int32_t code : each.codes()) key.push_back(static_cast<std::uint64_t>(code));
    }
    for (std::size_t row = 0; row < rows; ++row) {
      const std::uint64_t mixed = (hashes[row] ^ key[row]) * 0x9E3779B97F4A7C15;
      hashes[row] = static_cast<std::size_t>(mixed ^ mixed >> 32);
    }
    keys.push_back(std::move(key));
  }

  const auto hash = [&](index row) { return hashes[static_cast<std::size_t>(row)]; };
  const auto same = [&](index a, index b) {
    for (const auto& key : keys) {
      if (key[static_cast<std::size_t>(a)] != key[static_cast<std::size_t>(b)]) return false;
    }
    return true;
  };
  std::unordered_set<index, decltype(hash), decltype(same)> seen(rows, hash, same);
  row_set first;
  for (index row = 0; row < sessions.rows(); ++row) {
    if (seen.insert(row).second) first.push_back(row);
  }
  return first;
}

FOOTFALL_END_NAMESPACE
