// SPDX-License-Identifier: MIT
// Scores in falling order, exactly: sessions are sorted by integers that order as their scores do.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// An integer that is the smaller the greater the score, and equal for equal scores only. -0.0 and 0.0 are equal scores.
inline std::uint64_t descending_key(double score) noexcept {
  const auto bits = std::bit_cast<std::uint64_t>(score + 0.0);  // -0.0 + 0.0 is 0.0
  return bits >> 63 != 0 ? bits : bits ^ ~(std::uint64_t{1} << 63);
}

/// The score that has this key; 0.0 for that of the two zeros.
inline double score_of_key(std::uint64_t key) noexcept {
  return std::bit_cast<double>(key >> 63 != 0 ? key : key ^ ~(std::uint64_t{1} << 63));
}

/// The least and the greatest of some scores.
struct score_range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  bool operator==(const score_range&) const = default;
};

/// A session on its way into order.
struct keyed_row {
  std::uint64_t sort_key = 0;
  index row = 0;

  std::uint64_t key() const noexcept { return sort_key; }
  bool operator==(const keyed_row&) const = default;
};

/// Items in falling order of their scores, in parts: sessions of one score never lie in two parts.
template <class Item>
struct sorted_parts {
  std::unique_ptr<Item[]> items;
  std::vector<std::size_t> ends;  ///< where each part ends; parts may be empty

  std::span<Item> operator[](index part) const {
    const auto at = static_cast<std::size_t>(part);
    const std::size_t begin = at == 0 ? 0 : ends[at - 1];
    return {items.get() + begin, ends[at] - begin};
  }
  index size() const noexcept { return static_cast<index>(ends.size()); }
};

namespace detail {

constexpr std::size_t few_items = 24;         // so many are put in order one by one
constexpr int sort_digits = 11;               // 2^11 counters lie in the first cache beside the items they count
constexpr index sort_grain = index{1} << 16;  // rows that one block reads
constexpr std::size_t few_rows = std::size_t{1} << 12;  // so many are sorted in one part

template <class Item>
void insert_in_order(std::span<Item> items) {
  for (std::size_t i = 1; i < items.size(); ++i) {
    const Item item = items[i];
    std::size_t to = i;
    for (; to > 0 && items[to - 1].key() > item.key(); --to) items[to] = items[to - 1];
    items[to] = item;
  }
}

/// Stable sort by key: into ranges of keys of equal width, about as many as items, then each range by itself. `spare` holds
/// at least as many items. Every round settles as many bits as its items have; cost O(items) where keys lie evenly.
template <class Item>
void sort_by_key(std::span<Item> items, std::span<Item> spare) {
  if (items.size() <= few_items) return insert_in_order(items);
  std::uint64_t low = items.front().key();
  std::uint64_t high = low;
  for (const auto& item : items) {
    low = std::min(low, item.key());
    high = std::max(high, item.key());
  }
  if (low == high) return;
  const int digits = std::min(sort_digits, static_cast<int>(std::bit_width(items.size())));
  const int shift = std::max(0, static_cast<int>(std::bit_width(high - low)) - digits);
  const auto range_of = [&](const Item& item) { return static_cast<std::size_t>((item.key() - low) >> shift); };

  std::array<std::size_t, std::size_t{1} << sort_digits> ends;  // only the first `ranges` are used
  const auto ranges = static_cast<std::size_t>((high - low) >> shift) + 1;
  std::fill_n(ends.begin(), ranges, std::size_t{0});
  for (const auto& item : items) ++ends[range_of(item)];
  std::size_t largest = 0;
  for (std::size_t range = 0, at = 0; range < ranges; ++range) {
    largest = std::max(largest, ends[range]);
    at += std::exchange(ends[range], at);
  }
  for (const auto& item : items) spare[ends[range_of(item)]++] = item;
  std::copy_n(spare.begin(), items.size(), items.begin());
  if (shift == 0) return;
  if (largest <= few_items) return insert_in_order(items);
  for (std::size_t range = 0, begin = 0; range < ranges; begin = ends[range++]) {
    sort_by_key(items.subspan(begin, ends[range] - begin), spare);
  }
}

}  // namespace detail

