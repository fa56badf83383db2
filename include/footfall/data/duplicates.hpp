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

#include <footfall/core/error.hpp>
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

/// Rows of a table by all of its columns: a hash, and whether two are the same.
class row_keys {
 public:
  explicit row_keys(const table& sessions) : hashes_(static_cast<std::size_t>(sessions.rows())) {
    for (const auto& each : sessions.columns()) {
      if (each.is_numeric()) {
        columns_.push_back({each.numbers(), {}});
      } else {
        columns_.push_back({{}, each.codes()});
      }
      for (std::size_t row = 0; row < hashes_.size(); ++row) {
        const std::uint64_t mixed = (hashes_[row] ^ columns_.back()[row]) * 0x9E3779B97F4A7C15;
        hashes_[row] = mixed ^ mixed >> 32;
      }
    }
  }

  std::size_t hash(index row) const { return static_cast<std::size_t>(hashes_[static_cast<std::size_t>(row)]); }
  bool same(index a, index b) const {
    for (const auto& each : columns_) {
      if (each[static_cast<std::size_t>(a)] != each[static_cast<std::size_t>(b)]) return false;
    }
    return true;
  }

 private:
  std::vector<column_keys> columns_;
  std::vector<std::uint64_t> hashes_;
};

/// A set of rows in which rows that are the same are one.
inline auto row_set_of(const row_keys& keys, std::size_t buckets) {
  const auto hash = [&keys](index row) { return keys.hash(row); };
  const auto same = [&keys](index a, index b) { return keys.same(a, b); };
  return std::unordered_set<index, decltype(hash), decltype(same)>(buckets, hash, same);
}

}  // namespace detail

/// The rows that do not repeat an earlier row in every column, ascending. Numbers are compared exactly (0 equals -0),
/// categories by their level; missing equals missing. To drop repeats: `sessions.rows(first_occurrences(sessions))`.
/// Leave out a column that makes every row different, such as an id, with `without`. Expected cost O(rows * columns).
inline row_set first_occurrences(const table& sessions) {
  const detail::row_keys keys(sessions);
  auto seen = detail::row_set_of(keys, static_cast<std::size_t>(sessions.rows()));
  row_set first;
  for (index row = 0; row < sessions.rows(); ++row) {
    if (seen.insert(row).second) first.push_back(row);
  }
  return first;
}

/// Those of `rows`, in their order, that are the same as one of `among` in every column; compared as above. Throws
/// wrong_shape for a row that is not there.
inline row_set rows_found_among(const table& sessions, const row_set& rows, const row_set& among) {
  for (const auto* list : {&rows, &among}) {
    for (const index row : *list) {
      require(row >= 0 && row < sessions.rows(), error_code::wrong_shape, "rows_found_among", "row must be in [0, ",
              sessions.rows(), "), got ", row);
    }
  }
  const detail::row_keys keys(sessions);
  auto seen = detail::row_set_of(keys, among.size());
  seen.insert(among.begin(), among.end());
  row_set found;
  for (const index row : rows) {
    if (seen.contains(row)) found.push_back(row);
  }
  return found;
}

FOOTFALL_END_NAMESPACE
