// SPDX-License-Identifier: MIT
// The best split of one node: by a histogram of the codes where there are many rows, by comparing all with all where few.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include <footfall/core/types.hpp>
#include <footfall/forest/counts.hpp>
#include <footfall/forest/training_rows.hpp>
#include <footfall/simd/split_gain.hpp>
#include <footfall/simd/weigh_below.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// What a node will ask, and what goes left. No split has a negative gain.
struct best_split {
  double gain = -1;
  std::uint16_t column = 0;
  std::uint8_t bin = 0;
  bool missing_left = false;
  class_counts left;
};

/// Looks for the best split of one node after the other. Among splits that gain the same, to the last bit, it keeps the
/// column looked at first, then the lowest bin, then missing values to the right.
class split_search {
 public:
  /// Columns that are looked at in one pass over the rows.
  static constexpr std::size_t group = 4;

  split_search(const row_layout& layout, std::uint64_t min_leaf) : layout_(layout), min_leaf_(min_leaf) {}

  /// A new node, of `rows` rows from `first` on that count `total`.
  void begin(const std::uint8_t* first, std::size_t rows, class_counts total) {
    first_ = first;
    rows_ = rows;
    total_ = total;
    node_ = {static_cast<double>(total.all()), static_cast<double>(total.positives()), static_cast<double>(min_leaf_)};
    best_ = {};
    few_ = rows <= few_rows && total.all() <= 255;
    if (!few_) return;
    for (std::size_t i = 0; i < rows; ++i) {
      const class_counts counts = layout_.counts(first + i * layout_.stride);
      weights_[i] = static_cast<std::uint8_t>(counts.all());
      positives_[i] = static_cast<std::uint8_t>(counts.positives());
    }
  }

  /// Looks at every split by these columns, at most `group`. Returns how many of them are not constant in the node; the
  /// others are added to `constant`.
  int look_at(std::span<const std::uint16_t> columns, std::vector<std::uint16_t>& constant) {
    few_ ? collect_codes(columns) : collect_histograms(columns);
    int split = 0;
    for (std::size_t k = 0; k < columns.size(); ++k) {
      if (few_ ? compare_codes(columns[k], k) : scan_histogram(columns[k], histograms_[k])) {
        ++split;
      } else {
        constant.push_back(columns[k]);
      }
    }
    return split;
  }

  /// The best split of the node.
  const best_split& finish() {
    if (few_ && best_.gain >= 0) {
      std::uint8_t next = 255;
      for (std::size_t i = 0; i < rows_; ++i) {
        const std::uint8_t code = first_[i * layout_.stride + best_.column];
        if (code > best_code_) next = std::min(next, code);
      }
      best_.bin = middle(best_code_, next);
    }
    return best_;
  }

 private:
  // Where comparing all with all is cheaper than a histogram: the more bytes a register holds, the longer.
  static constexpr std::size_t few_rows = 2 * simd::byte_lanes;
  static constexpr std::size_t missing = 255;

  /// The middle of the bins between a code that goes left and the next one present, 255 if there is none.
  static std::uint8_t middle(std::uint8_t code, std::uint8_t next) noexcept {
    return next == missing ? code : static_cast<std::uint8_t>((code + next - 1) / 2);
  }

  void keep(double gain, std::uint16_t column, std::uint8_t bin, bool missing_left, class_counts left) noexcept {
    best_ = {gain, column, bin, missing_left, left};
  }
  bool larger_side_left(class_counts left) const noexcept { return left.all() >= total_.all() - left.all(); }

  // ------------------------------------------------------------------------------------------------------ few rows

  void collect_codes(std::span<const std::uint16_t> columns) noexcept {
    const std::uint8_t* row = first_;
    for (std::size_t i = 0; i < rows_; ++i, row += layout_.stride) {
      for (std::size_t k = 0; k < columns.size(); ++k) codes_[k][i] = row[columns[k]];
    }
    // Registers are filled up with the first row: one that splits alike.
    const std::size_t end = (rows_ + simd::byte_lanes - 1) / simd::byte_lanes * simd::byte_lanes;
    for (std::size_t k = 0; k < columns.size(); ++k) std::memset(codes_[k].data() + rows_, codes_[k][0], end - rows_);
  }

