// SPDX-License-Identifier: MIT
// Where a CSV text can be cut into pieces that begin with a row, quoted line ends and all.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <vector>

#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/simd/separators.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// Some whole rows of a text.
struct csv_block {
  const char* begin;
  const char* end;
  index first_row;
  index rows;
};

inline constexpr index csv_block_bytes = index{1} << 20;  // small enough for the second cache of a core

/// Line ends in [begin, end) outside and inside quotes, and whether its quotes are odd in number; begun outside quotes.
struct csv_line_ends {
  index outside = 0;
  index inside = 0;
  bool odd = false;
};
inline csv_line_ends count_line_ends(const char* begin, const char* end) {
  csv_line_ends result;
  while (begin != end) {
    const auto* found = static_cast<const char*>(std::memchr(begin, '"', static_cast<std::size_t>(end - begin)));
    const char* const stop = found == nullptr ? end : found;
    (result.odd ? result.inside : result.outside) += simd::count_equal(begin, stop, '\n');
    if (found == nullptr) break;
    result.odd = !result.odd;
    begin = found + 1;
  }
  return result;
}

/// Cuts rows, of which the first begins at the beginning of `text`, into blocks of about `block_bytes`. A byte lies
/// in quotes when the number of quotes before it is odd. That is so in every correct text; in another one it is so up to the
/// first wrong quote, whose block says so, and no later block is heard. Blocks do not depend on the number of threads.
inline std::vector<csv_block> csv_blocks(std::string_view text, workers& team, index block_bytes = csv_block_bytes) {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const auto size = static_cast<index>(text.size());
  std::vector<csv_line_ends> counts(static_cast<std::size_t>((size + block_bytes - 1) / block_bytes));
  team.for_each_block(size, block_bytes, [&](index from, index to) {
    counts[static_cast<std::size_t>(from / block_bytes)] = count_line_ends(begin + from, begin + to);
  });

  std::vector<csv_block> blocks;
  bool quoted = false;
  index ended = 0;  // rows that end before the cut
  const char* start = begin;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const char* const cut = begin + static_cast<index>(i) * block_bytes;
    if (i > 0 && start < cut) {  // the first row that begins after the cut's own
      bool inside = quoted;
      start = cut;
      while (start != end && (inside || *start != '\n')) inside ^= *start++ == '"';
      if (start != end) ++start;
      if (!blocks.empty()) blocks.back().end = start;
      blocks.push_back({start, end, ended + 1, 0});
    } else if (i == 0) {
      blocks.push_back({start, end, 0, 0});
    }
    ended += quoted ? counts[i].inside : counts[i].outside;
    quoted ^= counts[i].odd;
  }
  const index rows = ended + (size > 0 && (quoted || end[-1] != '\n') ? 1 : 0);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    blocks[i].first_row = std::min(blocks[i].first_row, rows);
    blocks[i].rows = (i + 1 < blocks.size() ? std::min(blocks[i + 1].first_row, rows) : rows) - blocks[i].first_row;
  }
  return blocks;
}

}  // namespace detail

FOOTFALL_END_NAMESPACE