/// The least and the greatest score. Throws missing_value or not_finite for the first score that is NaN or infinite.
inline score_range range_of_scores(std::span<const double> score, workers& team, std::string_view who) {
  const auto n = static_cast<index>(score.size());
  std::vector<score_range> blocks(static_cast<std::size_t>((n + detail::sort_grain - 1) / detail::sort_grain));
  team.for_each_block(n, detail::sort_grain, [&](index begin, index end) {
    const auto rows = score.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    score_range range;
    double poison = 0;  // NaN as soon as one score is not finite
    for (const double each : rows) {
      range.low = std::min(range.low, each);
      range.high = std::max(range.high, each);
      poison += each - each;
    }
    for (index row = begin; poison != 0 && row < end; ++row) {
      const double each = score[static_cast<std::size_t>(row)];
      require(!std::isnan(each), error_code::missing_value, who, "the score is missing in row ", row);
      require(std::isfinite(each), error_code::not_finite, who, "a score must be finite, got ", each, " in row ", row);
    }
    blocks[static_cast<std::size_t>(begin / detail::sort_grain)] = range;
  });
  score_range all;
  for (const auto& each : blocks) all = {std::min(all.low, each.low), std::max(all.high, each.high)};
  return all;
}

/// Sorts what `make(row)` gives for each row by `key()`, which must order items as `descending_key` orders their scores;
/// rows of one score keep their order. Rows go to ranges of scores of equal width first, each of which fits in a cache.
/// Threads change nothing. Cost O(rows), and two reads of the scores; O(rows) space twice over.
template <class Make>
auto sort_descending(std::span<const double> score, const score_range& range, workers& team, const Make& make) {
  using item = decltype(make(std::size_t{0}));
  const std::size_t n = score.size();
  sorted_parts<item> result{std::make_unique_for_overwrite<item[]>(n), {}};
  // Rounding never turns the order of two differences or products around, so that equal widths need not be exact.
  std::size_t parts = n > detail::few_rows ? std::size_t{1} << detail::sort_digits : 1;
  const double scale = static_cast<double>(parts) / (range.high - range.low);
  if (!(scale > 0) || !std::isfinite(scale)) parts = 1;
  const auto part_of = [&](std::size_t row) {
    if (parts == 1) return std::size_t{0};
    return std::min(static_cast<std::size_t>(static_cast<std::int32_t>((range.high - score[row]) * scale)), parts - 1);
  };
  const auto each_row = [&](auto&& visit) {  // visit(block, row): a block has its own place in every part
    team.for_each_block(static_cast<index>(n), detail::sort_grain, [&](index begin, index end) {
      const auto block = static_cast<std::size_t>(begin / detail::sort_grain);
      for (auto row = static_cast<std::size_t>(begin); row < static_cast<std::size_t>(end); ++row) visit(block, row);
    });
  };

  const std::size_t blocks = (n + detail::sort_grain - 1) / detail::sort_grain;
  std::vector<std::size_t> place(blocks * parts);
  each_row([&](std::size_t block, std::size_t row) { ++place[block * parts + part_of(row)]; });
  std::size_t at = 0;
  std::size_t largest = 0;
  for (std::size_t part = 0; part < parts; ++part) {
    const std::size_t begin = at;
    for (std::size_t block = 0; block < blocks; ++block) at += std::exchange(place[block * parts + part], at);
    largest = std::max(largest, at - begin);
    result.ends.push_back(at);
  }
  each_row(
      [&](std::size_t block, std::size_t row) { result.items[place[block * parts + part_of(row)]++] = make(row); });

  team.for_each_block(result.size(), 32, [&](index begin, index end) {
    const auto spare = std::make_unique_for_overwrite<item[]>(largest);
    for (index part = begin; part < end; ++part) {
      detail::sort_by_key(result[part], std::span(spare.get(), largest));
    }
  });
  return result;
}

/// The rows, highest score first; rows of one score in their own order. Throws missing_value or not_finite.
inline row_set descending_order(std::span<const double> score, const run_options& run = {}) {
  workers team(run);
  const auto range = range_of_scores(score, team, "descending_order");
  const auto sorted = sort_descending(score, range, team, [&](std::size_t row) {
    return keyed_row{descending_key(score[row]), static_cast<index>(row)};
  });
  row_set order;
  order.reserve(score.size());
  for (std::size_t at = 0; at < score.size(); ++at) order.push_back(sorted.items[at].row);
  return order;
}

FOOTFALL_END_NAMESPACE