  bool compare_codes(std::uint16_t column, std::size_t k) noexcept {
    const std::uint8_t* const codes = codes_[k].data();
    const auto rows = static_cast<index>(rows_);
    std::size_t same = 1;
    while (same < rows_ && codes[same] == codes[0]) ++same;
    if (same == rows_) return false;

    std::array<std::uint8_t, few_rows> all, positives;
    simd::weigh_below(codes, weights_.data(), positives_.data(), rows, all.data(), positives.data());
    const double gain = simd::split_gains(node_, simd::byte_sides{all.data(), positives.data()}, rows, gains_.data());
    const bool some_missing = std::memchr(codes, missing, rows_) != nullptr;
    if (!some_missing) {
      if (gain > best_.gain) {
        const std::size_t at = lowest(codes, gain);
        best_code_ = codes[at];
        const class_counts left = packed(all[at], positives[at]);
        keep(gain, column, 0, larger_side_left(left), left);
      }
      return true;
    }

    class_counts gone;
    for (std::size_t i = 0; i < rows_; ++i) {
      if (codes[i] == missing) gone = gone + packed(weights_[i], positives_[i]);
    }
    const std::size_t at = gain >= 0 ? lowest(codes, gain) : 0;
    const class_counts left = packed(all[at], positives[at]);
    for (std::size_t i = 0; i < all.size(); ++i) {  // the missing ones themselves then have all on the left: no split
      all[i] = static_cast<std::uint8_t>(codes[i] == missing ? all[i] : all[i] + gone.all());
      positives[i] = static_cast<std::uint8_t>(codes[i] == missing ? positives[i] : positives[i] + gone.positives());
    }
    const double gain_left =
        simd::split_gains(node_, simd::byte_sides{all.data(), positives.data()}, rows, gains_.data());
    const std::size_t at_left = gain_left >= 0 ? lowest(codes, gain_left) : 0;
    if (gain_left > gain || (gain_left == gain && gain >= 0 && codes[at_left] < codes[at])) {
      if (gain_left > best_.gain) {
        best_code_ = codes[at_left];
        keep(gain_left, column, 0, true, packed(all[at_left], positives[at_left]));
      }
    } else if (gain > best_.gain) {
      best_code_ = codes[at];
      keep(gain, column, 0, false, left);
    }
    return true;
  }

  static class_counts packed(std::uint64_t all, std::uint64_t positives) noexcept { return {all << 32 | positives}; }

  /// Among the rows that gain `gain` the one with the lowest code.
  std::size_t lowest(const std::uint8_t* codes, double gain) const noexcept {
    std::size_t found = rows_;
    for (std::size_t i = 0; i < rows_; i += simd::mask_lanes) {
      for (unsigned equal = simd::equal_mask(gains_.data() + i, gain); equal != 0; equal &= equal - 1) {
        const std::size_t row = i + static_cast<std::size_t>(std::countr_zero(equal));
        if (row < rows_ && (found == rows_ || codes[row] < codes[found])) found = row;
      }
    }
    return found;
  }

  // ----------------------------------------------------------------------------------------------------- many rows

  void collect_histograms(std::span<const std::uint16_t> columns) noexcept {
    with_stride(layout_.stride, [&](auto stride) {
      const std::uint8_t* row = first_;
      const std::uint8_t* const end = first_ + rows_ * stride;
      if (columns.size() == group) {  // the usual case, with the columns in registers
        const std::size_t a = columns[0], b = columns[1], c = columns[2], d = columns[3];
        for (; row != end; row += stride) {
          const std::uint64_t counts = layout_.counts(row).packed;
          histograms_[0][row[a]] += counts;
          histograms_[1][row[b]] += counts;
          histograms_[2][row[c]] += counts;
          histograms_[3][row[d]] += counts;
        }
        return;
      }
      for (; row != end; row += stride) {
        const std::uint64_t counts = layout_.counts(row).packed;
        for (std::size_t k = 0; k < columns.size(); ++k) histograms_[k][row[columns[k]]] += counts;
      }
    });
  }

