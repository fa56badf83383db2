// SPDX-License-Identifier: MIT
// Rows that repeat earlier rows: a session that is there twice can end up on both sides of a split.
#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_set>
#include <vector>

#include <footfall/core/types.hpp>
#include <footfall/data/table.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// A column as one number a row: two rows are equal exactly when their numbers are.
struct column_keys {
  std::span<const double> numbers;
  std::span<const std::int32_t> codes;

  std::uint64_t operator[](std::size_t row) const {
    if (numbers.empty()) return static_cast<std::uint64_t>(codes[row]);
    const double number = numbers[row];
    if (std::isnan(number)) return ~std::uint64_t{0};
    return std::bit_cast<std::uint64_t>(number == 0 ? 0.0 : number);
  }
};

}  // namespace detail

/// The rows that do not repeat an earlier row in every column, ascending. Numbers are compared exactly (0 equals -0),
/// categories by their level; missing equals missing. To drop repeats: `sessions.rows(first_occurrences(sessions))`.
/// Leave out a column that makes every row different, such as an id, with `without`. Expected cost O(rows * columns).
inline row_set first_occurrences(const table& sessions) {
  std::vector<detail::column_keys> columns;
  std::vector<std::uint64_t> hashes(static_cast<std::size_t>(sessions.rows()));
  for (const auto& each : sessions.columns()) {
    if (each.is_numeric()) {
      columns.push_back({each.numbers(), {}});
    } else {
      columns.push_back({{}, each.codes()});
    }
    for (std::size_t row = 0; row < hashes.size(); ++row) {
      const std::uint64_t mixed = (hashes[row] ^ columns.back()[row]) * 0x9E3779B97F4A7C15;
      hashes[row] = mixed ^ mixed >> 32;
    }
  }

  const auto hash = [&](index row) { return static_cast<std::size_t>(hashes[static_cast<std::size_t>(row)]); };
  const auto same = [&](index a, index b) {
    for (const auto& each : columns) {
      if (each[static_cast<std::size_t>(a)] != each[static_cast<std::size_t>(b)]) return false;
    }
    return true;
  };
  std::unordered_set<index, decltype(hash), decltype(same)> seen(hashes.size(), hash, same);
  row_set first;
  for (index row = 0; row < sessions.rows(); ++row) {
    if (seen.insert(row).second) first.push_back(row);
  }
  return first;
}

FOOTFALL_END_NAMESPACE
