// SPDX-License-Identifier: MIT
// Columns of categories in a forest: each tree puts their levels in the order of their positive rate in its own bag.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <vector>

#include <footfall/core/types.hpp>
#include <footfall/forest/counts.hpp>
#include <footfall/forest/training_rows.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Which columns of a forest hold levels, and where a tree keeps the ranks of these: a byte a level, column after column. The
/// tree asks for ranks as it does for bins, so a split parts the first few levels of its order from the rest. With two
/// classes no other way to part the levels of the root gains more (Fisher 1958; Breiman, Friedman, Olshen and Stone 1984).
class level_columns {
 public:
  /// The rank of a level that the bag of the tree does not have: such a session goes the way of missing values.
  static constexpr std::uint8_t no_rank = 255;

  /// A column, how many levels it has, and where their ranks begin.
  struct place {
    std::size_t column;
    std::size_t levels;
    std::size_t begin;
  };

  level_columns() = default;
  /// `levels` as `fitted_bins::levels` gives them: a number for each column, below 0 where it holds numbers.
  explicit level_columns(const std::optional<std::vector<std::int16_t>>& levels) {
    for (std::size_t column = 0; levels.has_value() && column < levels->size(); ++column) {
      if ((*levels)[column] < 0) continue;
      places_.push_back({column, static_cast<std::size_t>((*levels)[column]), bytes_});
      bytes_ += places_.back().levels;
    }
  }

  bool empty() const noexcept { return places_.empty(); }
  const std::vector<place>& places() const noexcept { return places_; }
  /// Bytes of the ranks of one tree.
  std::size_t bytes() const noexcept { return bytes_; }

  /// The ranks that the bag of a tree gives: levels by their positive rate, weights and draws counted, the lowest first, equal
  /// rates in the order of the levels. Integers are compared, so nothing is rounded. `rows` are `count` rows of `layout`.
  std::vector<std::uint8_t> ranks_of(const std::uint8_t* rows, std::size_t count,
                                     const detail::row_layout& layout) const {
    std::vector<std::uint8_t> ranks(bytes_, no_rank);
    std::vector<std::uint8_t> order;
    for (const place& each : places_) {
      std::array<detail::class_counts, 256> sums{};
      for (std::size_t i = 0; i < count; ++i) {
        const std::uint8_t* const row = rows + i * layout.stride;
        sums[row[each.column]] = sums[row[each.column]] + layout.counts(row);
      }
      order.clear();
      for (std::size_t level = 0; level < each.levels; ++level) {
        if (sums[level].all() > 0) order.push_back(static_cast<std::uint8_t>(level));
      }
      std::stable_sort(order.begin(), order.end(), [&](std::uint8_t a, std::uint8_t b) {
        return sums[a].positives() * sums[b].all() < sums[b].positives() * sums[a].all();  // counts are below 2^32
      });
      for (std::size_t rank = 0; rank < order.size(); ++rank) {
        ranks[each.begin + order[rank]] = static_cast<std::uint8_t>(rank);
      }
    }
    return ranks;
  }

  /// Whether `ranks` of one tree are those of some order: in each column 0, 1, 2, ... once each, and `no_rank`.
  bool are_ranks(std::span<const std::uint8_t> ranks) const {
    for (const place& each : places_) {
      std::array<bool, 256> there{};
      std::size_t ranked = 0;
      for (const std::uint8_t rank : ranks.subspan(each.begin, each.levels)) {
        if (rank == no_rank) continue;
        there[rank] = true;
        ++ranked;
      }
      // A rank that is there twice, or left out, leaves fewer in a row than levels that have one.
      const auto in_a_row = std::find(there.begin(), there.end(), false) - there.begin();
      if (in_a_row != static_cast<std::ptrdiff_t>(ranked)) return false;
    }
    return true;
  }

  static std::uint8_t rank(const place& of, std::span<const std::uint8_t> ranks, std::uint8_t code) noexcept {
    return code < of.levels ? ranks[of.begin + code] : no_rank;
  }

  /// Puts ranks in the place of levels in one session's codes, a byte a column.
  void rank_session(std::span<const std::uint8_t> ranks, std::uint8_t* codes) const noexcept {
    for (const place& each : places_) codes[each.column] = rank(each, ranks, codes[each.column]);
  }

  /// The same for the codes of one session, and for the codes plus one that follow.
  void rank_one(std::span<const std::uint8_t> ranks, std::size_t cols, std::uint8_t* codes) const noexcept {
    for (const place& each : places_) {
      codes[each.column] = rank(each, ranks, codes[each.column]);
      codes[cols + each.column] = static_cast<std::uint8_t>(codes[each.column] + 1);
    }
  }

  /// The same for `rows` sessions, whose codes of column c begin at `codes + c * step`, and for the codes plus one, which begin
  /// at `codes + (cols + c) * step`.
  void rank_group(std::span<const std::uint8_t> ranks, std::size_t cols, std::size_t rows, std::size_t step,
                  std::uint8_t* codes) const noexcept {
    for (const place& each : places_) {
      std::array<std::uint8_t, 256> table;
      table.fill(no_rank);
      if (each.levels > 0) std::memcpy(table.data(), ranks.data() + each.begin, each.levels);
      std::uint8_t* const own = codes + each.column * step;
      std::uint8_t* const plus_one = own + cols * step;
      for (std::size_t row = 0; row < rows; ++row) {
        own[row] = table[own[row]];
        plus_one[row] = static_cast<std::uint8_t>(own[row] + 1);
      }
    }
  }

 private:
  std::vector<place> places_;
  std::size_t bytes_ = 0;
};

/// The codes of one session after another as one tree or another asks for them.
class ranked_session {
 public:
  /// `levels` must outlive this.
  ranked_session(const level_columns& levels, index cols)
      : levels_(levels), codes_(levels.empty() ? 0 : static_cast<std::size_t>(cols)) {}

  /// `codes` themselves where there are no levels, else a copy with ranks that holds until the next call.
  const std::uint8_t* of(const std::uint8_t* codes, std::span<const std::uint8_t> ranks) noexcept {
    if (levels_.empty()) return codes;
    std::memcpy(codes_.data(), codes, codes_.size());
    levels_.rank_session(ranks, codes_.data());
    return codes_.data();
  }

 private:
  const level_columns& levels_;
  std::vector<std::uint8_t> codes_;
};

namespace detail {

/// The codes of groups of sessions as one tree or another asks for them.
class ranked_codes {
 public:
  /// `rows` sessions a group, `cols` columns and as many of codes plus one. `levels` must outlive this.
  ranked_codes(const level_columns& levels, index cols, std::size_t rows)
      : levels_(levels),
        cols_(static_cast<std::size_t>(cols)),
        rows_(rows),
        bytes_(levels.empty() ? 0 : 2 * cols_ * rows) {}

  /// `codes` themselves where there are no levels, else a copy with ranks that holds until the next call.
  const std::uint8_t* of(const std::uint8_t* codes, std::span<const std::uint8_t> ranks) noexcept {
    if (levels_.empty()) return codes;
    std::memcpy(bytes_.data(), codes, bytes_.size());
    levels_.rank_group(ranks, cols_, rows_, rows_, bytes_.data());
    return bytes_.data();
  }

 private:
  const level_columns& levels_;
  std::size_t cols_;
  std::size_t rows_;
  std::vector<std::uint8_t> bytes_;
};

}  // namespace detail

FOOTFALL_END_NAMESPACE