  /// Leaves the histogram zero, as it was found.
  bool scan_histogram(std::uint16_t column, std::array<std::uint64_t, 256>& histogram) noexcept {
    const class_counts gone{std::exchange(histogram[missing], 0)};
    const std::uint64_t present = total_.packed - gone.packed;
    std::size_t cells = 0;
    std::uint64_t left = 0;
    for (std::size_t code = 0; left != present; ++code) {
      const std::uint64_t here = std::exchange(histogram[code], 0);
      left += here;
      left_[cells] = left;
      cell_codes_[cells] = static_cast<std::uint8_t>(code);
      cells += here != 0 ? 1 : 0;
    }
    const bool some_missing = gone.packed != 0;
    if (cells + (some_missing ? 1 : 0) < 2) return false;
    cell_codes_[cells] = missing;
    fill_up(cells);
    const double gain = gains_of(cells);
    if (!some_missing) {
      if (gain > best_.gain) keep_cell(gain, column, first_of(gain), larger_side_left({left_[first_of(gain)]}));
      return true;
    }

    const std::size_t at = gain >= 0 ? first_of(gain) : cells;
    const best_split before = best_;
    if (gain > best_.gain) keep_cell(gain, column, at, false);
    for (std::size_t i = 0; i < cells; ++i) left_[i] += gone.packed;
    fill_up(cells);
    const double gain_left = gains_of(cells);
    if (gain_left > before.gain && (gain_left > gain || (gain_left == gain && first_of(gain_left) < at))) {
      keep_cell(gain_left, column, first_of(gain_left), true);
    }
    return true;
  }

  /// Registers are filled up with what is no split: all on the left.
  void fill_up(std::size_t cells) noexcept {
    for (std::size_t i = cells; i < (cells + 7) / 8 * 8; ++i) left_[i] = total_.packed;
  }

  double gains_of(std::size_t cells) noexcept {
    if (total_.all() <= simd::split_node::most) {
      return simd::split_gains(node_, simd::packed_sides{left_.data()}, static_cast<index>(cells), gains_.data());
    }
    double best = -1;
    for (std::size_t i = 0; i < cells; ++i) {
      const class_counts left{left_[i]};
      const bool allowed = left.all() >= min_leaf_ && total_.all() - left.all() >= min_leaf_;
      gains_[i] = allowed ? total_.gain(left) : -1;
      best = std::max(best, gains_[i]);
    }
    return best;
  }

  std::size_t first_of(double gain) const noexcept {
    std::size_t i = 0;
    while (true) {
      if (const unsigned equal = simd::equal_mask(gains_.data() + i, gain); equal != 0) {
        return i + static_cast<std::size_t>(std::countr_zero(equal));
      }
      i += simd::mask_lanes;
    }
  }

  void keep_cell(double gain, std::uint16_t column, std::size_t at, bool missing_left) noexcept {
    keep(gain, column, middle(cell_codes_[at], cell_codes_[at + 1]), missing_left, {left_[at]});
  }

  row_layout layout_;
  std::uint64_t min_leaf_;

  const std::uint8_t* first_ = nullptr;
  std::size_t rows_ = 0;
  class_counts total_;
  simd::split_node node_;
  best_split best_;
  bool few_ = false;
  std::uint8_t best_code_ = 0;

  std::array<std::uint8_t, few_rows> weights_{}, positives_{};
  std::array<std::array<std::uint8_t, few_rows>, group> codes_{};
  std::array<std::array<std::uint64_t, 256>, group> histograms_{};  // all zero between calls
  std::array<std::uint64_t, 264> left_{};
  std::array<std::uint8_t, 257> cell_codes_{};
  std::array<double, 264> gains_{};
};

}  // namespace detail

FOOTFALL_END_NAMESPACE
